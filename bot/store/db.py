"""The database: one writing connection, whole transactions.

Sources: facts measured with SQLite and aiosqlite: WAL with synchronous=FULL keeps every commit at a power loss (all
but planning, which is done again, commits so); BEGIN IMMEDIATE never fails half-way with "database is locked"; one
sole writing and checkpointing connection is safe from SQLite's WAL-reset bug (fixed in 3.51.3, 3.50.7 and 3.44.6).
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.store import _copies, schema
from bot.store.room import Ballast
from bot.store.trouble import Damaged, DiskFull, Refused, cannot_open, damaged, refusal_of

FOLDED_AFTER = 4000  # pages of the log, 16 MB: folding it into the file takes longer than a round's planning
CACHE = 4000  # KB: what one step of planning reads is still there when it writes
log = logging.getLogger(__name__)
Row = sqlite3.Row
Value = str | int | float | bytes | None
T = TypeVar("T")


class TransactionOver(Exception):
    """SQLite has taken a transaction back after an error that its owner went on from."""


class Tx:
    """One connection's reading and writing; inside `Database.writing` it is a transaction.

    Each call is one step of the connection's thread: going there and back takes longer than most statements.
    """

    def __init__(self, connection: aiosqlite.Connection, *, whole: bool = False) -> None:
        self._connection = connection
        self._whole = whole

    async def one(self, sql: str, *values: Value) -> Row | None:
        """The first row of few, or None."""
        return await self._do(lambda connection: next(iter(connection.execute(sql, values).fetchall()), None))

    async def all(self, sql: str, *values: Value) -> list[Row]:
        """Every row."""
        return await self._do(lambda connection: connection.execute(sql, values).fetchall())

    async def run(self, sql: str, *values: Value) -> int:
        """Write; returns how many rows were changed."""
        return await self._do(lambda connection: connection.execute(sql, values).rowcount)

    async def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> int:
        """Write once for each row of values; returns how many rows were changed."""
        return await self._do(lambda connection: connection.executemany(sql, rows).rowcount)

    async def insert(self, sql: str, *values: Value) -> int:
        """Write one row; returns its rowid."""
        return await self._do(lambda connection: int(connection.execute(sql, values).lastrowid or 0))

    async def _do(self, step: Callable[[sqlite3.Connection], T]) -> T:
        if self._whole:
            _stay_in_transaction(self._connection)
        return await _in_thread(self._connection, step)


class _TxInThread(Tx):
    """A transaction for what runs in the connection's own thread already."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._here = connection

    async def _do(self, step: Callable[[sqlite3.Connection], T]) -> T:
        _stay_in_transaction(self._here)
        return step(self._here)


def _stay_in_transaction(connection: aiosqlite.Connection | sqlite3.Connection) -> None:
    if not connection.in_transaction:
        raise TransactionOver("an error took the transaction back; what follows would be kept by halves")


async def _in_thread(connection: aiosqlite.Connection, step: Callable[[sqlite3.Connection], T]) -> T:
    return await connection._execute(lambda: step(connection._conn))  # aiosqlite has no public way to do this


