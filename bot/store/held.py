"""Words that wait for a decision: of a form that was refused, or of a message that nobody asked for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.journal import Held
from bot.core.people import Person
from bot.store import _values as v
from bot.store.db import Row, Tx


async def keep(tx: Tx, person_id: int, purpose: str, ref: str, words: Mapping[str, str], now: datetime) -> Held:
    """Keep words until their person decides; they take the place of earlier ones about the same."""
    await let_go_about(tx, person_id, ref)
    held = Held(secrets.token_hex(8), person_id, purpose, ref, dict(words))
    await tx.run(
        "INSERT INTO held (id, person_id, purpose, ref, words, held_at) VALUES (?, ?, ?, ?, ?, ?)",
        held.id, person_id, purpose, ref, v.seal_all(words), v.at(now),
    )  # fmt: skip
    return held


async def get(tx: Tx, held_id: str) -> tuple[Person, Held] | None:
    """The words that wait under an id and whose they are, or None."""
    row = await tx.one(
        "SELECT held.*, platform, workspace, external_id FROM held JOIN people ON people.id = person_id"
        " WHERE held.id = ?",
        held_id,
    )
    return None if row is None else (v.person(row), _held(row))


async def about(tx: Tx, ref: str) -> Held | None:
    """The words that wait about one message or form, or None."""
    row = await tx.one("SELECT * FROM held WHERE ref = ?", ref)
    return None if row is None else _held(row)


async def let_go_about(tx: Tx, person_id: int, ref: str) -> None:
    """Forget the words that wait about one message or form."""
    await tx.run("DELETE FROM held WHERE person_id = ? AND ref = ?", person_id, ref)


async def let_go_forms(tx: Tx, person_id: int, ref: str) -> None:
    """Forget the words that wait of forms about one thing, whatever else each form carries behind a dot."""
    await tx.run(
        "DELETE FROM held WHERE person_id = ?1 AND (ref = ?2 OR substr(ref, 1, length(?2) + 1) = ?2 || '.')",
        person_id, ref,
    )  # fmt: skip


async def rewrite(tx: Tx, held_id: str, words: Mapping[str, str]) -> None:
    """The waiting words were edited where they stand."""
    await tx.run("UPDATE held SET words = ? WHERE id = ?", v.seal_all(words), held_id)


async def asked_about(tx: Tx, held_id: str, now: datetime) -> None:
    """The person was asked what shall become of words that wait."""
    await tx.run("UPDATE held SET asked_at = ? WHERE id = ?", v.at(now), held_id)


async def unasked(tx: Tx, person_id: int, before: datetime) -> list[Held]:
    """The waiting messages that somebody was to be asked about before an instant."""
    rows = await tx.all(
        "SELECT * FROM held WHERE person_id = ? AND held_at < ? AND asked_at IS NULL"
        " AND purpose NOT IN ('form', 'log', 'board') ORDER BY held_at, rowid",
        person_id, v.at(before),
    )  # fmt: skip
    return [_held(row) for row in rows]


async def let_go(tx: Tx, held_id: str) -> bool:
    """Forget waiting words; false where they were gone already."""
    return await tx.run("DELETE FROM held WHERE id = ?", held_id) == 1


async def any_before(tx: Tx, now: datetime, age: timedelta) -> bool:
    """Whether words wait longer than `age`."""
    return await tx.one("SELECT 1 FROM held WHERE held_at < ? LIMIT 1", v.at(now - age)) is not None


async def let_go_before(tx: Tx, now: datetime, age: timedelta) -> None:
    """Forget words that waited longer than `age`."""
    await tx.run("DELETE FROM held WHERE held_at < ?", v.at(now - age))


def _held(row: Row) -> Held:
    return Held(row["id"], row["person_id"], row["purpose"], row["ref"], v.unseal_all(row["words"]))
