"""Ideas and offers as tests give them: under Maya's first post, and what stands of them in her messages."""

from __future__ import annotations

from bot.core.idea import Arrival, Given, Idea, Sort
from bot.core.people import Person
from bot.store import people as people_rows
from bot.usecases import idea as ideas
from tests.usecases.conftest import MAYA, PAPER, Desk

JONAS, ANA = Person(PAPER, "", "jonas"), Person(PAPER, "", "ana")
TEACH = Given("Teach a class", "You explain so well")
ALEX = Given("Alex, who builds robots", "We shared a flat", through=True)


async def give(desk: Desk, given: Given = TEACH, sort: Sort = Sort.IDEA, friend: Person = JONAS) -> Idea:
    """A friend gives something under the newest post."""
    key = (await desk.delivery("post", turn=1)).id
    return await ideas.give(desk.app, friend, friend.id.title(), key, sort, given)


def arrivals(desk: Desk) -> list[Arrival]:
    """What stands of ideas in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)]


async def came(desk: Desk, given: Given = TEACH, sort: Sort = Sort.IDEA) -> Idea:
    """A friend's idea stands in Maya's direct messages."""
    await desk.posted()
    idea = await give(desk, given, sort)
    await desk.tick()
    assert [arrival.idea.id for arrival in arrivals(desk)] == [idea.id]
    return idea


async def number_of(desk: Desk, who: Person) -> int:
    found = await people_rows.number_of(desk.app.db.reading, who)
    assert found
    return found
