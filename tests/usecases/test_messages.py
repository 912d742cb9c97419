"""Plain messages: which question they answer, and when they answer none."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from bot.core.delivery import Unreachable
from bot.core.exercise import Blank, TooLong
from bot.core.journal import Held, Kept
from bot.store.journal import get
from bot.usecases import conversations, journal, messages, rhythm
from tests.usecases.conftest import MAYA, Desk


async def written(desk: Desk, text: str = "A walk") -> str:
    """Maya writes; the day that it is kept for, or "stray"."""
    return told(await messages.write(desk.app, desk.paper.says(MAYA, text, desk.now)))


def told(taken: Kept | Held | None) -> str:
    match taken:
        case Kept(entry=entry):
            return str(entry.on)
        case Held(purpose=purpose):
            return purpose
        case None:
            return "nothing"


async def test_the_last_prompt_is_answered_for_its_day_on_the_day_after(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.move(3, 23)
    assert await written(desk) == "2026-01-02"


async def test_a_prompt_of_long_ago_is_not_what_a_message_answers(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.move(4, 5, 31)
    assert await written(desk) == "stray"


async def test_a_question_put_off_until_tomorrow_is_answered_late_as_well(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await rhythm.later(desk.app, MAYA, (await desk.delivery("prompt")).id, "tomorrow")
    await desk.until(3, 17, 30)
    desk.move(4, 12)
    assert await written(desk) == "2026-01-02"


async def test_a_message_before_the_next_prompt_does_not_answer_one_that_was_left_open(desk: Desk) -> None:
    await desk.begin()
    await desk.until(5, 17, 30)
    await desk.until(6, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.move(6, 20)
    assert await written(desk) == "stray"


@pytest.mark.parametrize("rest", [True, False])
async def test_where_the_last_question_was_left_out_no_older_one_is_answered(desk: Desk, rest: bool) -> None:
    await desk.begin()
    await desk.until(5, 17, 30)
    await desk.until(6, 17, 30)
    await rhythm.not_today(desk.app, MAYA, (await desk.delivery("prompt")).id, rest=rest)
    assert await written(desk) == "stray"


async def test_a_prompt_that_could_not_arrive_leaves_the_one_before_it_open(desk: Desk) -> None:
    await desk.begin()
    await desk.until(5, 17, 30)
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed")
    await desk.until(6, 17, 30)
    assert await written(desk) == "2026-01-05"


async def test_what_was_written_before_a_question_does_not_answer_it_however_late_it_is_read(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    early = desk.paper.says(MAYA, "About Friday", desk.now)
    await desk.until(5, 17, 30)
    late = desk.paper.says(MAYA, "About Monday", desk.now)
    assert told(await messages.write(desk.app, late)) == "2026-01-05"
    assert told(await messages.write(desk.app, early)) == "2026-01-02"


async def test_what_was_written_first_and_is_read_last_joins_the_answer_that_came_after_it(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    first = desk.paper.says(MAYA, "First", desk.now)
    await desk.wait(hours=2)
    second = await messages.write(desk.app, desk.paper.says(MAYA, "Second", desk.now))
    assert isinstance(second, Kept)
    kept = await messages.write(desk.app, first)
    assert isinstance(kept, Kept)
    assert (kept.entry.id, kept.entry.answers) == (second.entry.id, {"done": "Second\nFirst"})
    edited = await messages.edited(desk.app, first._replace(text="The first"))
    assert edited is None
    assert (await get(desk.app.db.reading, kept.entry.id) or kept.entry).answers == {"done": "Second\nThe first"}


async def test_a_message_is_taken_once_even_where_two_bring_it_at_the_same_moment(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    said = desk.paper.says(MAYA, "Once", desk.now)
    taken = await asyncio.gather(*(messages.write(desk.app, said) for _ in range(5)))
    assert sorted(map(told, taken)) == ["2026-01-02", "nothing", "nothing", "nothing", "nothing"]


@pytest.mark.parametrize("text", ["", "\u200b"])
async def test_a_message_without_words_is_refused_once(desk: Desk, text: str) -> None:
    await desk.begin()
    said = desk.paper.says(MAYA, text, desk.now)
    with pytest.raises((messages.NotKept, Blank)):
        await messages.write(desk.app, said)
    assert await messages.write(desk.app, said) is None


async def test_what_the_database_refuses_is_taken_by_the_next_read(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    said = desk.paper.says(MAYA, "A walk", desk.now)
    async with desk.app.db.writing() as tx:
        await tx.run("CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(sqlite3.IntegrityError):
        await messages.write(desk.app, said)
    async with desk.app.db.writing() as tx:
        await tx.run("DROP TRIGGER full")
    assert told(await messages.write(desk.app, said)) == "2026-01-02"


async def test_the_edit_of_a_message_that_was_missed_takes_it_as_it_reads_now(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await conversations.met(desk.app, MAYA, MAYA.id)
    said = desk.paper.says(MAYA, "A wlak", desk.now)
    assert told(await messages.edited(desk.app, said._replace(text="A walk"))) == "2026-01-02"
    assert await messages.write(desk.app, said) is None


async def test_an_edit_that_is_heard_while_its_message_is_taken_is_not_lost(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await conversations.met(desk.app, MAYA, MAYA.id)
    said = desk.paper.says(MAYA, "First", desk.now)
    later = said._replace(text="Second", edited_at=desk.now)
    kept, _ = await asyncio.gather(messages.write(desk.app, said), messages.edited(desk.app, later))
    assert isinstance(kept, Kept)
    assert (await get(desk.app.db.reading, kept.entry.id) or kept.entry).answers == {"done": "Second"}


async def test_an_edit_that_comes_after_a_newer_one_is_not_followed(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    said = desk.paper.says(MAYA, "First", desk.now)
    kept = await messages.write(desk.app, said)
    assert isinstance(kept, Kept)
    for minutes, text in ((2, "Third"), (1, "Second")):
        edited_at = desk.now + timedelta(minutes=minutes)
        await messages.edited(desk.app, said._replace(text=text, edited_at=edited_at))
    assert (await get(desk.app.db.reading, kept.entry.id) or kept.entry).answers == {"done": "Third"}


async def test_a_message_deleted_before_it_is_read_is_not_taken(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await conversations.met(desk.app, MAYA, MAYA.id)
    said = desk.paper.says(MAYA, "Never mind", desk.now)
    assert await messages.deleted(desk.app, said.post.channel, said.post.id) is None
    assert await messages.write(desk.app, said) is None


async def test_a_refused_edit_is_told_once_and_a_different_one_again(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    said = desk.paper.says(MAYA, "Short", desk.now)
    await messages.write(desk.app, said)
    for text in ("x" * 1001, "x" * 1002):
        with pytest.raises(TooLong):
            await messages.edited(desk.app, said._replace(text=text))
        assert await messages.edited(desk.app, said._replace(text=text)) is None


async def test_one_asks_about_a_deleted_message_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    said = desk.paper.says(MAYA, "A walk", desk.now)
    await messages.write(desk.app, said)
    gone = await asyncio.gather(*(messages.deleted(desk.app, said.post.channel, said.post.id) for _ in range(3)))
    assert len([one for one in gone if one]) == 1
