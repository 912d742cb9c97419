"""What applications come from: asked with one press when one is logged, and the form that begins one."""

from __future__ import annotations

from bot.core.idea import Step
from bot.core.origin import WITHIN
from bot.core.people import Person
from bot.core.search import Application
from bot.store import idea as ideas
from bot.store import origin as rows
from bot.store.db import Tx
from bot.usecases import _applications, _ideas, _origins, _pump, search
from bot.usecases._applications import BEGIN
from bot.usecases.app import App
from bot.usecases.people import seeking
from bot.usecases.search import Logged


async def told(app: App, found: Logged) -> Logged:
    """What was noted, with what its application came from and, where it begins one, what it may have come from."""
    of, tx = found.application, app.db.reading
    if of is None:
        return found
    origin = await rows.of_application(tx, of.id) if of.idea_id or of.experiment_id else None
    begins = found.begun or found.event.act in BEGIN
    possible = await rows.possible(tx, of.person_id, app.now() - WITHIN) if begins else ()
    return found._replace(origin=origin, possible=tuple(possible))


async def choose(app: App, who: Person, event_id: int, key: str) -> Logged:
    """The application of an event came from there, or with an empty key from nobody else.

    An idea that waited for a word is kept with that. Raises NotSeeking, NothingToUndo, Gone or NotYours.
    """
    event, when = await search.form_to_amend(app, who, event_id)
    stale: list[str] = []
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        of = await _applications.own(tx, seeker, event.application_id or 0)
        if key:
            of = await _origins.keep(tx, who, of, key)
            stale = await _taken_up(app, tx, of)
        else:
            await rows.keep(tx, of.id, None)
            of = of._replace(idea_id=None, experiment_id=None)
    await _pump.refresh_now(app, stale)
    return await told(app, Logged(event, of, begun=True, when=when))


async def _taken_up(app: App, tx: Tx, of: Application) -> list[str]:
    """Keep the idea behind an application where nobody said a word to it yet; the messages to refresh."""
    found = await ideas.get(tx, of.idea_id) if of.idea_id else None
    return await _ideas.move(app, tx, found, Step.KEPT) if found and found.step is Step.NEW else []


async def check(app: App, who: Person, key: str) -> None:
    """Whether an application may come from there; raises Gone or NotYours."""
    await _origins.check(app.db.reading, who, key)
