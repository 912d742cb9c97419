"""Cheering somebody on: under a post, by name at any time; changing that, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.cheer import Wish
from bot.core.people import Person, Seeker, Space
from bot.usecases import cheer
from cogs import _cheer, _reply, _thanks
from cogs._forms import Fields, Words, form, open_form
from cogs._press import press, under, who_here

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

MOST_CHOICES = 25


class Cheer(commands.Cog):
    """/cheer"""

    @app_commands.command(description="A kind word for somebody here who is looking for work")
    @app_commands.describe(who="Whom to cheer on; leave it out to see, change or take back yours")
    @app_commands.guild_only()
    async def cheer(self, interaction: Interaction, who: str = "") -> None:
        """Open the form for somebody, or show what the person gave."""
        if who:
            await open_form(interaction, "cheered", who)
            return
        await _reply.acknowledge(interaction)
        app, friend = interaction.client.app, _reply.person(interaction.user)
        here, seen = around(interaction)
        mine, found = await cheer.mine(app, friend), await cheer.around(app, friend, here, seen)
        await _reply.show(interaction, _cheer.overview(mine, found))

    @cheer.autocomplete("who")
    async def seekers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Those around whose name holds what was typed."""
        return await seeker_choices(interaction, typed)


async def seeker_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The seekers of this server's circles that the person may name, by their numbers."""
    found = await cheer.around(interaction.client.app, _reply.person(interaction.user), *around(interaction))
    matching = [one for one in found if typed.strip().casefold() in one.name.casefold()]
    return [app_commands.Choice(name=one.name[:100] or "…", value=str(one.id)) for one in matching[:MOST_CHOICES]]


def around(interaction: Interaction) -> tuple[Space, list[Space]]:
    """The channel that somebody is in, and all of its server that they may view; none in a direct message."""
    member = interaction.user
    here = Space(_reply.PLATFORM, str(interaction.guild_id or ""), str(interaction.channel_id or ""))
    if not isinstance(member, discord.Member):
        return here, []
    seen = [channel for channel in member.guild.text_channels if channel.permissions_for(member).view_channel]
    return here, [Space(_reply.PLATFORM, here.workspace, str(channel.id)) for channel in seen]


# ------------------------------------------------------------------ forms


def fields_for(_friend: Person, seeker: Seeker) -> Fields:
    """The form of a friend's cheer for one seeker of a joint post."""
    return _cheer.fields(seeker.name, Wish("", ""), {})


async def _post_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    name = await cheer.for_whom(interaction.client.app, *who_here(interaction), *under(ref))
    return _cheer.fields(name, Wish("", ""), words)


@form("said", _post_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    friend, name = _reply.person(interaction.user), interaction.user.display_name
    post, week = under(ref)
    given = await cheer.give(interaction.client.app, friend, name, post, _cheer.wish_of(words), week)
    await _thanks.show_and_ask(interaction, _cheer.given(given))


async def _named_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    named = await cheer.named(interaction.client.app, _reply.person(interaction.user), *around(interaction), ref)
    return _cheer.fields(named.name, Wish("", ""), words)._replace(ref=str(named.id))


@form("cheered", _named_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    friend, name = _reply.person(interaction.user), interaction.user.display_name
    wish = _cheer.wish_of(words)
    given = await cheer.give_to(interaction.client.app, friend, name, int(ref), *around(interaction), wish)
    await _thanks.show_and_ask(interaction, _cheer.given(given))


async def _own_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    given = await cheer.own(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _cheer.fields(given.seeker, given.wish, words)


@form("recheered", _own_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    friend, wish = _reply.person(interaction.user), _cheer.wish_of(words)
    given = await cheer.change(interaction.client.app, friend, int(ref), wish)
    await _reply.turn_into(interaction, _cheer.given(given))


@press("uncheer")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    gone = await cheer.take_back(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _cheer.taken_back(gone))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Cheer())
