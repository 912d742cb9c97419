"""Deliveries as rows: owed once, claimed by one, settled for good."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.core.delivery import Kind, State
from bot.core.people import Space
from bot.store import delivery as rows
from bot.store import standing
from bot.store.db import Database
from tests.store._owed import LEASE, MAYA, NOW, STANDING, arrived, owe, read, waiting

CHANNEL = Space("discord", "9", "10")
pytestmark = pytest.mark.usefixtures("met")


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
        await standing.forget_post(tx, key)
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
