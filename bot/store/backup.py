"""Copies that can be put back: daily ones with rotation, others for a month, and how one takes the database's place."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import Told
from bot.store import _copies, facts
from bot.store import _values as v
from bot.store._copies import BY_HAND, DAILY, FOLDER, REPLACED, Copy
from bot.store._copies import NoCopy as NoCopy
from bot.store.schema import migrations, refuse_newer

KEPT = timedelta(days=30)  # what was made by hand, before an update or by a restore
UNFINISHED = f"cairn*{_copies.UNFINISHED}*"  # what a killed process left
UNFINISHED_KEPT = timedelta(days=1)  # longer than any copy takes
STILL_READ = timedelta(days=14)  # messages that stand so long may have changed since the copy; older ones are left
WAITS = 0.5  # seconds, for somebody who reads the database that is to be replaced
OURS = {"people", "seekers", "entries", "deliveries", "facts"}


class CannotRestore(Told):
    """A copy cannot take the database's place; nothing was changed."""


class Restored(NamedTuple):
    """A copy stands where the database was."""

    version: int
    aside: Path | None  # the database that it replaced


async def back_up(database: Path, folder: Path, now: datetime, *, keep: int, by_age: bool = True) -> Path:
    """Make the daily copy while others may write, and delete what is over; the copy's path. Raises NoCopy."""
    copy = await asyncio.to_thread(_copies.make, database, folder, now, DAILY)
    await rotate(folder, now, keep=keep, by_age=by_age)
    return copy


async def copy_now(database: Path, folder: Path, now: datetime) -> Path:
    """Make a copy by hand, which is kept for a month; its path. Raises NoCopy."""
    return await asyncio.to_thread(_copies.make, database, folder, now, BY_HAND)


async def copy_to(database: Path, target: Path) -> None:
    """Copy the database to a path that is free; raises NoCopy."""
    await asyncio.to_thread(_copies.make_at, database, target)


def listed(folder: Path) -> list[Copy]:
    """The copies in a folder, newest first."""
    return _copies.listed(folder)


def forgets_within(keep: int) -> timedelta:
    """After how long no copy in the data folder holds any more what was erased, while the bot runs."""
    return _longest(keep) + timedelta(days=1)  # it is looked after once a day


def _longest(keep: int) -> timedelta:
    return max(timedelta(days=keep), KEPT)


async def rotate(folder: Path, now: datetime, *, keep: int, by_age: bool = True) -> None:
    """Delete the daily copies but the newest `keep`, and with `by_age` every copy that is older than it may be.

    Raises NoCopy where one cannot be deleted; all others are by then.
    """
    await asyncio.to_thread(_rotate, folder, now, keep, by_age)


def _rotate(folder: Path, now: datetime, keep: int, by_age: bool) -> None:
    copies = _copies.listed(folder)
    over = [copy.path for copy in copies if copy.why == DAILY][keep:]
    if by_age:
        limit = {DAILY: _longest(keep)}
        over += [copy.path for copy in copies if abs(now - copy.made_at) > limit.get(copy.why, KEPT)]
    for left in [*folder.glob(UNFINISHED), *folder.parent.glob(UNFINISHED)]:
        if now.timestamp() - left.stat().st_mtime > UNFINISHED_KEPT.total_seconds():
            over.append(left)
    stuck = [error for path in over for tail in ("", *_copies.TAILS) if (error := _deleted(Path(f"{path}{tail}")))]
    if stuck:
        raise NoCopy(f"I could not delete the old copy {stuck[0].filename}: {_copies.reason(stuck[0])}.")


def _deleted(path: Path) -> OSError | None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return error
    return None


async def restore(copy: Path, database: Path, now: datetime) -> Restored:
    """Put a copy in the database's place, which nobody may have open; the replaced one goes to the backups.

    The copy is checked first, and the file is replaced in one step: a crash leaves the old or the new one, whole.
    What was due until `now` is looked for before it is sent. Raises CannotRestore.
    """
    return await asyncio.to_thread(_restore, copy, database, now)


