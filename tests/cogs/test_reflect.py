"""Reflections by command, and what becomes of an exercise's answers when it is no longer there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cogs._forged import press, rows, told
from tests.cogs._journal import asked, entries, shown, words_kept, write
from tests.cogs.conftest import World, ids_of, said, words_of


async def reflect(world: World, exercise: str) -> Any:
    """Maya uses /reflect in the server."""
    return await world.maya.slash(world.channel, "reflect", exercise=exercise)


async def test_reflect_offers_the_exercises_by_title(world: World) -> None:
    await world.begin()
    offered = await world.maya.autocomplete(world.channel, "reflect", "exercise", "")
    assert {"Good time journal", "Looking back", "Turn it around"} <= {choice["name"] for choice in offered}
    assert not {"Daily check-in", "Note"} & {choice["name"] for choice in offered}
    found = await world.maya.autocomplete(world.channel, "reflect", "exercise", "look")
    assert [choice["value"] for choice in found] == ["looking-back"]


@pytest.mark.parametrize("typed", ["looking-back", "Looking back", "LOOKING BACK "])
async def test_reflect_opens_an_exercise_by_id_or_by_title(world: World, typed: str) -> None:
    await world.begin()
    form = await reflect(world, typed)
    await world.submit(form, {"energy": "The lake"}, by=world.maya)
    (entry,) = await entries(world)
    assert (entry.exercise, entry.answers) == ("looking-back", {"energy": "The lake"})


async def test_an_unknown_exercise_is_told_and_changes_nothing(world: World) -> None:
    await world.begin()
    before = await rows(world)
    result = await reflect(world, "astrology")
    assert "I don't know the exercise “astrology”. Pick one from the list." in said(result)
    assert result.modal is None
    assert await rows(world) == before


async def test_reflect_on_the_check_in_is_the_check_in(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "checkin", mood=4)
    form = await reflect(world, "Daily check-in")
    await world.submit(form, {"done": "More"}, by=world.maya)
    assert await words_kept(world) == [{"mood": 4, "done": "More"}]


async def test_a_reflection_done_by_command_answers_today_s_prompt_of_the_same(world: World) -> None:
    await world.begin()
    await world.until(7, 19)
    prompt = world.prompt()
    exercise = next(e for e in world.app.exercises.values() if e.title in words_of(prompt))
    form = await reflect(world, exercise.id)
    await world.submit(form, {exercise.plain: "By command"}, by=world.maya)
    assert "By command" in shown(world, prompt)


async def test_the_same_exercise_can_be_done_twice_a_day(world: World) -> None:
    await world.begin()
    for words in ("Once", "Twice"):
        await world.submit(await reflect(world, "looking-back"), {"energy": words}, by=world.maya)
    assert await words_kept(world) == [{"energy": "Once"}, {"energy": "Twice"}]


# ------------------------------------------------------------------ an exercise that was removed


async def test_entries_of_a_removed_exercise_can_still_be_seen_shared_posted_and_forgotten(world: World) -> None:
    await world.begin()
    result = await world.submit(await reflect(world, "reframe"), {"trouble": "The silence"}, by=world.maya)
    await world.restart()
    del world.app.exercises["reframe"]
    await world.maya.click(result.response, custom_id=ids_of(result.response.message)["share"])
    (entry,) = await entries(world)
    assert entry.shared
    await world.until(4, 18)
    assert "The silence" in words_of(world.prompt("post"))
    assert "The silence" in said(await world.maya.slash(world.channel, "week preview"))
    await world.press(world.prompt("post"), "post")
    assert "The silence" in words_of(world.posts()[0])
    change = await press(world, world.maya.user, f"change:{entry.id}")
    assert "“Reframe” is no longer among my exercises" in told(change)
    await press(world, world.maya.user, f"hide:{entry.id}")
    assert [entry.shared for entry in await entries(world)] == [False]


async def test_an_answered_prompt_of_a_removed_exercise_stays_to_be_read(world: World) -> None:
    prompt = await asked(world, 1)
    await write(world, "Kept in any case")
    del world.app.exercises["checkin"]
    await world.press(world.prompt("change"), "share")
    assert "Kept in any case" in shown(world, prompt)


async def test_an_open_prompt_of_a_removed_exercise_is_answered_by_words_that_say_so(world: World) -> None:
    await world.begin()
    await world.until(7, 17, 30)
    await world.until(7, 19)
    prompt = world.prompt()
    exercise = next(e for e in world.app.exercises.values() if e.title in words_of(prompt))
    del world.app.exercises[exercise.id]
    result = await world.press(prompt, "answer")
    assert "is no longer among my exercises" in said(result)
    await write(world, "For whom?", reply_to=prompt)
    assert await entries(world) == []
