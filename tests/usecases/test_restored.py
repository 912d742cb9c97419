"""Yesterday's database is put back: what stands is found again and taken for one's own, and is never sent again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.circle import Note
from bot.core.idea import Arrival, Given, Idea, Sort, Step
from bot.core.journal import Gone
from bot.core.people import Person
from bot.core.summary import WeekPost
from bot.store import _natural, facts
from bot.store import delivery as rows
from bot.usecases import circle, journal, summary
from bot.usecases import idea as ideas
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk, prompts

ANA = Person(PAPER, "", "ana")


async def standing(desk: Desk) -> list[str]:
    """The keys of all that stands, in order."""
    return [sheet.key for sheet in desk.paper.sheets.values()]


async def sends_nothing_more(desk: Desk, copy: Path) -> None:
    """Half an hour later the copy is put back, and half an hour on nothing stands that did not before."""
    before = await standing(desk)
    await desk.wait(minutes=30)
    await desk.put_back(copy)
    for _ in range(3):
        await desk.wait(minutes=10)
    assert await standing(desk) == before


async def test_what_was_asked_since_is_found_and_can_be_answered(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    copy = await desk.copied(tmp_path / "copies")
    await desk.until(2, 17, 30)
    await desk.until(5, 17, 30)
    before = await standing(desk)
    await desk.wait(hours=1)
    await desk.put_back(copy)
    for _ in range(5):
        await desk.wait(minutes=10)
    assert await standing(desk) == before
    prompt = await desk.delivery("prompt")
    assert prompt.post is not None
    await journal.answer(desk.app, MAYA, prompt.id, {"mood": "4"})
    assert prompts(desk)[-1].entry is not None


async def test_what_was_owed_in_the_copy_and_sent_since_is_not_sent_again(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await desk.until(4, 18)  # the draft stands, its recall is owed
    copy = await desk.copied(tmp_path / "copies")
    await desk.until(5, 9)
    await sends_nothing_more(desk, copy)
    assert await desk.states("recall") == ["sent"]


async def test_the_draft_of_a_week_posted_since_is_not_sent_again_on_its_day(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    copy = await desk.copied(tmp_path / "copies")
    draft = await summary.draft(desk.app, MAYA)
    await summary.edit(desk.app, MAYA, draft.week.id, "A line")
    await summary.post(desk.app, MAYA, draft.week.id)
    before = await standing(desk)
    await desk.put_back(copy)
    await desk.until(4, 18)
    assert await standing(desk) == before
    assert await desk.states("draft") == ["sent"]


async def test_a_week_posted_since_is_not_posted_twice_before_friends(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    copy = await desk.copied(tmp_path / "copies")
    await summary.post(desk.app, MAYA, 1)
    before = await standing(desk)
    await desk.wait(minutes=30)
    await desk.put_back(copy)
    await desk.tick()
    await summary.post(desk.app, MAYA, 1)
    for _ in range(3):
        await desk.wait(minutes=1)
    assert await standing(desk) == before
    assert len(desk.paper.at(CHANNEL)) == 2  # the welcome, the post
    assert (await desk.delivery("post", turn=1)).post is not None


async def test_a_post_that_is_found_says_what_the_database_says_by_now(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    copy = await desk.copied(tmp_path / "copies")
    await summary.post(desk.app, MAYA, 1)
    await desk.put_back(copy)
    await summary.edit(desk.app, MAYA, 1, "Another line")
    await summary.post(desk.app, MAYA, 1)
    for _ in range(3):
        await desk.wait(minutes=1)
    (post,) = [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, WeekPost)]
    assert post.summary.words == "Another line"


async def test_a_note_that_came_since_is_found_and_tells_what_the_database_knows(desk: Desk, tmp_path: Path) -> None:
    post = await desk.posted()
    await circle.react(desk.app, post, ANA, "Ana", "\N{PARTY POPPER}", added=True)
    copy = await desk.copied(tmp_path / "copies")
    await desk.until(5, 12)
    await sends_nothing_more(desk, copy)
    (note,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert [cheer.name for cheer in note.cheers] == ["Ana"]


async def test_what_never_stood_is_sent_after_one_look(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    copy = await desk.copied(tmp_path / "copies")
    desk.move(2, 17, 40)  # nothing was running at half past five
    await desk.put_back(copy)
    await desk.tick()
    assert (desk.paper.count("find"), len(prompts(desk))) == (1, 1)
    await desk.until(5, 17, 30)
    assert (desk.paper.count("find"), len(prompts(desk))) == (2, 2)  # that week's draft may have been called for


async def test_an_id_does_not_depend_on_how_many_were_owed_together(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await desk.until(4, 18)
    tx = desk.app.db.reading
    name = await facts.get(tx, facts.INSTALLATION) or ""
    for kind in ("prompt", "draft", "recall", "hello"):
        one = await desk.delivery(kind)
        owner = await _natural.owner(tx, one.kind, one.subject, one.person_id)
        about = await _natural.about(tx, one.kind, one.subject)
        assert one.id == rows.key_of(name, one.kind, owner, about.words, one.part, one.turn, one.to)


async def an_idea(desk: Desk) -> Idea:
    """Ana gives an idea under the post that stands."""
    key = (await desk.delivery("post", turn=1)).id
    return await ideas.give(desk.app, ANA, "Ana", key, Sort.IDEA, Given("Teach a class", "You are patient"))


async def test_an_idea_owed_in_the_copy_and_sent_since_is_not_sent_again(desk: Desk, tmp_path: Path) -> None:
    await desk.posted()
    idea = await an_idea(desk)
    copy = await desk.copied(tmp_path / "copies")
    await desk.tick()
    await sends_nothing_more(desk, copy)
    assert await desk.states("idea") == ["sent"]

    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)

    [told] = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)]
    assert told.idea.step is Step.KEPT


async def test_an_idea_given_after_the_copy_is_told_to_be_gone_and_the_next_one_comes(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.posted()
    copy = await desk.copied(tmp_path / "copies")
    lost = await an_idea(desk)
    await desk.tick()
    await sends_nothing_more(desk, copy)
    with pytest.raises(Gone):
        await ideas.step(desk.app, MAYA, lost.id, Step.KEPT)

    await an_idea(desk)
    await desk.tick()

    assert await desk.states("idea") == ["sent"]
    assert len([sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)]) == 2
