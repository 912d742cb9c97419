"""The database: one writing connection, whole transactions, numbered migrations.

Sources: facts measured with SQLite and aiosqlite: WAL with synchronous=FULL keeps every commit at a power loss;
BEGIN IMMEDIATE never fails half-way with "database is locked"; one sole writing and checkpointing connection is
safe from SQLite's WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

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

    async def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Write once for each row of values."""
        async with self._connection.executemany(sql, rows):
            pass

    async def insert(self, sql: str, *values: Value) -> int:
        """Write one row; returns its rowid."""
        async with self._connection.execute(sql, values) as cursor:
            return int(cursor.lastrowid or 0)


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
                await _to_its_end(self._writer.commit())
            except BaseException:
                await _to_its_end(self._writer.rollback())
                raise

    async def checkpoint(self) -> None:
        """Fold the log into the file; with secure_delete nothing erased is left on the disk."""
        async with self._lock:
            await _fold(self._writer)

    async def close(self) -> None:
        """Wait for a running transaction, fold the log into the file, close both connections."""
        async with self._lock:
            try:
                await self._reader.close()
                await _fold(self._writer)
            finally:
                await self._writer.close()


async def _fold(writer: aiosqlite.Connection) -> None:
    await writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


async def _to_its_end(work: Awaitable[object]) -> None:
    """Finish `work` however often the caller is cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(_awaited(work))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled:
        raise cancelled


async def _awaited(work: Awaitable[object]) -> None:
    await work


async def open_database(path: Path) -> Database:
    """Open and migrate the database; raises CannotOpen or NewerDatabase with what to do, and then changes nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()  # a path that can't be written is told before aiosqlite starts a thread for it
        async with AsyncExitStack() as opened:
            writer = await opened.enter_async_context(aiosqlite.connect(path, isolation_level=None))
            await _set_up(writer)
            await migrate(writer)
            reader = await opened.enter_async_context(aiosqlite.connect(path, isolation_level=None))
            reader.row_factory = sqlite3.Row
            await reader.execute_fetchall("PRAGMA query_only = ON")
            opened.pop_all()
            return Database(writer, reader)
    except (OSError, sqlite3.DatabaseError) as error:
        raise CannotOpen(_cannot_open(path, error)) from None


def _cannot_open(path: Path, error: Exception) -> str:
    if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return (
            f"I can't read {path} as my database ({error}). Restore it from a backup, or move it away to begin anew. "
            "Nothing was changed."
        )
    return (
        f"I can't write the database {path} ({getattr(error, 'strerror', None) or error}). "
        "Give me a folder that I may write to: [data] folder in config.toml."
    )


async def _set_up(writer: aiosqlite.Connection) -> None:
    writer.row_factory = sqlite3.Row
    refuse_newer(await _version(writer), len(migrations()))
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "busy_timeout = 5000",
    ):
        await writer.execute_fetchall(f"PRAGMA {pragma}")


async def _version(writer: aiosqlite.Connection) -> int:
    rows = await writer.execute_fetchall("PRAGMA user_version")
    return int(next(iter(rows))[0])


def refuse_newer(version: int, known: int) -> None:
    """Raises NewerDatabase where a database has seen more migrations than this Cairn knows."""
    if version > known:
        raise NewerDatabase(
            f"This database is of version {version}, and this Cairn knows up to {known}. "
            "Update Cairn, or restore the backup made before the update. Nothing was changed."
        )


def migrations() -> list[str]:
    """Every migration's SQL, in order; the database's user_version counts those that ran."""
    folder = Path(__file__).parent / "migrations"
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))]


async def migrate(writer: aiosqlite.Connection) -> None:
    """Bring the schema up to date in one transaction; a statement that fails leaves everything as it was."""
    known = migrations()
    await writer.execute_fetchall("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(known[await _version(writer) :], start=await _version(writer) + 1):
            for statement in statements(script):
                await writer.execute_fetchall(statement)
            await writer.execute_fetchall(f"PRAGMA user_version = {number}")
    except BaseException:
        await writer.rollback()
        raise
    await writer.commit()


def statements(script: str) -> list[str]:
    """The statements of an SQL script (executescript would commit the transaction); ValueError where one has no end."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.strip().startswith("--") for line in pending.splitlines()):
        raise ValueError(f"this statement has no end: {pending.strip()[:60]}")
    return found
