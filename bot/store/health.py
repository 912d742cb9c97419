"""How the database is, looked at without writing: a bot that runs meanwhile is not disturbed."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import aiosqlite

from bot.core.circle import Circle
from bot.core.delivery import Crowd
from bot.core.errors import Told
from bot.store import circle, lease, rhythm
from bot.store.db import Tx
from bot.store.lease import Holder
from bot.store.schema import migrations

SQLITE_VERSION = sqlite3.sqlite_version
AHEAD = timedelta(days=7)  # in which the busiest minute is looked for
_WAL_RESET_FIXED_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class CannotLook(Told):
    """The file is no database that can be read."""


class UnsafeSqlite(Told):
    """A SQLite that must not be used where another program writes to the database as well."""


class Health(NamedTuple):
    """What was seen. `fault` is empty where the integrity check found nothing.

    Where it is not `whole` nothing more is read.
    """

    version: int
    known: int
    fault: str
    circles: list[Circle]
    holder: Holder | None = None  # who runs, or was killed
    busiest: Crowd | None = None  # of which the last comes latest, within AHEAD

    @property
    def whole(self) -> bool:
        """Whether it is sound, and of this Cairn's version."""
        return not self.fault and self.version == self.known


def may_reset_wal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether a SQLite can corrupt a database with two writing connections (sqlite.org/wal.html, 2026).

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older lines.
    """
    if version >= _WAL_RESET_FIXED_IN[-1]:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_RESET_FIXED_IN)


def refuse_unsafe() -> None:
    """Raises UnsafeSqlite where Litestream must not replicate the database beside this process."""
    if may_reset_wal():
        raise UnsafeSqlite(
            f"[data] litestream is on, and SQLite {SQLITE_VERSION} can damage a database to which two programs write "
            "(fixed in 3.51.3, 3.50.7 and 3.44.6). Run Cairn with a Python that has a newer SQLite, "
            "or set litestream to false and stop Litestream."
        )


async def look(path: Path, now: datetime, per_second: float) -> Health:
    """What is to be seen in the database at `path` (absolute), where so many go out a second; raises CannotLook."""
    try:
        path.open("rb").close()  # a path that can't be read is told before aiosqlite starts a thread for it
        async with aiosqlite.connect(_address(path), uri=True) as connection:
            connection.row_factory = sqlite3.Row
            return await _seen(Tx(connection), now, per_second)
    except (OSError, sqlite3.DatabaseError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CannotLook(f"{path} can't be read as a database: {reason}.") from None


def _address(path: Path) -> str:
    """Without a log nobody has the database open: the file alone is looked at, and none is made beside it."""
    still = not path.with_name(f"{path.name}-wal").exists()
    return f"{path.as_uri()}?mode=ro{'&immutable=1' if still else ''}"


async def _seen(tx: Tx, now: datetime, per_second: float) -> Health:
    version = await tx.one("PRAGMA user_version")
    fault = await tx.one("PRAGMA integrity_check(1)")
    assert version is not None
    assert fault is not None
    found = Health(version[0], len(migrations()), "" if fault[0] == "ok" else fault[0], [])
    if not found.whole:
        return found
    return found._replace(
        circles=await circle.everywhere(tx),
        holder=await lease.read(tx),
        busiest=await rhythm.busiest(tx, now, now + AHEAD, per_second),
    )
