"""A process that commits through the bot's own store for ever: a number, and words that come and go beside it.

`python -m tests.faults._writer DATABASE [pysqlite3]`: each number is printed once it is committed. With `pysqlite3` the
SQLite of that package is used, for a Python whose own must not be used beside another program.
"""

from __future__ import annotations

import asyncio
import importlib
import itertools
import sys
from pathlib import Path

RING = 40  # rows that are written anew again and again
LENGTHS = (200, 3_000, 9_000)  # characters


async def write(path: Path) -> None:
    """Go on after the newest number in the database, until killed."""
    from bot.store import facts
    from bot.store.db import open_database

    database = await open_database(path, replicated=True)
    newest = await facts.get(database.reading, "newest")
    for number in itertools.count(int(newest or 0) + 1):
        async with database.writing() as tx:
            await facts.put(tx, "newest", str(number))
            await facts.put(tx, f"number {number}", "")
            await facts.put(tx, f"words {number % RING}", f"{number:x} " * (LENGTHS[number % 3] // 4))
        print(number, flush=True)


if __name__ == "__main__":
    for name in sys.argv[2:]:
        sys.modules["sqlite3"] = importlib.import_module(name)
    asyncio.run(write(Path(sys.argv[1])))
