"""A small bot on the simulated Discord, and its page over HTTP."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.core.errors import Told
from bot.practice._simcord import Cast, NoPostYetError, World, open_world, shown
from bot.practice._site import open_site
from tests.practice.browser import Page
from tests.practice.small_bot import SmallBot

CAST = Cast(
    server="Friends",
    channel="friends",
    topic="",
    seeker="Maya",
    friends=("Jonas", "Aisha"),
    zone="Europe/Berlin",
    starts_at=datetime(2026, 11, 22, 16, 20, tzinfo=UTC),
)


class SmallControls:
    """The page's buttons, for the small bot."""

    greeting = "Welcome."
    next_step = "End the week"

    def __init__(self, world: World, bot: SmallBot) -> None:
        self._world = world
        self._bot = bot

    async def ask(self) -> str:
        """Ask the seeker."""
        async with self._world.operation():
            await self._bot.ask()
        return "Asked."

    async def go_on(self) -> str:
        """Move on by an hour."""
        await self._world.move_to(self._world.now() + timedelta(hours=1))
        return "An hour later."

    async def react(self, name: str, emoji: str) -> str:
        """React to the newest post."""
        try:
            await self._world.react(name, emoji)
        except NoPostYetError:
            raise Told("There is nothing to react to yet.") from None
        return ""

    def clock(self) -> str:
        """The simulated time."""
        return f"{self._world.now():%H:%M}"


@pytest.fixture
async def bot() -> SmallBot:
    return SmallBot()


@pytest.fixture
async def world(bot: SmallBot) -> AsyncIterator[World]:
    async with open_world(bot, CAST) as world:
        bot.seeker_id, bot.channel_id = world.seeker.id, world.channel.id
        async with shown(world):
            yield world


@pytest.fixture
async def http(world: World, bot: SmallBot) -> AsyncIterator[aiohttp.ClientSession]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with (
            open_site(world, SmallControls(world, bot), listener) as port,
            aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
        ):
            yield session


@pytest.fixture
async def page(http: aiohttp.ClientSession) -> Page:
    return await Page.load(http)
