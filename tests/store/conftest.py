"""A database on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.core.people import Person, Quiet
from bot.store import people
from bot.store.db import Database, Tx, open_database

NOW = datetime(2026, 1, 2, 17, 30, tzinfo=UTC)
MAYA = Person("discord", "", "7")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "cairn.sqlite3"


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await open_database(path)
    yield opened
    await opened.close()


@pytest.fixture
async def met(database: Database) -> None:
    """Maya is the first person whom the database knows."""
    async with database.writing() as tx:
        assert await people.remember(tx, MAYA, "Maya") == 1


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    async with database.writing() as tx:
        yield tx


@pytest.fixture
async def maya(tx: Tx) -> int:
    """A seeker's number."""
    number = await people.remember(tx, MAYA, "Maya")
    await people.start(tx, number, "Europe/Berlin", Quiet(time(22), time(8)), NOW)
    return number
