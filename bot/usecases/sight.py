"""What somebody pressed something under, which is done there alone, by whoever can see it."""

from __future__ import annotations

from bot.core.journal import NotYours
from bot.core.people import Person, Space
from bot.store import sight as rows
from bot.store.db import Tx
from bot.store.sight import Under
from bot.usecases.app import App


async def here(app: App, who: Person, channel: str, delivery_id: str, week_id: int | None = None) -> Under | None:
    """What somebody pressed something under in a channel, of a joint post with the chosen week, by one read.

    Raises NotYours where it stands in another channel, or was for somebody else. None for no message at all: whoever
    acts on it says so in their own words.
    """
    found = await under(app.db.reading, who, delivery_id, week_id)
    if found and isinstance(found.to, Space) and found.to.id != channel:
        raise NotYours("This works only under the post itself, in the channel where it stands.")
    return found


async def under(tx: Tx, who: Person, delivery_id: str, week_id: int | None = None) -> Under | None:
    """The same wherever it stands, for words that were written under it; raises NotYours for somebody else's."""
    found = await rows.under(tx, delivery_id, week_id)
    if found and isinstance(found.to, Person) and found.to != who:
        raise NotYours("That was for somebody else.")
    return found
