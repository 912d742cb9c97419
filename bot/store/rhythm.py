"""Schedules, and the occurrences that they owe."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from bot.core.delivery import OPENED_EVERY, Crowd
from bot.core.rhythm import Ask, Occurrence, Schedule, Standing
from bot.store import _values as v
from bot.store.db import Row, Tx


async def set_schedule(tx: Tx, person_id: int, ask: Ask, days: Collection[int], at: time, exercise: str | None) -> None:
    """Make or change one schedule; when it is next due is set apart."""
    await tx.run(
        "INSERT INTO schedules (id, person_id, ask, days, at, exercise)"
        " VALUES ((SELECT coalesce(max(id), 0) + 1 FROM schedules), ?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id, ask) DO UPDATE SET"
        " days = excluded.days, at = excluded.at, exercise = excluded.exercise",
        person_id, ask, "".join(map(str, sorted(days))), v.clock(at), exercise,
    )  # fmt: skip


async def set_next(tx: Tx, schedule_id: int, due: tuple[date, datetime] | None, last_on: date | None) -> None:
    """When a schedule is next due, and up to which date it was planned."""
    on, at = due if due else (None, None)
    await tx.run(
        "UPDATE schedules SET next_on = ?, next_at = ?, last_on = ? WHERE id = ?",
        v.maybe_on(on), v.maybe_at(at), v.maybe_on(last_on), schedule_id,
    )  # fmt: skip


async def schedules(tx: Tx, person_id: int) -> list[Schedule]:
    """All schedules of a seeker: check-in, reflection, week."""
    rows = await tx.all("SELECT * FROM schedules WHERE person_id = ? ORDER BY id", person_id)
    return [schedule_of(row) for row in rows]


async def busiest(tx: Tx, now: datetime, until: datetime, per_second: float) -> Crowd | None:
    """What is due at the instant between two at which the last message comes latest at a pace; None without any."""
    row = await tx.one(
        "SELECT next_at, count(*) AS many, count(DISTINCT iif(channel > '', NULL, schedules.person_id)) AS opened"
        " FROM schedules LEFT JOIN conversations ON conversations.person_id = schedules.person_id"
        " WHERE next_at > ? AND next_at <= ?"
        " GROUP BY next_at ORDER BY max(many / ?, opened * ?) DESC, many DESC, next_at LIMIT 1",
        v.at(now), v.at(until), float(per_second), OPENED_EVERY.total_seconds(),
    )  # fmt: skip
    return None if row is None else Crowd(v.instant(row["next_at"]), row["many"], row["opened"])


async def add_occurrence(
    tx: Tx, person_id: int, schedule_id: int | None, ask: Ask, exercise: str, on: date, due_at: datetime
) -> Occurrence | None:
    """One thing owed on one date; None where that date's was planned already."""
    row = await tx.one(
        "INSERT INTO occurrences (person_id, schedule_id, ask, exercise, local_on, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person_id, local_on, schedule_id) DO NOTHING RETURNING *",
        person_id, schedule_id, ask, exercise, on.isoformat(), v.at(due_at),
    )  # fmt: skip
    return None if row is None else occurrence_of(row)


async def occurrence(tx: Tx, occurrence_id: int) -> Occurrence | None:
    """The occurrence of that number, or None."""
    row = await tx.one("SELECT * FROM occurrences WHERE id = ?", occurrence_id)
    return None if row is None else occurrence_of(row)


async def set_state(tx: Tx, occurrence_id: int, state: Standing) -> None:
    """How it stands with an occurrence."""
    await tx.run("UPDATE occurrences SET state = ? WHERE id = ?", state, occurrence_id)


async def expire_one(tx: Tx, occurrence_id: int) -> None:
    """What was to be asked, and is open, came too late to be of use."""
    await tx.run("UPDATE occurrences SET state = 'expired' WHERE id = ? AND state = 'open'", occurrence_id)


async def expire(tx: Tx, person_id: int, ask: Ask, first: date, last: date) -> None:
    """What of a kind was to be asked from one local date to another, and is open, came too late to be of use."""
    await tx.run(
        "UPDATE occurrences SET state = 'expired'"
        " WHERE person_id = ? AND ask = ? AND local_on BETWEEN ? AND ? AND state = 'open'",
        person_id, ask, first.isoformat(), last.isoformat(),
    )  # fmt: skip


async def reopen(tx: Tx, occurrence_id: int) -> None:
    """What could not be asked in time is asked after all."""
    await tx.run("UPDATE occurrences SET state = 'open' WHERE id = ? AND state = 'expired'", occurrence_id)


async def occurrence_on(tx: Tx, person_id: int, ask: Ask, on: date) -> Occurrence | None:
    """What was asked of a kind on a local date, or None."""
    row = await tx.one(
        "SELECT * FROM occurrences WHERE person_id = ? AND ask = ? AND local_on = ? ORDER BY id DESC LIMIT 1",
        person_id, ask, on.isoformat(),
    )  # fmt: skip
    return None if row is None else occurrence_of(row)


async def planned_on(tx: Tx, person_id: int, first: date, last: date) -> set[date]:
    """The local dates on which a person was to be asked something."""
    rows = await tx.all(
        "SELECT DISTINCT local_on FROM occurrences"
        " WHERE person_id = ? AND ask <> 'week' AND local_on BETWEEN ? AND ?",
        person_id, first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return {date.fromisoformat(row["local_on"]) for row in rows}


def schedule_of(row: Row) -> Schedule:
    """The schedule in a row of the table."""
    return Schedule(
        id=row["id"],
        person_id=row["person_id"],
        ask=Ask(row["ask"]),
        days=frozenset(map(int, row["days"])),
        at=v.clock_time(row["at"]),
        exercise=row["exercise"],
        last_on=v.maybe_date(row["last_on"]),
        next_on=v.maybe_date(row["next_on"]),
        next_at=v.maybe_instant(row["next_at"]),
    )


def occurrence_of(row: Row) -> Occurrence:
    """The occurrence in a row of the table."""
    return Occurrence(
        id=row["id"],
        person_id=row["person_id"],
        ask=Ask(row["ask"]),
        exercise=row["exercise"],
        on=date.fromisoformat(row["local_on"]),
        due_at=v.instant(row["due_at"]),
        state=Standing(row["state"]),
    )
