"""When schedules are next due, computed anew for many: after a wrong clock, and after a new version of tzdata."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from bot.core.people import Seeker
from bot.core.rhythm import Schedule
from bot.store import _values as v
from bot.store.db import Tx
from bot.store.people import seeker_of
from bot.store.rhythm import schedule_of

START = ("", 0)


class Ahead(NamedTuple):
    """One thing that was planned for a date to come; `place` is where a search for more goes on."""

    place: tuple[str, int]
    occurrence_id: int
    schedule_id: int | None
    due_at: datetime
    unasked: bool  # nothing of it was ever handed to the platform, and nobody answered


class Time(NamedTuple):
    """When one schedule is next due, by the wall of its zone and by the stored instant."""

    schedule_id: int
    on: date
    at: time
    zone: str
    instant: datetime


async def planned_wrongly(tx: Tx, now: datetime, in_time: datetime, after: tuple[str, int], limit: int) -> list[Ahead]:
    """What only a wrong clock plans, behind `after`; begin with START.

    That is what is due later than `now`, and what expired although it was due after `in_time` and may still be asked.
    """
    rows = await tx.all(
        "SELECT due_at, id, schedule_id, state IN ('open', 'expired')"
        " AND NOT EXISTS (SELECT 1 FROM entries WHERE occurrence_id = occurrences.id)"
        " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE kind = 'prompt' AND subject = occurrences.id"
        " AND (claimed_at IS NOT NULL OR state NOT IN ('owed', 'expired', 'dropped'))) AS unasked"
        " FROM occurrences WHERE due_at > ? AND (due_at > ? OR state = 'expired' AND ask <> 'week')"
        " AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?",
        v.at(in_time), v.at(now), *after, limit,
    )  # fmt: skip
    return [
        Ahead((row["due_at"], row["id"]), row["id"], row["schedule_id"], v.instant(row["due_at"]), bool(row["unasked"]))
        for row in rows
    ]


async def forget(tx: Tx, occurrence_ids: Collection[int]) -> None:
    """Some dates were not planned, and nothing is owed for them."""
    if occurrence_ids:
        numbers = [(number,) for number in occurrence_ids]
        await tx.many("DELETE FROM deliveries WHERE kind = 'prompt' AND subject = ?", numbers)
        await tx.many("DELETE FROM occurrences WHERE id = ?", numbers)


async def due_beyond(tx: Tx, moment: datetime, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Schedules that are next due later than an instant, as (when, number), behind `after`."""
    rows = await tx.all(
        "SELECT next_at, id FROM schedules WHERE next_at > ? AND (next_at, id) > (?, ?) ORDER BY next_at, id LIMIT ?",
        v.at(moment), *after, limit,
    )  # fmt: skip
    return [(row["next_at"], row["id"]) for row in rows]


async def with_seekers(tx: Tx, schedule_ids: Collection[int]) -> list[tuple[Schedule, Seeker]]:
    """Some schedules, and whose they are."""
    rows = await tx.all(
        "SELECT schedules.*, people.platform, people.workspace, people.external_id, people.name, seekers.*,"
        " pauses.from_on, pauses.until_on FROM schedules JOIN people ON people.id = schedules.person_id"
        " JOIN seekers ON seekers.person_id = people.id"
        " LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)"
        f" WHERE schedules.id IN ({v.marks(schedule_ids)})",
        *schedule_ids,
    )
    return [(schedule_of(row), seeker_of(row)) for row in rows]


async def asked_since(tx: Tx, schedule_ids: Collection[int], since: date) -> dict[int, set[date]]:
    """The dates from `since` on that some schedules were planned for."""
    rows = await tx.all(
        "SELECT schedule_id, local_on FROM schedules"
        " JOIN occurrences ON occurrences.person_id = schedules.person_id AND schedule_id = schedules.id"
        f" AND local_on >= ? WHERE schedules.id IN ({v.marks(schedule_ids)})",
        since.isoformat(), *schedule_ids,
    )  # fmt: skip
    asked: dict[int, set[date]] = {}
    for row in rows:
        asked.setdefault(row["schedule_id"], set()).add(date.fromisoformat(row["local_on"]))
    return asked


async def set_next(tx: Tx, schedules: Iterable[Schedule]) -> None:
    """Up to which date some schedules are planned, and when they are next due."""
    await tx.many(
        "UPDATE schedules SET last_on = ?, next_on = ?, next_at = ? WHERE id = ?",
        [(v.maybe_on(s.last_on), v.maybe_on(s.next_on), v.maybe_at(s.next_at), s.id) for s in schedules],
    )


async def timetable(tx: Tx, after: int, limit: int) -> list[Time]:
    """When schedules are next due, by number, those behind `after`."""
    rows = await tx.all(
        "SELECT id, next_on, at, zone, next_at FROM schedules JOIN seekers USING (person_id)"
        " WHERE id > ? AND next_at IS NOT NULL AND next_on IS NOT NULL ORDER BY id LIMIT ?",
        after, limit,
    )  # fmt: skip
    return [Time(r[0], date.fromisoformat(r[1]), v.clock_time(r[2]), r[3], v.instant(r[4])) for r in rows]


async def set_instants(tx: Tx, instants: Iterable[tuple[int, datetime]]) -> None:
    """The instants at which some schedules are next due."""
    await tx.many(
        "UPDATE schedules SET next_at = ? WHERE id = ?", [(v.at(moment), number) for number, moment in instants]
    )
