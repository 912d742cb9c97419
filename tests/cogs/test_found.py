"""Finding a message again, whatever the clock says; and a conversation that is another by now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import Kind, Sent, Unreachable
from bot.core.people import Person
from bot.core.rhythm import Hello
from cogs import _client
from tests.cogs._scenes import deliveries
from tests.cogs.conftest import World, words_of

KEY = "0123456789abcdef0123"


def maya(world: World) -> Person:
    return Person("discord", "", str(world.maya.id))


async def sent(world: World, key: str = KEY) -> Sent:
    outcome = await world.bot.deliver(key, maya(world), Hello(key, "Maya", ()))
    assert isinstance(outcome, Sent)
    return outcome


async def test_a_message_is_found_among_the_newest_although_our_clock_says_that_it_is_too_old(world: World) -> None:
    post = (await sent(world)).post
    assert await world.bot.find(KEY, maya(world), world.now + timedelta(days=400)) == post


async def test_beyond_the_newest_it_is_looked_for_as_far_back_as_it_can_be(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_client, "NEWEST", 3)
    post, began = (await sent(world)).post, world.now
    for number in range(5):
        await world.env.advance_time(60)
        await sent(world, f"{number:020}")
    assert await world.bot.find(KEY, maya(world), began - timedelta(seconds=1)) == post
    assert await world.bot.find(KEY, maya(world), began + timedelta(seconds=90)) is None


async def test_a_known_conversation_is_not_opened_again(world: World) -> None:
    post = (await sent(world)).post
    assert post
    opened = _opened(world)
    again = await world.bot.deliver("1" * 20, maya(world), Hello("1" * 20, "Ida", ()), post.channel)
    assert isinstance(again, Sent)
    assert await world.bot.find("1" * 20, maya(world), world.now, post.channel) == again.post
    assert "Hello Ida" in words_of(world.dm)
    assert _opened(world) == opened


async def test_a_conversation_that_discord_no_longer_knows_is_opened_anew(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=404, code=10003)
    outcome = await world.bot.deliver(KEY, maya(world), Hello(KEY, "Maya", ()), "4711")
    assert isinstance(outcome, Sent)
    assert outcome.post
    assert outcome.post.channel == str(world.dm.channel.id)


async def test_a_channel_that_is_gone_is_unreachable_for_a_person_whose_conversation_was_just_opened(
    world: World,
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=404, code=10003)
    assert isinstance(await world.bot.deliver(KEY, maya(world), Hello(KEY, "Maya", ())), Unreachable)


async def test_where_a_person_was_written_to_is_remembered(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    opened = _opened(world)
    await world.until(5, 17, 30)
    assert len(await deliveries(world, Kind.PROMPT)) == 2
    assert _opened(world) == opened


def _opened(world: World) -> int:
    return sum(request.path.endswith("/users/@me/channels") for request in world.env.http_requests)
