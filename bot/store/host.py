"""Counts for the host: each by an index, none with anybody's name."""

from __future__ import annotations

from datetime import datetime

from bot.core.host import COUNTED, Counts
from bot.store import _values as v
from bot.store.db import Tx


async def counts(tx: Tx, now: datetime) -> Counts:
    """What is due, in doubt and ended lately, and how many people are closed to the bot."""
    due = await tx.one(
        "SELECT count(*) AS many, min(try_at) AS oldest FROM deliveries"
        " WHERE state IN ('owed', 'sending', 'unknown') AND try_at <= ?",
        v.at(now),
    )
    ended = await ended_in(tx, now - COUNTED, now)
    assert due is not None
    return Counts(
        due=due["many"],
        oldest=v.maybe_instant(due["oldest"]),
        unknown=await _one(tx, "SELECT count(*) FROM deliveries WHERE state = 'unknown' AND try_at > ''"),
        sent=ended.get("sent", 0),
        late=ended.get("late", 0),
        expired=ended.get("expired", 0),
        unreachable=ended.get("unreachable", 0),
        closed=await _one(tx, "SELECT count(*) FROM conversations WHERE closed_at > ''"),
        left=await _one(tx, "SELECT count(*) FROM deliveries WHERE stuck_at IS NOT NULL AND to_id > '' AND stale = 0"),
    )


async def ended_in(tx: Tx, after: datetime, until: datetime) -> dict[str, int]:
    """How many deliveries ended after one instant and until another, by state."""
    rows = await tx.all(
        "SELECT state, count(*) AS many FROM deliveries WHERE settled_at > ? AND settled_at <= ? GROUP BY state",
        v.at(after), v.at(until),
    )  # fmt: skip
    return {row["state"]: row["many"] for row in rows}


async def lost_channels(tx: Tx) -> list[str]:
    """The names of the circles in whose channels the bot may not write."""
    rows = await tx.all("SELECT name FROM circles WHERE lost_at > '' AND removed_at IS NULL ORDER BY lost_at")
    return [row["name"] for row in rows]


async def file(tx: Tx) -> tuple[int, int]:
    """The database's size in bytes, and the version of its tables."""
    size = await _one(tx, "PRAGMA page_count") * await _one(tx, "PRAGMA page_size")
    return size, await _one(tx, "PRAGMA user_version")


async def _one(tx: Tx, sql: str) -> int:
    row = await tx.one(sql)
    assert row is not None
    return int(row[0])