class Database:
    """The open database. `reading` sees what is committed; `writing` is one whole transaction at a time."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection, ballast: Ballast, replicated: bool
    ) -> None:
        self.path = path
        self.ballast = ballast
        self.refused: Refused | None = None  # the newest refusal, until upkeep finds that all is well
        self.folded = False  # a killed process, a reader or a full disk may have left something in the log
        self._writer = writer
        self._reader = reader
        self._replicated = replicated
        self._synced = True  # whether the writer's commits wait for the disk
        self._lock = asyncio.Lock()
        self.reading = Tx(reader)

    @asynccontextmanager
    async def writing(self, *, reserve: bool = False) -> AsyncIterator[Tx]:
        """A transaction: committed at the end, rolled back whole on any error or cancellation.

        Raises DiskFull or Busy in words. With `reserve` it may take of the ballast's room on a full disk.
        """
        async with self._lock:
            if reserve:
                self.ballast.give_if_short()
            try:
                await self._sync(True)
                await _to_its_end(self._writer.execute("BEGIN IMMEDIATE"))
                yield Tx(self._writer, whole=True)
                _stay_in_transaction(self._writer)
                await _to_its_end(self._writer.commit())
            except BaseException as error:
                await _to_its_end(self._writer.rollback())
                self._refuse(error, reserve)
                raise

    async def at_once(self, work: Callable[[Tx], Coroutine[Any, Any, T]], *, again: bool = False) -> T:
        """A transaction of many statements in one step of the connection's thread; begun, it runs to its end.

        `work` is run in that thread, so it waits for nothing but its transaction. `again`: a power loss may take it
        back, and then it is done again; whatever is committed after it keeps it too. Raises like `writing`.
        """
        async with self._lock:
            try:
                await self._sync(not again)
                return await _to_its_end(_in_thread(self._writer, lambda connection: _at_once(connection, work)))
            except Exception as error:
                self._refuse(error, reserve=False)
                raise

    async def _sync(self, synced: bool) -> None:
        if synced is not self._synced:
            await self._writer.execute_fetchall(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
            self._synced = synced

    def _refuse(self, error: BaseException, reserve: bool) -> None:
        refusal = refusal_of(error)
        if refusal is None:
            return
        self.refused = refusal
        if reserve and isinstance(refusal, DiskFull):
            self.ballast.give()
        raise refusal from error

    async def examine(self) -> None:
        """Read the whole file for faults, beside everything else; raises Damaged."""
        try:
            fault = await asyncio.to_thread(_copies.fault_in, self.path, still=False)
        except sqlite3.OperationalError as error:  # each daily copy is examined as well
            log.warning("the database could not be examined: %s", error)
            return
        if fault:
            raise Damaged(damaged(self.path, fault))

    async def checkpoint(self) -> None:
        """Fold the log into the file; with secure_delete nothing erased is left on the disk once `folded` says so."""
        async with self._lock:
            self.folded = await self._fold()

    async def close(self) -> None:
        """Wait for a running transaction, fold the log into the file, close both connections."""
        async with self._lock:
            try:
                await self._reader.close()
                await self._fold()
            finally:
                await self._writer.close()

    async def _fold(self) -> bool:
        if self._replicated:
            return True  # the other program's part
        try:
            rows = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            return not next(iter(rows))[0]
        except sqlite3.OperationalError:
            return False


def _at_once(connection: sqlite3.Connection, work: Callable[[Tx], Coroutine[Any, Any, T]]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _run_through(work(_TxInThread(connection)))
        _stay_in_transaction(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return done


def _run_through(work: Coroutine[Any, Any, T]) -> T:
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise RuntimeError("a transaction that runs at once waits for nothing else")


async def _to_its_end(work: Awaitable[T]) -> T:
    """Finish `work` however often the caller is cancelled meanwhile; the cancellation is raised afterwards."""
    task = asyncio.ensure_future(_awaited(work))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled:
        raise cancelled from task.exception()
    return task.result()


async def _awaited(work: Awaitable[T]) -> T:
    return await work


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def open_database(
    path: Path, *, now: Callable[[], datetime] = _utc_now, replicated: bool = False, ballast: int = 0
) -> Database:
    """Open and migrate the database, after a copy into the backups beside it where it holds something already.

    `replicated`: another program (Litestream) reads the log and alone folds it into the file. `ballast` is in bytes.
    Raises CannotOpen, NewerDatabase or NoCopy with what to do, and then changes nothing.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.open("ab").close()  # a path that can't be written is told before aiosqlite starts a thread for it
        weight = Ballast(path.parent / "ballast", ballast)
        weight.give_if_short()
        async with AsyncExitStack() as opened:
            writer = await opened.enter_async_context(aiosqlite.connect(path, isolation_level=None))
            await _set_up(writer, replicated)
            await _copy_before_update(path, await schema.version(writer), now)
            await schema.migrate(writer)
            reader = await opened.enter_async_context(aiosqlite.connect(path, isolation_level=None))
            reader.row_factory = sqlite3.Row
            await reader.execute_fetchall("PRAGMA query_only = ON")
            opened.pop_all()
            return Database(path, writer, reader, weight, replicated)
    except (OSError, sqlite3.DatabaseError) as error:
        raise cannot_open(path, error) from None


async def _copy_before_update(path: Path, version: int, now: Callable[[], datetime]) -> None:
    if 0 < version < len(schema.migrations()):
        folder, why = path.parent / _copies.FOLDER, f"{_copies.BEFORE_UPDATE}-{version}"
        await asyncio.to_thread(_copies.make, path, folder, now(), why)


async def _set_up(writer: aiosqlite.Connection, replicated: bool) -> None:
    writer.row_factory = sqlite3.Row
    schema.refuse_newer(await schema.version(writer), len(schema.migrations()))
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "busy_timeout = 5000",
        f"cache_size = -{CACHE}",
    ):
        await writer.execute_fetchall(f"PRAGMA {pragma}")
    await writer.execute_fetchall(f"PRAGMA wal_autocheckpoint = {0 if replicated else FOLDED_AFTER}")
