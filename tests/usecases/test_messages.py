"""Plain messages: which question they answer, and when they answer none."""

from __future__ import annotations

import pytest

from bot.core.delivery import Unreachable
from bot.core.journal import Held, Kept
from bot.usecases import journal, messages, rhythm
from bot.usecases.messages import Message
from tests.usecases.conftest import MAYA, Desk


async def written(desk: Desk, text: str = "A walk") -> str:
    """Maya writes; the day that it is kept for, or "stray"."""
    taken = await messages.write(desk.app, MAYA, Message("dm", str(desk.now), text))
    match taken:
        case Kept(entry=entry):
            return str(entry.on)
        case Held(purpose=purpose):
            return purpose


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
