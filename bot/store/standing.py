"""Messages that stand: which delivery each is, which are to be revised or taken down, and which stay as they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.core.delivery import LEFT_AFTER_TRIES, Delivery, Kind
from bot.core.people import Person, Space
from bot.store import _deliveries
from bot.store import _values as v
from bot.store.db import Tx


async def at_post(tx: Tx, channel: str, message: str) -> Delivery | None:
    """The delivery that stands as a message on the platform, or None."""
    row = await tx.one("SELECT * FROM deliveries WHERE post_channel = ? AND post_id = ?", channel, message)
    return None if row is None else _deliveries.delivery(row)


async def posts_of(tx: Tx, person_id: int) -> list[Delivery]:
    """A seeker's weekly posts that stand in a channel, or may by now."""
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE person_id = ? AND kind = 'post'"
        " AND (post_id IS NOT NULL OR state IN ('sending', 'unknown'))",
        person_id,
    )
    return [_deliveries.delivery(row) for row in rows]


async def lines_of(tx: Tx, person_id: int) -> list[Delivery]:
    """The lines that stand in circles of somebody's closed direct messages."""
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE person_id = ? AND kind = 'unreached' AND post_id IS NOT NULL", person_id
    )
    return [_deliveries.delivery(row) for row in rows]


async def stale(tx: Tx, now: datetime, limit: int = 100) -> list[Delivery]:
    """Deliveries whose message is to be revised or taken down."""
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE stale > 0 AND post_id IS NOT NULL AND try_at <= ? ORDER BY try_at LIMIT ?",
        v.at(now), limit,
    )  # fmt: skip
    return [_deliveries.delivery(row) for row in rows]


async def mark(tx: Tx, delivery_id: str, now: datetime) -> None:
    """What stands, or is on its way, no longer says what the database says; it is revised from `now` on."""
    await tx.run(
        "UPDATE deliveries SET stale = stale + 1, try_at = CASE WHEN post_id IS NULL THEN try_at ELSE ? END"
        " WHERE id = ?",
        v.at(now), delivery_id,
    )  # fmt: skip


async def mark_about(tx: Tx, kinds: Collection[Kind], subject: int, now: datetime) -> list[str]:
    """All of some kinds that stands about a subject, or is on its way, is to be revised; their ids.

    Where these are a week's posts, the joint posts that tell it and what invites to them are marked as well.
    """
    rows = await tx.all(
        f"SELECT id FROM deliveries WHERE kind IN ({v.marks(kinds)}) AND subject = ?"
        " AND (post_id IS NOT NULL OR state IN ('sending', 'unknown')) ORDER BY turn, part",
        *kinds, subject,
    )  # fmt: skip
    if Kind.POST in kinds:
        rows += await tx.all(
            "SELECT deliveries.id FROM sections CROSS JOIN deliveries ON subject = council_id"
            " AND kind IN ('council', 'invitation') WHERE week_id = ?"
            " AND (post_id IS NOT NULL OR state IN ('sending', 'unknown')) ORDER BY kind, deliveries.turn",
            subject,
        )
    for row in rows:
        await mark(tx, row["id"], now)
    return [row["id"] for row in rows]


async def end_posts(tx: Tx, week_id: int, turn: int, now: datetime) -> None:
    """Nothing is left to say in the channel of a posted week: its post is not sent any more, and comes down."""
    await tx.run(
        "UPDATE deliveries SET state = 'dropped', settled_at = ?1, stale = stale + 1, try_at = ?1"
        " WHERE kind = 'post' AND subject = ?2 AND turn = ?3 AND state IN ('owed', 'sent', 'late')",
        v.at(now), week_id, turn,
    )  # fmt: skip


async def revised(tx: Tx, delivery_id: str, stale: int) -> bool:
    """The message says what the database said at that count of `stale`; false where it changed meanwhile."""
    changed = await tx.run(
        "UPDATE deliveries SET stale = 0, stuck_at = NULL, why = iif(stuck_at IS NULL, why, '')"
        " WHERE id = ? AND stale = ?",
        delivery_id,
        stale,
    )
    return changed == 1


async def stuck_since(tx: Tx, delivery_id: str, now: datetime) -> datetime:
    """A message could not be revised or taken down: since when that is so, whatever a wrong clock said meanwhile."""
    row = await tx.one(
        "UPDATE deliveries SET stuck_at = min(coalesce(stuck_at, ?1), ?1) WHERE id = ?2 RETURNING stuck_at",
        v.at(now), delivery_id,
    )  # fmt: skip
    return v.instant(row["stuck_at"]) if row else now


async def leave(tx: Tx, delivery_id: str, stale: int, why: str) -> bool:
    """The message stays as it stands, and its row says why; false where something changed meanwhile."""
    changed = await tx.run(
        "UPDATE deliveries SET stale = 0, why = ? WHERE id = ? AND stale = ?", why, delivery_id, stale
    )
    return changed == 1


async def any_left(tx: Tx) -> bool:
    """Whether any message was left as it stands."""
    row = await tx.one("SELECT 1 FROM deliveries WHERE stuck_at IS NOT NULL AND stale = 0 AND to_id > '' LIMIT 1")
    return row is not None


async def take_up(tx: Tx, to: Person | Space, now: datetime) -> None:
    """A message arrived in a place: what was left as it stood there is tried once more."""
    await tx.run(
        "UPDATE deliveries SET stale = ?, why = '', try_at = ? WHERE stuck_at IS NOT NULL AND stale = 0"
        " AND post_id IS NOT NULL AND to_platform = ? AND to_workspace = ? AND to_id = ?",
        LEFT_AFTER_TRIES, v.at(now), *to,
    )  # fmt: skip


async def forget_post(tx: Tx, delivery_id: str) -> None:
    """The message no longer stands on the platform."""
    await tx.run(
        "UPDATE deliveries SET stale = 0, stuck_at = NULL, post_workspace = NULL, post_channel = NULL, post_id = NULL"
        " WHERE id = ?",
        delivery_id,
    )
