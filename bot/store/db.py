"""The database: one writing connection, whole transactions, numbered migrations.

Sources: facts measured with SQLite and aiosqlite: WAL with synchronous=FULL keeps every commit at a power loss;
BEGIN IMMEDIATE never fails half-way with "database is locked"; one sole writing and checkpointing connection is
safe from SQLite's WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import aiosqlite

from bot.core.errors import Told

Row = sqlite3.Row
Value = str | int | float | bytes | None


class NewerDatabase(Told):
    """The file was written by a newer Cairn."""


class CannotOpen(Told):
    """The file cannot be opened for writing."""


class Tx:
    """One connection's reading and writing; inside `Database.writing` it is a transaction."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def one(self, sql: str, *values: Value) -> Row | None:
        """The first row, or None."""
        async with self._connection.execute(sql, values) as cursor:
            return await cursor.fetchone()  # pyright: ignore[reportReturnType] the row factory is sqlite3.Row

    async def all(self, sql: str, *values: Value) -> list[Row]:
        """Every row."""
        return list(await self._connection.execute_fetchall(sql, values))

    async def run(self, sql: str, *values: Value) -> int:
        """Write; returns how many rows were changed."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.rowcount

    async def insert(self, sql: str, *values: Value) -> int:
        """Write one row; returns its rowid."""
        async with self._connection.execute(sql, values) as cursor:
            return int(cursor.lastrowid or 0)

    async def many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write a row for each tuple of values."""
        await self._connection.executemany(sql, rows)


class Database:
    """The open database. `reading` sees what is committed; `writing` is one whole transaction at a time."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()
        self.reading = Tx(reader)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Tx]:
        """A transaction: committed at the end, rolled back whole on any error or cancellation."""
        async with self._lock:
            try:
                await _to_its_end(self._writer.execute("BEGIN IMMEDIATE"))
                yield Tx(self._writer)
            except BaseException:
                await _to_its_end(self._writer.rollback())
                raise
            await _to_its_end(self._writer.commit())

    async def checkpoint(self) -> None:
        """Fold the log into the file; with secure_delete nothing erased is left on the disk."""
        async with self._lock:
            await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Wait for a running transaction, fold the log into the file, close both connections."""
        async with self._lock:
            await self._reader.close()
            await self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await self._writer.close()


async def _to_its_end(work: Coroutine[Any, Any, Any] | Any) -> None:
    """Finish `work` even if the caller is cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(_awaited(work))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


async def _awaited(work: Any) -> Any:
    return await work


async def open_database(path: Path) -> Database:
    """Open and migrate the database; raises CannotOpen or NewerDatabase with what to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = await aiosqlite.connect(path, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise CannotOpen(_cannot_open(path, error)) from None
    try:
        await _set_up(writer)
        await migrate(writer)
        reader = await aiosqlite.connect(path, isolation_level=None)
    except sqlite3.DatabaseError as error:
        await writer.close()
        raise CannotOpen(_cannot_open(path, error)) from None
    except BaseException:
        await writer.close()
        raise
    reader.row_factory = sqlite3.Row
    await reader.execute("PRAGMA query_only = ON")
    return Database(writer, reader)


def _cannot_open(path: Path, error: Exception) -> str:
    return (
        f"I can't write the database {path} ({error}). "
        "Give me a folder that I may write to: [data] folder in config.toml."
    )


async def _set_up(writer: aiosqlite.Connection) -> None:
    writer.row_factory = sqlite3.Row
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "busy_timeout = 5000",
    ):
        await writer.execute(f"PRAGMA {pragma}")


def migrations() -> list[str]:
    """Every migration's SQL, in order; the database's user_version counts those that ran."""
    folder = resources.files("bot.store") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in files]


async def migrate(writer: aiosqlite.Connection) -> None:
    """Bring the schema up to date in one transaction; raises NewerDatabase and then changes nothing."""
    async with writer.execute("PRAGMA user_version") as cursor:
        row = await cursor.fetchone()
    version, known = int(row[0]) if row else 0, migrations()
    if version > len(known):
        raise NewerDatabase(
            f"This database is of version {version}, and this Cairn knows up to {len(known)}. "
            "Update Cairn, or restore the backup made before the update. Nothing was changed."
        )
    if version == len(known):
        return
    await writer.execute("BEGIN IMMEDIATE")
    try:
        for script in known[version:]:
            for statement in statements(script):
                await writer.execute(statement)
        await writer.execute(f"PRAGMA user_version = {len(known)}")
    except BaseException:
        await writer.rollback()
        raise
    await writer.commit()


def statements(script: str) -> list[str]:
    """The statements of an SQL script; executescript would commit the open transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
