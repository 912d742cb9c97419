"""Editing any answer, or what is asked for, from the draft."""

from __future__ import annotations

from typing import Any

import pytest

from cogs import _chooser
from cogs._chooser import PICKED
from tests.cogs._forged import press, told
from tests.cogs._made import LIBRARY, text_of, week_of, worst
from tests.cogs._week import DONE, FRIDAY, NOTE, SECRET, channel_words, draft_of, posted, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def pick(world: World, *values: str) -> Any:
    """Press *Edit an answer* under the draft, and pick; what came of it."""
    shown = (await world.press(draft_of(world), "editpart")).followups[0]
    return await world.maya.user.select(shown, values, custom_id=ids_of(shown.message)["editwhich"])


async def test_an_answer_is_edited_from_the_draft_before_it_goes_out(world: World) -> None:
    await written(world)

    edited = await world.submit(await pick(world, f"changed.{NOTE}"), {"note": "Said more kindly"})

    assert "Said more kindly" in said(edited)
    assert "Said more kindly" in words_of(draft_of(world))
    assert SECRET not in words_of(draft_of(world))


async def test_an_answer_edited_from_the_draft_changes_what_stands(world: World) -> None:
    await posted(world)
    assert DONE in channel_words(world)

    shown = (await world.press(draft_of(world), "editpart")).followups[0]
    await world.submit(await pick(world, f"changed.{FRIDAY}"), {"done": "Wrote three applications"})

    assert "What stands in the channel changes with it." in words_of(shown.message)
    assert "Wrote three applications" in channel_words(world)
    assert DONE not in channel_words(world)


async def test_what_is_asked_for_is_edited_from_the_draft(world: World) -> None:
    await written(world)
    await world.maya.slash(world.channel, "ask set", words="Read my CV")
    await world.tick()

    edited = await world.submit(await pick(world, "askreworded.1"), {"words": "Read my letter"})

    assert "Read my letter" in said(edited)
    assert "You ask for: Read my letter" in words_of(draft_of(world))


async def test_a_choice_taken_back_edits_nothing_and_says_what_to_do(world: World) -> None:
    await written(world)

    assert "Pick one from the list." in said(await pick(world))


async def test_a_week_without_answers_offers_its_line_alone(world: World) -> None:
    await world.begin()
    await world.until(4, 18)

    assert "Edit an answer" not in labels_of(draft_of(world))


@pytest.mark.parametrize("value", ["changed.\u0663", f"changed.{'9' * 30}", "posted.1", "changed"])
async def test_a_choice_that_nobody_was_offered_opens_nothing(world: World, value: str) -> None:
    await written(world)
    refused = await press(world, world.maya.user, "editwhich:1", [value])

    assert "I no longer know what it means" in told(refused)
    assert refused.modal is None


@pytest.mark.parametrize(
    ("older", "hint"),
    [
        (1, "The oldest one stays as it is; the buttons under that answer share it."),
        (2, "The oldest 2 stay as they are; the buttons under each answer share them."),
    ],
)
def test_of_answers_beyond_the_list_it_is_said_what_becomes_of_them(older: int, hint: str) -> None:
    entries = tuple(worst(LIBRARY["note"], number, "word ") for number in range(1, PICKED + 1 + older))

    assert hint in text_of(_chooser.chooser(week_of(entries)))
