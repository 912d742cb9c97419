"""A short journey of Maya's on which friends gave something, and how it ends."""

from __future__ import annotations

from bot.core.cheer import Wish
from bot.core.idea import Given, Idea, Sort, Step
from bot.core.landing import ClosingPost, LandingDraft
from bot.core.landing import Sort as Ending
from bot.core.people import Person
from bot.core.thanks import Standing
from bot.usecases import cheer, journal, landing, thanks
from bot.usecases import idea as ideas
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk, in_channel

JONAS, ANA = Person(PAPER, "", "jonas"), Person(PAPER, "", "ana")
LAB = "A day at a robotics lab"


async def walked(desk: Desk) -> Idea:
    """Maya's first week stands; Jonas gave an idea and a cheer, Ana a cheer without her name. Jonas's idea."""
    await desk.posted()
    post = (await desk.delivery("post", turn=1)).id
    idea = await ideas.give(desk.app, JONAS, "Jonas", post, Sort.IDEA, Given(LAB, "You light up"))
    await cheer.give(desk.app, JONAS, "Jonas", post, Wish("", "Well done"))
    await cheer.give(desk.app, ANA, "Ana", post, Wish("*", "", unnamed=True))
    await desk.until(5, 12)
    await journal.checkin(desk.app, MAYA, {"mood": "4", "done": "Called Acme"}, {"applications": 2})
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    return idea


async def landed(desk: Desk, sort: Ending = Ending.LANDED, words: str = "", idea_id: int | None = None) -> LandingDraft:
    """Maya's journey ends, or turns; the draft that came."""
    what = await landing.land(desk.app, MAYA, sort, words, idea_id)
    assert what.arrived
    return what.draft


async def all_confirmed(desk: Desk, draft: LandingDraft) -> LandingDraft:
    """Every line is confirmed as it stands."""
    for line in draft.lines:
        draft = await thanks.decide(
            desk.app, MAYA, draft.landing.id, line.friend_id, Standing.CONFIRMED, unnamed=line.unnamed, mark=line.mark
        )
    return draft


def closings(desk: Desk) -> list[ClosingPost]:
    """The closing posts that stand in the channel."""
    return [what for what in in_channel(desk, ClosingPost) if isinstance(what, ClosingPost)]


def drafts(desk: Desk) -> list[LandingDraft]:
    """What stands in Maya's direct messages of the ends of her journeys."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, LandingDraft)]


__all__ = ["ANA", "CHANNEL", "JONAS", "LAB", "all_confirmed", "closings", "drafts", "landed", "walked"]
