"""What became of a send whose answer never came: repeated under its key while it is known, else looked for first."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bot.core.circle import Welcome
from bot.core.delivery import CannotTell, Cause, Later, Outcome, Unreachable
from bot.core.rhythm import Ask
from bot.core.summary import WeekPost
from bot.store import delivery as rows
from bot.usecases import _pump, journal, rhythm, rounds, summary
from bot.usecases.rhythm import Change
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, Desk, in_channel, prompts

FRIDAY = "2026-01-02"
CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)
FORBIDDEN = Unreachable("a permission is missing", cause=Cause.LOST)


async def test_an_unknown_outcome_is_looked_for_and_never_sent_blindly(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    assert await desk.states("prompt") == ["unknown"]
    sends = desk.paper.count("deliver")
    await desk.wait(minutes=2)
    assert await desk.states("prompt") == ["sent"]
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends)
    assert len(prompts(desk)) == 1


@pytest.mark.parametrize("looks", [0, 2])
async def test_found_later_it_counts_from_when_it_was_sent(desk: Desk, looks: int) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    desk.paper.looks.extend([CannotTell("not now")] * looks)
    await desk.until(2, 17, 30)
    sent_at = desk.now
    for _ in range(1 + looks):
        await desk.wait(minutes=30)
    assert await desk.states("prompt") == ["sent"]
    row = await desk.app.db.reading.one("SELECT settled_at FROM deliveries WHERE kind = 'prompt'")
    assert row
    assert datetime.fromisoformat(row["settled_at"]) == sent_at


async def test_what_did_not_arrive_is_sent_again(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.extend([LOST, LOST])
    await desk.until(2, 17, 30)
    await desk.wait(minutes=2)
    assert prompts(desk) == []
    await desk.wait(minutes=5)
    assert len(prompts(desk)) == 1
    assert await desk.states("prompt") == ["late"]


@pytest.mark.parametrize("looks", [[], [CannotTell("the history is closed")] * 9])
async def test_it_is_tried_soon_and_then_each_wait_is_twice_the_one_before_up_to_half_an_hour(
    desk: Desk, looks: list[CannotTell]
) -> None:
    await desk.begin()
    desk.paper.replies.extend([LOST] * 10)
    desk.paper.looks.extend(looks)
    await desk.until(2, 17, 30)
    for number, seconds in enumerate((5, 20, 60, 120, 240, 480, 960, 1800, 1800), start=1):
        assert (await desk.delivery("prompt")).attempts == number
        calls = len(desk.paper.calls)
        await desk.wait(seconds=seconds - 1)
        assert len(desk.paper.calls) == calls
        await desk.wait(seconds=1)
        assert len(desk.paper.calls) > calls


async def test_where_one_cannot_look_nothing_is_sent(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    desk.paper.looks.extend([CannotTell("the history is closed"), RuntimeError("the search stumbled")])
    await desk.until(2, 17, 30)
    sends = desk.paper.count("deliver")
    await desk.wait(minutes=2)
    await desk.wait(minutes=5)
    assert desk.paper.count("deliver") == sends
    assert await desk.states("prompt") == ["unknown"]
    await desk.wait(minutes=10)
    assert len(prompts(desk)) == 1


async def test_killed_between_send_and_settle_it_is_found_and_not_sent_twice(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await desk.die_sending()
    assert (await desk.states("prompt"), len(prompts(desk))) == (["sending"], 1)
    await _pump.release(desk.app)
    await desk.tick()
    assert await desk.states("prompt") == ["sent"]
    assert len(prompts(desk)) == 1


async def test_killed_while_a_week_is_posted_the_post_stands_once_before_friends(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    desk.paper.silent = True
    dying = asyncio.create_task(summary.post(desk.app, MAYA, 1))
    await desk.paper.knocked.wait()
    dying.cancel()
    await asyncio.wait({dying})
    desk.paper.silent = False
    await desk.restart()
    assert await desk.states("post") == ["sending"]
    await _pump.release(desk.app)
    await desk.wait(minutes=3)  # no platform knows the key for so long
    assert await desk.states("post") == ["sent"]
    assert len(in_channel(desk, WeekPost)) == 1


async def test_killed_before_the_send_it_is_sent_by_the_next_process(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    desk.paper.replies.append(LOST)
    await desk.die_sending()
    assert (await desk.states("prompt"), prompts(desk)) == (["sending"], [])
    await _pump.release(desk.app)
    await desk.tick()
    assert len(prompts(desk)) == 1


async def test_an_unknown_prompt_expires_when_it_can_neither_be_found_nor_ruled_out(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    await desk.until(2, 17, 30)
    desk.paper.looks.append(CannotTell("no"))
    await desk.until(3, 10)
    assert await desk.states("prompt") == ["expired"]
    assert await desk.asked() == {FRIDAY: "expired"}


async def test_what_was_lost_is_not_sent_into_the_quiet_hours(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="21:59"))
    desk.paper.replies.append(LOST)
    await desk.until(2, 21, 59)
    await desk.wait(minutes=5)
    assert prompts(desk) == []
    assert await desk.states("prompt") == ["owed"]
    await desk.until(3, 8)
    assert len(prompts(desk)) == 1


async def test_what_was_lost_and_answered_meanwhile_is_not_asked_again(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await desk.wait(minutes=5)
    assert prompts(desk) == []
    assert await desk.states("prompt") == ["dropped"]


# ------------------------------------------------------------------ the platform's own memory


async def test_while_the_platform_knows_the_key_it_is_repeated_and_not_looked_for(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.extend([ARRIVES_UNHEARD, ARRIVES_UNHEARD])
    await desk.until(2, 17, 30)
    await desk.wait(seconds=5)
    await desk.wait(seconds=20)
    assert await desk.states("prompt") == ["sent"]
    assert (len(prompts(desk)), desk.paper.count("find")) == (1, 0)


async def test_the_memory_counts_from_the_first_try(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.extend([LOST, LOST, LOST])
    await desk.until(2, 17, 30)
    await desk.wait(seconds=5)
    await desk.wait(seconds=20)
    assert desk.paper.count("find") == 0
    await desk.wait(seconds=60)
    assert desk.paper.count("find") == 1
    assert len(prompts(desk)) == 1


async def test_a_new_process_trusts_no_memory_and_looks_at_once(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    await desk.restart()
    sends = desk.paper.count("deliver")
    await desk.wait(seconds=5)
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends)
    assert await desk.states("prompt") == ["sent"]


async def test_one_that_arrived_and_was_deleted_was_sent_and_is_not_sent_again(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    (gone,) = [post for post, sheet in desk.paper.sheets.items() if sheet.what in prompts(desk)]
    del desk.paper.sheets[gone]
    await desk.wait(seconds=5)
    assert await desk.states("prompt") == ["sent"]
    assert (await desk.delivery("prompt")).post is None
    await desk.wait(hours=1)
    assert prompts(desk) == []


@pytest.mark.parametrize("refusal", [Later(600), CLOSED, FORBIDDEN], ids=["later", "closed", "forbidden"])
async def test_a_refusal_does_not_prove_that_the_try_before_it_did_not_arrive(desk: Desk, refusal: Outcome) -> None:
    await desk.begin()
    await desk.until(4, 18)
    draft = await summary.draft(desk.app, MAYA)
    await summary.edit(desk.app, MAYA, draft.week.id, "A line")
    desk.paper.replies.extend([ARRIVES_UNHEARD])
    await summary.post(desk.app, MAYA, draft.week.id)
    desk.paper.replies.extend([refusal])
    await desk.wait(seconds=5)
    await desk.wait(minutes=15)
    await desk.wait(minutes=15)
    assert [type(sheet.what) for sheet in desk.paper.at(CHANNEL)] == [Welcome, WeekPost]
    assert await desk.states("post") == ["sent"]


async def test_answered_before_the_next_try_it_is_looked_for_and_shows_the_answer(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await desk.wait(seconds=5)
    assert await desk.states("prompt") == ["sent"]
    await desk.wait(seconds=1)
    (shown,) = prompts(desk)
    assert shown.entry is not None


# ------------------------------------------------------------------ wrong clocks, older databases


async def test_what_a_wrong_clock_put_off_is_tried_at_once(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    await desk.until(2, 17, 30)
    async with desk.app.db.writing() as tx:
        await tx.run(
            "UPDATE deliveries SET claimed_at = '2030-01-01T00:00:00.000+00:00', try_at = '2030-01-01T00:01:00.000'"
            " WHERE kind = 'prompt'"
        )
    await desk.wait(minutes=5)
    assert prompts(desk) == []
    await rounds.settle_clock(desk.app)
    await desk.tick()
    assert (desk.paper.count("find"), len(prompts(desk))) == (1, 1)


async def test_the_quiet_hours_are_no_wrong_clock(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="21:59"))
    await desk.until(2, 22, 1)
    waits = await _try_at(desk)
    async with desk.app.db.writing() as tx:
        await rows.unstick(tx, desk.now)
    assert await _try_at(desk) == waits > "2026-01-03T06"


async def _try_at(desk: Desk) -> str:
    row = await desk.app.db.reading.one("SELECT try_at FROM deliveries WHERE kind = 'prompt'")
    assert row
    return row["try_at"]
