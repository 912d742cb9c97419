"""How the database is, looked at without writing: a bot that runs meanwhile is not disturbed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NamedTuple

import aiosqlite

from bot.core.circle import Circle
from bot.core.errors import Told
from bot.store import circle
from bot.store.db import Tx, migrations

SQLITE_VERSION = sqlite3.sqlite_version
_WAL_RESET_FIXED_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class CannotLook(Told):
    """The file is no database that can be read."""


class Health(NamedTuple):
    """What was seen. `fault` is empty where the integrity check found nothing."""

    version: int
    known: int
    fault: str
    circles: list[Circle]  # empty where the version is another than this Cairn's


def may_reset_wal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether a SQLite can corrupt a database with two writing connections (sqlite.org/wal.html, 2026).

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older lines.
    """
    if version >= _WAL_RESET_FIXED_IN[-1]:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_RESET_FIXED_IN)


async def look(path: Path) -> Health:
    """Version, integrity and circles of the database at `path` (absolute); raises CannotLook."""
    try:
        path.open("rb").close()  # a path that can't be read is told before aiosqlite starts a thread for it
        async with aiosqlite.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            return await _seen(Tx(connection))
    except (OSError, sqlite3.DatabaseError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotLook(f"{path} can't be read as a database: {reason}.") from None


async def _seen(tx: Tx) -> Health:
    version = await tx.one("PRAGMA user_version")
    fault = await tx.one("PRAGMA integrity_check(1)")
    assert version is not None
    assert fault is not None
    known = len(migrations())
    return Health(
        version=version[0],
        known=known,
        fault="" if fault[0] == "ok" else fault[0],
        circles=await circle.everywhere(tx) if version[0] == known else [],
    )
