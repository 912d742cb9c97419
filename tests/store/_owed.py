"""Deliveries to Maya that a test owes, claims and lets arrive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.core.delivery import Delivery, Kind, State
from bot.core.people import Person, Post
from bot.store import delivery as rows
from bot.store.db import Database

NOW = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)
MAYA = Person("discord", "", "7")
LEASE = timedelta(minutes=1)
STANDING = Post("discord", "", "20", "21")


async def owe(
    database: Database, *, minutes: int = 0, kind: Kind = Kind.PROMPT, subject: int = 7, part: int = 0
) -> str:
    async with database.writing() as tx:
        due_at = NOW + timedelta(minutes=minutes)
        key = await rows.owe(tx, kind, MAYA, subject, due_at, person_id=1, part=part)
    assert key
    return key


async def read(database: Database, key: str) -> Delivery:
    found = await rows.get(database.reading, key)
    assert found
    return found


async def waiting(database: Database, now: datetime = NOW) -> list[str]:
    return [delivery_id for delivery_id, _ in await rows.waiting(database.reading, now)]


async def arrived(database: Database, key: str) -> None:
    async with database.writing() as tx:
        await rows.settle(tx, key, State.SENT, NOW, post=STANDING)
