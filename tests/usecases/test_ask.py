"""What a seeker asks their friends for: in drafts and posts until it is closed, and asked about every two weeks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.ask import AlreadyClosed, AskTooLong, NoSuchAsk, NoWords, StillOpen, TooManyOpen
from bot.core.delivery import Cause, Unreachable
from bot.core.errors import Told
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.summary import Draft, NothingChosen, Phase, WeekPost
from bot.store import backup
from bot.usecases import ask, people, privacy, rhythm, rounds, summary
from bot.usecases.people import NotSeeking, Start
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk
from tests.usecases.test_plans import scans, spoken
from tests.usecases.test_rearm import jump

AISHA, JONAS = Person(PAPER, "", "aisha"), Person(PAPER, "", "jonas")
CV, WALK, INTRO = "Read my CV", "A walk on Friday", "An introduction to somebody at a robotics start-up"


def posts(desk: Desk) -> list[WeekPost]:
    return [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, WeekPost)]


def asked(desk: Desk) -> list[StillOpen]:
    """The questions whether an ask is still open that stand in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, StillOpen)]


def draft_of(desk: Desk) -> Draft:
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)][-1]


def told(post: WeekPost) -> list[tuple[str, bool]]:
    """What a post asks for, and whether it is settled."""
    return [(request.words, request.closed_at is not None) for request in post.summary.asks]


async def local(desk: Desk, month: int, day: int, hour: int, minute: int = 0) -> None:
    """Move the clock to a local time in 2026, hour by hour as rounds go on."""
    target = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    assert target >= desk.now
    while target - desk.now > timedelta(hours=6):
        await desk.wait(hours=6)
    desk.now = target
    await desk.tick()


async def rows(desk: Desk) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await desk.app.db.reading.all("SELECT * FROM asks ORDER BY id")]


# ------------------------------------------------------------------ asking


