"""The HTTP API as the real client uses it: people, messages, nonces, reactions, limits."""

import asyncio
from io import BytesIO
from typing import Any

import aiohttp
import discord
import pytest

from tests.standin import TOKEN, StandIn
from tests.standin._client import INTENTS, Card, Client, direct, post


async def test_a_client_becomes_ready_and_knows_its_guild(bot: Client, there: StandIn):
    guild = bot.get_guild(int(there.guild["id"]))
    assert guild is not None
    assert [channel.name for channel in guild.text_channels] == ["maya-and-friends"]
    assert guild.text_channels[0].permissions_for(guild.me).send_messages
    assert bot.application_id == int(there.world.application_id)
    assert bot.latency < 10


async def test_a_guild_and_its_members_can_be_fetched(bot: Client, there: StandIn):
    friend = there.add_user("Jonas")
    assert [one.name async for one in bot.fetch_guilds()] == ["Friends"]
    guild = await bot.fetch_guild(int(there.guild["id"]))
    assert (await guild.fetch_member(int(friend["id"]))).name == "jonas"
    listed = await bot.http.get_members(guild.id, 1000, None)
    assert [one["user"]["username"] for one in listed] == ["cairn", "maya", "jonas"]
    assert [one.name for one in await guild.fetch_channels()] == ["maya-and-friends"]
    assert (await bot.fetch_channel(int(there.channel["id"]))).id == int(there.channel["id"])
    with pytest.raises(discord.NotFound, match="Unknown Member"):
        await guild.fetch_member(1)
    with pytest.raises(discord.NotFound, match="Unknown Guild"):
        await bot.fetch_guild(1)


async def test_a_wrong_token_is_refused(there: StandIn, pointed: None):
    async with discord.Client(intents=INTENTS) as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("wrong")
    assert there.gateway.identified == 0


async def test_commands_are_synced_and_listed(bot: Client):
    names = [command.name for command in await bot.tree.fetch_commands()]
    assert names == ["think", "choose", "circle"]


