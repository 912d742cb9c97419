"""The pump: row, send, settle, in order and evenly paced, whatever the platform answers."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.core.circle import Note
from bot.core.delivery import MOST_ATTEMPTS, CannotTell, Later, Sent, Unknown, Unreachable
from bot.core.journal import Prompt
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.usecases import _pump, circle, journal, rhythm, rounds, summary
from bot.usecases._pump import Pace
from bot.usecases.rhythm import Change
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, PAPER, Desk, prompts

FRIDAY = "2026-01-02"


# ------------------------------------------------------------------ row, send, settle


async def test_a_face_that_raises_leaves_others_sent_and_itself_owed(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    for who in (ana, MAYA, ben):
        await desk.begin(who)
    desk.paper.refuses[MAYA.id] = RuntimeError("the face stumbled")
    await desk.until(2, 17, 30)
    assert [len(desk.paper.at(who)) for who in (ana, MAYA, ben)] == [2, 1, 2]
    assert (await desk.states("prompt")).count("unknown") == 1
    assert "the face stumbled" in caplog.text
    del desk.paper.refuses[MAYA.id]
    await desk.wait(minutes=2)
    assert len(prompts(desk)) == 1
    assert await desk.states("prompt") == ["sent"] * 3


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


async def test_what_did_not_arrive_is_sent_again(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.extend([LOST, LOST])
    await desk.until(2, 17, 30)
    await desk.wait(minutes=2)
    assert prompts(desk) == []
    await desk.wait(minutes=5)
    assert len(prompts(desk)) == 1
    assert await desk.states("prompt") == ["late"]


@pytest.mark.parametrize("looks", [[], [CannotTell("the history is closed")] * 7])
async def test_each_wait_is_twice_the_one_before_up_to_half_an_hour(desk: Desk, looks: list[CannotTell]) -> None:
    await desk.begin()
    desk.paper.replies.extend([LOST] * 8)
    desk.paper.looks.extend(looks)
    await desk.until(2, 17, 30)
    for number, minutes in enumerate((1, 2, 4, 8, 16, 30, 30), start=1):
        assert (await desk.delivery("prompt")).attempts == number
        calls = len(desk.paper.calls)
        await desk.wait(minutes=minutes, seconds=-1)
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
    await rounds.plan(desk.app)
    owed = await desk.delivery("prompt")
    assert await _pump._claim(desk.app, owed)  # pyright: ignore[reportPrivateUsage]
    what = await _pump._compose.thing(desk.app, owed)  # pyright: ignore[reportPrivateUsage]
    assert what is not None
    assert isinstance(await desk.paper.deliver(owed.id, owed.to, what), Sent)
    await desk.restart()
    await desk.tick()
    assert await desk.states("prompt") == ["sending"]
    await desk.wait(minutes=1)
    assert await desk.states("prompt") == ["sent"]
    assert len(prompts(desk)) == 1


async def test_killed_before_the_send_it_is_sent_by_the_next_process(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    assert await _pump._claim(desk.app, await desk.delivery("prompt"))  # pyright: ignore[reportPrivateUsage]
    await desk.restart()
    await desk.wait(minutes=1)
    assert len(prompts(desk)) == 1


async def test_asked_to_wait_it_waits_as_long(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(Later(90))
    await desk.until(2, 17, 30)
    await desk.wait(seconds=89)
    assert prompts(desk) == []
    await desk.wait(seconds=1)
    assert len(prompts(desk)) == 1
    assert desk.paper.count("find") == 0


async def test_an_unreachable_person_is_tried_once_and_again_at_the_next_date(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed")
    await desk.until(2, 17, 30)
    tries = desk.paper.count("deliver")
    for _ in range(5):
        await desk.wait(minutes=10)
    assert desk.paper.count("deliver") == tries
    assert await desk.states("prompt") == ["unreachable"]
    row = await desk.app.db.reading.one("SELECT why FROM deliveries WHERE kind = 'prompt'")
    assert row
    assert row["why"] == "direct messages are closed"
    desk.paper.refuses.clear()
    await desk.until(5, 17, 30)
    assert len(prompts(desk)) == 1


async def test_what_nobody_could_ever_send_ends(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    desk.paper.refuses[CHANNEL.id] = LOST
    await summary.post(desk.app, MAYA, 1)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET attempts = ? WHERE kind = 'post'", MOST_ATTEMPTS)
    await desk.wait(minutes=2)
    assert await desk.states("post") == ["unreachable"]


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


async def test_a_slow_send_is_unknown_and_holds_up_nobody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pump.rules, "SEND_TIMEOUT", timedelta(0))
    desk.paper.gate = asyncio.Event()
    await desk.begin()
    assert await desk.states("hello") == ["unknown"]
    desk.paper.gate.set()
    monkeypatch.undo()
    await desk.wait(minutes=2)
    assert await desk.states("hello") == ["sent"]


async def test_logs_name_deliveries_and_never_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await desk.begin()
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4", "done": "a secret deed"}, {})
    desk.paper.replies.append(Unknown("the line broke"))
    await desk.until(4, 18)
    assert f"delivery={(await desk.delivery('prompt')).id} kind=prompt state=sent tries=1" in caplog.text
    assert "kind=draft state=unknown" in caplog.text
    assert "a secret deed" not in caplog.text


# ------------------------------------------------------------------ order and pace


async def test_a_second_part_never_stands_before_the_first(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A long story. " * 20)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    assert await desk.states("post") == ["unknown", "owed"]
    await desk.wait(minutes=2)
    await desk.wait(minutes=2)
    standing = [sheet.what for sheet in desk.paper.at(CHANNEL)]
    assert [getattr(what, "part", None) for what in standing] == [None, 0, 1]


async def test_a_first_part_that_cannot_arrive_takes_the_second_with_it(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A long story. " * 20)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone")
    for _ in range(3):
        await desk.wait(minutes=2)
    assert await desk.states("post") == ["unreachable", "dropped"]


async def test_where_one_has_to_wait_nothing_overtakes(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.REFLECTION, days="every day", at="17:40"))
    desk.paper.replies.append(Later(60))
    await desk.until(2, 18)
    assert prompts(desk) == []
    await desk.wait(seconds=60)
    assert [prompt.occurrence.ask for prompt in prompts(desk)] == [Ask.CHECKIN, Ask.REFLECTION]


async def test_a_note_that_had_to_wait_still_tells_what_friends_left(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    post = (await desk.delivery("post", turn=1)).post
    assert post
    await circle.react(desk.app, post, Person(PAPER, "", "ana"), "Ana", "\N{PARTY POPPER}", added=True)
    desk.paper.refuses[MAYA.id] = Later(60)
    await desk.until(5, 12)
    assert await desk.states("note") == ["owed"]
    desk.paper.refuses.clear()
    await desk.wait(seconds=60)
    (note,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert [cheer.name for cheer in note.cheers] == ["Ana"]


async def test_what_a_note_could_not_bring_comes_with_the_next(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    post = (await desk.delivery("post", turn=1)).post
    assert post
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    await circle.react(desk.app, post, ana, "Ana", "\N{PARTY POPPER}", added=True)
    await circle.reply(desk.app, post, ana, "Ana", post._replace(id="ana-says"), "Well done", "link")
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed")
    await desk.until(5, 12)
    assert await desk.states("note") == ["unreachable"]
    desk.paper.refuses.clear()
    await circle.react(desk.app, post, ben, "Ben", "\N{PARTY POPPER}", added=True)
    await desk.until(6, 12)
    (note,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert sorted(cheer.name for cheer in note.cheers) == ["Ana", "Ben"]
    assert [word for cheer in note.cheers for word in cheer.words] != []


class Stopwatch:
    """A clock that only the sleeper moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds

    def pass_by(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, per_second: int) -> Pace:
        return Pace(per_second, clock=lambda: self.now, sleep=self.sleep)


