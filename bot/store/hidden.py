"""Names that a seeker hides from all that others see, and those in their log."""

from __future__ import annotations

import asyncio

from bot.core import logged
from bot.core.hidden import Hidden, Names, masker
from bot.store import _values as v
from bot.store.db import Tx

MANY = 200  # rows; more names take more than a moment to learn


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


async def names(tx: Tx, person_id: int) -> Names:
    """All that is masked where others read: what is hidden, and what stands in the log and is not allowed."""
    rows = await tx.all(
        "SELECT 'hidden' AS sort, name, id FROM hidden WHERE person_id = ?1"
        " UNION ALL SELECT 'allowed', name, id FROM allowed_names WHERE person_id = ?1"
        " UNION ALL SELECT 'company', company, id FROM applications WHERE person_id = ?1"
        " UNION ALL SELECT 'person', whom, id FROM events WHERE person_id = ?1 AND whom <> ?2"
        " ORDER BY 1, 3",
        person_id, v.seal(""),
    )  # fmt: skip
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row["sort"], {})[v.unseal(row["name"])] = None
    hidden, allowed, companies, people = (
        tuple(found.get(sort, ())) for sort in ("hidden", "allowed", "company", "person")
    )
    if len(rows) <= MANY:
        return _learned(hidden, companies, people, allowed)
    return await asyncio.to_thread(_learned, hidden, companies, people, allowed)


def _learned(
    hidden: tuple[str, ...], companies: tuple[str, ...], people: tuple[str, ...], allowed: tuple[str, ...]
) -> Names:
    names = Names(hidden, logged.names(companies, people, allowed))
    masker(*names)  # which learns them, where they are new
    return names


async def allow(tx: Tx, person_id: int, name: str) -> None:
    """Others may read a name although it stands in the log."""
    await tx.run("INSERT INTO allowed_names (person_id, name) VALUES (?, ?)", person_id, v.seal(name))


async def forbid(tx: Tx, allowed_id: int) -> None:
    """Others may read a name of the log no longer."""
    await tx.run("DELETE FROM allowed_names WHERE id = ?", allowed_id)


async def allowed(tx: Tx, person_id: int) -> list[Hidden]:
    """The names of the log that others may read, oldest first."""
    rows = await tx.all("SELECT id, name FROM allowed_names WHERE person_id = ? ORDER BY id", person_id)
    return [Hidden(row["id"], v.unseal(row["name"])) for row in rows]


async def written(tx: Tx, person_id: int) -> list[str]:
    """All words of a seeker that others may read, and in which a name may stand."""
    rows = await tx.all(
        "SELECT words FROM weeks WHERE person_id = ?1"
        " UNION ALL SELECT words FROM asks WHERE person_id = ?1"
        " UNION ALL SELECT words FROM replies WHERE person_id = ?1"
        " UNION ALL SELECT words FROM landings WHERE person_id = ?1"
        " UNION ALL SELECT words FROM thanks_lines WHERE person_id = ?1"
        " UNION ALL SELECT friend_words FROM silences WHERE person_id = ?1"
        " UNION ALL SELECT trusted_words FROM seekers WHERE person_id = ?1",
        person_id,
    )  # fmt: skip
    entries = await tx.all("SELECT answers FROM entries WHERE person_id = ?", person_id)
    answers = [value for row in entries for value in v.unseal_all(row["answers"]).values()]
    return [v.unseal(row["words"]) for row in rows] + [value for value in answers if isinstance(value, str)]
