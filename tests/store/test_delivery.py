"""Deliveries as rows: owed once, claimed by one, settled for good, revised until they tell the truth."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.delivery import Delivery, Kind, State
from bot.core.people import Person, Post, Space
from bot.store import delivery as rows
from bot.store.db import Database, open_database
from bot.store.people import remember

NOW = datetime(2026, 1, 5, 16, 30, tzinfo=UTC)
MAYA = Person("discord", "", "1")
CHANNEL = Space("discord", "9", "10")
LEASE = timedelta(minutes=1)
STANDING = Post("discord", "", "20", "21")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "cairn.sqlite3")
    async with opened.writing() as tx:
        assert await remember(tx, MAYA, "Maya") == 1
    yield opened
    await opened.close()


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


async def test_the_same_thing_is_owed_once(database: Database) -> None:
    await owe(database)
    async with database.writing() as tx:
        assert await rows.owe(tx, Kind.PROMPT, MAYA, 7, NOW, person_id=1) is None
        assert await rows.owe(tx, Kind.PROMPT, MAYA, 7, NOW, person_id=1, turn=1) is not None
        assert await rows.owe(tx, Kind.PROMPT, CHANNEL, 7, NOW, person_id=1) is not None


def test_an_id_is_the_same_for_the_same_thing_and_for_no_other() -> None:
    thing: dict[str, Any] = {
        "installation": "here", "kind": Kind.PROMPT, "owner": "discord//1/2026-01-01", "about": "checkin/2026-01-05",
        "part": 0, "turn": 0, "to": MAYA, "again": 0,
    }  # fmt: skip
    other: dict[str, Any] = {
        "installation": "there", "kind": Kind.DRAFT, "owner": "discord//1/2026-01-02", "about": "checkin/2026-01-06",
        "part": 1, "turn": 1, "to": Space(*MAYA), "again": 1,
    }  # fmt: skip
    ids = [rows.key_of(**thing), *(rows.key_of(**thing | {name: other[name]}) for name in thing)]
    assert len(set(ids)) == len(ids)
    assert ids[0] == rows.key_of(**thing)
    assert all(len(one) == 20 and int(one, 16) >= 0 for one in ids)


async def test_what_no_longer_stands_is_owed_anew_under_another_id(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await rows.forget_post(tx, key)
        gone = await rows.get(tx, key)
        assert gone
        again = await rows.owe_anew(tx, gone, NOW)
    assert again != key
    assert await rows.get(database.reading, key) is None
    assert (await read(database, again)).state is State.OWED


async def test_what_is_due_comes_in_the_order_in_which_it_was_owed(database: Database) -> None:
    later = await owe(database, minutes=-1, subject=1)
    parts = [await owe(database, kind=Kind.POST, part=part, minutes=-2) for part in range(5)]
    await owe(database, minutes=1, subject=2)
    assert await waiting(database) == [*parts, later]


async def test_of_many_who_claim_at_once_one_gets_it(database: Database) -> None:
    key = await owe(database)

    async def claim() -> bool:
        async with database.writing() as tx:
            return await rows.claim(tx, [key], NOW, LEASE) == {key}

    assert sorted(await asyncio.gather(*(claim() for _ in range(8)))) == [False] * 7 + [True]
    assert await waiting(database) == []


async def test_a_claim_whose_holder_is_gone_comes_back_to_be_looked_for(database: Database) -> None:
    key = await owe(database)
    async with database.writing() as tx:
        await rows.claim(tx, [key], NOW, LEASE)
    assert await waiting(database, NOW + LEASE) == [key]
    back = await read(database, key)
    assert (back.state, back.attempts, back.claimed_at) == (State.SENDING, 0, NOW)


async def test_what_has_ended_stays_ended(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await rows.settle(tx, key, State.DROPPED, NOW)
        await rows.put_off(tx, key, State.OWED, NOW)
        assert not await rows.claim(tx, [key], NOW, LEASE)
    assert (await read(database, key)).state is State.SENT
    assert (await read(database, key)).post == STANDING


async def test_one_that_arrived_although_it_was_given_up_is_known_to_stand(database: Database) -> None:
    key = await owe(database)
    async with database.writing() as tx:
        await rows.settle(tx, key, State.DROPPED, NOW)
    await arrived(database, key)
    assert (await read(database, key)).post == STANDING


async def test_dropping_spares_what_may_be_on_its_way(database: Database) -> None:
    waiting, sending = await owe(database, subject=1), await owe(database, subject=2)
    async with database.writing() as tx:
        await rows.claim(tx, [sending], NOW, LEASE)
        await rows.drop_all(tx, 1, NOW)
    assert (await read(database, waiting)).state is State.DROPPED
    assert (await read(database, sending)).state is State.SENDING


async def test_a_stale_message_is_found_again_by_where_it_stands(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    found = await rows.at_post(database.reading, STANDING.channel, STANDING.id)
    assert found
    assert found.id == key
    assert await rows.at_post(database.reading, STANDING.channel, "other") is None


async def test_what_changed_while_it_was_revised_is_revised_again(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await rows.mark_stale(tx, key, NOW)
    (seen,) = await rows.stale(database.reading, NOW)
    async with database.writing() as tx:
        await rows.mark_stale(tx, key, NOW)
        assert not await rows.revised(tx, key, seen.stale)
    (seen,) = await rows.stale(database.reading, NOW)
    async with database.writing() as tx:
        assert await rows.revised(tx, key, seen.stale)
    assert await rows.stale(database.reading, NOW) == []


async def test_what_changed_on_its_way_is_stale_as_soon_as_it_stands(database: Database) -> None:
    key = await owe(database)
    async with database.writing() as tx:
        await rows.claim(tx, [key], NOW, LEASE)
        await rows.mark_stale(tx, key, NOW + timedelta(hours=1))
    assert await waiting(database) == []
    assert await waiting(database, NOW + LEASE) == [key]
    await arrived(database, key)
    assert [d.id for d in await rows.stale(database.reading, NOW)] == [key]


async def test_a_message_that_no_longer_stands_is_not_revised(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await rows.mark_stale(tx, key, NOW)
        await rows.forget_post(tx, key)
    assert await rows.stale(database.reading, NOW) == []
    assert (await read(database, key)).state is State.SENT
