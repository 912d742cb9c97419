"""Copies of the database: whole or not there, rotated, and put back so that a crash leaves the old or the new one."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import _copies, backup, facts
from bot.store.backup import CannotRestore, NoCopy
from bot.store.db import Database, NewerDatabase, migrations, open_database
from bot.store.room import Room

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
FACT = "INSERT INTO facts (name, value) VALUES (?, ?)"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "cairn.sqlite3"


@pytest.fixture
def folder(path: Path) -> Path:
    return path.parent / "backups"


async def keep(path: Path, *names: str) -> None:
    """A closed database that holds a fact of each of these names."""
    database = await open_database(path)
    await add(database, *names)
    await database.close()


async def add(database: Database, *names: str) -> None:
    async with database.writing() as tx:
        for name in names:
            await tx.run(FACT, name, "1")


def names(path: Path) -> set[str]:
    """The facts in a file, which must be whole; without those that a restore writes."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {row[0] for row in connection.execute("SELECT name FROM facts")} - {facts.LOOK_BEFORE}


def outside(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for sql in statements:
            connection.execute(sql)


def content(path: Path) -> bytes:
    return path.read_bytes()


def fill(path: Path, with_: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(with_)


def clear(path: Path) -> None:
    for tail in ("", *_copies.TAILS):
        Path(f"{path}{tail}").unlink(missing_ok=True)


def run_killed(code: str, *arguments: Path) -> None:
    """Run a program that kills itself."""
    ran = subprocess.run([sys.executable, "-c", code, *arguments], check=False, cwd=ROOT)
    assert ran.returncode == -signal.SIGKILL


def left_in(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


# ------------------------------------------------------------------ making copies


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


async def test_without_room_no_copy_is_begun(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await keep(path, "a")
    monkeypatch.setattr(_copies.room, "look", lambda _: Room(free=2**20, total=2**30))
    with pytest.raises(NoCopy, match=r"I could not copy the database to .*: there is no room on the disk\."):
        await backup.back_up(path, folder, NOW, keep=7)
    assert left_in(folder) == []


def damage(path: Path) -> None:
    """Scribble over the inside of a database."""
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at : at + 512] = b"\x5a" * 512
    path.write_bytes(bytes(content))


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


# ------------------------------------------------------------------ putting one back


async def test_a_copy_takes_the_place_and_the_other_is_kept(path: Path, folder: Path) -> None:
    await keep(path, "a")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    await keep(path, "b")
    done = await backup.restore(copy, path, NOW)
    assert done.version == len(migrations())
    assert done.aside is not None
    assert done.aside == folder / "cairn-20260304T030000Z-replaced.sqlite3"
    assert (names(path), names(done.aside), names(copy)) == ({"a"}, {"a", "b"}, {"a"})
    assert left_in(path.parent) == ["backups", "cairn.sqlite3"]


async def test_what_was_only_in_the_log_is_kept_with_the_replaced_one(path: Path, folder: Path) -> None:
    await keep(path, "a")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    running = path.with_name("running")
    database = await open_database(running)
    await add(database, "b")
    for tail in ("", "-wal"):
        shutil.copyfile(f"{running}{tail}", f"{path}{tail}")  # as a killed bot leaves them
    await database.close()
    done = await backup.restore(copy, path, NOW)
    assert done.aside
    assert (names(path), names(done.aside)) == ({"a"}, {"b"})


async def test_what_stood_lately_says_again_what_the_copy_knows(path: Path, folder: Path) -> None:
    await keep(path, "a")
    outside(
        path,
        "INSERT INTO deliveries (id, kind, subject, to_kind, to_platform, to_workspace, to_id, due_at, try_at, state,"
        " settled_at, post_workspace, post_channel, post_id)"
        " VALUES ('new', 'welcome', 1, 'space', 'paper', '', 'c', '', '', 'sent', '2026-03-03T20:00', '', 'c', '1'),"
        " ('old', 'welcome', 2, 'space', 'paper', '', 'c', '', '', 'sent', '2026-02-01T20:00', '', 'c', '2')",
    )
    copy = await backup.back_up(path, folder, NOW, keep=7)
    await backup.restore(copy, path, NOW)
    database = await open_database(path)
    rows = await database.reading.all("SELECT id, stale, try_at FROM deliveries ORDER BY id")
    assert [tuple(row) for row in rows] == [("new", 1, "2026-03-04T03:00:00.000+00:00"), ("old", 0, "")]
    await database.close()


async def test_a_restored_database_opens_and_has_what_was_due_looked_for(path: Path, folder: Path) -> None:
    await keep(path, "a")
    outside(
        path,
        "INSERT INTO deliveries (id, kind, subject, to_kind, to_platform, to_workspace, to_id, due_at, try_at, state)"
        " VALUES ('past', 'welcome', 1, 'space', 'paper', '', 'c', '2026-03-03T20:00:00.000+00:00', '', 'owed'),"
        " ('to come', 'welcome', 2, 'space', 'paper', '', 'c', '2026-03-05T20:00:00.000+00:00', '', 'owed'),"
        " ('sent', 'welcome', 3, 'space', 'paper', '', 'c', '2026-03-01T20:00:00.000+00:00', '', 'sent')",
        "INSERT INTO lease VALUES (1, 'a1', 'there', 'there', 4711, '2026-03-03T20:00:00.000+00:00', 9)",
    )
    copy = await backup.back_up(path, folder, NOW, keep=7)
    await backup.restore(copy, path, NOW)
    database = await open_database(path)
    states = {row["id"]: row["state"] for row in await database.reading.all("SELECT id, state FROM deliveries")}
    assert states == {"past": "unknown", "to come": "owed", "sent": "sent"}
    assert await facts.get(database.reading, facts.LOOK_BEFORE) == "2026-03-04T03:00:00.000+00:00"
    assert await database.reading.all("SELECT * FROM lease") == []
    await database.close()


async def test_a_copy_of_an_older_version_is_put_back_and_updated_at_the_next_start(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.store import db

    known = migrations()
    monkeypatch.setattr(db, "migrations", lambda: known[:1])
    await keep(path, "a")
    copy = await backup.copy_now(path, folder, NOW)
    monkeypatch.undo()
    assert (await backup.restore(copy, path, NOW)).version == 1
    await (await open_database(path)).close()
    assert names(path) == {"a"}


async def test_a_restore_where_there_is_no_database_makes_one(path: Path, tmp_path: Path) -> None:
    await keep(tmp_path / "other", "a")
    done = await backup.restore(tmp_path / "other", path, NOW)
    assert done.aside is None
    assert names(path) == {"a"}


async def test_a_copy_with_a_log_beside_it_is_taken_with_its_log(path: Path, tmp_path: Path) -> None:
    database = await open_database(tmp_path / "running")
    await add(database, "a")
    for tail in ("", "-wal"):
        shutil.copyfile(tmp_path / f"running{tail}", tmp_path / f"taken{tail}")
    await database.close()
    await backup.restore(tmp_path / "taken", path, NOW)
    assert names(path) == {"a"}


async def test_a_damaged_database_can_be_replaced(path: Path, folder: Path) -> None:
    await keep(path, "a")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    fill(path, b"Dear diary, " * 500)
    fill(path.with_name(f"{path.name}-wal"), b"a log of nothing")
    done = await backup.restore(copy, path, NOW)
    assert names(path) == {"a"}
    assert done.aside
    assert content(done.aside).startswith(b"Dear diary")
    assert left_in(path.parent) == ["backups", "cairn.sqlite3"]


def _diary(copy: Path) -> None:
    copy.write_bytes(b"Dear diary, " * 500)


def _empty(copy: Path) -> None:
    copy.write_bytes(b"")


def _of_others(copy: Path) -> None:
    copy.unlink()
    outside(copy, "CREATE TABLE facts (x)", "PRAGMA user_version = 1")


def _half(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[: 9 * 4096])


def _astray(copy: Path) -> None:
    outside(copy, "INSERT INTO rests (person_id, rest_on) VALUES (4711, '2026-01-05')")


def _newer(copy: Path) -> None:
    outside(copy, "PRAGMA user_version = 4711")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_diary, r"is no database\. Nothing was changed"),
        (_empty, "none of Cairn's. Nothing was changed"),
        (_of_others, "none of Cairn's. Nothing was changed"),
        (_half, r"is damaged \(.*\)\. Nothing was changed: take another copy"),
        (damage, r"is damaged \(.*\)\. Nothing was changed: take another copy"),
        (_astray, r"is damaged \(a row of rests belongs to nothing\)"),
        (_newer, "is of version 4711, and this Cairn knows up to"),
        (Path.unlink, "No such file or directory. The database is as it was"),
    ],
)
async def test_what_cannot_be_put_in_place_is_told_and_changes_nothing(
    path: Path, folder: Path, spoil: Callable[[Path], object], words: str
) -> None:
    await keep(path, "a")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    spoil(copy)
    before = content(path)
    with pytest.raises((CannotRestore, NewerDatabase), match=words):
        await backup.restore(copy, path, NOW)
    assert content(path) == before
    assert [name for name in left_in(path.parent) if name.endswith(".new")] == []


async def test_a_database_that_somebody_reads_is_not_replaced(path: Path, folder: Path) -> None:
    await keep(path, "a")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM facts").fetchall()
        outside(path, "INSERT INTO facts VALUES ('b', '1')")
        with pytest.raises(CannotRestore, match=r"Another program has .* open"):
            await backup.restore(copy, path, NOW)
    assert names(path) == {"a", "b"}


async def test_the_database_itself_is_no_copy(path: Path) -> None:
    await keep(path, "a")
    with pytest.raises(CannotRestore, match="is the database itself"):
        await backup.restore(path, path, NOW)


class Killed(BaseException):
    """The process ends here."""


STEPS = ("link", "replace", "fsync", "chmod", "unlink")


async def restore_killed_at(step: int, copy: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Restore in a process that does not outlive its n-th change of the disk; whether it ended before that."""
    done = 0

    def dying(change: Callable[..., Any]) -> Callable[..., Any]:
        def one_step(*args: Any, **named: Any) -> Any:
            nonlocal done
            done += 1
            if done >= step:
                raise Killed
            return change(*args, **named)

        return one_step

    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, dying(getattr(os, name)))
        try:
            await backup.restore(copy, path, NOW)
        except Killed:
            return False
        return True


@pytest.mark.parametrize("tails", [("",), ("", "-wal")], ids=["stopped", "killed"])
async def test_a_crash_at_any_step_leaves_the_old_or_the_new_one_whole(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, tails: tuple[str, ...]
) -> None:
    await keep(path, "new")
    copy = await backup.back_up(path, folder, NOW, keep=7)
    old = await files_of(path, "old", tails)
    seen: list[frozenset[str]] = []
    whole = False
    while not whole:
        clear(path)
        for tail, was in old.items():
            fill(path.with_name(path.name + tail), was)
        whole = await restore_killed_at(len(seen) + 1, copy, path, monkeypatch)
        database = await open_database(path)
        await database.examine()
        await database.close()
        seen.append(frozenset(names(path)))
    assert len(seen) > 6
    assert set(seen) == {frozenset({"new", "old"}), frozenset({"new"})}
    assert seen[-1] == {"new"}
    kept = [names(copy.path) for copy in backup.listed(folder) if copy.why == "replaced"]
    assert kept
    assert all(found == {"new", "old"} for found in kept)


async def files_of(path: Path, name: str, tails: tuple[str, ...]) -> dict[str, bytes]:
    """The files of the database with one more fact, closed, or with its log as a killed bot leaves it."""
    database = await open_database(path)
    await add(database, name)
    if tails == ("",):
        await database.close()
    found = {tail: content(path.with_name(path.name + tail)) for tail in tails}
    if tails != ("",):
        await database.close()
    return found
