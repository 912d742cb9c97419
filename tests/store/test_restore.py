"""A copy is put back so that a crash leaves the old or the new database."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.store import backup, facts, schema
from bot.store.backup import CannotRestore
from bot.store.db import open_database
from bot.store.schema import NewerDatabase, migrations
from tests.store._files import NOW, add, clear, content, damage, fill, keep, left_in, names, outside


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

    known = migrations()
    monkeypatch.setattr(schema, "migrations", lambda: known[:1])
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
