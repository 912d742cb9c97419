"""A stand-in, and the real client connected to it."""

import asyncio
from collections.abc import AsyncIterator

import discord.gateway
import discord.http
import pytest

from tests.standin import TOKEN, StandIn
from tests.standin._client import Client
from tests.standin.launch import point_at


@pytest.fixture
async def there() -> AsyncIterator[StandIn]:
    async with StandIn() as standin:
        yield standin


@pytest.fixture
def pointed(there: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", None)
    point_at(there.url)


@pytest.fixture
async def bot(there: StandIn, pointed: None) -> AsyncIterator[Client]:
    async with Client() as client:
        known = asyncio.create_task(client.until_heard("guild_available"))
        running = asyncio.create_task(client.start(TOKEN))
        await known
        yield client
    await running