async def test_a_dm_is_opened_once_sent_edited_and_deleted(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    assert (await direct(bot, there)).id == channel.id
    sent = await channel.send("How was today?")
    edited = await sent.edit(content="How was your day?")
    assert edited.edited_at is not None
    assert [one["content"] for one in there.messages()] == ["How was your day?"]
    assert (await channel.fetch_message(sent.id)).content == "How was your day?"
    await sent.delete()
    assert there.messages() == []
    with pytest.raises(discord.NotFound, match="Unknown Message"):
        await channel.fetch_message(sent.id)


async def test_a_user_who_does_not_exist_has_no_dm(bot: Client):
    with pytest.raises(discord.NotFound, match="Unknown User"):
        await bot.fetch_user(1)
    with pytest.raises(discord.NotFound, match="Unknown User"):
        await bot.http.start_private_message(1)


async def test_history_is_read_in_pages_both_ways(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    sent = [there.say(there.owner["id"], f"line {number}") for number in range(230)]
    newest = [one.id async for one in channel.history(limit=None)]
    assert newest == [int(one["id"]) for one in reversed(sent)]
    after = [one.id async for one in channel.history(limit=None, after=discord.Object(int(sent[9]["id"])))]
    assert after == [int(one["id"]) for one in sent[10:]]
    around = [one.id async for one in channel.history(limit=3, around=discord.Object(int(sent[50]["id"])))]
    assert sorted(around) == [int(one["id"]) for one in sent[49:52]]


async def test_a_card_with_a_picture_is_echoed_and_its_file_read_back(bot: Client, there: StandIn):
    channel = bot.get_channel(int(there.channel["id"]))
    assert isinstance(channel, discord.TextChannel)
    picture = discord.File(BytesIO(b"png"), "card.png", description="Five stones")
    sent = await channel.send(view=Card(), file=picture)
    assert sent.flags.components_v2
    assert await sent.attachments[0].read() == b"png"
    assert sent.attachments[0].description == "Five stones"
    found = await anext(channel.history())
    box = found.components[0]
    assert isinstance(box, discord.components.Container)
    gallery = box.children[1]
    assert isinstance(gallery, discord.components.MediaGalleryComponent)
    assert gallery.items[0].media.url == sent.attachments[0].url
    assert [one["custom_id"] for one in there.messages()[0]["components"][0]["components"][2]["components"]] == [
        "say:1"
    ]


async def test_an_edit_keeps_the_files_it_names_and_drops_the_others(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    files = [discord.File(BytesIO(name.encode()), name) for name in ("a.txt", "b.txt")]
    sent = await channel.send("two", files=files)
    new = discord.File(BytesIO(b"c"), "c.txt")
    edited = await sent.edit(attachments=[sent.attachments[1], new])
    assert [one.filename for one in edited.attachments] == ["b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("empty message", {"content": ""}),
        ("content is too long", {"content": "a" * 2001}),
        ("nonce is too long", {"content": "a", "nonce": "n" * 26}),
        ("not unique", {"components": [{"type": 2, "custom_id": "x"}, {"type": 2, "custom_id": "x"}]}),
        ("custom id is too long", {"components": [{"type": 2, "custom_id": "x" * 101}]}),
        ("Components V2", {"content": "a", "flags": 1 << 15, "components": [{"type": 10, "content": "a"}]}),
    ],
)
async def test_what_discord_refuses_is_refused(bot: Client, there: StandIn, words: str, body: dict[str, Any]):
    with pytest.raises(discord.HTTPException, match=words):
        await post(bot, there.channel["id"], body)
    assert there.messages() == []


async def test_a_nonce_sent_twice_posts_once(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    first = await channel.send("Hello", nonce="d1")
    again = await channel.send("Hello", nonce="d1")
    other = await channel.send("Hello", nonce="d2")
    assert (again.id, again.nonce) == (first.id, "d1")
    assert [one["id"] for one in there.messages()] == [str(first.id), str(other.id)]
    elsewhere = bot.get_channel(int(there.channel["id"]))
    assert isinstance(elsewhere, discord.TextChannel)
    assert (await elsewhere.send("Hello", nonce="d1")).id != first.id


async def test_a_nonce_is_forgotten_after_its_window(bot: Client, there: StandIn):
    there.world.nonce_seconds = 0.0
    channel = await direct(bot, there)
    await channel.send("Hello", nonce="d1")
    await channel.send("Hello", nonce="d1")
    assert len(there.messages()) == 2


async def test_a_nonce_whose_message_was_deleted_says_so(bot: Client, there: StandIn):
    channel = await direct(bot, there)
    await (await channel.send("Hello", nonce="d1")).delete()
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("Hello", nonce="d1")
    assert refused.value.code == 10008


async def test_a_nonce_without_enforcement_is_only_echoed(bot: Client, there: StandIn):
    for _ in range(2):
        sent = await post(bot, there.channel["id"], {"content": "Hello", "nonce": "d1"})
        assert sent["nonce"] == "d1"
    assert [one.get("nonce") for one in there.messages()] == [None, None]


async def test_reactions_are_heard_counted_and_read(bot: Client, there: StandIn):
    channel = bot.get_channel(int(there.channel["id"]))
    assert isinstance(channel, discord.TextChannel)
    friends = [there.add_user(name)["id"] for name in ("Jonas", "Aisha")]
    sent = await channel.send("The week")
    heard = asyncio.create_task(bot.until_heard("raw_reaction_add"))
    await sent.add_reaction("🌱")
    assert (await heard).user_id == int(there.world.bot["id"])
    for friend in friends:
        there.react(friend, there.channel["id"], str(sent.id), "🌱")
    there.react(friends[0], there.channel["id"], str(sent.id), "🌱")
    reaction = (await channel.fetch_message(sent.id)).reactions[0]
    assert (str(reaction.emoji), reaction.count, reaction.me) == ("🌱", 3, True)
    assert {one.name async for one in reaction.users()} == {"cairn", "jonas", "aisha"}
    gone = asyncio.create_task(bot.until_heard("raw_reaction_remove"))
    there.unreact(friends[1], there.channel["id"], str(sent.id), "🌱")
    assert (await gone).user_id == int(friends[1])
    await sent.remove_reaction("🌱", discord.Object(int(there.world.bot["id"])))
    assert [one.name async for one in reaction.users()] == ["jonas"]


async def test_words_in_a_server_are_withheld_unless_they_concern_the_bot(bot: Client, there: StandIn):
    channel = bot.get_channel(int(there.channel["id"]))
    assert isinstance(channel, discord.TextChannel)
    me = there.world.bot["id"]
    for text in ("Only for friends", f"<@{me}> hello"):
        there.say(there.owner["id"], text, there.channel["id"])
    assert [one.content async for one in channel.history()] == [f"<@{me}> hello", ""]
    there.world.message_content = True
    assert [one.content async for one in channel.history(oldest_first=True, limit=1)] == ["Only for friends"]


async def test_mentions_obey_what_the_bot_allows(bot: Client, there: StandIn):
    channel = bot.get_channel(int(there.channel["id"]))
    assert isinstance(channel, discord.TextChannel)
    text = f"<@{there.owner['id']}>"
    loud = await channel.send(text)
    quiet = await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
    assert [one.id for one in loud.mentions] == [int(there.owner["id"])]
    assert quiet.mentions == []


async def test_too_many_requests_are_limited_by_route_and_in_all(there: StandIn):
    there.limit(per_route=2, route_seconds=60.0)
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(there.url, headers=headers) as session:
        answers = [await session.get("/api/v10/users/@me") for _ in range(3)]
        assert [one.status for one in answers] == [200, 200, 429]
        assert [one.headers["X-RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
        assert (await answers[2].json())["retry_after"] > 1
        assert (await session.get("/api/v10/gateway")).status == 200
        there.limit(per_second=0)
        limited = await session.get("/api/v10/gateway")
        assert (limited.status, (await limited.json())["global"]) == (429, True)
    assert {"method": "GET", "route": "/users/@me", "status": 429, "times": 1} in there.answers()


async def test_unknown_routes_and_files_are_not_found(there: StandIn):
    async with aiohttp.ClientSession(there.url, headers={"Authorization": f"Bot {TOKEN}"}) as session:
        assert (await session.get("/api/v10/stickers/1")).status == 404
        assert (await session.get("/attachments/1/2/a.png")).status == 404