def _restore(copy: Path, database: Path, now: datetime) -> Restored:
    try:
        if database.exists() and copy.samefile(database):
            raise CannotRestore(f"{copy} is the database itself. Nothing was changed.")
        database.parent.mkdir(parents=True, exist_ok=True)
        with _copies.unfinished(database) as new:
            _copies.pour(copy, new, still=not Path(f"{copy}-wal").exists())
            version = _checked(copy, new)
            _mark(new, now)
            _copies.sync(new)
            if database.exists():
                shutil.copymode(database, new)
            aside = _put_aside(database, now)
            os.replace(new, database)
    except (OSError, sqlite3.Error) as error:
        raise CannotRestore(_in_words(copy, error)) from error
    with contextlib.suppress(OSError):  # without it a power loss may bring the old one back, whole
        _copies.sync(database.parent)
    return Restored(version, aside)


def _in_words(copy: Path, error: Exception) -> str:
    if _copies.code(error) == sqlite3.SQLITE_NOTADB:
        return f"{copy} is no database. Nothing was changed."
    if _copies.code(error) == sqlite3.SQLITE_CORRUPT:
        return f"{copy} is damaged ({error}). Nothing was changed: take another copy."
    return f"I could not put {copy} in place: {_copies.reason(error)}. The database is as it was."


def _checked(copy: Path, new: Path) -> int:
    """The version of a copy that can be put in place."""
    fault = _copies.fault_in(new)
    if fault:
        raise CannotRestore(f"{copy} is damaged ({fault}). Nothing was changed: take another copy.")
    with closing(_copies.reading(new, still=True)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not (tables >= OURS and version):
        raise CannotRestore(f"{copy} is a database, but none of Cairn's. Nothing was changed.")
    refuse_newer(version, len(migrations()))
    return version


def _mark(new: Path, now: datetime) -> None:
    """Have what may have been sent since looked for, and what stands say again what the copy knows; free the lease."""
    with closing(sqlite3.connect(new)) as connection, connection:
        connection.execute(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (facts.LOOK_BEFORE, v.at(now)),
        )
        connection.execute("UPDATE deliveries SET state = 'unknown' WHERE state = 'owed' AND due_at <= ?", (v.at(now),))
        connection.execute(
            "UPDATE deliveries SET stale = stale + 1, try_at = ? WHERE post_id IS NOT NULL AND settled_at >= ?",
            (v.at(now), v.at(now - STILL_READ)),
        )
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'lease'").fetchone():
            connection.execute("DELETE FROM lease")


def _put_aside(database: Path, now: datetime) -> Path | None:
    """Keep the database under another name as well, all of it in one file; its path, or None where there is none."""
    tails = [tail for tail in _copies.TAILS if Path(f"{database}{tail}").exists()]
    if not database.exists() and not tails:
        return None
    aside = _copies.free_name(database.parent / FOLDER, now, REPLACED)
    if database.exists():
        _fold(database)
        _name_too(database, aside)
    for tail in tails:  # a log that is left belongs to the old file: the new one would take it for its own
        if Path(f"{database}{tail}").exists():
            os.replace(f"{database}{tail}", f"{aside}{tail}")
    _copies.sync(aside.parent)
    _copies.sync(database.parent)
    return aside


def _fold(database: Path) -> None:
    """Bring the log into the file, which then is whole by itself; what is damaged stays as it is."""
    try:
        with closing(sqlite3.connect(database, timeout=WAITS)) as connection:
            held = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if _copies.code(error) not in _copies.NO_DATABASE:
            raise
    else:
        if held:
            raise CannotRestore(f"Another program has {database} open. Close it first. Nothing was changed.")


def _name_too(database: Path, aside: Path) -> None:
    try:
        os.link(database, aside)
    except OSError:  # a file system without links
        shutil.copyfile(database, aside)
        _copies.sync(aside)
