"""What stands in the way of opening the database or keeping something, in words that say what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.core.errors import Told
from bot.store import _copies


class CannotOpen(Told):
    """The file cannot be opened for writing."""


class Damaged(CannotOpen):
    """The file is a database whose inside is broken."""


class Refused(Told):
    """The database took nothing of a transaction; once it can again, what people wrote in a chat is read again."""


class DiskFull(Refused):
    """The disk has no room, or cannot be written."""


class Busy(Refused):
    """Another program holds the database."""


READ_AGAIN = "What you wrote in our chat still stands there, and I read it again"


def refusal_of(error: BaseException) -> Refused | None:
    """In words what stands in the way of keeping anything; None for every other error."""
    match _copies.code(error):
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY:
            return DiskFull(
                "I could not keep that: the disk I write to is full or out of order. Nothing was changed. "
                f"{READ_AGAIN} once there is room. Anything else, please do again later."
            )
        case sqlite3.SQLITE_BUSY:
            return Busy(
                "I could not keep that: another program holds my database just now. Nothing was changed. "
                f"{READ_AGAIN} once it lets go. Anything else, please do again in a minute."
            )
        case _:
            return None


def cannot_open(path: Path, error: Exception) -> CannotOpen:
    """In words why a database cannot be opened."""
    match _copies.code(error):
        case sqlite3.SQLITE_CORRUPT:
            return Damaged(damaged(path, str(error)))
        case sqlite3.SQLITE_NOTADB:
            return CannotOpen(
                f"I can't read {path} as my database ({error}). Restore it from a backup (`cairn backups` lists them), "
                "or move it away to begin anew. Nothing was changed."
            )
        case sqlite3.SQLITE_BUSY:
            return CannotOpen(f"Another program holds the database {path}. Close it and start me again.")
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return CannotOpen(f"The disk of {path} is full or out of order. Make room and start me again.")
        case _:
            return CannotOpen(
                f"I can't write the database {path} ({getattr(error, 'strerror', None) or error}). "
                "Give me a folder that I may write to: [data] folder in config.toml."
            )


def damaged(path: Path, fault: str) -> str:
    """In words what is broken inside a database, and what to do."""
    return (
        f"The database {path} is damaged ({fault}). `cairn backups` lists the copies, and `cairn restore FILE` "
        "puts one in its place."
    )
