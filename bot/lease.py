"""One Cairn per data folder: a file lock for the machine, and a row in the database for other machines."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import os
import platform
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn
from uuid import uuid4

from bot.core.errors import Told
from bot.store import lease
from bot.store.db import Database
from bot.store.lease import Holder

log = logging.getLogger(__name__)
BEAT_EVERY = 10.0  # seconds
WATCHED_FOR = 25.0  # seconds: a little over two beats
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


class Superseded(Told):
    """Another process took the database over meanwhile."""


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


async def watched(
    database: Path, lock: Lock, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Holder | None:
    """Who held the database last, once it is sure that they are gone; raises AlreadyRunning.

    A lock does not reach other machines: a row that one of them wrote is watched for a little over two beats.
    """
    seen = await lease.peek(database)
    if seen is None or (lock.firm and seen.machine == _machine()):
        return seen
    log.warning("%s wrote here last; I wait %.0f s to see whether it still does", in_words(seen), WATCHED_FOR)
    await pause(WATCHED_FOR)
    now_there = await lease.peek(database)
    if now_there is not None and now_there != seen:
        raise AlreadyRunning(_already(now_there))
    return now_there


@asynccontextmanager
async def held(db: Database, before: Holder | None, now: Callable[[], datetime]) -> AsyncIterator[Lease]:
    """The database held by its row, taken over from `before`; given back at the end. Raises AlreadyRunning."""
    ourselves = Holder(uuid4().hex, _machine(), platform.node(), os.getpid(), now())
    async with db.writing(reserve=True) as tx:
        other = await lease.claim(tx, ourselves, before)
    if other:
        raise AlreadyRunning(_already(other))
    try:
        yield Lease(db, ourselves.name)
    finally:
        with contextlib.suppress(Told):  # a full disk: the next start on this machine needs no row
            async with db.writing() as tx:
                await lease.drop(tx, ourselves.name)


class Lease:
    """The database, held by this process as long as its row says so."""

    def __init__(self, db: Database, name: str) -> None:
        self._db = db
        self._name = name

    async def keep(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> NoReturn:
        """Beat at once, for a start may take long, and then for ever; raises Superseded once another took over."""
        while True:
            try:
                await self.beat()
            except Superseded:
                raise
            except Exception as error:  # a full or held disk: the next beat may come through
                log.warning("the lease could not be renewed: %s", error)
            await pause(BEAT_EVERY)

    async def beat(self) -> None:
        """Tell other machines that we live; raises Superseded where one of them took over."""
        async with self._db.writing() as tx:
            if await lease.beat(tx, self._name):
                return
            other = await lease.read(tx)
        who = f": {in_words(other)}" if other else ""
        raise Superseded(f"Another Cairn took this database over{who}. I stop, so that nobody hears everything twice.")


def in_words(holder: Holder) -> str:
    """A holder as people read it."""
    return _words(holder.pid, holder.host, holder.since)


def _words(pid: int, host: str, since: datetime) -> str:
    since = since.astimezone(UTC)
    return f"process {pid} on host {host}, since {since.day} {since:%B %H:%M} UTC"


def _already(holder: Holder) -> str:
    return f"Cairn runs on this data folder already: {in_words(holder)}. Stop it first."


def _machine() -> str:
    """What tells machines apart: the id of this start of the system, shared by its containers; else the host's name."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return platform.node()


def _opened(folder: Path) -> BinaryIO:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people say is nobody else's to read
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
        return f": {_words(signed['pid'], signed['machine'], datetime.fromisoformat(signed['since']))}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # it holds the lock and has not signed it


def _cannot_lock(folder: Path, error: OSError) -> CannotLock:
    return CannotLock(
        f"I can't write into the folder {folder} ({error.strerror}). "
        "Give me a folder that I may write to: [data] folder in config.toml."
    )
