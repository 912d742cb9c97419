"""Circles: making one of a channel, and what friends leave under a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.circle import MissingPermissions
from bot.core.people import Post, Space
from bot.usecases import circle
from cogs import _permissions, _render, _reply, consent
from cogs._press import press
from cogs._said import said
from cogs.idea import show_mine

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class Circle(commands.GroupCog, name="circle", description="The channel in which friends walk along"):
    """/circle setup, remove, mine, quiet; reactions and replies under a post"""

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
        left = " Whoever posted there is told with their next draft, and can choose another with /start."
        await _reply.tell(interaction, f"{channel.mention} is no circle any more.{left if members else ''}")

    @app_commands.command(description="The ideas and introductions that you gave, and what became of them")
    async def mine(self, interaction: Interaction) -> None:
        """Show a friend what they gave."""
        await show_mine(interaction)

    @app_commands.command(description="I never write to you by direct message any more")
    async def quiet(self, interaction: Interaction) -> None:
        """End messages to a friend."""
        await _reply.acknowledge(interaction)
        await consent.end(interaction)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Channels may have new names since the last session."""
        channels = [channel for guild in self.bot.guilds for channel in guild.text_channels]
        await circle.renamed(self.bot.app, {_space_of(channel): channel.name for channel in channels})

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """A channel has a new name."""
        await circle.renamed(self.bot.app, {_space_of(after): after.name})

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A deleted channel is no circle any more."""
        await circle.lost(self.bot.app, _space_of(channel))

    # -------------------------------------------------------- what friends leave

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """A friend reacted."""
        await self._reacted(payload, added=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """A friend took a reaction back."""
        await self._reacted(payload, added=False)

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, payload: discord.RawReactionClearEvent) -> None:
        """A moderator took all reactions off."""
        await self._cleared(payload, None)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, payload: discord.RawReactionClearEmojiEvent) -> None:
        """A moderator took all of one emoji off."""
        await self._cleared(payload, emoji_key(payload.emoji))

    async def _cleared(
        self, payload: discord.RawReactionClearEvent | discord.RawReactionClearEmojiEvent, emoji: str | None
    ) -> None:
        if payload.guild_id is not None:
            post = _post(payload.guild_id, payload.channel_id, payload.message_id)
            await circle.cleared(self.bot.app, post, emoji)

    async def _reacted(self, payload: discord.RawReactionActionEvent, *, added: bool) -> None:
        member = payload.member
        if payload.guild_id is None or (member and member.bot):
            return
        friend = _reply.person(discord.Object(payload.user_id))
        name = member.display_name if member else ""
        post = _post(payload.guild_id, payload.channel_id, payload.message_id)
        await circle.react(self.bot.app, post, friend, name, emoji_key(payload.emoji), added=added)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A friend replied to a post; without the message-content intent its words may be withheld."""
        if message.guild is None or message.author.bot or message.type is not discord.MessageType.reply:
            return
        one = said(message)
        answered = one.post._replace(id=one.reply_to)
        await circle.reply(self.bot.app, answered, one.who, one.name, one.post, one.text, one.link)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A friend edited a reply."""
        if payload.guild_id is not None and payload.message.content:
            one = said(payload.message)
            await circle.reply_edited(self.bot.app, one.post, one.text)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A friend deleted a reply, or somebody a post."""
        await self._deleted(payload.guild_id, payload.channel_id, payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Somebody cleared a channel."""
        for message_id in payload.message_ids:
            await self._deleted(payload.guild_id, payload.channel_id, message_id)

    async def _deleted(self, guild_id: int | None, channel_id: int, message_id: int) -> None:
        if guild_id is not None:
            await circle.message_deleted(self.bot.app, _post(guild_id, channel_id, message_id))


def _space(interaction: Interaction, channel: discord.TextChannel) -> Space:
    """The channel, where the person may manage the server; raises NotAllowed."""
    if not interaction.permissions.manage_guild:
        raise circle.NotAllowed(
            "Making and undoing a circle takes the permission Manage Server. Ask somebody who has it."
        )
    return _space_of(channel)


def _space_of(channel: discord.abc.GuildChannel) -> Space:
    return Space(_reply.PLATFORM, str(channel.guild.id), str(channel.id))


def emoji_key(emoji: discord.PartialEmoji | discord.Emoji | str) -> str:
    """An emoji as it is kept and shown. What tells of a removal does not say that one is animated, so none is."""
    if isinstance(emoji, str) or emoji.id is None:
        return str(emoji)
    return f"<:{emoji.name}:{emoji.id}>"


def _post(guild_id: int, channel_id: int, message_id: int) -> Post:
    return Post(_reply.PLATFORM, str(guild_id), str(channel_id), str(message_id))


@press("readnote")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    note = await circle.read_note(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.tell_all(interaction, _render.whole_note(note))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Circle(bot))
