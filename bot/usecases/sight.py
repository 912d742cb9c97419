"""Whether somebody can see a message: what stands under one is done there alone."""

from __future__ import annotations

from bot.core.journal import NotYours
from bot.core.people import Person
from bot.store import delivery as rows
from bot.usecases.app import App


async def check(app: App, who: Person, channel: str, delivery_id: str) -> None:
    """Raises NotYours where a message stands in another channel, or was for somebody else; one unknown passes."""
    delivery = await rows.get(app.db.reading, delivery_id)
    if delivery is None:
        return  # whoever acts on it says so in its own words
    if isinstance(delivery.to, Person):
        if delivery.to != who:
            raise NotYours("That was for somebody else.")
    elif channel != (delivery.post.channel if delivery.post else delivery.to.id):
        raise NotYours("This works only under the post itself, in the channel where it stands.")
