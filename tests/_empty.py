"""An empty database, as the store itself makes it: migrated once per process, then laid wherever a test wants one."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.db import open_database


def lay(path: Path) -> None:
    """Put an empty database of this version there, unless one is there already."""
    if not path.exists():
        path.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as aside:  # whoever asks may be in an event loop
        path = Path(folder) / "cairn.sqlite3"
        aside.submit(asyncio.run, _made(path)).result()
        return path.read_bytes()


async def _made(path: Path) -> None:
    await (await open_database(path)).close()
