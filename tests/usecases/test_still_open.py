"""Being asked whether an ask is still open, and asks through restarts, older copies, erasure and faults."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.ask import AlreadyClosed, AskTooLong, NoWords, StillOpen
from bot.core.delivery import Cause, Later, Unreachable
from bot.core.journal import Gone, NotYours
from bot.core.summary import Phase
from bot.store import people as people_rows
from bot.usecases import ask, people, privacy, rhythm, rounds, summary
from bot.usecases.people import NotSeeking, Start
from bot.usecases.rhythm import Change
from tests.usecases._ask import AISHA, CV, INTRO, JONAS, WALK, asked, draft_of, local, posts, rows, told
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk
from tests.usecases.test_plans import scans, spoken
from tests.usecases.test_rearm import jump

# ------------------------------------------------------------------ still open?


async def old(desk: Desk) -> StillOpen:
    """Maya has begun on Thursday 1 January; on Friday 16, in the morning, she is asked about her ask."""
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 16, 8, 59)
    assert asked(desk) == []
    await local(desk, 1, 16, 9)
    [question] = asked(desk)
    return question


async def test_after_two_weeks_a_seeker_is_asked_in_the_morning_and_again_every_two_weeks(desk: Desk) -> None:
    question = await old(desk)
    assert (question.request.words, question.sure) == (CV, False)
    for month, day in ((1, 30), (2, 13), (2, 27)):
        count = len(asked(desk))
        await local(desk, month, day, 8, 59)
        assert len(asked(desk)) == count
        await local(desk, month, day, 9)
        assert len(asked(desk)) == count + 1


async def test_still_open_is_taken_and_asked_again_two_weeks_on(desk: Desk) -> None:
    question = await old(desk)
    await desk.wait(days=3)
    await ask.say_open(desk.app, MAYA, question.delivery_id)
    assert [message.sure for message in asked(desk)] == [True]

    await local(desk, 2, 2, 8, 59)
    assert len(asked(desk)) == 1
    await local(desk, 2, 2, 9)
    assert [message.sure for message in asked(desk)] == [True, False]


async def test_closed_from_the_question_it_says_so_and_is_never_asked_again(desk: Desk) -> None:
    question = await old(desk)
    await ask.close_asked(desk.app, MAYA, question.delivery_id)
    assert asked(desk)[0].request.closed_at is not None
    await local(desk, 2, 20, 12)
    assert len(asked(desk)) == 1
    for act in (ask.say_open, ask.close_asked, ask.words_asked):
        with pytest.raises(AlreadyClosed):
            await act(desk.app, MAYA, question.delivery_id)


async def test_changed_words_stand_at_once_wherever_the_ask_is_shown(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    await local(desk, 1, 16, 9)
    key = asked(desk)[0].delivery_id
    assert await ask.words_asked(desk.app, MAYA, key) == CV

    await ask.change_asked(desk.app, MAYA, key, WALK)

    assert told(posts(desk)[0]) == [(WALK, False)]
    assert (asked(desk)[0].request.words, asked(desk)[0].sure) == (WALK, True)
    for words, error in (("", NoWords), ("x" * 201, AskTooLong)):
        with pytest.raises(error):
            await ask.change_asked(desk.app, MAYA, key, words)
    assert told(posts(desk)[0]) == [(WALK, False)]


async def test_nobody_else_answers_the_question_and_only_such_a_question_is_answered(desk: Desk) -> None:
    question = await old(desk)
    await desk.begin(AISHA)
    before = await rows(desk)
    for act in (ask.say_open, ask.close_asked, ask.words_asked):
        with pytest.raises(NotYours):
            await act(desk.app, AISHA, question.delivery_id)
        with pytest.raises(NotYours if act is ask.words_asked else NotSeeking):
            await act(desk.app, JONAS, question.delivery_id)
        for key in ("0123456789abcdef0123", (await desk.delivery("hello")).id):
            with pytest.raises(Gone):
                await act(desk.app, MAYA, key)
    with pytest.raises(NotYours):
        await ask.change_asked(desk.app, AISHA, question.delivery_id, WALK)
    assert await rows(desk) == before


async def test_in_a_pause_nobody_is_asked_and_on_the_first_morning_after_it_they_are(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 14, 12)
    await rhythm.pause(desk.app, MAYA, "")
    await local(desk, 2, 3, 12)
    assert asked(desk) == []
    await rhythm.resume(desk.app, MAYA)
    await local(desk, 2, 4, 8, 59)
    assert asked(desk) == []
    await local(desk, 2, 4, 9)
    assert len(asked(desk)) == 1


@pytest.mark.parametrize(("until", "days"), [("2026-01-20", 4), ("2026-02-06", 21)])
async def test_a_pause_that_begins_while_it_is_due_holds_it_to_the_first_morning_after(
    desk: Desk, until: str, days: int
) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 16, 8)
    desk.paper.replies.append(Later(3 * 3600))
    await local(desk, 1, 16, 9)
    await rhythm.pause(desk.app, MAYA, until)
    for _ in range(days):
        await desk.wait(hours=12)
        await desk.wait(hours=11, minutes=59)
        assert asked(desk) == []
        desk.now += timedelta(minutes=1)

    await desk.tick()
    await desk.wait(days=1)

    assert len(asked(desk)) == 1


async def test_a_day_of_rest_holds_it_to_the_next_morning(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 16, 8)
    async with desk.app.db.writing() as tx:
        await people_rows.rest(tx, 1, date(2026, 1, 16))
    await local(desk, 1, 16, 12)
    assert asked(desk) == []

    await local(desk, 1, 17, 9)

    assert len(asked(desk)) == 1


async def test_quiet_hours_are_kept_also_where_they_reach_into_the_morning(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await rhythm.change(desk.app, MAYA, Change(quiet="22:00-11:00"))
    await local(desk, 1, 16, 10, 59)
    assert asked(desk) == []
    await local(desk, 1, 16, 11)
    assert len(asked(desk)) == 1


async def test_after_a_move_the_morning_is_that_of_the_new_zone(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await rhythm.change(desk.app, MAYA, Change(zone="America/Los_Angeles"))
    await local(desk, 1, 16, 17, 59)
    assert asked(desk) == []
    await local(desk, 1, 16, 18)
    assert len(asked(desk)) == 1


async def test_who_left_is_not_asked_and_on_their_return_they_are_again(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.wait(days=3)
    await people.leave(desk.app, MAYA)
    await local(desk, 2, 20, 12)
    assert asked(desk) == []
    assert not await desk.app.db.reading.all("SELECT 1 FROM deliveries WHERE kind = 'still open'")

    await people.start(desk.app, MAYA, "Maya", Start(ZONE), [CHANNEL])
    await local(desk, 3, 8, 12)
    assert len(asked(desk)) == 1


async def test_after_long_downtime_one_question_comes_in_the_next_morning(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    desk.now += timedelta(days=70, hours=19)
    await desk.restart()
    await desk.tick()
    assert asked(desk) == []
    await desk.wait(days=1)
    assert len(asked(desk)) == 1
    assert (await desk.delivery("still open")).due_at.astimezone(ZoneInfo(ZONE)).hour == 9


async def test_a_round_goes_on_being_idle_while_asks_wait(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.tick()
    said = await spoken(desk.app.db)
    await desk.tick()
    assert len([sql for sql in said if not sql.startswith("EXPLAIN")]) == 1


async def test_where_the_question_cannot_arrive_it_comes_again_two_weeks_later(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 16, 8)
    desk.paper.replies.append(Unreachable("refused", cause=Cause.REFUSED))
    await local(desk, 1, 16, 9)
    assert asked(desk) == []
    await local(desk, 1, 30, 9)
    assert len(asked(desk)) == 1


# ------------------------------------------------------------------ faults


async def test_it_survives_a_restart(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.restart()
    await desk.until(4, 18)
    await desk.restart()
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(minutes=1)
    await desk.restart()
    await ask.close(desk.app, MAYA, "")
    assert told(posts(desk)[0]) == [(CV, True)]


async def test_a_question_that_was_being_sent_when_the_process_died_stands_once(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 16, 8)
    desk.now += timedelta(hours=1)
    await desk.die_sending()
    for _ in range(4):
        await desk.wait(minutes=2)
    assert len(asked(desk)) == 1
    await ask.say_open(desk.app, MAYA, asked(desk)[0].delivery_id)
    assert asked(desk)[0].sure


async def test_an_older_database_asks_nothing_twice_and_its_question_can_be_answered(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.begin()
    for words in (CV, WALK):  # at one instant
        await ask.add(desk.app, MAYA, words)
    await local(desk, 1, 15, 12)
    copy = await desk.copied(tmp_path / "copies")
    await local(desk, 1, 16, 9)
    before = [(message.delivery_id, message.request.words) for message in asked(desk)]
    assert len(before) == 2
    await desk.wait(minutes=10)
    await desk.put_back(copy)
    for _ in range(3):
        await desk.wait(minutes=10)
    assert [(message.delivery_id, message.request.words) for message in asked(desk)] == before
    await ask.close_asked(desk.app, MAYA, before[0][0])
    assert [message.request.closed_at is not None for message in asked(desk)] == [True, False]


async def test_a_wrong_clock_does_not_put_the_question_off_for_years(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await jump(desk, timedelta(days=900))
    await desk.wait(days=1)
    assert len(asked(desk)) == 1
    await jump(desk, timedelta(days=-900))
    await desk.wait(days=16)
    await desk.wait(days=1)
    assert len(asked(desk)) == 2


async def test_erased_nothing_of_it_is_left_and_nobody_is_asked(desk: Desk) -> None:
    question = await old(desk)
    number = (await people.leave(desk.app, MAYA)).person_id
    await privacy.erase(desk.app, MAYA, number)
    assert await rows(desk) == []
    with pytest.raises(NotSeeking):
        await ask.say_open(desk.app, MAYA, question.delivery_id)
    await desk.wait(days=40)
    assert len(asked(desk)) == 1


async def said_open(desk: Desk) -> None:
    await ask.say_open(desk.app, MAYA, asked(desk)[0].delivery_id)


async def closed(desk: Desk) -> None:
    await ask.close(desk.app, MAYA, CV)


async def changed(desk: Desk) -> None:
    await ask.change_asked(desk.app, MAYA, asked(desk)[0].delivery_id, WALK)


@pytest.mark.parametrize(
    ("change", "shown", "sure"),
    [(said_open, [(CV, False)], True), (closed, [(CV, True)], False), (changed, [(WALK, False)], True)],
)
async def test_what_was_changed_is_shown_although_the_platform_failed_right_after(
    desk: Desk, change: Callable[[Desk], Awaitable[None]], shown: list[tuple[str, bool]], sure: bool
) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    await local(desk, 1, 16, 9)
    desk.paper.edits.extend([RuntimeError("the face stumbled")] * 4)
    await change(desk)
    for _ in range(6):
        await desk.wait(minutes=5)
    assert told(posts(desk)[0]) == shown
    assert asked(desk)[0].sure is sure


async def test_no_press_and_no_round_reads_a_whole_table(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, INTRO)
    await local(desk, 1, 16, 8)
    said = await spoken(desk.app.db)
    desk.now += timedelta(hours=1)
    await rounds.tick(desk.app)
    [question] = asked(desk)
    await ask.add(desk.app, MAYA, CV)
    await ask.words_asked(desk.app, MAYA, question.delivery_id)
    await ask.change_asked(desk.app, MAYA, question.delivery_id, WALK)
    await ask.say_open(desk.app, MAYA, question.delivery_id)
    await ask.choices(desk.app, MAYA)
    await ask.close(desk.app, MAYA, CV)
    await ask.close_asked(desk.app, MAYA, question.delivery_id)
    await rounds.settle_clock(desk.app)
    assert await scans(desk.app.db, list(said)) == set()


async def test_a_draft_that_waits_loses_an_ask_that_is_closed(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await ask.close(desk.app, MAYA, CV)
    assert draft_of(desk).week.phase is Phase.DRAFTED
    assert draft_of(desk).material.asks == ()
