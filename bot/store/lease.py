"""Who runs on this database: one row, whose beats another machine can watch."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import aiosqlite

from bot.store import _values as v
from bot.store import facts
from bot.store.db import Tx


class Holder(NamedTuple):
    """A process that runs on the database; `name` is its alone, `beats` grows while it lives."""

    name: str
    machine: str
    host: str
    pid: int
    since: datetime
    beats: int = 0


async def read(tx: Tx) -> Holder | None:
    """Who holds the database; None after a clean stop."""
    row = await tx.one("SELECT name, machine, host, pid, since, beats FROM lease WHERE id = 1")
    return None if row is None else Holder(**{**dict(row), "since": v.instant(row["since"])})


async def peek(path: Path) -> Holder | None:
    """Who holds the database at `path` (absolute), opened for reading alone; None where none is found."""
    try:
        path.open("rb").close()  # a path that can't be read is told before aiosqlite starts a thread for it
        async with aiosqlite.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            return await read(Tx(connection))
    except (OSError, sqlite3.DatabaseError):
        return None


async def claim(tx: Tx, holder: Holder, before: Holder | None) -> Holder | None:
    """Take the database over from `before`; returns whoever holds it now instead, and then changes nothing.

    From another machine a copy may have come that lacks the last moments: what was due is looked for before it is sent.
    """
    there = await read(tx)
    if there is not None and there != before:
        return there
    if there is not None and there.machine != holder.machine:
        await facts.put(tx, facts.LOOK_BEFORE, v.at(holder.since))
    await tx.run(
        "INSERT OR REPLACE INTO lease (id, name, machine, host, pid, since, beats) VALUES (1, ?, ?, ?, ?, ?, ?)",
        holder.name, holder.machine, holder.host, holder.pid, v.at(holder.since), holder.beats,
    )  # fmt: skip
    return None


async def beat(tx: Tx, name: str) -> bool:
    """One beat more; false where another holds the database now."""
    return await tx.run("UPDATE lease SET beats = beats + 1 WHERE id = 1 AND name = ?", name) == 1


async def drop(tx: Tx, name: str) -> None:
    """Leave the database to the next one; another's row stays."""
    await tx.run("DELETE FROM lease WHERE id = 1 AND name = ?", name)
