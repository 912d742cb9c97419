"""The database: whole transactions whatever happens to their callers, and migrations that run whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import db
from bot.store.db import CannotOpen, Database, NewerDatabase, migrations, open_database, statements

FACT = "INSERT INTO facts (name, value) VALUES (?, ?)"
DIARY = b"Dear diary, " * 200


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "cairn.sqlite3"


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """A file that is no database."""
    found = tmp_path / "diary.txt"
    found.write_bytes(DIARY)
    return found


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await open_database(path)
    yield opened
    await opened.close()


def threads_left() -> list[threading.Thread]:
    """The threads that do not end by themselves: each would keep the process from ending."""
    others = [thread for thread in threading.enumerate() if "_connection_worker_thread" in thread.name]
    for thread in others:
        thread.join(10)
    return [thread for thread in others if thread.is_alive()]


def outside(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What somebody else reads in, or does to, the file."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(sql).fetchall()
    finally:
        connection.close()


def content(path: Path) -> bytes:
    return path.read_bytes()


async def write(database: Database, *statements: tuple[str, ...]) -> None:
    async with database.writing() as tx:
        for sql, *values in statements:
            await tx.run(sql, *values)


async def count(database: Database) -> int:
    row = await database.reading.one("SELECT count(*) AS n FROM facts")
    return row["n"] if row else -1


async def test_the_writer_is_set_up_to_lose_nothing_and_to_leave_nothing(database: Database) -> None:
    async with database.writing() as tx:
        rows = [
            await tx.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    full, on = 2, 1
    assert [row and row[0] for row in rows] == ["wal", full, on, on]


async def test_every_table_is_strict(database: Database) -> None:
    rows = await database.reading.all("PRAGMA table_list")
    assert {row["name"] for row in rows if row["type"] == "table" and not row["strict"]} <= {
        "sqlite_schema",
        "sqlite_temp_schema",
        "sqlite_sequence",
    }


async def test_what_goes_with_a_deleted_row_is_found_by_an_index(database: Database) -> None:
    keys = await database.reading.all(
        'SELECT child.name AS child, key."from" AS ref FROM pragma_table_list AS child'
        " JOIN pragma_foreign_key_list(child.name) AS key"
    )
    assert len(keys) > 10
    for key in keys:
        steps = await database.reading.all(f"EXPLAIN QUERY PLAN SELECT 1 FROM {key['child']} WHERE {key['ref']} = ?", 1)
        assert [step["detail"] for step in steps if step["detail"].startswith("SCAN")] == []


async def test_writing_needs_no_upgrade_that_another_writer_could_refuse(database: Database, path: Path) -> None:
    async with database.writing() as tx:
        await tx.one("SELECT count(*) FROM facts")
        rival = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            rival.execute("BEGIN IMMEDIATE")
        rival.close()
        await tx.run(FACT, "a", "1")
    assert await count(database) == 1


async def test_reading_sees_what_is_committed_and_cannot_write(database: Database) -> None:
    async with database.writing() as tx:
        await tx.run(FACT, "a", "1")
        assert await count(database) == 0
    assert await count(database) == 1
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.reading.run(FACT, "b", "1")


async def test_an_error_takes_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await write(database, (FACT, "a", "1"), (FACT, "a", "2"))
    async with database.writing() as tx:
        await tx.run(FACT, "b", "1")
    assert [row["name"] for row in await database.reading.all("SELECT name FROM facts")] == ["b"]


async def test_a_commit_that_fails_leaves_no_transaction_open(database: Database) -> None:
    of_nobody = "INSERT INTO rests (person_id, rest_on) VALUES (4711, '2026-01-05')"
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        await write(database, ("PRAGMA defer_foreign_keys = ON",), (of_nobody,))
    async with database.writing() as tx:
        await tx.run(FACT, "a", "1")
    assert await count(database) == 1


async def test_cancelled_callers_leave_no_half_transaction_and_no_lock(database: Database, path: Path) -> None:
    async def two_rows(number: int) -> None:
        async with database.writing() as tx:
            await tx.run(FACT, f"{number}a", "1")
            await tx.run(FACT, f"{number}b", "1")

    tasks = [asyncio.create_task(two_rows(number)) for number in range(400)]
    for number in range(88):
        for _ in range(number % 7):
            await asyncio.sleep(0)
        tasks[number * 4].cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)

    cancelled = [result for result in ended if isinstance(result, asyncio.CancelledError)]
    assert [result for result in ended if result is not None] == cancelled
    names = {row["name"] for row in await database.reading.all("SELECT name FROM facts")}
    whole = {number for number in range(400) if f"{number}a" in names}
    assert names == {f"{number}{half}" for number in whole for half in "ab"}
    assert whole >= {number for number, result in enumerate(ended) if result is None}
    assert len(cancelled) >= 80
    outside(path, "INSERT INTO facts (name, value) VALUES ('from outside', '1')")


@pytest.mark.parametrize("steps", range(12))
async def test_cancelling_twice_at_any_moment_leaves_the_next_transaction_alone(database: Database, steps: int) -> None:
    async def two_rows() -> None:
        async with database.writing() as tx:
            await tx.run(FACT, "a", "1")
            await tx.run(FACT, "b", "1")

    task = asyncio.create_task(two_rows())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.writing() as tx:
        await tx.run(FACT, "c", "1")
    assert await count(database) in (1, 3)


# ------------------------------------------------------------------ opening and closing


async def test_a_new_database_is_of_the_newest_version(path: Path) -> None:
    await (await open_database(path)).close()
    assert outside(path, "PRAGMA user_version") == [(len(migrations()),)]


async def test_closing_folds_the_log_into_the_one_file(path: Path) -> None:
    database = await open_database(path)
    async with database.writing() as tx:
        await tx.run(FACT, "a", "1")
    await database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert outside(path, "SELECT name FROM facts") == [("a",)]
    assert threads_left() == []


async def test_closing_waits_for_a_running_transaction(path: Path) -> None:
    database = await open_database(path)
    async with database.writing() as tx:
        closing = asyncio.create_task(database.close())
        await asyncio.sleep(0)
        await tx.run(FACT, "a", "1")
    await closing
    assert outside(path, "SELECT name FROM facts") == [("a",)]


async def test_after_a_checkpoint_nothing_erased_is_on_the_disk(database: Database, path: Path) -> None:
    async with database.writing() as tx:
        await tx.run(FACT, "a", "a secret that goes")
    await database.checkpoint()
    assert b"a secret that goes" in content(path)
    async with database.writing() as tx:
        await tx.run("DELETE FROM facts")
    await database.checkpoint()
    left = [file.name for file in path.parent.iterdir() if b"a secret that goes" in file.read_bytes()]
    assert left == []


async def test_a_newer_database_is_refused_in_words_and_left_as_it_was(path: Path) -> None:
    path.parent.mkdir()
    outside(path, "CREATE TABLE of_tomorrow (x)")
    outside(path, "PRAGMA user_version = 4711")
    before = content(path)
    with pytest.raises(NewerDatabase, match=r"of version 4711, and this Cairn knows up to \d+\. Update Cairn"):
        await open_database(path)
    assert content(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert threads_left() == []


async def test_a_file_that_is_no_database_is_refused_in_words_and_left_as_it_was(diary: Path) -> None:
    with pytest.raises(CannotOpen, match=r"I can't read .* as my database .* Restore it from a backup"):
        await open_database(diary)
    assert content(diary) == DIARY
    assert threads_left() == []


async def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(CannotOpen, match=r"I can't write the database .*\[data\] folder in config\.toml"):
        await open_database(tmp_path / "file" / "cairn.sqlite3")
    assert threads_left() == []


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="I can't write the database"):
        await open_database(tmp_path)
    assert threads_left() == []


# ------------------------------------------------------------------ migrations


async def test_a_statement_that_fails_leaves_schema_and_version_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await open_database(path)).close()
    schema = outside(path, "SELECT sql FROM sqlite_schema ORDER BY name")
    known = migrations()
    broken = "CREATE TABLE new_one (x TEXT) STRICT;\nDROP TABLE rests;\nCREATE TABLE people (x TEXT) STRICT;"
    monkeypatch.setattr(db, "migrations", lambda: [*known, broken])
    with pytest.raises(CannotOpen, match="people already exists"):
        await open_database(path)
    assert outside(path, "SELECT sql FROM sqlite_schema ORDER BY name") == schema
    assert outside(path, "PRAGMA user_version") == [(len(known),)]
    assert threads_left() == []


async def test_only_the_missing_migrations_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = await open_database(path)
    async with database.writing() as tx:
        await tx.run(FACT, "a", "1")
    await database.close()
    known = migrations()
    monkeypatch.setattr(db, "migrations", lambda: [*known, "ALTER TABLE facts ADD COLUMN more TEXT;"])
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
