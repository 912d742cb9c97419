"""A row of `deliveries` as what it means."""

from __future__ import annotations

from bot.core.delivery import Delivery, Kind, State
from bot.core.people import Person, Post, Space
from bot.store import _values as v
from bot.store.db import Row


def place(row: Row) -> Person | Space:
    """Where a delivery goes."""
    sort = Person if row["to_kind"] == "person" else Space
    return sort(row["to_platform"], row["to_workspace"], row["to_id"])


def delivery(row: Row) -> Delivery:
    """The delivery, and where it stands if it does."""
    post = None
    if row["post_id"] is not None:
        post = Post(row["to_platform"], row["post_workspace"], row["post_channel"], row["post_id"])
    return Delivery(
        id=row["id"],
        kind=Kind(row["kind"]),
        to=place(row),
        person_id=row["person_id"] or 0,
        subject=row["subject"],
        part=row["part"],
        turn=row["turn"],
        due_at=v.instant(row["due_at"]),
        expires_at=v.maybe_instant(row["expires_at"]),
        try_at=v.instant(row["try_at"]),
        state=State(row["state"]),
        attempts=row["attempts"],
        claimed_at=v.maybe_instant(row["claimed_at"]),
        post=post,
        stale=row["stale"],
    )
