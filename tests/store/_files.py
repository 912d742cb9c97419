"""Database files: made, looked into from outside, spoiled."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.store import _copies, facts
from bot.store.db import Database, open_database

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
FACT = "INSERT INTO facts (name, value) VALUES (?, ?)"


async def keep(path: Path, *names: str) -> None:
    """A closed database that holds a fact of each of these names."""
    database = await open_database(path)
    await add(database, *names)
    await database.close()


async def add(database: Database, *names: str) -> None:
    async with database.writing() as tx:
        for name in names:
            await tx.run(FACT, name, "1")


def names(path: Path) -> set[str]:
    """The facts in a file, which must be whole; without those that a restore writes."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {row[0] for row in connection.execute("SELECT name FROM facts")} - {facts.LOOK_BEFORE}


def outside(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    """What somebody else reads in, or does to, the file; the rows of the last statement."""
    rows: list[tuple[Any, ...]] = []
    with closing(sqlite3.connect(path)) as connection, connection:
        for sql in statements:
            rows = connection.execute(sql).fetchall()
    return rows


def content(path: Path) -> bytes:
    return path.read_bytes()


def fill(path: Path, with_: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(with_)


def clear(path: Path) -> None:
    for tail in ("", *_copies.TAILS):
        Path(f"{path}{tail}").unlink(missing_ok=True)


def left_in(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def damage(path: Path) -> None:
    """Scribble over the inside of a database."""
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at : at + 512] = b"\x5a" * 512
    path.write_bytes(bytes(content))


async def write(database: Database, *statements: tuple[str, ...]) -> None:
    async with database.writing() as tx:
        for sql, *values in statements:
            await tx.run(sql, *values)


async def count(database: Database) -> int:
    row = await database.reading.one("SELECT count(*) AS n FROM facts")
    return row["n"] if row else -1


def threads_left() -> list[threading.Thread]:
    """The threads that do not end by themselves: each would keep the process from ending."""
    others = [thread for thread in threading.enumerate() if "_connection_worker_thread" in thread.name]
    for thread in others:
        thread.join(10)
    return [thread for thread in others if thread.is_alive()]
