"""Whether a friend may be written to: accepted by a press in the circle, ended by another."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.consent import Consent
from bot.core.delivery import Kind, Outcome
from bot.core.people import Person, Space
from bot.store import circle as circle_rows
from bot.store import consent as rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import reader as reader_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _pump, _readers, _replies
from bot.usecases.app import App


class Accepted(NamedTuple):
    """What came of accepting messages; `greeting` is None where they were accepted before."""

    consent: Consent
    greeting: Outcome | None
    new: bool


async def standing(app: App, friend: Person) -> Consent:
    """What somebody said to being written to."""
    person_id = await people_rows.number_of(app.db.reading, friend)
    return (await rows.get(app.db.reading, person_id)).consent if person_id else Consent.NEVER


async def accept(app: App, friend: Person, name: str, here: Space | None = None) -> Accepted:
    """A friend accepts messages: they are greeted by the first; what waited for them follows it.

    Pressed in a circle's channel, `here`, its seekers may name them from now on.
    """
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, friend, name)
        if here and (circle := await circle_rows.at(tx, here)):
            await reader_rows.meet(tx, circle.id, person_id)
        turn = await rows.give(tx, person_id, app.now())
        key, stale = await _owe_greeting(app, tx, friend, person_id, turn) if turn is not None else (None, [])
    outcomes = await _pump.send_now(app, [key] if key else [])
    await _pump.refresh_now(app, stale)
    return Accepted(await standing(app, friend), outcomes[0] if outcomes else None, new=turn is not None)


async def _owe_greeting(app: App, tx: Tx, friend: Person, person_id: int, turn: int) -> tuple[str | None, list[str]]:
    """The greeting, and the messages to refresh now that its friend accepts messages."""
    now = app.now()
    key = await delivery_rows.owe(tx, Kind.CONSENT, friend, person_id, now, person_id=person_id, turn=turn)
    stale = await standing_rows.mark_about(tx, (Kind.CONSENT,), person_id, now)
    stale += await _readers.consent_changed(tx, person_id, now)
    return key, stale + await _replies.answers_to(tx, person_id, now)


async def quiet(app: App, friend: Person, name: str) -> Consent:
    """A friend ends messages; what they had said before. What is owed to them is dropped, as its seekers see."""
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, friend, name)
        before = (await rows.get(tx, person_id)).consent
        stale = await _replies.end(tx, person_id, Consent.QUIET, app.now())
    await _pump.refresh_now(app, stale)
    return before
