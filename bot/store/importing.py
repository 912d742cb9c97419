"""Files that were sent to be taken into a search, while their person looks at what would be added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.core.people import Person
from bot.store import _values as v
from bot.store.db import Row, Tx


class Sent(NamedTuple):
    """A file that waits: what it holds, and how it is to be read."""

    who: Person
    content: Mapping[str, Any]
    choices: Mapping[str, Any]


async def keep(tx: Tx, person_id: int, content: Mapping[str, Any], choices: Mapping[str, Any], now: datetime) -> int:
    """Let a file wait, in the place of an earlier one; its number."""
    await tx.run("DELETE FROM imports WHERE person_id = ?", person_id)
    return await tx.insert(
        "INSERT INTO imports (person_id, content, choices, sent_at) VALUES (?, ?, ?, ?)",
        person_id, v.seal_all(content), v.seal_all(choices), v.at(now),
    )  # fmt: skip


async def get(tx: Tx, import_id: int) -> Sent | None:
    """The file that waits under a number, or None."""
    row = await tx.one(
        "SELECT content, choices, platform, workspace, external_id FROM imports JOIN people ON people.id = person_id"
        " WHERE imports.id = ?",
        import_id,
    )
    if row is None:
        return None
    return Sent(v.person(row), v.unseal_all(row["content"]), v.unseal_all(row["choices"]))


async def choose(tx: Tx, import_id: int, choices: Mapping[str, Any]) -> None:
    """How a file is to be read, anew."""
    await tx.run("UPDATE imports SET choices = ? WHERE id = ?", v.seal_all(choices), import_id)


async def let_go(tx: Tx, import_id: int) -> None:
    """Forget a file."""
    await tx.run("DELETE FROM imports WHERE id = ?", import_id)


async def any_before(tx: Tx, now: datetime, age: timedelta) -> bool:
    """Whether a file waits longer than `age`."""
    return await tx.one("SELECT 1 FROM imports WHERE sent_at < ? LIMIT 1", v.at(now - age)) is not None


async def let_go_before(tx: Tx, now: datetime, age: timedelta) -> None:
    """Forget files that waited longer than `age`."""
    await tx.run("DELETE FROM imports WHERE sent_at < ?", v.at(now - age))


async def origins(tx: Tx, person_id: int) -> tuple[Mapping[datetime | None, int], Mapping[datetime | None, int]]:
    """The numbers of the ideas that a person was given, and of their experiments, by the instant that tells each."""
    ideas = await tx.all(
        "SELECT given_at AS at, max(id) AS id FROM ideas WHERE seeker_id = ? GROUP BY given_at HAVING count(*) = 1",
        person_id,
    )
    experiments = await tx.all(
        "SELECT made_at AS at, max(id) AS id FROM experiments WHERE person_id = ? GROUP BY made_at HAVING count(*) = 1",
        person_id,
    )
    return _by_instant(ideas), _by_instant(experiments)


def _by_instant(rows: list[Row]) -> dict[datetime | None, int]:
    return {v.instant(row["at"]): row["id"] for row in rows}
