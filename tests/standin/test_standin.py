"""The real discord.py client against the stand-in, and the stand-in's faults as that client meets them."""

import asyncio
import os
import platform
import sys
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import discord
import discord.gateway
import discord.http
import pytest
from discord import app_commands
from discord.ext import commands

from tests.standin import TOKEN, StandIn
from tests.standin.launch import point_at

ROOT = Path(__file__).parents[2]
BARE = ROOT / "tests" / "benchmarks" / "_bare.py"
INTENTS = discord.Intents(guilds=True, messages=True, reactions=True)


class Name(discord.ui.Modal, title="Your name"):
    """A modal of a text and a select."""

    name = discord.ui.Label(text="Name", component=discord.ui.TextInput(custom_id="name"))
    mood = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            custom_id="mood", options=[discord.SelectOption(label="Well", value="4")], required=False
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        name, mood = self.name.component, self.mood.component
        assert isinstance(name, discord.ui.TextInput)
        assert isinstance(mood, discord.ui.Select)
        await interaction.response.send_message(f"{name.value} {mood.values}")


class Choice(discord.ui.View):
    """Buttons that change their message, and one that opens the modal."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Done", custom_id="done")
    async def done(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.edit_message(content="It is done.", view=None)

    @discord.ui.button(label="Name", custom_id="name")
    async def name(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(Name())


class Card(discord.ui.LayoutView):
    """A Components V2 message with a picture."""

    box = discord.ui.Container(
        discord.ui.TextDisplay("**A week**"),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://card.png", description="Five stones")),
        discord.ui.ActionRow(discord.ui.Button(label="Say something", custom_id="say:1")),
    )


@app_commands.command(description="Defer, then answer")
async def think(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send("A thought.")
    await interaction.edit_original_response(content="A better thought.")


@app_commands.command(description="Name a channel and a number")
async def place(interaction: discord.Interaction, channel: discord.TextChannel, zone: str) -> None:
    await interaction.response.send_message(f"{channel.name} {zone}")


@place.autocomplete("zone")
async def zones(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"Europe/{current}", value=f"Europe/{current}")]


@app_commands.command(description="Show the buttons")
async def choose(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Choose.", view=Choice())


class Client(commands.Bot):
    """A bot with a group of one command beside the others."""

    def __init__(self) -> None:
        super().__init__((), intents=INTENTS, help_command=None)

    async def setup_hook(self) -> None:
        circle = app_commands.Group(name="circle", description="The circle")
        circle.add_command(place)
        for command in (think, choose, circle):
            self.tree.add_command(command)
        await self.tree.sync()

    async def until_heard(self, event: str) -> Any:
        """The next event of this name."""
        return await asyncio.wait_for(self.wait_for(event), 10)


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


async def direct(bot: Client, there: StandIn) -> discord.DMChannel:
    user = await bot.fetch_user(int(there.owner["id"]))
    return await user.create_dm()


async def test_a_client_becomes_ready_and_knows_its_guild(bot: Client, there: StandIn):
    guild = bot.get_guild(int(there.guild["id"]))
    assert guild is not None
    assert [channel.name for channel in guild.text_channels] == ["maya-and-friends"]
    assert guild.text_channels[0].permissions_for(guild.me).send_messages
    assert bot.application_id == int(there.world.application_id)
    assert bot.latency < 10


async def test_a_guild_and_its_members_can_be_fetched(bot: Client, there: StandIn):
    friend = there.add_user("Jonas")
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


async def test_an_intent_that_the_application_lacks_closes_the_gateway(pointed: None):
    async with discord.Client(intents=discord.Intents(message_content=True)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(TOKEN)


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


async def post(bot: Client, channel_id: str, body: dict[str, Any]) -> dict[str, Any]:
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
    return await bot.http.request(route, json=body)


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


async def test_a_command_thinks_answers_and_leaves_no_trace_if_ephemeral(bot: Client, there: StandIn):
    used = there.command(there.owner["id"], "think")
    one = await there.until(lambda _: used.original and "better" in used.original["content"] and used)
    assert one.callback["type"] == 5
    assert one.original["flags"] & (1 << 6)
    assert one.followups == []
    assert there.messages() == []


async def test_a_grouped_command_gets_its_options_resolved(bot: Client, there: StandIn):
    options = {"channel": there.channel["id"], "zone": "Europe/Berlin"}
    used = there.command(there.owner["id"], "circle place", options, there.channel["id"])
    await there.answered(used.id)
    assert [one["content"] for one in there.messages(there.channel["id"])] == ["maya-and-friends Europe/Berlin"]
    with pytest.raises(ValueError, match="no option color"):
        there.command(there.owner["id"], "circle place", {"color": "red"}, there.channel["id"])
    with pytest.raises(ValueError, match="no command /circle unknown"):
        there.command(there.owner["id"], "circle unknown")


async def test_autocomplete_gets_choices(bot: Client, there: StandIn):
    asked = there.command(there.owner["id"], "circle place", {"zone": "Ber"}, focused="zone")
    answered = await there.answered(asked.id)
    assert answered.callback is not None
    assert answered.callback["data"]["choices"] == [{"name": "Europe/Ber", "value": "Europe/Ber"}]


async def test_a_button_changes_its_message(bot: Client, there: StandIn):
    used = await there.answered(there.command(there.owner["id"], "choose").id)
    assert used.original is not None
    place, shown = used.channel_id, used.original["id"]
    await there.answered(there.press(there.owner["id"], place, shown, "done").id)
    assert [(one["content"], one["components"]) for one in there.messages()] == [("It is done.", [])]


async def test_a_modal_opens_and_is_submitted(bot: Client, there: StandIn):
    used = await there.answered(there.command(there.owner["id"], "choose").id)
    assert used.original is not None
    opened = await there.answered(there.press(there.owner["id"], used.channel_id, used.original["id"], "name").id)
    await there.answered(there.submit(opened.id, {"name": "Maya", "mood": ["4"]}).id)
    assert there.messages()[-1]["content"] == "Maya ['4']"
    with pytest.raises(ValueError, match="opened no modal"):
        there.submit(used.id, {})


async def test_a_select_tells_what_was_chosen(bot: Client, there: StandIn):
    view = discord.ui.View()
    options = [discord.SelectOption(label=text, value=text) for text in ("a", "b")]
    view.add_item(discord.ui.Select(custom_id="pick", options=options))
    sent = await (await direct(bot, there)).send("Pick", view=view)
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.press(there.owner["id"], str(sent.channel.id), str(sent.id), "pick", ["b"])
    assert (await heard).data["values"] == ["b"]


async def pressed(bot: Client, there: StandIn) -> discord.Interaction:
    sent = await (await direct(bot, there)).send("Press")
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.press(there.owner["id"], str(sent.channel.id), str(sent.id), "forged:1")
    return await heard


async def test_an_interaction_is_answered_once_and_in_time(bot: Client, there: StandIn):
    one = await pressed(bot, there)
    with pytest.raises(discord.NotFound, match="Unknown Webhook"):
        await one.followup.send("too early")
    await one.response.defer()
    one.response._response_type = None
    with pytest.raises(discord.HTTPException) as twice:
        await one.response.send_message("again")
    assert twice.value.code == 40060
    there.interactions.seconds = -1.0
    with pytest.raises(discord.NotFound) as late:
        await (await pressed(bot, there)).response.defer()
    assert late.value.code == 10062


async def test_a_modal_does_not_answer_a_modal(bot: Client, there: StandIn):
    opened = await pressed(bot, there)
    await opened.response.send_modal(discord.ui.Modal(title="Silent", custom_id="silent"))
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.submit(str(opened.id), {})
    with pytest.raises(discord.HTTPException, match="a modal does not answer this"):
        await (await heard).response.send_modal(Name())


async def test_answers_can_be_found_changed_and_deleted(bot: Client, there: StandIn):
    one = await pressed(bot, there)
    await one.response.send_message("first", file=discord.File(BytesIO(b"1"), "1.txt"))
    extra = await one.followup.send("second", ephemeral=True, wait=True)
    assert (await one.original_response()).attachments[0].filename == "1.txt"
    await extra.edit(content="third")
    assert (await one.followup.fetch_message(extra.id)).content == "third"
    await extra.delete()
    await one.delete_original_response()
    assert [text["content"] for text in there.messages()] == ["Press"]
    with pytest.raises(discord.NotFound, match="Unknown Message"):
        await one.followup.fetch_message(extra.id)


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
    with pytest.raises(ValueError, match="none of"):
        there.plan("gone")  # type: ignore[arg-type]


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


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()


async def started(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
    )


async def test_a_process_of_a_bot_works_with_a_stand_in_that_is_a_process():
    standin = await started("tests.standin", "--port", "0", "--nonce-seconds", "5")
    url = await line(standin)
    bare = await started("tests.standin.launch", "--api", url, "--", str(BARE), CAIRN_DISCORD_TOKEN=TOKEN)
    async with aiohttp.ClientSession(url) as session:

        async def control(verb: str, **arguments: Any) -> Any:
            async with session.post(f"/_control/{verb}", json=arguments) as answer:
                return await answer.json()

        places = await (await session.get("/_control/places")).json()
        await control("ready", seconds=30)
        used = await control("command", user=places["owner"]["id"], name="add", options={"one": 2, "two": 3})
        answered = await control("answered", interaction=used["id"])
        assert answered["original"]["content"] == "5"
        assert [one["content"] for one in await control("messages")] == ["5"]
        assert await control("break_with", latency=0.0) is None
        assert "error" in await control("say", user="nobody", text="Hello")
    for process in (bare, standin):
        process.terminate()
        await process.wait()
    assert standin.returncode == 0


async def test_a_bot_that_is_killed_comes_back_and_is_told_nothing_twice(there: StandIn):
    launch = ("tests.standin.launch", "--api", there.url, "--", str(BARE))
    killed = await started(*launch, CAIRN_DISCORD_TOKEN=TOKEN)
    await there.ready(seconds=30)
    killed.kill()
    await killed.wait()
    unheard = there.command(there.owner["id"], "hello")
    bare = await started(*launch, CAIRN_DISCORD_TOKEN=TOKEN)
    await there.ready(times=2, seconds=30)
    await there.answered(there.command(there.owner["id"], "hello").id)
    assert not unheard.answered
    bare.terminate()
    await bare.wait()


@pytest.mark.parametrize(
    ("program", "says"), [(("cairn", "--version"), "cairn "), (("-m", "platform"), platform.platform())]
)
async def test_console_scripts_and_modules_can_be_launched(program: tuple[str, ...], says: str):
    process = await started("tests.standin.launch", "--api", "http://127.0.0.1:1", "--", *program)
    assert (await line(process)).startswith(says)
    assert await process.wait() == 0


async def test_a_launch_without_a_program_says_how():
    command = [sys.executable, "-m", "tests.standin.launch", "--api"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    assert said.startswith(b"usage: python -m tests.standin.launch --api URL -- PROGRAM")
    assert process.returncode == 1
