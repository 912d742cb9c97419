"""Prompts, made for many at once: what each asks now, and whether it is still to be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.delivery import ARRIVED, WAITING, Delivery, State, lateness_matters
from bot.core.journal import Prompt
from bot.core.rhythm import Gap, Standing, after_quiet, gap_ahead, local_date
from bot.store import journal as journal_rows
from bot.store import prompt as rows
from bot.store import reader as reader_rows
from bot.store.prompt import Again, Asking
from bot.usecases import _goals, _weeks
from bot.usecases.app import App


class Ready(NamedTuple):
    """A prompt that is to be sent; `until` is later than now where the quiet hours hold it back."""

    prompt: Prompt
    until: datetime


async def prompts(app: App, deliveries: Collection[Delivery]) -> dict[str, Prompt]:
    """What some prompts say now, by delivery; those that should not stand (any more) are left out."""
    asking, again = await _read(app, deliveries)
    made = {d.id: await _prompt(app, d, asking[d.id], again.get(d.id, ())) for d in deliveries if d.id in asking}
    return {delivery_id: prompt for delivery_id, prompt in made.items() if prompt}


async def ready(app: App, deliveries: Collection[Delivery]) -> dict[str, Ready]:
    """Those of some prompts that are still to be asked, by delivery."""
    (asking, again), now = await _read(app, deliveries), app.now()
    found: dict[str, Ready] = {}
    for delivery in deliveries:
        asked = asking.get(delivery.id)
        if asked is None or not wanted(asked, now):
            continue
        prompt = await _prompt(app, delivery, asked, again.get(delivery.id, ()))
        if prompt:
            until = after_quiet(now, asked.seeker.quiet, ZoneInfo(asked.seeker.zone))
            found[delivery.id] = Ready(prompt, until)
    return found


def wanted(asked: Asking, now: datetime) -> bool:
    """Whether a question is still to be asked: not answered meanwhile, no day of rest, no pause."""
    seeker = asked.seeker
    if seeker.left_at or asked.occurrence.state is not Standing.OPEN or asked.rested:
        return False
    return not seeker.rests_on(local_date(now, ZoneInfo(seeker.zone)))


async def _read(
    app: App, deliveries: Collection[Delivery]
) -> tuple[Mapping[str, Asking], Mapping[str, Sequence[Again]]]:
    ids = [delivery.id for delivery in deliveries]
    return await rows.asking(app.db.reading, ids), await rows.again(app.db.reading, ids)


async def _prompt(app: App, delivery: Delivery, asked: Asking, newer: Sequence[Again]) -> Prompt | None:
    tx, occurrence = app.db.reading, asked.occurrence
    entry = await journal_rows.for_occurrence(tx, occurrence.id) if asked.entry_id else None
    if entry is None and occurrence.exercise not in app.exercises:
        return None
    again = [other for other in newer if other.state in (*WAITING, *ARRIVED)]
    return Prompt(
        delivery_id=delivery.id,
        occurrence=occurrence,
        exercise=app.exercises[occurrence.exercise],
        late=delivery.state is State.LATE
        or (delivery.state in WAITING and lateness_matters(delivery.due_at, app.now())),
        again_at=next((other.due_at for other in reversed(again) if other.state in WAITING), None),
        moved=bool(again),
        entry=entry,
        posted=entry is not None and await _weeks.stands(tx, entry),
        missed=asked.missed,
        gap=_gap(asked),
        readers=await reader_rows.of_entry(tx, entry.id) if entry and entry.for_some else (),
        goals=await _goals.after(tx, entry, app.now()) if entry else (),
    )


def _gap(asked: Asking) -> Gap | None:
    """The gap that the next time to ask falls into, where that comes within a week."""
    if asked.next_on is None or asked.at is None:
        return None
    return gap_ahead(asked.next_on, asked.at, ZoneInfo(asked.seeker.zone), asked.occurrence.on)
