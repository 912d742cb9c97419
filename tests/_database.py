"""Databases of tests that are about no disk: an empty one to begin with, and a quick place to keep it."""

from __future__ import annotations

import asyncio
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.db import open_database

IN_MEMORY = Path("/dev/shm")
ROOM = 512 << 20  # bytes; some containers have 64 MB there


def lay(path: Path) -> None:
    """Put an empty database of this version there, unless one is there already; it is migrated once per process."""
    if not path.exists():
        path.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with quick_folder() as folder, ThreadPoolExecutor(1) as aside:  # whoever asks may be in an event loop
        path = Path(folder) / "cairn.sqlite3"
        aside.submit(asyncio.run, _made(path)).result()
        return path.read_bytes()


async def _made(path: Path) -> None:
    await (await open_database(path)).close()


def quick_folder() -> TemporaryDirectory[str]:
    """A folder in memory where this machine has room there, so that no commit waits for a disk; else the usual one."""
    return TemporaryDirectory(dir=IN_MEMORY if _has_room() else None)


@cache
def _has_room() -> bool:
    return os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM
