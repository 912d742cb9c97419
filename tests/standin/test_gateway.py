"""The gateway as the real client hears it: what is told, cut, resumed and withheld."""

import asyncio
from typing import Any

import discord
import pytest

from tests.standin import TOKEN, StandIn
from tests.standin._client import Client, direct


async def test_an_intent_that_the_application_lacks_closes_the_gateway(pointed: None):
    async with discord.Client(intents=discord.Intents(message_content=True)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(TOKEN)


async def test_what_a_person_writes_edits_and_deletes_in_a_dm_is_heard(bot: Client, there: StandIn):
    heard = asyncio.create_task(bot.until_heard("message"))
    said = there.say(there.owner["id"], "Tired today")
    message = await heard
    assert (message.content, message.author.id) == ("Tired today", int(there.owner["id"]))
    assert isinstance(message.channel, discord.DMChannel)
    edited = asyncio.create_task(bot.until_heard("raw_message_edit"))
    there.reword(said["channel_id"], said["id"], "Tired, but glad")
    assert (await edited).message.content == "Tired, but glad"
    deleted = asyncio.create_task(bot.until_heard("raw_message_delete"))
    there.unsay(said["channel_id"], said["id"])
    assert (await deleted).message_id == int(said["id"])


async def test_a_reply_tells_what_it_replies_to(bot: Client, there: StandIn):
    own = asyncio.create_task(bot.until_heard("message"))
    asked = await (await direct(bot, there)).send("How was today?")
    assert (await own).id == asked.id
    heard = asyncio.create_task(bot.until_heard("message"))
    there.say(there.owner["id"], "Good", reply_to=str(asked.id))
    message = await heard
    assert message.reference.message_id == asked.id
    assert bot.user in message.mentions


async def test_a_gateway_cut_is_resumed_and_misses_nothing(bot: Client, there: StandIn):
    heard = asyncio.create_task(bot.until_heard("message"))
    await there.cut()
    there.say(there.owner["id"], "said meanwhile")
    await there.resumed()
    assert (await heard).content == "said meanwhile"
    assert there.gateway.identified == 1
    again = asyncio.create_task(bot.until_heard("resumed"))
    there.reconnect()
    await again
    assert there.gateway.resumed == 2


async def test_a_session_that_is_not_resumed_hears_nothing_of_what_it_missed(
    bot: Client, there: StandIn, monkeypatch: pytest.MonkeyPatch
):
    async def at_once(shard_id: int | None, *, initial: bool = False) -> None: ...

    monkeypatch.setattr(bot, "before_identify_hook", at_once)
    heard = asyncio.create_task(bot.until_heard("message"))
    await there.cut(resumable=False)
    there.say(there.owner["id"], "said meanwhile")
    await there.ready(times=2)
    there.say(there.owner["id"], "said afterwards")
    assert (await heard).content == "said afterwards"


async def test_events_outside_the_intents_are_not_sent(there: StandIn, pointed: None):
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        heard: list[str] = []
        client.event(_named("on_socket_event_type", heard.append))
        running = asyncio.create_task(client.start(TOKEN))
        await there.ready()
        there.say(there.owner["id"], "not for this one")
        channel = asyncio.create_task(client.wait_for("guild_channel_create"))
        there.add_channel("news")
        await asyncio.wait_for(channel, 10)
    await running
    assert "MESSAGE_CREATE" not in heard


def _named(name: str, take: Any) -> Any:
    async def event(*arguments: Any) -> None:
        take(*arguments)

    event.__name__ = name
    return event
