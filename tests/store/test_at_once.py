"""A transaction in one step of the connection's thread: whole like any other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from bot.store.db import Database, TransactionOver, Tx
from tests.store._files import FACT, count

NORMAL, FULL = 1, 2  # of PRAGMA synchronous


async def two_facts(tx: Tx) -> int:
    """Two rows, and how many there are then."""
    await tx.run(FACT, "a", "1")
    await tx.many(FACT, [("b", "1")])
    return len(await tx.all("SELECT 1 FROM facts"))


async def test_what_is_done_at_once_is_committed_and_answered(database: Database) -> None:
    assert await database.at_once(two_facts) == 2
    assert await count(database) == 2


async def test_an_error_takes_all_of_it_back_and_leaves_the_next_alone(database: Database) -> None:
    async def one_too_many(tx: Tx) -> None:
        await two_facts(tx)
        await tx.insert(FACT, "a", "2")

    with pytest.raises(sqlite3.IntegrityError):
        await database.at_once(one_too_many)
    assert await count(database) == 0
    assert await database.at_once(two_facts) == 2


async def test_what_waits_for_anything_else_is_refused_and_taken_back(database: Database) -> None:
    async def sleepy(tx: Tx) -> None:
        await two_facts(tx)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for nothing else"):
        await database.at_once(sleepy)
    assert await count(database) == 0
    assert await database.at_once(two_facts) == 2


async def test_nothing_is_kept_by_halves_after_an_error_that_was_passed_over(database: Database) -> None:
    async def goes_on(tx: Tx) -> None:
        await tx.run(FACT, "a", "1")
        await tx.run("ROLLBACK")
        await tx.run(FACT, "b", "1")

    with pytest.raises(TransactionOver):
        await database.at_once(goes_on)
    assert await count(database) == 0


@pytest.mark.parametrize("steps", range(6))
async def test_a_cancelled_caller_leaves_all_of_it_or_nothing_and_no_lock(database: Database, steps: int) -> None:
    task = asyncio.create_task(database.at_once(two_facts))
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    kept = await count(database)
    assert kept in (0, 2)
    async with database.writing() as tx:
        await tx.run(FACT, "c", "1")
    assert await count(database) == kept + 1


async def refused(tx: Tx) -> int:
    """An error after the first row."""
    await two_facts(tx)
    raise ValueError


@pytest.mark.parametrize("work", [two_facts, refused])
async def test_only_what_is_done_again_waits_for_no_disk(
    database: Database, work: Callable[[Tx], Coroutine[Any, Any, int]]
) -> None:
    async def synchronous(tx: Tx) -> int:
        row = await tx.one("PRAGMA synchronous")
        assert row is not None
        return row[0]

    assert await database.at_once(synchronous, again=True) == NORMAL
    with suppress(ValueError):
        await database.at_once(work, again=True)
    async with database.writing() as tx:
        assert await synchronous(tx) == FULL
    assert await database.at_once(synchronous, again=True) == NORMAL
    assert await database.at_once(synchronous) == FULL


async def test_a_caller_that_is_cancelled_during_an_error_is_cancelled(database: Database) -> None:
    task = asyncio.create_task(database.at_once(refused))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await count(database) == 0
