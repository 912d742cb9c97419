"""The row that says who runs on a database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import facts, lease
from bot.store.db import Database
from bot.store.lease import Holder

NOW = datetime(2026, 11, 21, 18, 4, tzinfo=UTC)
HERE = Holder("one", "machine-a", "attic", 1, NOW)
NEXT = Holder("two", "machine-a", "attic", 2, NOW)
THERE = Holder("three", "machine-b", "cellar", 1, NOW)


async def claim(database: Database, holder: Holder, before: Holder | None) -> Holder | None:
    async with database.writing() as tx:
        return await lease.claim(tx, holder, before)


async def beat(database: Database, name: str) -> bool:
    async with database.writing() as tx:
        return await lease.beat(tx, name)


async def look_before(database: Database) -> str | None:
    return await facts.get(database.reading, facts.LOOK_BEFORE)


async def test_the_first_holder_is_read_again_and_each_beat_shows(database: Database) -> None:
    assert await lease.read(database.reading) is None
    assert await claim(database, HERE, None) is None
    assert await beat(database, "one")
    assert await lease.read(database.reading) == HERE._replace(beats=1)


async def test_a_holder_that_died_on_this_machine_is_followed_without_a_look_back(database: Database) -> None:
    await claim(database, HERE, None)
    assert await claim(database, NEXT, HERE) is None
    assert (await lease.read(database.reading), await look_before(database)) == (NEXT, None)


async def test_after_another_machine_all_that_was_due_is_looked_for(database: Database) -> None:
    await claim(database, HERE, None)
    assert await claim(database, THERE, HERE) is None
    assert (await lease.read(database.reading), await look_before(database)) == (THERE, "2026-11-21T18:04:00.000+00:00")


@pytest.mark.parametrize("before", [None, HERE, THERE])
async def test_whoever_came_or_beat_meanwhile_stays(before: Holder | None, database: Database) -> None:
    await claim(database, HERE, None)
    await beat(database, "one")
    assert await claim(database, NEXT, before) == HERE._replace(beats=1)
    assert await lease.read(database.reading) == HERE._replace(beats=1)


async def test_one_that_was_followed_neither_beats_nor_drops_the_row_of_the_next(database: Database) -> None:
    await claim(database, HERE, None)
    await claim(database, NEXT, HERE)
    assert not await beat(database, "one")
    async with database.writing() as tx:
        await lease.drop(tx, "one")
    assert await lease.read(database.reading) == NEXT


async def test_a_peek_sees_what_is_committed_while_the_bot_writes(database: Database) -> None:
    await claim(database, HERE, None)
    async with database.writing() as tx:
        await lease.beat(tx, "one")
        assert await lease.peek(database.path) == HERE
    assert await lease.peek(database.path) == HERE._replace(beats=1)


async def test_a_peek_at_nothing_or_at_no_database_of_ours_finds_nobody_and_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "diary").write_text("Dear diary, " * 100, encoding="utf-8")
    assert [await lease.peek(tmp_path / name) for name in ("none", "empty", "diary")] == [None] * 3
    assert sorted(os.listdir(tmp_path)) == ["diary", "empty"]