async def test_an_open_ask_stands_in_the_draft_the_preview_and_the_post(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")

    assert [request.words for request in draft_of(desk).summary.asks] == [CV]
    preview = await summary.preview(desk.app, MAYA)
    await summary.post(desk.app, MAYA, 1)
    assert told(posts(desk)[0]) == told(preview[0]) == [(CV, False)]
    read = await summary.read(desk.app, (await desk.delivery("post", turn=1)).id)
    assert [request.words for request in read.asks] == [CV]


async def test_a_draft_that_stands_follows_a_new_ask(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await ask.add(desk.app, MAYA, CV)

    assert [request.words for request in draft_of(desk).material.asks] == [CV]


async def test_a_week_can_be_posted_for_an_ask_alone(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    with pytest.raises(NothingChosen):
        await summary.post(desk.app, MAYA, 1)
    await ask.add(desk.app, MAYA, CV)
    await summary.post(desk.app, MAYA, 1)

    assert told(posts(desk)[0]) == [(CV, False)]


async def test_what_is_asked_for_can_be_left_out_of_a_week_and_put_in_again(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)

    await summary.choose(desk.app, MAYA, 1, ["asks"], [])
    assert told(posts(desk)[0]) == []
    await summary.choose(desk.app, MAYA, 1, ["asks"], ["asks"])
    assert told(posts(desk)[0]) == [(CV, False)]


async def test_what_is_asked_after_a_post_goes_into_the_next_one(desk: Desk) -> None:
    await desk.posted()
    await desk.wait(hours=1)
    await ask.add(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == []

    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    assert [told(post) for post in posts(desk)] == [[], [(CV, False)]]


@pytest.mark.parametrize(
    ("words", "error"), [("", NoWords), (" \n ", NoWords), ("\u200b", NoWords), ("x" * 201, AskTooLong)]
)
async def test_what_cannot_be_asked_is_told_and_changes_nothing(desk: Desk, words: str, error: type[Told]) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    before = await rows(desk)
    with pytest.raises(error):
        await ask.add(desk.app, MAYA, words)
    assert await rows(desk) == before


async def test_a_fourth_ask_is_refused_until_one_is_closed(desk: Desk) -> None:
    await desk.begin()
    for words in (CV, WALK, INTRO):
        await ask.add(desk.app, MAYA, words)
    with pytest.raises(TooManyOpen):
        await ask.add(desk.app, MAYA, "Coffee")
    with pytest.raises(TooManyOpen):
        await ask.check_room(desk.app, MAYA)
    await ask.close(desk.app, MAYA, WALK)
    await ask.add(desk.app, MAYA, "Coffee")
    assert [request.words for request in await ask.opened(desk.app, MAYA)] == [CV, INTRO, "Coffee"]


# ------------------------------------------------------------------ closing


async def test_a_closed_ask_is_settled_where_it_stands_and_gone_from_the_next_post(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await ask.add(desk.app, MAYA, WALK)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(hours=20)

    await ask.close(desk.app, MAYA, CV)

    assert told(posts(desk)[0]) == [(CV, True), (WALK, False)]
    await local(desk, 1, 11, 18)
    await summary.post(desk.app, MAYA, draft_of(desk).week.id)
    assert told(posts(desk)[-1]) == [(WALK, False)]


async def test_every_post_that_shows_an_ask_is_revised_the_older_ones_by_the_next_round(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    for day in (4, 11, 18):
        await local(desk, 1, day, 18)
        await summary.post(desk.app, MAYA, draft_of(desk).week.id)
        await desk.wait(hours=1)
    await ask.close(desk.app, MAYA, "")
    await desk.tick()
    assert [told(post) for post in posts(desk)] == [[(CV, True)]] * 3


async def test_a_post_of_one_settled_ask_stays_and_posted_anew_it_is_left_out(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(minutes=1)
    await ask.close(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == [(CV, True)]

    await summary.take_down(desk.app, MAYA, 1)
    await summary.post(desk.app, MAYA, 1)
    assert [told(post) for post in posts(desk)] == [[]]


async def test_what_is_asked_or_closed_at_the_instant_of_a_post_comes_after_it(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await ask.add(desk.app, MAYA, WALK)
    await ask.close(desk.app, MAYA, CV)
    assert told(posts(desk)[0]) == [(CV, True)]

    await summary.take_down(desk.app, MAYA, 1)
    await summary.post(desk.app, MAYA, 1)
    assert [told(post) for post in posts(desk)] == [[(WALK, False)]]


async def test_an_ask_is_closed_once(desk: Desk) -> None:
    await desk.begin()
    number = (await ask.add(desk.app, MAYA, CV)).id
    await ask.close(desk.app, MAYA, str(number))
    before = await rows(desk)
    await desk.wait(minutes=1)
    with pytest.raises(AlreadyClosed):
        await ask.close(desk.app, MAYA, str(number))
    assert await rows(desk) == before


async def test_somebody_elses_ask_cannot_be_closed(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(AISHA)
    number = (await ask.add(desk.app, MAYA, CV)).id
    before = await rows(desk)
    for wish in (str(number), CV):
        with pytest.raises(NoSuchAsk):
            await ask.close(desk.app, AISHA, wish)
        with pytest.raises(NotSeeking):
            await ask.close(desk.app, JONAS, wish)
    assert await rows(desk) == before
    assert await ask.choices(desk.app, AISHA) == await ask.choices(desk.app, JONAS) == []


async def test_who_left_can_close_an_ask_but_not_make_one(desk: Desk) -> None:
    await desk.begin()
    await ask.add(desk.app, MAYA, CV)
    await desk.until(4, 18)
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(minutes=1)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking):
        await ask.add(desk.app, MAYA, WALK)
    await ask.close(desk.app, MAYA, "")
    assert told(posts(desk)[0]) == [(CV, True)]


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
        with pytest.raises(NotSeeking):
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
    copy = await backup.copy_now(desk.path, tmp_path / "copies", desk.now)
    await local(desk, 1, 16, 9)
    before = [(message.delivery_id, message.request.words) for message in asked(desk)]
    assert len(before) == 2
    await desk.wait(minutes=10)
    await desk.close()
    await backup.restore(copy, desk.path, desk.now)
    await desk.open()
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
