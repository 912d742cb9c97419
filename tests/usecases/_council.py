"""Three seekers in one circle, and what stands in its channel."""

from __future__ import annotations

from bot.core.council import Invitation, JointPost
from bot.core.people import Person, Space
from bot.core.summary import Draft, WeekPost
from bot.usecases import circle, council, people, summary
from bot.usecases.people import Start
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk, in_channel

ANA, OMAR = Person(PAPER, "", "ana"), Person(PAPER, "", "omar")
ALL = (MAYA, ANA, OMAR)
JONAS = Person(PAPER, "", "jonas")
OTHER = Space(PAPER, "friends", "elsewhere")


async def sitting(desk: Desk, *who: Person) -> None:
    """A circle with these seekers, on the Sunday evening on which their drafts have come."""
    await circle.set_up(desk.app, CHANNEL, "maya-and-friends")
    for one in who or ALL:
        await people.start(desk.app, one, one.id.title(), Start(ZONE), [CHANNEL])
    await desk.until(4, 18)


async def post(desk: Desk, who: Person, words: str = "") -> Draft:
    """Somebody writes a line above their week and posts it."""
    draft = await summary.draft(desk.app, who)
    await summary.edit(desk.app, who, draft.week.id, words or f"A line of {who.id}'s")
    return await summary.post(desk.app, who, draft.week.id)


async def draft_of(desk: Desk, who: Person) -> Draft:
    """Their draft as it is now."""
    return await summary.draft(desk.app, who, 0 if desk.now.day < 5 else 1)


def joint(desk: Desk, space: Space = CHANNEL) -> list[list[str]]:
    """The joint posts that stand in a channel, by the names in them."""
    found = [sheet.what for sheet in desk.paper.at(space)]
    return [[one.summary.name for one in what.sections] for what in found if isinstance(what, JointPost)]


def single(desk: Desk) -> list[str]:
    """The posts of one seeker that stand in the circle's channel, by their names."""
    return [what.summary.name for what in in_channel(desk, WeekPost) if isinstance(what, WeekPost)]


async def whom(desk: Desk, who: Person, key: str, at: Space = CHANNEL) -> list[tuple[int, str]]:
    """Whom somebody is offered under a joint post, or an invitation, in a channel, as (week, name)."""
    return [(one.week_id, one.name) for one in await council.whom(desk.app, who, at.id, key)]


def invitations(desk: Desk, who: Person) -> list[Invitation]:
    """What invites somebody to answer others' asks."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Invitation)]
