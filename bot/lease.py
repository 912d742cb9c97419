"""One Cairn per data folder: a file lock for the machine, and a row in the database for other machines."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import Told

LOCKED_BYTE = 1 << 20  # far behind the words: Windows lets nobody read a byte that is locked
UNKNOWN_TO_FILE_SYSTEM = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(0)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyRunning(Told):
    """Another process holds the data folder."""


class CannotLock(Told):
    """The data folder cannot be written."""


class Lock:
    """The data folder, held until `release` or the end of the process; a fork does not hold it."""

    def __init__(self, file: BinaryIO, *, firm: bool) -> None:
        self._file = file
        self.firm = firm  # False where the file system knows no locks
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=file.close)

    def release(self) -> None:
        """Let the next one take it."""
        if self._file.closed:
            return
        with contextlib.suppress(OSError):
            self._file.truncate(0)
        self._file.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def take(folder: Path, now: datetime) -> Lock:
    """Hold the data folder, before its database is opened; raises AlreadyRunning (who, since when) or CannotLock."""
    file = _opened(folder)
    try:
        firm = _locked(file)
    except OSError:
        words = f"Cairn runs on this data folder already{_signature(file)}. Stop it first."
        file.close()
        raise AlreadyRunning(words) from None
    _sign(file, now)
    return Lock(file, firm=firm)


def in_words(pid: int, host: str, since: datetime) -> str:
    """A holder as people read it."""
    since = since.astimezone(UTC)
    return f"process {pid} on host {host}, since {since.day} {since:%B %H:%M} UTC"


def _opened(folder: Path) -> BinaryIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        return os.fdopen(descriptor, "r+b", buffering=0)
    except OSError as error:
        raise _cannot_lock(folder, error) from None


def _locked(file: BinaryIO) -> bool:
    """True once it is locked, False where the file system knows no locks; OSError where another holds it."""
    try:
        _lock(file)
        return True
    except OSError as error:
        if error.errno not in UNKNOWN_TO_FILE_SYSTEM:
            raise
        return False


def _sign(file: BinaryIO, now: datetime) -> None:
    signature = {"pid": os.getpid(), "machine": platform.node(), "since": now.isoformat()}
    with contextlib.suppress(OSError):  # a full disk: held all the same
        file.truncate(0)
        file.write(json.dumps(signature).encode())


def _signature(file: BinaryIO) -> str:
    try:
        signed = json.loads(file.read(LOCKED_BYTE))
        return f": {in_words(signed['pid'], signed['machine'], datetime.fromisoformat(signed['since']))}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # it holds the lock and has not signed it


def _cannot_lock(folder: Path, error: OSError) -> CannotLock:
    return CannotLock(
        f"I can't write into the folder {folder} ({error.strerror}). "
        "Give me a folder that I may write to: [data] folder in config.toml."
    )
