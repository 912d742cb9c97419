"""Interviews with a time: when each starts, and when a message about it is due next."""

from __future__ import annotations

from datetime import datetime

from bot.core.interview import Interview
from bot.store import _values as v
from bot.store.db import Row, Tx


async def add(tx: Tx, interview: Interview) -> None:
    """A new interview; the number that it is given with is not looked at."""
    one = interview
    await tx.insert(
        "INSERT INTO interviews (person_id, application_id, event_id, starts_at, next_at) VALUES (?, ?, ?, ?, ?)",
        one.person_id, one.application_id, one.event_id, v.at(one.starts_at), v.maybe_at(one.next_at),
    )  # fmt: skip


async def move(tx: Tx, interview_id: int, starts_at: datetime, next_at: datetime | None) -> None:
    """It starts at another time."""
    await tx.run(
        "UPDATE interviews SET starts_at = ?, moved = moved + 1, next_at = ? WHERE id = ?",
        v.at(starts_at), v.maybe_at(next_at), interview_id,
    )  # fmt: skip


async def set_next(tx: Tx, interview_id: int, next_at: datetime | None) -> None:
    """When a message about it is due next."""
    await tx.run("UPDATE interviews SET next_at = ? WHERE id = ?", v.maybe_at(next_at), interview_id)


async def drop(tx: Tx, interview_id: int) -> None:
    """It does not take place."""
    await tx.run("DELETE FROM interviews WHERE id = ?", interview_id)


async def get(tx: Tx, interview_id: int) -> Interview | None:
    """The interview of that number, or None."""
    row = await tx.one("SELECT * FROM interviews WHERE id = ?", interview_id)
    return None if row is None else _interview(row)


async def of_application(tx: Tx, application_id: int) -> list[Interview]:
    """The interviews of an application."""
    return [
        _interview(row) for row in await tx.all("SELECT * FROM interviews WHERE application_id = ?", application_id)
    ]


async def awaited(tx: Tx, person_id: int) -> list[Interview]:
    """A person's interviews about which a message is still to come."""
    rows = await tx.all("SELECT * FROM interviews WHERE person_id = ? AND next_at IS NOT NULL", person_id)
    return [_interview(row) for row in rows]


async def due(tx: Tx, now: datetime, limit: int = 200) -> list[int]:
    """The interviews about which a message is due by now, by number."""
    rows = await tx.all("SELECT id FROM interviews WHERE next_at <= ? ORDER BY next_at LIMIT ?", v.at(now), limit)
    return [row["id"] for row in rows]


def _interview(row: Row) -> Interview:
    return Interview(
        id=row["id"],
        person_id=row["person_id"],
        application_id=row["application_id"],
        event_id=row["event_id"],
        starts_at=v.instant(row["starts_at"]),
        moved=row["moved"],
        next_at=v.maybe_instant(row["next_at"]),
    )
