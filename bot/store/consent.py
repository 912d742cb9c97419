"""What friends said to being written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.consent import Consent
from bot.core.delivery import TO_FRIENDS
from bot.store import _values as v
from bot.store.db import Tx

_KINDS = ", ".join(f"'{kind}'" for kind in TO_FRIENDS)


class Said(NamedTuple):
    """What a friend said last, and how often they accepted messages before that."""

    consent: Consent = Consent.NEVER
    turn: int = 0


async def get(tx: Tx, person_id: int) -> Said:
    """What a friend said last."""
    row = await tx.one("SELECT standing, turn FROM consents WHERE person_id = ?", person_id)
    return Said() if row is None else Said(Consent(row["standing"]), row["turn"])


async def give(tx: Tx, person_id: int, now: datetime) -> int | None:
    """A friend accepts messages: the turn of their greeting; None where they had accepted them already."""
    row = await tx.one(
        "INSERT INTO consents (person_id, standing, changed_at) VALUES (?1, 'given', ?2)"
        " ON CONFLICT (person_id) DO UPDATE SET standing = 'given', changed_at = ?2, turn = turn + 1"
        " WHERE standing <> 'given' RETURNING turn",
        person_id, v.at(now),
    )  # fmt: skip
    return None if row is None else int(row["turn"])


async def end(tx: Tx, person_id: int, consent: Consent, now: datetime) -> bool:
    """A friend ends messages, or cannot be reached; false where that is known. What they ended stays ended."""
    changed = await tx.run(
        "INSERT INTO consents (person_id, standing, changed_at) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (person_id) DO UPDATE SET standing = ?2, changed_at = ?3"
        " WHERE standing NOT IN (?2, 'quiet')",
        person_id, consent, v.at(now),
    )  # fmt: skip
    return changed == 1


async def release(tx: Tx, person_id: int, now: datetime) -> None:
    """What waited for a friend to accept messages is tried now."""
    await tx.run(
        f"UPDATE deliveries SET try_at = ? WHERE person_id = ? AND kind IN ({_KINDS}) AND to_kind = 'person'"
        " AND state = 'owed'",
        v.at(now), person_id,
    )  # fmt: skip


async def owed(tx: Tx, person_id: int) -> Sequence[str]:
    """What is owed to a friend by direct message, as deliveries."""
    rows = await tx.all(
        f"SELECT id FROM deliveries WHERE person_id = ? AND kind IN ({_KINDS}) AND to_kind = 'person'"
        " AND state = 'owed' ORDER BY due_at, id",
        person_id,
    )
    return [row["id"] for row in rows]
