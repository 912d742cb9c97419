"""What an application came from, within a transaction: looked up for its seeker alone, and kept."""

from __future__ import annotations

from bot.core.journal import owned
from bot.core.origin import IDEA, Origin, parse
from bot.core.people import Person
from bot.core.search import Application
from bot.store import origin as rows
from bot.store.db import Tx

GONE = "That was taken back, so nothing more is linked to it. /log applied works as ever."
NOT_YOURS = "That is somebody else's, so only they can log what came of it."


async def named(tx: Tx, who: Person, key: str) -> Origin:
    """One's own idea or experiment of that key; raises Gone or NotYours."""
    await check(tx, who, key)
    sort, number = parse(key)
    found = await (rows.of_idea if sort == IDEA else rows.of_trial)(tx, number)
    assert found is not None
    return found


async def check(tx: Tx, who: Person, key: str) -> None:
    """Whether an idea or experiment of that key is there, and one's own, by one read; raises Gone or NotYours."""
    owned(await rows.owner(tx, parse(key)), lambda owner: owner == who, GONE, NOT_YOURS)


async def keep(tx: Tx, who: Person, of: Application, key: str) -> Application:
    """An application that came from there; raises Gone or NotYours."""
    origin = await named(tx, who, key)
    await rows.keep(tx, of.id, origin)
    return of._replace(idea_id=origin.idea_id, experiment_id=origin.experiment_id)
