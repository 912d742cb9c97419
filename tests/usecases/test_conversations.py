"""Reading back what was written, edited and deleted while nobody listened."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.core.conversations import CaughtUp, Deleted, Refusal
from bot.core.delivery import CannotTell
from bot.core.journal import Held, Kept
from bot.core.people import Person, Said
from bot.store import facts, taken
from bot.usecases import conversations, messages, people
from bot.usecases.people import Start
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, MAYA, PAPER, ZONE, Desk, prompts

JONAS = Person(PAPER, "", "jonas")


async def asked(desk: Desk) -> None:
    """Maya was asked how Friday was, and her conversation is known."""
    await desk.begin()
    await desk.until(2, 17, 30)
    await conversations.met(desk.app, MAYA, MAYA.id)


async def entries(desk: Desk) -> list[Mapping[str, Any]]:
    found = await desk.app.db.reading.all("SELECT answers FROM entries ORDER BY id")
    return [row["answers"] for row in found]


def says(desk: Desk, text: str) -> Said:
    desk.now += timedelta(seconds=1)
    return desk.paper.says(MAYA, text, desk.now)


def answered(desk: Desk, kind: type) -> list[Any]:
    return [what for what in desk.paper.answers.values() if isinstance(what, kind)]


async def back(desk: Desk) -> None:
    """A new process reads what it missed."""
    desk.now += timedelta(minutes=1)
    await desk.restart()
    await conversations.catch_up(desk.app)


# ------------------------------------------------------------------ written


async def test_a_message_written_while_the_bot_was_down_answers_the_question_and_is_confirmed(desk: Desk) -> None:
    await asked(desk)
    says(desk, "A walk")
    await back(desk)
    assert await entries(desk) == ['{"done":"A walk"}']
    assert [str(kept.entry.on) for kept in answered(desk, Kept)] == ["2026-01-02"]


async def test_after_any_time_away_it_is_read_from_the_last_message_on_that_was_seen(desk: Desk) -> None:
    await asked(desk)
    says(desk, "A walk")
    await back(desk)
    desk.now += timedelta(days=2)
    missed = says(desk, "Nobody heard me")
    desk.now += messages.READ_BACK + timedelta(days=20)
    await back(desk)
    assert await taken.known(desk.app.db.reading, missed.post.channel, missed.post.id)


async def test_reading_again_takes_nothing_twice_and_says_nothing_twice(desk: Desk) -> None:
    await asked(desk)
    says(desk, "A walk")
    await back(desk)
    await messages.write(desk.app, says(desk, "heard live"))
    before = desk.paper.count("answer")
    for _ in range(3):
        await back(desk)
    assert await entries(desk) == ['{"done":"A walk\\nheard live"}']
    assert desk.paper.count("answer") == before


async def test_the_event_and_the_read_may_both_bring_a_message_and_one_of_them_takes_it(desk: Desk) -> None:
    await asked(desk)
    said = says(desk, "Both ways")
    live: list[asyncio.Task[Kept | Held | None]] = []
    desk.paper.while_reading = lambda: live.append(asyncio.create_task(messages.write(desk.app, said)))
    await conversations.catch_up(desk.app)
    taken = [await task for task in live]
    assert len([one for one in taken if one]) + desk.paper.count("answer") == 1
    assert await entries(desk) == ['{"done":"Both ways"}']


async def test_many_missed_messages_are_confirmed_in_one_line(desk: Desk) -> None:
    await asked(desk)
    for number in range(5):
        says(desk, f"Line {number}")
    await back(desk)
    assert list(desk.paper.answers.values()) == [CaughtUp(5)]
    assert await entries(desk) == ['{"done":"Line 0\\nLine 1\\nLine 2\\nLine 3\\nLine 4"}']


async def test_what_needs_a_decision_or_was_refused_is_asked_even_among_many(desk: Desk) -> None:
    await asked(desk)
    for text in ("One", "Two", "Three", "Four", "x" * 1001, "\u200b"):
        says(desk, text)
    desk.now += timedelta(hours=1)
    says(desk, "Out of the blue")
    await back(desk)
    assert answered(desk, CaughtUp) == [CaughtUp(4)]
    assert [held.purpose for held in answered(desk, Held)] == ["refused", "stray"]
    assert len(answered(desk, Refusal)) == 1


async def test_whoever_never_started_or_left_is_not_read(desk: Desk) -> None:
    await asked(desk)
    await people.leave(desk.app, MAYA)
    says(desk, "Not for you")
    await back(desk)
    assert desk.paper.count("written") == 0
    assert await entries(desk) == []


async def test_what_was_written_before_the_start_is_not_taken(desk: Desk) -> None:
    says(desk, "Who are you?")
    desk.now += timedelta(minutes=1)
    await asked(desk)
    await back(desk)
    assert desk.paper.answers == {}


async def test_a_read_that_fails_is_tried_again_and_concludes_nothing(desk: Desk) -> None:
    await asked(desk)
    await messages.write(desk.app, says(desk, "Kept before"))
    desk.paper.said.clear()
    said = says(desk, "Missed")
    desk.paper.unreadable = True
    await back(desk)
    assert desk.paper.answers == {}
    assert dict(desk.app.reading.failed) == {MAYA.id: 1}
    desk.paper.unreadable = False
    desk.paper.said.insert(0, said._replace(text="Kept before"))
    await conversations.catch_up_again(desk.app)
    assert not desk.app.reading.failed
    asked_before = desk.paper.count("written")
    await conversations.catch_up_again(desk.app)
    assert desk.paper.count("written") == asked_before


async def test_a_reply_that_can_not_be_sent_loses_no_entry_and_a_question_is_asked_by_the_next_read(desk: Desk) -> None:
    await asked(desk)
    says(desk, "A walk")
    desk.now += timedelta(hours=1)
    says(desk, "Out of the blue")
    desk.paper.mute = True
    await back(desk)
    assert await entries(desk) == ['{"done":"A walk"}']
    desk.paper.mute = False
    await back(desk)
    await back(desk)
    assert [held.words["text"] for held in answered(desk, Held)] == ["Out of the blue"]
    assert desk.paper.count("answer") == 3  # two that failed, and the question once more


async def test_a_question_that_stands_already_is_not_asked_again(desk: Desk) -> None:
    await asked(desk)
    desk.now += timedelta(days=3)
    held = await messages.write(desk.app, says(desk, "Out of the blue"))
    assert isinstance(held, Held)
    desk.paper.answers[held.id] = held  # it was sent, and the process died before it could note that
    await back(desk)
    await back(desk)
    assert desk.paper.count("answer") == 0
    assert desk.paper.count("find") == 1


async def test_where_the_history_can_not_be_searched_the_question_waits(desk: Desk) -> None:
    await asked(desk)
    desk.now += timedelta(days=3)
    await messages.write(desk.app, says(desk, "Out of the blue"))
    desk.paper.looks.append(CannotTell("no answer"))
    await back(desk)
    assert desk.paper.count("answer") == 0
    await back(desk)
    assert desk.paper.count("answer") == 1


async def test_the_answer_to_a_question_whose_arrival_was_not_heard_of_is_no_stray(desk: Desk) -> None:
    await desk.begin()
    await conversations.met(desk.app, MAYA, MAYA.id)
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    assert await desk.states("prompt") == ["unknown"]
    says(desk, "A walk")
    await back(desk)
    assert [str(kept.entry.on) for kept in answered(desk, Kept)] == ["2026-01-02"]
    await desk.wait(minutes=5)
    assert await desk.states("prompt") == ["sent"]
    assert [prompt.entry is not None for prompt in prompts(desk)] == [True]


async def test_a_database_put_back_from_a_copy_looks_for_the_questions_before_their_answers(desk: Desk) -> None:
    await desk.begin()
    await conversations.met(desk.app, MAYA, MAYA.id)
    await desk.close()
    copy = desk.path.read_bytes()
    await desk.open()
    await desk.until(2, 17, 30)
    says(desk, "A walk")
    await desk.close()
    desk.path.write_bytes(copy)
    await desk.open()
    async with desk.app.db.writing() as tx:
        await facts.put(tx, facts.LOOK_BEFORE, desk.now.isoformat(timespec="milliseconds"))
    await conversations.catch_up(desk.app)
    assert desk.paper.answers == {}
    await desk.tick()
    await conversations.catch_up_again(desk.app)
    assert [str(kept.entry.on) for kept in answered(desk, Kept)] == ["2026-01-02"]
    assert len(prompts(desk)) == 1


# ------------------------------------------------------------------ edited, deleted


async def test_an_edit_made_while_the_bot_was_down_is_followed(desk: Desk) -> None:
    await asked(desk)
    said = says(desk, "Wrote tow")
    await messages.write(desk.app, said)
    desk.reworded(said, "Wrote two")
    await back(desk)
    await back(desk)
    assert await entries(desk) == ['{"done":"Wrote two"}']
    assert desk.paper.answers == {}


async def test_an_edit_that_is_refused_is_told_by_one_read_alone(desk: Desk) -> None:
    await asked(desk)
    said = says(desk, "Short")
    await messages.write(desk.app, said)
    desk.reworded(said, "x" * 1001)
    await back(desk)
    await back(desk)
    assert desk.paper.count("answer") == 1
    assert await entries(desk) == ['{"done":"Short"}']


async def test_a_newer_edit_heard_during_the_read_is_not_undone_by_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(desk)
    said = says(desk, "First")
    await messages.write(desk.app, said)
    second = desk.reworded(said, "Second")
    waiting = asyncio.Event()
    live: list[asyncio.Task[Any]] = []

    async def third() -> None:
        await messages.edited(desk.app, second._replace(text="Third", edited_at=desk.now + timedelta(seconds=1)))
        waiting.set()

    read = desk.paper.written

    async def slow(*args: Any) -> Any:
        history = await read(*args)
        live.append(asyncio.create_task(third()))
        await waiting.wait()
        return history

    monkeypatch.setattr(desk.paper, "written", slow)  # the page was read before the third version was written
    await conversations.catch_up(desk.app)
    await asyncio.gather(*live)
    assert await entries(desk) == ['{"done":"Third"}']


async def test_a_deletion_made_while_the_bot_was_down_is_asked_about_once(desk: Desk) -> None:
    await asked(desk)
    said = says(desk, "Regretted")
    await messages.write(desk.app, said)
    desk.paper.said.remove(said)
    await back(desk)
    await back(desk)
    assert [(gone.message, gone.whole) for gone in answered(desk, Deleted)] == [(said.post.id, False)]
    assert desk.paper.count("answer") == 1
    assert await entries(desk) == ['{"done":"Regretted"}']


async def test_waiting_words_whose_message_was_deleted_meanwhile_are_forgotten(desk: Desk) -> None:
    await asked(desk)
    desk.now += timedelta(days=3)
    said = says(desk, "Not meant for you")
    held = await messages.write(desk.app, said)
    assert isinstance(held, Held)
    await messages.asked(desk.app, held)
    desk.paper.said.remove(said)
    await back(desk)
    assert await desk.app.db.reading.all("SELECT * FROM held") == []
    assert desk.paper.answers == {}


async def test_a_deletion_that_was_noted_but_not_asked_about_is_asked_about_later(desk: Desk) -> None:
    await asked(desk)
    said = says(desk, "Regretted")
    await messages.write(desk.app, said)
    desk.paper.said.remove(said)
    assert await messages.deleted(desk.app, said.post.channel, said.post.id)  # and the process dies here
    await back(desk)
    await back(desk)
    assert desk.paper.count("answer") == 1


async def test_an_old_message_outside_what_is_read_does_not_count_as_deleted(desk: Desk) -> None:
    await asked(desk)
    await messages.write(desk.app, says(desk, "Long ago"))
    await back(desk)
    desk.now += timedelta(days=14)
    await back(desk)
    assert desk.paper.answers == {}


# ------------------------------------------------------------------ one run at a time


async def test_ten_new_sessions_at_once_are_read_twice_at_most(desk: Desk) -> None:
    await asked(desk)
    says(desk, "A walk")
    await asyncio.gather(*(conversations.catch_up(desk.app) for _ in range(10)))
    assert desk.paper.count("written") == 2
    assert desk.paper.count("answer") == 1
    assert desk.app.reading.done.is_set()


async def test_a_new_session_is_read_whole_even_where_a_second_try_waits_already(desk: Desk) -> None:
    await asked(desk)
    began = asyncio.Event()
    desk.paper.while_reading = began.set
    first = asyncio.create_task(conversations.catch_up(desk.app))
    await began.wait()
    desk.app.reading.failed["elsewhere"] = 1
    await asyncio.gather(first, conversations.catch_up_again(desk.app), conversations.catch_up(desk.app))
    assert desk.paper.count("written") == 2


async def test_a_run_that_was_given_up_while_it_waited_keeps_no_other_from_reading(desk: Desk) -> None:
    await asked(desk)
    began = asyncio.Event()
    desk.paper.while_reading = began.set
    first = asyncio.create_task(conversations.catch_up(desk.app))
    await began.wait()
    second = asyncio.create_task(conversations.catch_up(desk.app))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    await conversations.catch_up(desk.app)
    assert desk.paper.count("written") == 2


async def test_one_person_s_trouble_is_not_another_s(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(desk)
    await people.start(desk.app, JONAS, "Jonas", Start(ZONE), [CHANNEL])
    await conversations.met(desk.app, JONAS, JONAS.id)
    says(desk, "A walk")
    read = desk.paper.written

    async def broken(to: Any, channel: str, *rest: Any) -> Any:
        if channel == JONAS.id:
            raise ValueError("a page that can't be read")
        return await read(to, channel, *rest)

    monkeypatch.setattr(desk.paper, "written", broken)
    await conversations.catch_up(desk.app)
    assert await entries(desk) == ['{"done":"A walk"}']
    assert list(desk.app.reading.failed) == [JONAS.id]
    assert "could not be caught up" in caplog.text
