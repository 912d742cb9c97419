"""The floor of planning: sqlite3 alone writes the same rows, which it is given, to the same tables and indexes."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

from bot.store.db import CACHE, FOLDED_AFTER, Tx
from tests.benchmarks._watch import Spent


class Rows(NamedTuple):
    """What one planning wrote: rows to insert, and the ends of the schedules' rows with their numbers."""

    occurrences: list[tuple[Any, ...]]
    deliveries: list[tuple[Any, ...]]
    schedules: list[tuple[Any, ...]]


async def planned_at(tx: Tx, due_at: str) -> Rows:
    """What was planned at an instant."""
    kept = "SELECT last_on, next_on, next_at, id FROM schedules WHERE id IN"
    return Rows(
        [tuple(row) for row in await tx.all("SELECT * FROM occurrences WHERE due_at = ?", due_at)],
        [tuple(row) for row in await tx.all("SELECT * FROM deliveries WHERE due_at = ?", due_at)],
        [tuple(row) for row in await tx.all(f"{kept} (SELECT schedule_id FROM occurrences WHERE due_at = ?)", due_at)],
    )


def written(path: Path, rows: Rows) -> tuple[float, float]:
    """The milliseconds, and those of work, in which all of them are written in a transaction that waits for no disk."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON", f"cache_size = -{CACHE}"):
            file.execute(f"PRAGMA {pragma}")
        file.execute(f"PRAGMA wal_autocheckpoint = {FOLDED_AFTER}")
        file.execute("SELECT 1 FROM people LIMIT 1")
        spent = Spent()
        file.execute("BEGIN IMMEDIATE")
        file.executemany(f"INSERT INTO occurrences VALUES ({_marks(rows.occurrences)})", rows.occurrences)
        file.executemany(f"INSERT INTO deliveries VALUES ({_marks(rows.deliveries)})", rows.deliveries)
        file.executemany("UPDATE schedules SET last_on = ?, next_on = ?, next_at = ? WHERE id = ?", rows.schedules)
        file.commit()
        return spent.so_far()


def _marks(rows: list[tuple[Any, ...]]) -> str:
    return ", ".join("?" * len(rows[0]))
