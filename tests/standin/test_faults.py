"""The faults of the stand-in as the real client meets them."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from tests.standin import StandIn
from tests.standin._client import Client, direct


async def test_an_error_is_told_and_nothing_is_posted(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.break_with(error_share=1.0, error_status=503, on="POST")
    with pytest.raises(discord.DiscordServerError):
        await channel.send("Hello")
    assert [one async for one in channel.history()] == []
    there.break_with()
    await channel.send("Hello")


async def test_an_answer_can_be_lost_after_the_message_was_accepted(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.plan("lost", on="POST .*/messages")
    with pytest.raises(aiohttp.ClientConnectionError):
        await channel.send("Hello", nonce="d1")
    assert len(there.messages()) == 1
    assert (await channel.send("Hello", nonce="d1")).id == int(there.messages()[0]["id"])
    assert len(there.messages()) == 1


async def test_a_connection_can_drop_before_anything_was_accepted(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.plan("dropped", times=2)
    for _ in range(2):
        with pytest.raises(aiohttp.ClientConnectionError):
            await channel.send("Hello")
    assert there.messages() == []
    await channel.send("Hello")


async def test_an_answer_can_never_come(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.plan("hang")
    sending = asyncio.create_task(channel.send("Hello"))
    await there.until(lambda standin: standin.messages())
    assert not sending.done()
    sending.cancel()


async def test_a_limited_request_is_tried_again_by_the_client(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.break_with(retry_after=0.001)
    there.plan("limited")
    await channel.send("Hello")
    assert len(there.messages()) == 1


async def test_faults_by_chance_come_in_their_share_and_the_same_each_time(there: StandIn):
    def drawn() -> list[str | None]:
        there.break_with(error_share=0.05, lost_share=0.05, seed=7)
        return [there.faults.draw("POST /channels/1/messages") for _ in range(2000)]

    first = drawn()
    assert first == drawn()
    assert 60 < first.count("error") < 140
    assert 60 < first.count("lost") < 140
    assert first.count(None) == 2000 - first.count("error") - first.count("lost")
    unknown: Any = "gone"
    with pytest.raises(ValueError, match="none of"):
        there.plan(unknown)


async def test_an_outage_refuses_everything_until_it_ends(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    await there.outage("unavailable")
    with pytest.raises(discord.DiscordServerError):
        await channel.send("Hello")
    await there.outage("unreachable")
    with pytest.raises(aiohttp.ClientConnectionError):
        await channel.send("Hello")
    assert there.messages() == []
    await there.outage()
    await channel.send("Hello")
    assert len(there.messages()) == 1


async def test_closed_dms_and_lost_channels_refuse_by_their_code(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.refuse(str(channel.id), 50007)
    with pytest.raises(discord.Forbidden) as closed:
        await channel.send("Hello")
    assert closed.value.code == 50007
    there.refuse(str(channel.id))
    await channel.send("Hello")
    there.refuse(there.owner["id"], 40003)
    with pytest.raises(discord.Forbidden, match="too fast"):
        await bot.http.start_private_message(int(there.owner["id"]))


async def test_latency_delays_the_answer_and_not_the_acceptance_of_others(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    there.break_with(latency=0.02)
    sent = await asyncio.gather(*(channel.send(str(number)) for number in range(5)))
    assert len({one.id for one in sent}) == len(there.messages()) == 5
