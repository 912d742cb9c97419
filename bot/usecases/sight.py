"""What somebody pressed something under, which is done there alone, by whoever can see it."""

from __future__ import annotations

from bot.core.journal import NotYours
from bot.core.people import Person, Space
from bot.store import sight as rows
from bot.store.db import Tx
from bot.store.sight import Joint, Under
from bot.usecases.app import App


async def here(app: App, who: Person, channel: str, delivery_id: str, week_id: int | None = None) -> Under | None:
    """What somebody pressed something under in a channel, of a joint post with the chosen week, by one read.

    Raises NotYours where it stands in another channel, or was for somebody else. None for no message at all: whoever
    acts on it says so in their own words.
    """
    found = await under(app.db.reading, who, delivery_id, week_id)
    if found:
        _check_channel(found.to, channel)
    return found


async def joint(app: App, who: Person, channel: str, delivery_id: str) -> Joint | None:
    """The same with all whom a joint post or an invitation tells of, by one read as well."""
    found = await rows.joint(app.db.reading, delivery_id)
    if found:
        _check_reader(found.to, who)
        _check_channel(found.to, channel)
    return found


async def under(tx: Tx, who: Person, delivery_id: str, week_id: int | None = None) -> Under | None:
    """The same as `here` wherever it stands, for words that were written under it; raises NotYours as well."""
    found = await rows.under(tx, delivery_id, week_id)
    if found:
        _check_reader(found.to, who)
    return found


def _check_reader(to: Person | Space, who: Person) -> None:
    if isinstance(to, Person) and to != who:
        raise NotYours("That was for somebody else.")


def _check_channel(to: Person | Space, channel: str) -> None:
    if isinstance(to, Space) and to.id != channel:
        raise NotYours("This works only under the post itself, in the channel where it stands.")
