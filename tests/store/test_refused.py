"""A full disk, a held database: what cannot be written is told, and nothing is kept by halves."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from bot.store.db import Database, TransactionOver
from bot.store.trouble import Busy, DiskFull
from tests.store._files import FACT, count, write


async def limit(database: Database, more: int) -> None:
    """Let the file grow by so many pages and no further: for SQLite the disk is full then."""
    async with database.writing() as tx:
        pages = await tx.one("PRAGMA page_count")
        assert pages is not None
        await tx.one(f"PRAGMA max_page_count = {pages[0] + more}")


async def test_a_full_disk_is_told_and_takes_the_whole_transaction_back(database: Database) -> None:
    await limit(database, 0)
    with pytest.raises(DiskFull, match=r"the disk I write to is full.*Nothing was changed.*I read it again"):
        await write(database, (FACT, "a", "1"), (FACT, "b", "x" * 20_000))
    assert isinstance(database.refused, DiskFull)
    assert await count(database) == 0
    await limit(database, 50)
    await write(database, (FACT, "b", "x" * 20_000))
    assert await count(database) == 1


async def test_a_full_disk_can_be_read_and_erased_from(database: Database) -> None:
    for number in range(20):
        await write(database, (FACT, f"{number}", "x" * 4_000))
    await limit(database, 0)
    with pytest.raises(DiskFull):
        await write(database, (FACT, "a", "x" * 20_000))
    assert await count(database) == 20
    async with database.writing(reserve=True) as tx:
        await tx.run("DELETE FROM facts")
    assert await count(database) == 0


async def test_going_on_after_the_disk_was_full_keeps_nothing_by_halves(database: Database) -> None:
    await limit(database, 0)

    async def carry_on() -> None:
        async with database.writing() as tx:
            await tx.run(FACT, "a", "1")
            with contextlib.suppress(sqlite3.OperationalError):
                await tx.run(FACT, "b", "x" * 200_000)
            await tx.run(FACT, "c", "1")

    with pytest.raises(TransactionOver):
        await carry_on()
    assert await count(database) == 0


async def test_an_error_that_only_its_owner_saw_keeps_nothing_by_halves(database: Database) -> None:
    await limit(database, 0)

    async def end_after_it() -> None:
        async with database.writing() as tx:
            await tx.run(FACT, "a", "1")
            with contextlib.suppress(sqlite3.OperationalError):
                await tx.run(FACT, "b", "x" * 200_000)

    with pytest.raises(TransactionOver):
        await end_after_it()
    assert await count(database) == 0


async def test_a_database_that_another_program_holds_is_told(database: Database, path: Path) -> None:
    await database._writer.execute_fetchall("PRAGMA busy_timeout = 0")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match=r"another program holds my database.*Nothing was changed"):
            await write(database, (FACT, "a", "1"))
        assert isinstance(database.refused, Busy)
        assert await count(database) == 0
        rival.execute("ROLLBACK")
    await write(database, (FACT, "a", "1"))
    assert await count(database) == 1


async def test_a_disk_that_turned_read_only_is_told_like_a_full_one(database: Database) -> None:
    await database._writer.execute_fetchall("PRAGMA query_only = ON")
    with pytest.raises(DiskFull, match="full or out of order"):
        await write(database, (FACT, "a", "1"))


async def test_every_other_error_stays_as_it_is(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await write(database, ("INSERT INTO nowhere VALUES (1)",))
    assert database.refused is None


async def test_a_reader_in_the_way_of_a_checkpoint_is_waited_for_later(database: Database, path: Path) -> None:
    await database._writer.execute_fetchall("PRAGMA busy_timeout = 0")
    await write(database, (FACT, "a", "a secret that goes"))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM facts").fetchall()
        await write(database, ("DELETE FROM facts",))
        await database.checkpoint()
        assert not database.folded
    await database.checkpoint()
    assert database.folded
    assert [file.name for file in path.parent.iterdir() if b"a secret that goes" in file.read_bytes()] == []
