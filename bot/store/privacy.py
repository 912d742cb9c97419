"""Whose data a row is: the one place that lists every table for erasure."""

from __future__ import annotations

from bot.store.db import Tx

IMPERSONAL = frozenset({"circles", "facts", "week_entries"})  # week_entries holds numbers only, and goes with its week


async def personal_tables(tx: Tx) -> dict[str, str]:
    """Every table that holds a person's data, with the column that names the person."""
    rows = await tx.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = {row["name"] for row in rows} - IMPERSONAL
    return {name: "id" if name == "people" else "person_id" for name in sorted(names)}


async def erase(tx: Tx, person_id: int) -> None:
    """Delete every row of a person, in every table."""
    for table, column in (await personal_tables(tx)).items():
        if table != "people":
            await tx.run(f"DELETE FROM {table} WHERE {column} = ?", person_id)
    await tx.run("DELETE FROM people WHERE id = ?", person_id)
