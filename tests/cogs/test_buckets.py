"""discord.py's rate limits of idle conversations: forgotten once a minute, not looked through at each new one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
from discord.http import HTTPClient

from cogs._buckets import SWEPT_EVERY, sweep_seldom

MANY = 300  # discord.py keeps fewer than 256 for ever


class Conversations:
    """A client's conversations, on a clock that is moved by hand."""

    def __init__(self, http: HTTPClient) -> None:
        self.now = 0.0
        self._http = http

    def come(self, first: int, last: int) -> None:
        """So many are written to, and stay idle from then on."""
        for number in range(first, last):
            self._http.get_ratelimit(f"channel {number}")._last_request = float("-inf")

    @property
    def known(self) -> int:
        return len(self._http._buckets)


@pytest.fixture
async def conversations() -> AsyncIterator[Conversations]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        there = Conversations(client.http)
        sweep_seldom(client, lambda: there.now)
        yield there


async def test_a_new_conversation_looks_through_no_other(conversations: Conversations) -> None:
    conversations.come(0, MANY)
    assert conversations.known == MANY


async def test_idle_ones_are_forgotten_once_a_minute(conversations: Conversations) -> None:
    conversations.come(0, MANY)
    conversations.now += SWEPT_EVERY
    conversations.come(MANY, MANY + 1)
    assert conversations.known == 1
    conversations.come(MANY + 1, 2 * MANY)
    assert conversations.known == MANY
