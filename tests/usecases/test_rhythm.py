"""Asking at once, ahead of the schedule."""

from __future__ import annotations

from bot.usecases import _pump, journal, rhythm
from tests.usecases.conftest import MAYA, Desk, prompts

FRIDAY, SATURDAY = "2026-01-02", "2026-01-03"


async def ask_now(desk: Desk) -> int:
    """Ask at once and send; how many questions that made."""
    owed = await rhythm.ask_now(desk.app, MAYA)
    await _pump.send_now(desk.app, owed)
    return len(owed)


async def test_asked_before_the_time_the_schedule_does_not_ask_again(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 12)
    assert await ask_now(desk) == 1
    assert await desk.asked() == {FRIDAY: "open"}
    await desk.until(2, 17, 30)
    assert len(prompts(desk)) == 1


async def test_on_a_day_without_a_schedule_one_can_be_asked_as_well(desk: Desk) -> None:
    await desk.begin()
    await desk.until(3, 12)
    assert await ask_now(desk) == 1
    assert SATURDAY in await desk.asked()


async def test_asked_already_the_question_comes_again_and_the_older_one_says_so(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    assert await ask_now(desk) == 1
    await desk.tick()
    assert [prompt.moved for prompt in prompts(desk)] == [True, False]
    assert await desk.asked() == {FRIDAY: "open"}


async def test_a_day_that_was_left_out_is_open_again(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await rhythm.not_today(desk.app, MAYA, (await desk.delivery("prompt")).id, rest=False)
    assert await desk.asked() == {FRIDAY: "skipped"}
    assert await ask_now(desk) == 1
    assert await desk.asked() == {FRIDAY: "open"}


async def test_what_was_answered_is_not_asked_again(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    assert await ask_now(desk) == 0
    assert len(prompts(desk)) == 1
