"""*Later* and *Not today*, as a seeker lives them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.cogs._rhythm import (
    asked,
    choose,
    leave_out,
    now,
    open_questions,
    prompts,
    put_off,
    rhythm,
    stamp,
)
from tests.cogs.conftest import ZONE, World, ids_of, words_of

# ------------------------------------------------------------------ later


@pytest.mark.parametrize(
    ("choice", "again"),
    [("20m", (2, 17, 50)), ("1h", (2, 18, 30)), ("3h", (2, 20, 30)), ("tomorrow", (3, 9, 0))],
)
async def test_later_asks_again_then(world: World, choice: str, again: tuple[int, int, int]) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    (first,) = open_questions(world)
    assert stamp(*again) in await put_off(world, choice)
    assert stamp(*again) in words_of(await now(world, first))
    day, hour, minute = again
    await world.restart()
    due_at = datetime(2026, 1, day, hour, minute, tzinfo=ZoneInfo(ZONE))
    await world.wait(seconds=(due_at - world.now).total_seconds() - 60)
    assert open_questions(world) == []
    await world.until(day, hour, minute)
    (second,) = open_questions(world)
    assert second.id != first.id
    assert "asked again" in words_of(await now(world, first))
    await world.answer(mood="4")
    found = await world.app.db.reading.all("SELECT entry_on FROM entries")
    assert [row["entry_on"] for row in found] == ["2026-01-02"]


async def test_later_in_the_evening_waits_for_the_end_of_the_quiet_hours(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.until(2, 21, 50)
    assert stamp(3, 8) in await put_off(world, "20m")
    await world.until(2, 22, 10)
    await world.until(3, 7, 59)
    assert len(open_questions(world)) == 0
    await world.until(3, 8)
    assert len(open_questions(world)) == 1


async def test_later_and_then_answered_above_asks_no_more(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await put_off(world, "1h")
    await world.restart()
    await world.answer(mood="3")
    count = len(world.dms)
    await world.until(2, 18, 30)
    assert len(world.dms) == count
    assert len(prompts(world)) == 0


async def test_later_twice_asks_once_at_the_newer_time(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    first, second = [await world.press(world.prompt("later"), "later") for _ in range(2)]
    await choose(world, first, "20m")
    await choose(world, second, "3h")
    await world.until(2, 18)
    assert open_questions(world) == []
    await world.until(2, 20, 30)
    assert len(open_questions(world)) == 1


async def test_what_was_put_off_and_never_came_can_be_answered_where_it_stands(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    (question,) = open_questions(world)
    await put_off(world, "1h")
    await rhythm(world, "pause", until="tomorrow")
    await world.until(2, 18, 30)
    assert [message.id for message in open_questions(world)] == [question.id]
    await world.restart()
    await world.answer(question, mood="4")
    assert open_questions(world) == []


@pytest.mark.parametrize("command", ["rhythm pause", "leave"])
async def test_put_off_and_then_paused_or_left_it_is_not_asked(world: World, command: str) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await put_off(world, "1h")
    await world.maya.slash(world.channel, command)
    await world.restart()
    count = len(world.dms)
    await world.until(2, 19)
    assert len(world.dms) == count


async def test_later_in_a_pause_is_told_instead_of_promised(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await rhythm(world, "pause")
    assert "You are in a pause then" in await put_off(world, "1h")
    deliveries = await world.app.db.reading.all("SELECT 1 FROM deliveries WHERE kind = 'prompt' AND turn > 0")
    assert deliveries == []


async def test_what_is_asked_again_after_a_long_time_away_expires(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await put_off(world, "1h")
    count = len(world.dms)
    await world.env.advance_time(3600 * 20)
    await world.tick()
    assert len(world.dms) == count


# ------------------------------------------------------------------ not today


async def test_not_today_skips_in_silence_and_can_be_answered_after_all(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    (question,) = open_questions(world)
    await leave_out(world, "skip")
    assert "Not today" in words_of(await now(world, question))
    await world.restart()
    await world.until(2, 21)
    assert await asked(world) == ["2026-01-01", "2026-01-02"]
    await world.answer(mood="2", done="A walk after all")
    assert "A walk after all" in words_of(world.prompt("change"))
    assert len(await asked(world)) == 2


async def test_a_chosen_rest_day_is_a_stone_of_rest(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    (question,) = open_questions(world)
    await leave_out(world, "rest")
    assert "A day of rest" in words_of(await now(world, question))
    found = await world.app.db.reading.all("SELECT rest_on FROM rests")
    assert [row["rest_on"] for row in found] == ["2026-01-02"]


async def test_skipped_and_then_put_off_is_asked_again(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    choices = await world.press(world.prompt("later"), "later")
    await leave_out(world, "skip")
    await choose(world, choices, "1h")
    await world.until(2, 18, 30)
    assert len(open_questions(world)) == 1


async def test_on_a_day_of_rest_nothing_more_is_asked(world: World) -> None:
    await world.begin()
    await world.until(7, 17, 30)
    await leave_out(world, "rest")

    await world.until(7, 19)

    asked_for = [words_of(message).splitlines()[0] for message in world.dms if "Wed 7 January" in words_of(message)]
    assert asked_for == ["### Daily check-in · Wed 7 January"]


async def test_what_was_put_off_can_still_be_left_out(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await put_off(world, "3h")

    await leave_out(world, "skip")
    await world.until(2, 20, 30)

    (question,) = [message for message in world.dms if "answer" in ids_of(message)]
    assert "that is fine" in words_of(question)
