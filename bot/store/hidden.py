"""Names that a seeker hides from all that others see."""

from __future__ import annotations

from bot.core.hidden import Hidden
from bot.store import _values as v
from bot.store.db import Tx


async def add(tx: Tx, person_id: int, name: str) -> None:
    """Hide one name more."""
    await tx.run("INSERT INTO hidden (person_id, name) VALUES (?, ?)", person_id, v.seal(name))


async def remove(tx: Tx, hidden_id: int) -> None:
    """Hide a name no longer."""
    await tx.run("DELETE FROM hidden WHERE id = ?", hidden_id)


async def of_seeker(tx: Tx, person_id: int) -> list[Hidden]:
    """The names that a seeker hides, oldest first."""
    rows = await tx.all("SELECT id, name FROM hidden WHERE person_id = ? ORDER BY id", person_id)
    return [Hidden(row["id"], v.unseal(row["name"])) for row in rows]


async def names(tx: Tx, person_id: int) -> tuple[str, ...]:
    """The names alone."""
    return tuple(hidden.name for hidden in await of_seeker(tx, person_id))
