"""What Discord says of the bot: on a simulated server, and over the wire to the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
import simcord
from discord.http import Route

from bot.core.health import Finding, Mark
from bot.core.people import Space
from cogs import health
from cogs.health import findings, invitation, sign_in_and_look
from tests.standin.api import PREFIX
from tests.standin.server import TOKEN, StandIn


@pytest.fixture
def simcord_bot() -> discord.Client:
    return discord.Client(intents=discord.Intents(guilds=True))


@pytest.fixture
async def standin(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    async with StandIn() as running:
        monkeypatch.setattr(Route, "BASE", f"{running.url}{PREFIX}")
        yield running


def space(channel: simcord.ChannelHandle, guild: simcord.GuildHandle) -> Space:
    return Space("discord", str(guild.id), str(channel.id))


async def about(simcord_env: simcord.Env, where: Space) -> Finding:
    return (await findings(simcord_env.bot, wants_content=False, circles=[where]))[-1]


async def test_all_is_well_where_the_bot_may_do_what_it_needs(simcord_env: simcord.Env) -> None:
    guild = simcord_env.create_guild("Maya's friends")
    where = space(guild.create_text_channel("maya-and-friends"), guild)
    found = await findings(simcord_env.bot, wants_content=False, circles=[where])
    assert {finding.mark for finding in found} == {Mark.OK}
    assert "Servers: Maya's friends" in [finding.words for finding in found]
    assert found[-1].words == "#maya-and-friends in Maya's friends: all permissions are there"


async def test_a_channel_without_permissions_is_named_with_what_lacks(simcord_env: simcord.Env) -> None:
    guild = simcord_env.create_guild("Maya's friends")
    denied = discord.PermissionOverwrite(attach_files=False, send_messages=False)
    channel = guild.create_text_channel("quiet", overwrites={guild.default_role: denied})
    assert await about(simcord_env, space(channel, guild)) == Finding(
        Mark.FIX, "#quiet in Maya's friends: give the bot Send Messages, Attach Files."
    )


async def test_a_hidden_channel_is_told(simcord_env: simcord.Env) -> None:
    guild = simcord_env.create_guild("Maya's friends")
    channel = guild.create_text_channel("hidden")
    simcord_env.inject_error("GET", f"/channels/{channel.id}", status=403, code=50001, message="Missing Access")
    found = await about(simcord_env, space(channel, guild))
    assert (found.mark, "hidden from the bot" in found.words) == (Mark.FIX, True)


async def test_a_channel_that_is_gone_is_told(simcord_env: simcord.Env) -> None:
    guild = simcord_env.create_guild("Maya's friends")
    found = await about(simcord_env, Space("discord", str(guild.id), "4711"))
    assert found == Finding(
        Mark.FIX, "A circle's channel in Maya's friends is gone. Choose another with /circle setup there."
    )


async def test_a_server_that_the_bot_left_is_told(simcord_env: simcord.Env) -> None:
    simcord_env.create_guild("Somebody else's")
    found = await about(simcord_env, Space("discord", "4711", "4712"))
    assert (found.mark, "does not have the bot any more" in found.words) == (Mark.FIX, True)


async def test_without_a_server_the_invitation_is_shown(simcord_env: simcord.Env) -> None:
    found = (await findings(simcord_env.bot, wants_content=False, circles=[]))[-1]
    assert found.mark is Mark.FIX
    assert "https://discord.com/oauth2/authorize?client_id=" in found.words


async def test_message_content_that_is_wanted_but_switched_off_is_told(simcord_env: simcord.Env) -> None:
    simcord_env.create_guild()
    words = [
        one.words for one in await findings(simcord_env.bot, wants_content=True, circles=[]) if one.mark is Mark.FIX
    ]
    assert len(words) == 1
    assert 'switch on "Message Content Intent"' in words[0]


def test_invitation_asks_for_exactly_what_is_used() -> None:
    assert invitation(17) == (
        "https://discord.com/oauth2/authorize?client_id=17&scope=bot+applications.commands&permissions=101376"
    )
    wanted = discord.Permissions(101376)
    assert {name for name, given in wanted if given} == {
        "read_messages",
        "send_messages",
        "attach_files",
        "read_message_history",
    }


async def test_a_wrong_token_is_told(standin: StandIn) -> None:
    found = await sign_in_and_look("wrong", wants_content=False, circles=[])
    assert [one.mark for one in found] == [Mark.FIX]
    assert "does not know this token" in found[0].words


async def test_a_right_token_is_known_over_the_wire(standin: StandIn) -> None:
    where = Space("discord", standin.guild["id"], standin.channel["id"])
    found = await sign_in_and_look(TOKEN, wants_content=False, circles=[where])
    assert [(one.mark, one.words) for one in found if one.mark is not Mark.OK] == []
    assert "#maya-and-friends in Friends: all permissions are there" in [one.words for one in found]


async def test_message_content_that_is_switched_on_is_well(standin: StandIn) -> None:
    standin.world.message_content = True
    found = await sign_in_and_look(TOKEN, wants_content=True, circles=[])
    assert "Intents: message content is switched on" in [one.words for one in found if one.mark is Mark.OK]


async def test_nobody_at_the_other_end_is_told(standin: StandIn) -> None:
    await standin.__aexit__()
    found = await sign_in_and_look(TOKEN, wants_content=False, circles=[])
    assert [one.mark for one in found] == [Mark.FIX]
    assert found[0].words.endswith("Is there a network?")


async def test_no_answer_in_time_is_told(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ANSWER_WITHIN", 0)
    found = await sign_in_and_look(TOKEN, wants_content=False, circles=[])
    assert [one.words for one in found] == ["Discord could not be reached: no answer. Is there a network?"]


async def test_a_discord_that_has_trouble_is_told(standin: StandIn) -> None:
    standin.break_with(error_share=1.0, error_status=403)
    found = await sign_in_and_look(TOKEN, wants_content=False, circles=[])
    assert [one.mark for one in found] == [Mark.FIX]
    assert found[0].words.startswith("Discord answered with an error: 403")
