"""The story as it is handed out at any time: of what is shared, or of all."""

from __future__ import annotations

import pytest

from bot.core.search import Act
from bot.core.story import NothingToTell
from bot.usecases import closing, experiment, hidden, people, rhythm, story, summary
from bot.usecases import idea as ideas
from bot.usecases.people import NotSeeking, Start
from tests.usecases._journey import ANA, JONAS, LAB, landed, walked
from tests.usecases._search import logged
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk


async def told(desk: Desk, *, private: bool = False) -> str:
    """The story in one file."""
    [file] = await story.export(desk.app, MAYA, private=private)
    assert file.name == "story.md"
    return file.content.decode()


async def test_the_story_tells_of_ideas_what_was_tried_and_how_it_ended(desk: Desk) -> None:
    idea = await walked(desk)
    tried = await experiment.try_idea(desk.app, MAYA, idea.id, {"what": LAB, "on": "today"})
    await experiment.learn(desk.app, MAYA, tried.id, "It is loud")
    await hidden.hide(desk.app, MAYA, "Jonas")
    draft = await landed(desk, words="Thank you", idea_id=idea.id)

    before = await told(desk)
    await closing.post(desk.app, MAYA, draft.landing.id)
    shared, whole = await told(desk), await told(desk, private=True)

    assert "Thank you" not in before
    assert f"(a name) had an idea for me: {LAB}" in shared
    assert "To my friends: A line" in shared
    for words in (f"I tried this: {LAB}", "I landed.", "What led there was (a name)'s idea.", "Thank you"):
        assert words in shared
    assert "Called Acme" not in shared
    for words in ("Jonas had an idea", "Called Acme", "I learned: It is loud"):
        assert words in whole


async def test_a_name_of_the_log_is_masked_in_what_others_may_read(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk, words="I start at Acme")
    await closing.post(desk.app, MAYA, draft.landing.id)
    await logged(desk, Act.APPLIED, "Acme", "Engineer")

    assert "I start at (a name)" in await told(desk)
    assert "Called Acme" in await told(desk, private=True)


async def test_it_can_be_had_after_leaving_and_by_seekers_alone(desk: Desk) -> None:
    await walked(desk)
    await people.leave(desk.app, MAYA)

    assert "A line" in await told(desk)
    with pytest.raises(NotSeeking):
        await story.export(desk.app, ANA, private=False)


async def test_before_anything_is_shared_it_is_a_kind_line(desk: Desk) -> None:
    await desk.begin()

    with pytest.raises(NothingToTell):
        await story.export(desk.app, MAYA, private=False)


async def test_what_is_after_the_end_is_no_rest_on_the_way(desk: Desk) -> None:
    await walked(desk)
    await rhythm.pause(desk.app, MAYA, "14 January")
    await desk.until(20, 12)
    await landed(desk)
    await desk.wait(days=40)
    after = await told(desk)
    await people.start(desk.app, MAYA, "Maya", Start(ZONE), [CHANNEL])
    await desk.wait(days=3)

    for story_ in (after, await told(desk)):
        assert "I rested for eight days" in story_
        assert "for 40 days" not in story_


async def test_no_day_of_it_is_still_to_come(desk: Desk) -> None:
    await desk.begin()
    await summary.edit(desk.app, MAYA, (await summary.draft(desk.app, MAYA, 0)).week.id, "A line")
    await desk.until(2, 12)
    await summary.post(desk.app, MAYA, 1)

    assert "### Friday 2 January\n\nTo my friends: A line" in await told(desk)


async def test_what_was_tried_and_taken_back_is_told_without_its_words(desk: Desk) -> None:
    idea = await walked(desk)
    tried = await experiment.try_idea(desk.app, MAYA, idea.id, {"what": LAB, "on": "today"})
    await experiment.learn(desk.app, MAYA, tried.id, "It is loud")

    await ideas.take_back(desk.app, JONAS, idea.id)

    assert "I tried something." in await told(desk)
