"""Introductions: which messages about them are owed to whom."""

from __future__ import annotations

from bot.store.db import Tx


async def told_to(tx: Tx, friend_id: int) -> list[int]:
    """The offers about which a friend was written to, or is to be, by number."""
    rows = await tx.all("SELECT subject FROM deliveries WHERE person_id = ? AND kind = 'introduction'", friend_id)
    return sorted({row["subject"] for row in rows})


async def wanted_by(tx: Tx, seeker_id: int) -> list[int]:
    """The offers to a seeker, by number."""
    rows = await tx.all("SELECT id FROM ideas WHERE seeker_id = ? AND sort = 'offer'", seeker_id)
    return [row["id"] for row in rows]
