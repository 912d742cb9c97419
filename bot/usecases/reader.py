"""Naming friends for an answer: who can be named, and who is from now on."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from bot.core.circle import Circle
from bot.core.journal import Entry, Kept
from bot.core.people import Person
from bot.core.reader import NotAFriend, Reader
from bot.store import circle as circle_rows
from bot.store import reader as rows
from bot.store.db import Tx
from bot.usecases import _entries
from bot.usecases.app import App
from bot.usecases.people import seeking


class Naming(NamedTuple):
    """An answer, whom alone it is for, who can be named, and the circles where others can make themselves known."""

    kept: Kept
    known: tuple[Reader, ...]
    circles: tuple[Circle, ...]


async def naming(app: App, who: Person, entry_id: int) -> Naming:
    """Who can be named for one's own answer, those who are first; raises Gone or NotYours."""
    tx = app.db.reading
    await seeking(tx, who)
    entry = await _entries.own(tx, who, entry_id)
    kept = await _entries.kept(app, entry)
    others = [reader for reader in await rows.known(tx, entry.person_id) if reader not in kept.readers]
    return Naming(kept, (*kept.readers, *others), tuple(await circle_rows.of_seeker(tx, entry.person_id)))


async def name(app: App, who: Person, entry_id: int, offered: Collection[str], chosen: Collection[str]) -> Naming:
    """Of the friends offered let exactly the chosen ones read an answer, who are told alone; with none it is private.

    Friends go by their numbers. Raises NotAFriend, Gone or NotYours.
    """
    async with app.db.writing() as tx:
        await seeking(tx, who)
        entry = await _entries.own(tx, who, entry_id)
        await rows.name(tx, entry, await _after(tx, entry, offered, chosen), app.now())
        kept = await _entries.read(tx, entry.id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await naming(app, who, entry_id)


async def _after(tx: Tx, entry: Entry, offered: Collection[str], chosen: Collection[str]) -> list[int]:
    """Whom an answer is for after a choice among those offered: what was not offered stays as it is."""
    known = {str(reader.id) for reader in await rows.known(tx, entry.person_id)}
    if set(chosen) - known:
        raise NotAFriend(
            "I know somebody of those in none of your circles, so nothing was changed. "
            "Only friends there can be named, no bots, and not you yourself."
        )
    before = [str(reader.id) for reader in await rows.of_entry(tx, entry.id)]
    return [int(friend) for friend in known if friend in chosen or (friend in before and friend not in offered)]
