"""What discord.py repeats, holds back and reads on by itself, against a real connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import discord.gateway
import discord.http
import pytest

from bot import bootstrap
from bot.config import Config
from bot.core.conversations import CaughtUp
from bot.core.delivery import Later, Unknown
from bot.core.people import Person
from bot.core.rhythm import Hello
from cogs import Cairn, _patience
from cogs._breaker import MOST
from cogs._client import READ
from tests.standin import TOKEN, StandIn
from tests.standin.launch import point_at

KEY = "0123456789abcdef0123"
SENDING = "POST .*/messages"


@pytest.fixture
async def there(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    """A Discord whose limits ask for a longer wait than discord.py takes."""
    monkeypatch.setattr(discord.http.Route, "BASE", "")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", None)
    async with StandIn() as standin:
        point_at(standin.url)
        standin.break_with(retry_after=90)
        yield standin


@pytest.fixture
async def bot(there: StandIn, config: Config) -> AsyncIterator[Cairn]:
    """The bot, signed in."""
    async with bootstrap.opened(config) as app, bootstrap.bot_for(app, config) as made:
        await made.sign_in(TOKEN)
        yield made


async def test_a_limit_is_no_proof_where_an_error_came_before_it(bot: Cairn, there: StandIn) -> None:
    owner = Person("discord", "", there.owner["id"])
    there.plan("limited", SENDING)
    assert isinstance(await bot.deliver(KEY, owner, Hello(KEY, "Maya", ())), Later)
    there.plan("error", SENDING)
    there.plan("limited", SENDING)
    assert isinstance(await bot.deliver(KEY, owner, Hello(KEY, "Maya", ())), Unknown)


async def test_a_read_is_one_request_and_tells_where_the_next_begins(bot: Cairn, there: StandIn) -> None:
    owner, channel = Person("discord", "", there.owner["id"]), there.direct(there.owner["id"])["id"]
    written = [there.say(there.owner["id"], str(number), channel)["id"] for number in range(READ + 2)]

    first = await bot.written(owner, channel, written[0])
    assert first
    rest = await bot.written(owner, channel, first.until)

    assert rest
    assert there.asked[f"GET /channels/{channel}/messages", 200] == 2
    assert [one.post.id for one in (*first.said, *rest.said)] == written[1:]
    assert rest.until == ""


async def test_every_refusal_of_discord_is_counted(
    bot: Cairn, there: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    owner = Person("discord", "", there.owner["id"])
    there.break_with(error_status=403)
    there.plan("error", SENDING)
    for _ in range(MOST - 1):
        bot.breaker.count(403)
    assert bot.rests_until is None
    await bot.deliver(KEY, owner, Hello(KEY, "Maya", ()))
    assert bot.rests_until is not None
    caplog.clear()


class Passing(asyncio.Event):
    """What lets requests pass; it tells when it no longer does."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = asyncio.Event()
        self.set()

    def clear(self) -> None:
        super().clear()
        self.stopped.set()


READS: list[Callable[[Cairn, Person, str], Coroutine[Any, Any, object]]] = [
    lambda bot, owner, channel: bot.answer("m1", owner, channel, CaughtUp(4)),
    lambda bot, owner, channel: bot.written(owner, channel, "1"),
]


@pytest.mark.parametrize("asks", READS, ids=["answer", "written"])
async def test_who_is_cancelled_in_a_global_limit_holds_nobody_back_for_ever(
    bot: Cairn,
    there: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    asks: Callable[[Cairn, Person, str], Coroutine[Any, Any, object]],
) -> None:
    monkeypatch.setattr(_patience, "LONGEST_WAIT", 0.0)
    bot.http._global_over = passing = Passing()
    owner, channel = Person("discord", "", there.owner["id"]), there.direct(there.owner["id"])["id"]
    there.break_with(retry_after=20, everywhere=True)
    there.plan("limited", f"/channels/{channel}/messages")
    asking = asyncio.create_task(asks(bot, owner, channel))
    await passing.stopped.wait()
    asking.cancel()
    await asyncio.wait({asking})
    async with asyncio.timeout(10):
        await bot.http.get_channel(int(channel))
