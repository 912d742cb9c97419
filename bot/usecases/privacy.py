"""Erasing everything of a person, in one place."""

from __future__ import annotations

from bot.core.delivery import Sent, Unreachable
from bot.core.errors import Told
from bot.core.journal import NotYours
from bot.core.people import Person
from bot.core.summary import Phase
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import privacy as rows
from bot.store import summary as summary_rows
from bot.usecases.app import App


class NothingKept(Told):
    """There is nothing of this person to erase."""


class PostsStand(Told):
    """Posts could not be taken down, so nothing was erased yet."""


async def erase(app: App, who: Person, expected: int) -> None:
    """Take down every post of a person and delete every row about them; raises NotYours or PostsStand."""
    async with app.db.writing() as tx:
        person_id = await people_rows.number_of(tx, who)
        if person_id is None:
            raise NothingKept("I keep nothing about you.")
        if person_id != expected:
            raise NotYours("That button was for somebody else, so nothing was erased.")
        for week in await summary_rows.all_posted(tx, person_id):
            await summary_rows.set_phase(tx, week.id, Phase.TAKEN)
    await _take_down(app, person_id)
    async with app.db.writing() as tx:
        await rows.erase(tx, person_id)
    await app.db.checkpoint()


async def _take_down(app: App, person_id: int) -> None:
    for delivery in await delivery_rows.standing_posts(app.db.reading, person_id):
        assert delivery.post is not None
        outcome = await app.faces[delivery.to.platform].retract(delivery.post)
        if not isinstance(outcome, Sent | Unreachable):
            raise PostsStand(
                "I could not take down your posts just now, so I have not erased anything yet. "
                "Try again in a few minutes."
            )
