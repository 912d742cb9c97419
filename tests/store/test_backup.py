"""Copies of the database: whole or not there, and rotated."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import _copies, backup
from bot.store.backup import NoCopy
from bot.store.db import open_database
from bot.store.room import Room
from tests.store._files import FACT, NOW, add, damage, fill, keep, left_in, names

ROOT = Path(__file__).resolve().parents[2]


def run_killed(code: str, *arguments: Path) -> None:
    """Run a program that kills itself."""
    ran = subprocess.run([sys.executable, "-c", code, *arguments], check=False, cwd=ROOT)
    assert ran.returncode == -signal.SIGKILL


async def test_a_copy_holds_what_is_committed_in_one_plain_file(path: Path, folder: Path) -> None:
    database = await open_database(path)
    await add(database, "a")
    async with database.writing() as tx:
        await tx.run(FACT, "not yet", "1")
        copy = await backup.back_up(path, folder, NOW, keep=7)
    await database.close()
    assert copy == folder / "cairn-20260304T030000Z-daily.sqlite3"
    assert left_in(folder) == [copy.name]
    assert names(copy) == {"a"}


async def test_a_copy_made_while_others_write_holds_whole_transactions_alone(path: Path, folder: Path) -> None:
    database = await open_database(path)
    over = asyncio.Event()

    async def write(writer: int) -> None:
        number = 0
        while not over.is_set():
            await add(database, f"{writer}-{number}-a", f"{writer}-{number}-b")
            number += 1

    writers = [asyncio.create_task(write(writer)) for writer in range(3)]
    copies = [await backup.back_up(path, folder, NOW + timedelta(days=day), keep=7) for day in range(5)]
    over.set()
    await asyncio.gather(*writers)
    await database.close()
    sizes = [len(names(copy)) for copy in copies]
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    for copy in copies:
        pairs = {name.rpartition("-")[0] for name in names(copy)}
        assert names(copy) == {f"{pair}-{half}" for pair in pairs for half in "ab"}


async def test_a_copy_of_a_bot_that_was_killed_holds_its_last_commit(path: Path, folder: Path) -> None:
    await keep(path, "a")
    killed = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute(\"INSERT INTO facts VALUES ('b', '1')\"); os.kill(os.getpid(), 9)"
    )
    run_killed(killed, path)
    assert names(await backup.copy_now(path, folder, NOW)) == {"a", "b"}


async def test_a_copy_never_takes_the_place_of_another(path: Path, folder: Path) -> None:
    await keep(path, "a")
    first, second = [await backup.copy_now(path, folder, NOW) for _ in range(2)]
    assert first != second
    assert [copy.path for copy in backup.listed(folder)] == [second, first]


async def test_a_copy_can_go_to_any_path(path: Path, tmp_path: Path) -> None:
    await keep(path, "a")
    await backup.copy_to(path, tmp_path / "mine.sqlite3")
    assert names(tmp_path / "mine.sqlite3") == {"a"}


async def test_a_kill_in_the_middle_leaves_no_half_file_under_the_name_of_a_copy(path: Path, folder: Path) -> None:
    await keep(path, "a")
    killed = (
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path; from bot.store import _copies\n"
        "_copies.sync = lambda path: os.kill(os.getpid(), 9)\n"
        "_copies.make(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC), 'daily')"
    )
    run_killed(killed, path, folder)
    assert len(left_in(folder)) == 1
    assert backup.listed(folder) == []

    await backup.rotate(folder, datetime.now(UTC) + timedelta(days=2), keep=7)
    assert left_in(folder) == []


async def test_a_damaged_database_is_told_and_no_copy_is_left(path: Path, folder: Path) -> None:
    await keep(path, "a")
    damage(path)
    with pytest.raises(NoCopy, match="is damaged"):
        await backup.back_up(path, folder, NOW, keep=7)
    assert left_in(folder) == []


async def test_a_copy_of_what_only_a_check_finds_damaged_is_not_left_either(path: Path, folder: Path) -> None:
    await keep(path, "a")
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE INDEX by_value ON facts (value)")
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET sql = replace(sql, '(value)', '(name)') WHERE name = 'by_value'")
        database.commit()
    with pytest.raises(NoCopy, match="row 1 missing from index by_value"):
        await backup.back_up(path, folder, NOW, keep=7)
    assert left_in(folder) == []


@pytest.mark.parametrize("still", [True, False])
async def test_what_copies_the_database_cannot_write_it(path: Path, still: bool) -> None:
    await keep(path, "a")
    with (
        closing(_copies.reading(path, still=still)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute(FACT, ("b", "1"))
    assert names(path) == {"a"}


async def test_without_room_no_copy_is_begun(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await keep(path, "a")
    monkeypatch.setattr(_copies.room, "look", lambda _: Room(free=2**20, total=2**30))
    with pytest.raises(NoCopy, match=r"I could not copy the database to .*: there is no room on the disk\."):
        await backup.back_up(path, folder, NOW, keep=7)
    assert left_in(folder) == []


# ------------------------------------------------------------------ rotation


async def test_the_newest_daily_copies_stay_and_others_for_a_month(path: Path, folder: Path) -> None:
    await keep(path, "a")
    by_hand = await backup.copy_now(path, folder, NOW)
    days = [await backup.back_up(path, folder, NOW + timedelta(days=day), keep=3) for day in range(6)]
    assert [copy.path for copy in backup.listed(folder)] == [*reversed(days[-3:]), by_hand]

    last = await backup.back_up(path, folder, NOW + timedelta(days=40), keep=3)
    assert [copy.path for copy in backup.listed(folder)] == [last]


async def test_no_copy_outlives_the_day_by_which_it_is_said_to_forget(path: Path, folder: Path) -> None:
    await keep(path, "a")
    for kept in (0, 7, 90):
        within = backup.forgets_within(kept)
        old = [await backup.copy_now(path, folder, NOW), await backup.back_up(path, folder, NOW, keep=max(kept, 1))]
        await backup.back_up(path, folder, NOW + within, keep=max(kept, 1))
        await backup.rotate(folder, NOW + within, keep=kept)
        assert {copy.path for copy in backup.listed(folder)}.isdisjoint(old)
        shutil.rmtree(folder)


async def test_what_is_no_copy_stays(path: Path, folder: Path) -> None:
    await keep(path, "a")
    for name in ("notes.txt", "cairn-of-mine.sqlite3", "cairn-20200101T000000Z-daily.sqlite3.gz"):
        fill(folder / name, b"mine")
    await backup.back_up(path, folder, NOW, keep=0)
    assert left_in(folder) == ["cairn-20200101T000000Z-daily.sqlite3.gz", "cairn-of-mine.sqlite3", "notes.txt"]
