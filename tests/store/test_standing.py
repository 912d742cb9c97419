"""Messages that stand: found again by where they stand, revised until they tell the truth."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import State
from bot.store import delivery as rows
from bot.store import standing
from bot.store.db import Database
from tests.store._owed import LEASE, NOW, STANDING, arrived, owe, read, waiting

pytestmark = pytest.mark.usefixtures("met")


async def test_a_stale_message_is_found_again_by_where_it_stands(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    found = await standing.at_post(database.reading, STANDING.channel, STANDING.id)
    assert found
    assert found.id == key
    assert await standing.at_post(database.reading, STANDING.channel, "other") is None


async def test_what_changed_while_it_was_revised_is_revised_again(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await standing.mark(tx, key, NOW)
    (seen,) = await standing.stale(database.reading, NOW)
    async with database.writing() as tx:
        await standing.mark(tx, key, NOW)
        assert not await standing.revised(tx, key, seen.stale)
    (seen,) = await standing.stale(database.reading, NOW)
    async with database.writing() as tx:
        assert await standing.revised(tx, key, seen.stale)
    assert await standing.stale(database.reading, NOW) == []


async def test_what_changed_on_its_way_is_stale_as_soon_as_it_stands(database: Database) -> None:
    key = await owe(database)
    async with database.writing() as tx:
        await rows.claim(tx, [key], NOW, LEASE)
        await standing.mark(tx, key, NOW + timedelta(hours=1))
    assert await waiting(database) == []
    assert await waiting(database, NOW + LEASE) == [key]
    await arrived(database, key)
    assert [d.id for d in await standing.stale(database.reading, NOW)] == [key]


async def test_a_message_that_no_longer_stands_is_not_revised(database: Database) -> None:
    key = await owe(database)
    await arrived(database, key)
    async with database.writing() as tx:
        await standing.mark(tx, key, NOW)
        await standing.forget_post(tx, key)
    assert await standing.stale(database.reading, NOW) == []
    assert (await read(database, key)).state is State.SENT