async def test_background_sends_are_spaced_evenly() -> None:
    watch = Stopwatch()
    pace = watch.pace(4)
    assert [await pace.turn() for _ in range(5)] == [True] * 5
    assert watch.slept == [0.25] * 4


async def test_what_finds_the_round_over_waits_for_the_next() -> None:
    watch = Stopwatch()
    pace = watch.pace(1)
    turns = [await pace.turn() for _ in range(25)]
    assert turns == [True] * 20 + [False] * 5
    assert watch.now < 120


async def test_the_pump_takes_a_turn_for_every_send_and_every_revision(desk: Desk) -> None:
    for name in ("ana", "ben", "cleo", "maya"):
        await desk.begin(Person(PAPER, "", name))
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    watch = Stopwatch()
    await _pump.send_due(desk.app, watch.pace(2))
    assert watch.slept == [0.5] * 3
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET stale = 1 WHERE kind = 'prompt'")
    await _pump.revise_stale(desk.app, watch.pace(2))
    assert watch.slept == [0.5] * 6


async def test_what_the_round_has_no_turn_for_stays_owed(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    watch = Stopwatch()
    over = watch.pace(1)
    watch.now += _pump.ROUND
    await _pump.send_due(desk.app, over)
    assert prompts(desk) == []
    assert (await desk.states("prompt"), (await desk.delivery("prompt")).attempts) == (["owed"], 0)
    await desk.tick()
    assert len(prompts(desk)) == 1


async def test_a_round_that_is_over_looks_for_nothing_any_more(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    desk.now += timedelta(minutes=2)
    watch = Stopwatch()
    over = watch.pace(1)
    watch.now += _pump.ROUND
    await _pump.send_due(desk.app, over)
    assert (desk.paper.count("find"), await desk.states("prompt")) == (0, ["unknown"])
    await desk.tick()
    assert (desk.paper.count("find"), await desk.states("prompt")) == (1, ["sent"])


async def test_what_a_slow_search_did_not_find_is_sent_by_the_next_round(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    await desk.until(2, 17, 30)
    desk.now += timedelta(minutes=2)
    watch = Stopwatch()
    pace, sends = watch.pace(1), desk.paper.count("deliver")
    desk.paper.while_looking = lambda: watch.pass_by(_pump.ROUND)
    await _pump.send_due(desk.app, pace)
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends)
    await desk.tick()
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends + 1)
    assert len(prompts(desk)) == 1


async def test_the_answer_to_a_person_never_waits_for_the_background(desk: Desk) -> None:
    watch = Stopwatch()
    over = watch.pace(1)
    watch.now += _pump.ROUND
    await desk.begin()
    await _pump.send_due(desk.app, over)
    assert await desk.states("hello") == ["sent"]


# ------------------------------------------------------------------ revising


async def test_a_revision_that_failed_is_made_up_for_later(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([Unknown("the line broke"), RuntimeError("the face stumbled"), Later(30)])
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    assert prompts(desk)[0].entry is None
    for _ in range(2):
        await desk.wait(minutes=1)
        assert prompts(desk)[0].entry is None
    await desk.wait(seconds=29)
    assert prompts(desk)[0].entry is None
    await desk.wait(seconds=1)
    assert prompts(desk)[0].entry is not None
    edits = desk.paper.count("revise")
    await desk.wait(minutes=5)
    assert desk.paper.count("revise") == edits


async def test_a_message_deleted_by_hand_is_let_go(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    gone = next(post for post, sheet in desk.paper.sheets.items() if isinstance(sheet.what, Prompt))
    del desk.paper.sheets[gone]
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    edits = desk.paper.count("revise")
    for _ in range(3):
        await desk.wait(hours=7)
    assert desk.paper.count("revise") == edits
    assert (await desk.delivery("prompt")).post is None


async def test_where_one_may_not_write_at_present_the_truth_is_told_once_one_may(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    desk.paper.edits.extend([Unreachable("a permission is missing")] * 2)
    await summary.take_down(desk.app, MAYA, 1)
    assert len(desk.paper.at(CHANNEL)) == 2
    await desk.wait(minutes=30)
    assert len(desk.paper.at(CHANNEL)) == 2
    await desk.wait(hours=6)
    assert len(desk.paper.at(CHANNEL)) == 1


async def test_one_revision_that_stumbles_keeps_no_other_from_being_made(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await desk.until(4, 18)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET stale = 1, try_at = due_at WHERE kind IN ('prompt', 'draft')")
    desk.paper.edits.append(RuntimeError("the face stumbled"))
    await desk.tick()
    assert desk.paper.count("revise") == 2
    left = await desk.app.db.reading.all("SELECT kind FROM deliveries WHERE stale > 0")
    assert [row["kind"] for row in left] == ["prompt"]


async def test_what_changes_on_its_way_is_revised_as_soon_as_it_stands(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    desk.paper.gate = asyncio.Event()
    sending = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.paper.gate.set()
    await sending
    (kept,) = prompts(desk)
    assert kept.entry is not None
