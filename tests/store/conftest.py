"""A database on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.db import Database, Tx, open_database


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
async def tx(database: Database) -> AsyncIterator[Tx]:
    async with database.writing() as tx:
        yield tx
