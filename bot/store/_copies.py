"""Copies of the database, each whole under its name or not there: read without writing, checked, then named.

Sources: SQLite's online backup in one step (pages=-1) copies 62 MB in 0.12 s while others write; in small steps it
begins again at every write (measured).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import Told
from bot.store import room

FOLDER = "backups"  # in the data folder
DAILY = "daily"
BY_HAND = "by-hand"
BEFORE_UPDATE = "before-update-from"  # and the version
REPLACED = "replaced"  # by a restored one
TAILS = ("-wal", "-shm", "-journal")
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"cairn-(\d{8}T\d{6}Z)-([a-z0-9-]+)\.sqlite3")
UNFINISHED = ".new"
NO_DATABASE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


class NoCopy(Told):
    """A copy could not be made, and nothing of it is left; or an old one could not be deleted."""


class Copy(NamedTuple):
    """A copy that was made, and why."""

    path: Path
    made_at: datetime
    why: str


def code(error: BaseException) -> int:
    """SQLite's primary result code of an error; 0 where it has none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def listed(folder: Path) -> list[Copy]:
    """The copies in a folder, newest first."""
    names = sorted((path.name for path in folder.glob("cairn-*.sqlite3")), reverse=True)
    found = [(name, NAME.fullmatch(name)) for name in names]
    return [Copy(folder / name, _stamped(match[1]), match[2]) for name, match in found if match]


def free_name(folder: Path, now: datetime, why: str) -> Path:
    """A path in the folder, which is made, that no copy has yet."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        owned_by_its_folder(folder)
    path = folder / f"cairn-{now.astimezone(UTC):{STAMP}}-{why}.sqlite3"
    return free_name(folder, now + timedelta(seconds=1), why) if path.exists() else path


def make(database: Path, folder: Path, now: datetime, why: str) -> Path:
    """Copy the database, while others may write it, into the folder; the copy's path. Raises NoCopy."""
    try:
        target = free_name(folder, now, why)
    except OSError as error:
        raise NoCopy(f"I could not make the folder {folder} for copies: {reason(error)}.") from error
    make_at(database, target)
    return target


def make_at(database: Path, target: Path) -> None:
    """Copy the database, while others may write it, to a path; raises NoCopy."""
    try:
        with unfinished(target) as new:
            pour(database, new)
            fault = fault_in(new)
            if fault:
                raise sqlite3.DatabaseError(f"it is damaged ({fault})")
            os.replace(new, target)
            sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise NoCopy(f"I could not copy the database to {target}: {reason(error)}.") from error


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A new file beside `target`; whatever is left of it in the end is deleted."""
    descriptor, name = tempfile.mkstemp(prefix=f"{target.name}.", suffix=UNFINISHED, dir=target.parent)
    os.close(descriptor)
    owned_by_its_folder(Path(name))
    try:
        yield Path(name)
    finally:
        for tail in ("", *TAILS):
            Path(name + tail).unlink(missing_ok=True)


def owned_by_its_folder(path: Path) -> None:
    """Give what an administrator makes to whoever the bot runs as."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def pour(database: Path, new: Path, *, still: bool = False) -> None:
    """Fill `new` with all that is committed, as one plain file, and sync it. `still`: nobody writes `database`."""
    size = database.stat().st_size
    if room.look(new.parent).free < size + room.ENOUGH:
        raise OSError(errno.ENOSPC, "no room on the disk")
    with closing(reading(database, still=still)) as source, closing(sqlite3.connect(new)) as copy:
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync(new)


def reading(path: Path, *, still: bool) -> sqlite3.Connection:
    """A connection that cannot write. `still`: the file alone is looked at, as on a medium that is read-only.

    Nothing else here may open the running database's file: to close it would drop SQLite's locks on it in this whole
    process (sqlite.org/howtocorrupt.html, 2.2), and another program could fold the log away under the bot.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if still else ''}", uri=True)


def fault_in(path: Path, *, still: bool = True) -> str:
    """What is wrong inside; empty where it is whole. Takes 0.3 s for 85 MB (measured). `still`: nobody writes it."""
    with closing(reading(path, still=still)) as connection:
        return _broken(connection) or _astray(connection)


def _broken(connection: sqlite3.Connection) -> str:
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if code(error) not in NO_DATABASE:
            raise
        return str(error)
    return "" if found == "ok" else found.splitlines()[-1]


def _astray(connection: sqlite3.Connection) -> str:
    row = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"a row of {row[0]} belongs to nothing" if row else ""


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, outlive a power loss."""
    with contextlib.suppress(PermissionError):  # Windows opens no folders
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def reason(error: Exception) -> str:
    """Why something failed, in a few words."""
    if code(error) == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return "there is no room on the disk"
    if code(error) == sqlite3.SQLITE_IOERR:
        return "the disk is full or out of order"
    if code(error) == sqlite3.SQLITE_BUSY:
        return "another program holds it"
    if code(error) in NO_DATABASE:
        return f"it is damaged ({error})"
    return str(getattr(error, "strerror", None) or error)


def _stamped(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
