"""Circles: making one of a channel, and what friends leave under a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.circle import MissingPermissions
from bot.core.people import Post, Space
from bot.usecases import circle
from cogs import _permissions, _render, _reply
from cogs._forms import Fields, Words, form, open_form, text_label
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Circle(commands.GroupCog, name="circle", description="The channel in which friends walk along"):
    """/circle setup, remove; reactions and replies under a post"""

    def __init__(self, bot: Cairn) -> None:
        self.bot = bot

    @app_commands.command(description="Make a circle of a channel")
    @app_commands.describe(channel="Where the weekly posts go")
    async def setup(self, interaction: Interaction, channel: discord.TextChannel) -> None:
        """Check the permissions, then post the welcome."""
        await _reply.acknowledge(interaction)
        space = _space(interaction, channel)
        missing = _permissions.missing(channel.permissions_for(channel.guild.me))
        if missing:
            raise MissingPermissions(f"#{channel.name}", missing)
        _, new = await circle.set_up(interaction.client.app, space, channel.name)
        words = "is a circle now. Whoever looks for work runs /start." if new else "is a circle already."
        await _reply.tell(interaction, f"{channel.mention} {words}")

    @app_commands.command(description="Undo a circle; what was posted stays")
    @app_commands.describe(channel="Which circle")
    async def remove(self, interaction: Interaction, channel: discord.TextChannel) -> None:
        """Undo a circle."""
        await _reply.acknowledge(interaction)
        members = await circle.remove(interaction.client.app, _space(interaction, channel))
        left = " Who posted there can choose another with /start." if members else ""
        await _reply.tell(interaction, f"{channel.mention} is no circle any more.{left}")

    # -------------------------------------------------------- what friends leave

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """A friend reacted."""
        await self._reacted(payload, added=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """A friend took a reaction back."""
        await self._reacted(payload, added=False)

    async def _reacted(self, payload: discord.RawReactionActionEvent, *, added: bool) -> None:
        member = payload.member
        if payload.guild_id is None or (member and member.bot):
            return
        friend = _reply.person(discord.Object(payload.user_id))
        name = member.display_name if member else ""
        post = _post(payload.guild_id, payload.channel_id, payload.message_id)
        await circle.react(self.bot.app, post, friend, name, str(payload.emoji), added=added)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A friend replied to a post; without the message-content intent its words may be withheld."""
        if message.guild is None or message.author.bot or message.reference is None:
            return
        answered = _post(message.guild.id, message.channel.id, message.reference.message_id or 0)
        said = _post(message.guild.id, message.channel.id, message.id)
        name, text = message.author.display_name, message.content
        await circle.reply(self.bot.app, answered, _reply.person(message.author), name, said, text, message.jump_url)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A friend edited a reply."""
        if payload.guild_id is not None and payload.message.content:
            said = _post(payload.guild_id, payload.channel_id, payload.message_id)
            await circle.reply_edited(self.bot.app, said, payload.message.content)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A friend deleted a reply."""
        if payload.guild_id is not None:
            said = _post(payload.guild_id, payload.channel_id, payload.message_id)
            await circle.reply_deleted(self.bot.app, said)


def _space(interaction: Interaction, channel: discord.TextChannel) -> Space:
    """The channel, where the person may manage the server; raises NotAllowed."""
    if not interaction.permissions.manage_guild:
        raise circle.NotAllowed(
            "Making and undoing a circle takes the permission Manage Server. Ask somebody who has it."
        )
    return Space(_reply.PLATFORM, str(channel.guild.id), str(channel.id))


def _post(guild_id: int, channel_id: int, message_id: int) -> Post:
    return Post(_reply.PLATFORM, str(guild_id), str(channel_id), str(message_id))


async def _say_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    name = await circle.name_of_post(interaction.client.app, ref)
    label = text_label(
        "words", "What would you like to say?", words.get("words", ""), hint="It reaches them in a note."
    )
    return Fields(f"To {name}", [label])


@form("said", _say_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    link = interaction.message.jump_url if interaction.message else ""
    friend, name = _reply.person(interaction.user), interaction.user.display_name
    await circle.say(interaction.client.app, friend, name, ref, words.get("words", ""), link)
    await _reply.tell(interaction, "I will carry it to them. Thank you.")


@press("say")
async def _(interaction: Interaction, ref: str) -> None:
    await open_form(interaction, "said", ref)


@press("readnote")
async def _(interaction: Interaction, ref: str) -> None:
    note = await circle.read_note(interaction.client.app, _reply.person(interaction.user), ref)
    for page in _render.whole_note(note):
        await _reply.tell(interaction, page)


async def setup(bot: Cairn) -> None:
    """Called by discord.py."""
    await bot.add_cog(Circle(bot))
