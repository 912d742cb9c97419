"""The days on which a seeker rested: in a pause, by choice, or as nothing was to be asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.core.rhythm import Ask, mondays, rest_days
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx


async def between(
    tx: Tx, person_id: int, first: date, last: date, pauses: Collection[tuple[date, date | None]]
) -> frozenset[date]:
    """Those from one day to another, with these pauses; the last day may still bring a question."""
    schedules = await rhythm_rows.schedules(tx, person_id)
    planned = await rhythm_rows.planned_on(tx, person_id, first, last)
    rested = await people_rows.rests(tx, person_id, first, last)
    days = frozenset[int]().union(*(s.days for s in schedules if s.ask is not Ask.WEEK))
    return frozenset[date]().union(
        *(
            rest_days(pauses, monday, last, started_on=first, planned=planned, rested=rested, days=days)
            for monday in mondays(first, last)
        )
    )
