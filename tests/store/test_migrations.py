"""Migrations run whole or not at all, and a copy is made before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import backup, schema
from bot.store.backup import NoCopy
from bot.store.db import open_database
from bot.store.schema import migrations, statements
from bot.store.trouble import CannotOpen
from tests.store._files import FACT, outside, threads_left, write


async def test_before_an_update_a_copy_of_the_older_version_is_made(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(path)
    await write(database, (FACT, "a", "1"))
    await database.close()
    known = migrations()
    monkeypatch.setattr(schema, "migrations", lambda: [*known, "DELETE FROM facts;"])
    at = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
    await (await open_database(path, now=lambda: at)).close()

    copy = path.parent / "backups" / f"cairn-20260304T030000Z-before-update-from-{len(known)}.sqlite3"
    assert [found.path for found in backup.listed(path.parent / "backups")] == [copy]
    assert outside(path, "SELECT name FROM facts") == []
    assert outside(copy, "SELECT name FROM facts") == [("a",)]
    assert outside(copy, "PRAGMA user_version") == [(len(known),)]


async def test_without_a_copy_there_is_no_update(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await (await open_database(path)).close()
    known = migrations()
    monkeypatch.setattr(schema, "migrations", lambda: [*known, "DELETE FROM facts;"])
    block(path.parent / "backups")
    with pytest.raises(NoCopy, match="I could not"):
        await open_database(path)
    assert outside(path, "PRAGMA user_version") == [(len(known),)]
    assert threads_left() == []


def block(folder: Path) -> None:
    """Put a file where a folder should be."""
    folder.write_text("in the way", encoding="utf-8")


async def test_a_statement_that_fails_leaves_schema_and_version_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await open_database(path)).close()
    before = outside(path, "SELECT sql FROM sqlite_schema ORDER BY name")
    known = migrations()
    broken = "CREATE TABLE new_one (x TEXT) STRICT;\nDROP TABLE rests;\nCREATE TABLE people (x TEXT) STRICT;"
    monkeypatch.setattr(schema, "migrations", lambda: [*known, broken])
    with pytest.raises(CannotOpen, match="people already exists"):
        await open_database(path)
    assert outside(path, "SELECT sql FROM sqlite_schema ORDER BY name") == before
    assert outside(path, "PRAGMA user_version") == [(len(known),)]
    assert threads_left() == []


async def test_only_the_missing_migrations_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await open_database(path)
    async with database.writing() as tx:
        await tx.run(FACT, "a", "1")
    await database.close()
    known = migrations()
    monkeypatch.setattr(schema, "migrations", lambda: [*known, "ALTER TABLE facts ADD COLUMN more TEXT;"])
    for _ in range(2):
        await (await open_database(path)).close()
    assert outside(path, "SELECT name, value, more FROM facts") == [("a", "1", None)]
    assert outside(path, "PRAGMA user_version") == [(len(known) + 1,)]


def test_a_script_is_read_statement_by_statement() -> None:
    script = (
        "-- one; two\nCREATE TABLE a (\n  x TEXT DEFAULT ';'\n) STRICT;\nCREATE TABLE b (y TEXT) STRICT;\n-- the end"
    )
    assert [found.rpartition("CREATE")[2][:8] for found in statements(script)] == [" TABLE a", " TABLE b"]


def test_a_statement_without_an_end_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="has no end: CREATE TABLE b"):
        statements("CREATE TABLE a (x TEXT) STRICT;\nCREATE TABLE b (y TEXT) STRICT")
