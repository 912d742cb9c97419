"""Whose data a row is: the one place that lists every table for erasure."""

from __future__ import annotations

from bot.store.db import Tx

IMPERSONAL = frozenset({"circles", "councils", "facts", "lease"})


async def personal_tables(tx: Tx) -> dict[str, str]:
    """Every table with data of people, and its column that names the person; LookupError where none does."""
    rows = await tx.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    names = sorted({row["name"] for row in rows} - IMPERSONAL)
    found = {name: "id" if name == "people" else "person_id" for name in names}
    for name, column in found.items():
        if await tx.one("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", name, column) is None:
            raise LookupError(f"the table {name} does not say whose data its rows are")
    return found


async def erase(tx: Tx, person_id: int) -> None:
    """Delete every row of a person, in every table, and the names of those of whom nothing else is left."""
    tables = await personal_tables(tx)
    del tables["people"]
    for table, column in tables.items():
        await tx.run(f"DELETE FROM {table} WHERE {column} = ?", person_id)
    # a friend may be known for being trusted, answered or named, alone
    known_for = [("seekers", "trusted_id"), *((table, "friend_id") for table in ("replies", "readers", "thanks_lines"))]
    named = [*tables.items(), *known_for]
    kept = " UNION ".join(f"SELECT {c} FROM {table} WHERE {c} IS NOT NULL" for table, c in named)
    await tx.run(f"DELETE FROM people WHERE id = ? OR id NOT IN ({kept})", person_id)
