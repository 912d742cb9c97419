"""The schema: numbered migrations, which run once each and never half."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import aiosqlite

from bot.core.errors import Told


class NewerDatabase(Told):
    """The file was written by a newer Cairn."""


async def version(writer: aiosqlite.Connection) -> int:
    """How many migrations a database has seen."""
    rows = await writer.execute_fetchall("PRAGMA user_version")
    return int(next(iter(rows))[0])


def refuse_newer(version: int, known: int) -> None:
    """Raises NewerDatabase where a database has seen more migrations than this Cairn knows."""
    if version > known:
        raise NewerDatabase(
            f"This database is of version {version}, and this Cairn knows up to {known}. "
            "Update Cairn, or restore the backup made before the update. Nothing was changed."
        )


def migrations() -> list[str]:
    """Every migration's SQL, in order; the database's user_version counts those that ran."""
    folder = Path(__file__).parent / "migrations"
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))]


async def migrate(writer: aiosqlite.Connection) -> None:
    """Bring the schema up to date in one transaction; a statement that fails leaves everything as it was."""
    known = migrations()
    await writer.execute_fetchall("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(known[await version(writer) :], start=await version(writer) + 1):
            for statement in statements(script):
                await writer.execute_fetchall(statement)
            await writer.execute_fetchall(f"PRAGMA user_version = {number}")
    except BaseException:
        await writer.rollback()
        raise
    await writer.commit()


def statements(script: str) -> list[str]:
    """The statements of an SQL script (executescript would commit the transaction); ValueError where one has no end."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.strip().startswith("--") for line in pending.splitlines()):
        raise ValueError(f"this statement has no end: {pending.strip()[:60]}")
    return found
