"""The database looked at without writing."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.delivery import Crowd
from bot.core.people import Space
from bot.store import circle, lease
from bot.store.db import open_database
from bot.store.health import CannotLook, UnsafeSqlite, look, may_reset_wal, refuse_unsafe
from bot.store.lease import Holder
from bot.store.schema import migrations

CHANNEL = Space("discord", "1", "2")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
PER_SECOND = 30.0
HOLDER = Holder("one", "machine", "attic", 7, NOW)


async def with_a_circle(path: Path) -> Path:
    database = await open_database(path)
    async with database.writing() as tx:
        await circle.make(tx, CHANNEL, "maya-and-friends", NOW)
    await database.close()
    return path


async def test_a_sound_database_tells_its_version_and_circles(tmp_path: Path) -> None:
    seen = await look(await with_a_circle(tmp_path / "cairn.sqlite3"), NOW, PER_SECOND)
    assert (seen.version, seen.known, seen.fault) == (len(migrations()), len(migrations()), "")
    assert [one.space for one in seen.circles] == [CHANNEL]


async def test_looking_while_the_bot_writes_sees_what_is_committed_and_holds_nobody_up(
    tmp_path: Path,
) -> None:
    path = await with_a_circle(tmp_path / "cairn.sqlite3")
    database = await open_database(path)
    async with database.writing() as tx:
        await circle.make(tx, Space("discord", "1", "3"), "another", NOW)
        assert len((await look(path, NOW, PER_SECOND)).circles) == 1
    assert len((await look(path, NOW, PER_SECOND)).circles) == 2
    await database.close()


async def test_who_runs_and_when_most_are_due_is_seen(tmp_path: Path) -> None:
    path = await with_a_circle(tmp_path / "cairn.sqlite3")
    database = await open_database(path)
    async with database.writing() as tx:
        await lease.claim(tx, HOLDER, None)
        await tx.run(
            "INSERT INTO people (id, platform, workspace, external_id, name) VALUES (1, 'paper', '', 'a', 'A')"
        )
        for number, ask, at in ((1, "checkin", 17), (2, "reflection", 18), (3, "week", 18)):
            await tx.run(
                "INSERT INTO schedules (id, person_id, ask, days, at, next_at) VALUES (?, 1, ?, '2', '', ?)",
                number, ask, f"2026-03-04T{at}:00:00.000+00:00",
            )  # fmt: skip
    seen = await look(path, NOW, PER_SECOND)
    await database.close()
    assert (seen.holder, seen.busiest) == (HOLDER, Crowd(datetime(2026, 3, 4, 18, tzinfo=UTC), 2, 1))


async def test_a_newer_database_is_left_unread(tmp_path: Path) -> None:
    path = await with_a_circle(tmp_path / "cairn.sqlite3")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 4711")
    connection.close()
    seen = await look(path, NOW, PER_SECOND)
    assert (seen.version, seen.circles) == (4711, [])


async def test_a_damaged_page_is_a_fault(tmp_path: Path) -> None:
    path = await with_a_circle(tmp_path / "cairn.sqlite3")
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    assert (await look(path, NOW, PER_SECOND)).fault != ""


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cairn.sqlite3"
    path.write_text("Dear diary, " * 100, encoding="utf-8")
    with pytest.raises(CannotLook, match="can't be read as a database"):
        await look(path, NOW, PER_SECOND)


async def test_looking_at_nothing_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CannotLook):
        await look(tmp_path / "cairn.sqlite3", NOW, PER_SECOND)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("version", "may"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_versions_with_the_wal_reset_fault_are_known(version: tuple[int, int, int], may: bool) -> None:
    assert may_reset_wal(version) is may


def test_beside_litestream_only_a_safe_sqlite_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.health.may_reset_wal", lambda: False)
    refuse_unsafe()
    monkeypatch.setattr("bot.store.health.may_reset_wal", lambda: True)
    with pytest.raises(
        UnsafeSqlite, match=r"can damage a database to which two programs write .* newer SQLite, or set"
    ):
        refuse_unsafe()
