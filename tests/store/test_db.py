"""The database: whole transactions whatever happens to their callers, opened and closed in order."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import backup
from bot.store.db import Database, open_database
from bot.store.schema import NewerDatabase, migrations
from bot.store.trouble import CannotOpen, Damaged
from tests.store._files import FACT, content, count, outside, threads_left, write

DIARY = b"Dear diary, " * 200


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """A file that is no database."""
    found = tmp_path / "diary.txt"
    found.write_bytes(DIARY)
    return found


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


async def test_a_whole_database_passes_its_examination(database: Database) -> None:
    await write(database, (FACT, "a", "1"))
    await database.examine()


async def test_a_damaged_database_is_told_with_what_to_do(database: Database, path: Path) -> None:
    for number in range(50):
        await write(database, (FACT, f"{number}", "x" * 1_000))
    await database.checkpoint()
    scribble(path)
    with pytest.raises(
        Damaged, match=r"is damaged \(.*\)\. `cairn backups` lists the copies, and `cairn restore FILE`"
    ):
        await database.examine()


async def test_a_database_that_cannot_be_read_just_now_is_not_called_damaged(
    database: Database, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database.path = path.with_name("unmounted.sqlite3")
    await database.examine()
    assert "could not be examined: unable to open database file" in caplog.text


async def test_an_index_that_misses_a_row_is_damage_too(database: Database) -> None:
    await write(database, (FACT, "a", "1"), ("CREATE INDEX by_value ON facts (value)",))
    async with database.writing() as tx:
        await tx.run("PRAGMA writable_schema = ON")
        await tx.run("UPDATE sqlite_schema SET sql = replace(sql, '(value)', '(name)') WHERE name = 'by_value'")
    with pytest.raises(Damaged, match="row 1 missing from index by_value"):
        await database.examine()


def scribble(path: Path) -> None:
    with path.open("r+b") as file:
        for page in range(path.stat().st_size // 4096 - 20, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\x5a" * 512)


async def test_copying_and_examining_leave_the_log_to_the_running_bot(database: Database, path: Path) -> None:
    await write(database, (FACT, "a", "1"))
    await database.examine()
    await backup.copy_now(path, path.parent / "backups", datetime.now(UTC))
    visitor = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT * FROM facts').fetchall()"
    log = path.with_name(f"{path.name}-wal")
    assert await in_a_process(visitor, path) == 0
    assert log.exists()
    await write(database, (FACT, "b", "1"))
    reader = (
        "import sqlite3, sys; sys.exit(len(sqlite3.connect(sys.argv[1]).execute('SELECT * FROM facts').fetchall()))"
    )
    assert await in_a_process(reader, path) == 2


async def in_a_process(program: str, path: Path) -> int:
    """The exit status of a Python program in another process."""
    return await (await asyncio.create_subprocess_exec(sys.executable, "-c", program, path)).wait()


async def test_with_a_replica_the_log_is_left_to_the_other_program(path: Path) -> None:
    await (await open_database(path)).close()
    database = await open_database(path, replicated=True)
    for number in range(20):
        await write(database, (FACT, f"{number}", "x" * 400_000))
    await database.checkpoint()
    log = path.with_name(f"{path.name}-wal")
    assert log.stat().st_size > 20 * 400_000
    await database.close()
    assert outside(path, "SELECT count(*) FROM facts") == [(20,)]
