"""Names that a seeker hides: which they are, one more, one less; what stands is revised.

Those of the search's log are hidden by themselves, until they are allowed.
"""

from __future__ import annotations

from bot.core import hidden as rules
from bot.core.hidden import Hiding, Names
from bot.core.people import Person, Seeker
from bot.store import hidden as rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _masks
from bot.usecases.app import App
from bot.usecases.people import sought


async def listed(app: App, who: Person) -> Hiding:
    """The names that a seeker hides, and those of their log."""
    return await _hiding(app, await sought(app.db.reading, who))


async def matching(app: App, who: Person, typed: str) -> list[str]:
    """The masked names that hold what was typed so far; none for who does not seek."""
    seeker = await people_rows.seeker(app.db.reading, who)
    names = await rows.names(app.db.reading, seeker.id) if seeker else Names()
    known = {rules.key(name): name for name in (*names.logged, *names.hidden)}
    return [known[key] for key in sorted(known) if rules.key(typed) in key]


async def hide(app: App, who: Person, name: str) -> Hiding:
    """Hide one more name, in what stands as well; raises BadName."""
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        before = await rows.names(tx, seeker.id)
        words = await _forbid(tx, seeker, name)
        if not words:
            words = rules.checked(name, before.hidden)
            await rows.add(tx, seeker.id, words)
        marked = await _masks.mark_changed(app, tx, seeker, before)
    await _masks.revise(app, seeker, marked)
    return (await _hiding(app, seeker))._replace(added=words, posts=len(marked.posted))


async def _forbid(tx: Tx, seeker: Seeker, name: str) -> str:
    """Mask a name of the log again that was allowed; empty where it is none, or stands there no longer."""
    for one in await rows.allowed(tx, seeker.id):
        if rules.key(one.name) == rules.key(name):
            await rows.forbid(tx, one.id)
            logged = (await rows.names(tx, seeker.id)).logged
            return one.name if rules.holds(logged, name) else ""
    return ""


async def unhide(app: App, who: Person, name: str) -> Hiding:
    """Let a name be read again, in what stands as well; raises NotHidden."""
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        before, by_hand = await rows.names(tx, seeker.id), await rows.of_seeker(tx, seeker.id)
        found = rules.meant(name, by_hand, before.logged)
        for one in by_hand:
            if rules.key(one.name) == rules.key(found):
                await rows.remove(tx, one.id)
        if rules.holds(before.logged, found):
            await rows.allow(tx, seeker.id, found)
        marked = await _masks.mark_changed(app, tx, seeker, before)
    await _masks.revise(app, seeker, marked)
    return (await _hiding(app, seeker))._replace(removed=found, posts=len(marked.posted))


async def _hiding(app: App, seeker: Seeker) -> Hiding:
    names = await rows.names(app.db.reading, seeker.id)
    allowed = [one.name for one in await rows.allowed(app.db.reading, seeker.id)]
    return Hiding(_sorted(names.hidden), _sorted(names.logged), _sorted(allowed))


def _sorted(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=rules.key))
