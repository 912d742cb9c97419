"""Circles: making one of a channel, and what friends leave under a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.circle import MissingPermissions
from bot.core.dates import DAY_NAMES
from bot.core.people import Post, Space
from bot.usecases import circle, council, membership
from cogs import _council, _permissions, _render, _reply, consent
from cogs._press import press
from cogs._said import said
from cogs._sight import Sight, choices
from cogs.idea import show_mine
from cogs.people import time_choices, zone_choices

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class Circle(commands.GroupCog, name="circle", description="The channel in which friends walk along"):
    """/circle setup, remove, move, hour, join, leave, mine, quiet; reactions and replies under a post"""

    def __init__(self, bot: Cairn) -> None:
        self.bot = bot
        self._sight = Sight()

    @app_commands.command(description="Make a circle of a channel")
    @app_commands.describe(channel="Where the weekly posts go")
    async def setup(self, interaction: Interaction, channel: discord.TextChannel) -> None:
        """Check the permissions, then post the welcome."""
        await _reply.acknowledge(interaction)
        space = _space(interaction, channel)
        _check_permissions(channel)
        _, new = await circle.set_up(interaction.client.app, space, channel.name)
        words = "is a circle now. Whoever looks for work runs /start." if new else "is a circle already."
        await _reply.tell(interaction, f"{channel.mention} {words}")

    @app_commands.command(description="Undo a circle; what was posted stays")
    @app_commands.describe(channel="Which circle")
    async def remove(self, interaction: Interaction, channel: discord.TextChannel) -> None:
        """Undo a circle."""
        await _reply.acknowledge(interaction)
        members = await circle.remove(interaction.client.app, _space(interaction, channel))
        left = " Whoever posted there is told with their next draft, and can choose another with /circle join."
        await _reply.tell(interaction, f"{channel.mention} is no circle any more.{left if members else ''}")

    @app_commands.command(description="Let a circle go on in another channel; what was posted stays where it is")
    @app_commands.describe(channel="Which circle", to="Where it goes on")
    async def move(self, interaction: Interaction, channel: discord.TextChannel, to: discord.TextChannel) -> None:
        """Move a circle."""
        await _reply.acknowledge(interaction)
        before = _space(interaction, channel)
        _check_permissions(to)
        await membership.move(interaction.client.app, before, _space_of(to), to.name)
        stays = "Everybody is still in it, and what was posted stays where it is, with its buttons."
        await _reply.tell(interaction, f"The circle of {channel.mention} goes on in {to.mention}. {stays}")

    @app_commands.command(description="When the joint post goes out, where three or more share one; or see when")
    @app_commands.describe(
        day="One day of the week, such as Sunday",
        time="At what time, such as 19:00",
        zone="By whose clocks: type a city",
        channel="Which circle; where not said, that of this channel",
    )
    async def hour(
        self,
        interaction: Interaction,
        day: str = "",
        time: str = "",
        zone: str = "",
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Show or set a circle's hour."""
        await _reply.acknowledge(interaction)
        space = Space(_reply.PLATFORM, str(interaction.guild_id or ""), str(interaction.channel_id or ""))
        space = _space_of(channel) if channel else space
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        app, who, change = interaction.client.app, _reply.person(interaction.user), council.Change(day, time, zone)
        await _reply.show(interaction, _council.hour_of(await council.hour(app, who, space, change, manages=manages)))

    @hour.autocomplete("day")
    async def days(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The days of the week."""
        matching = [name for name in DAY_NAMES if name.lower().startswith(typed.strip().lower())]
        return [app_commands.Choice(name=name, value=name) for name in matching]

    @hour.autocomplete("time")
    async def times(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Half hours of the day."""
        return time_choices(typed)

    @hour.autocomplete("zone")
    async def zones(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Zones with their time now."""
        return zone_choices(interaction, typed)

    @app_commands.command(description="Let your week go to one more circle; without one, see where it goes")
    @app_commands.describe(circle="The friends who will read your week as well")
    async def join(self, interaction: Interaction, circle: str = "") -> None:
        """Join a circle beside one's others."""
        await _reply.acknowledge(interaction)
        app, who = interaction.client.app, _reply.person(interaction.user)
        seen = [one.space for one in await self._sight.seen(interaction)]
        act = membership.join(app, who, circle, seen) if circle else membership.show(app, who, seen)
        await _reply.show(interaction, _council.belonging(await act))

    @app_commands.command(description="Let your week go to a circle no more; what stands there stays")
    @app_commands.describe(circle="Which one")
    async def leave(self, interaction: Interaction, circle: str) -> None:
        """Leave one circle."""
        await _reply.acknowledge(interaction)
        seen = [one.space for one in await self._sight.seen(interaction)]
        told = await membership.leave(interaction.client.app, _reply.person(interaction.user), circle, seen)
        await _reply.show(interaction, _council.belonging(told))

    @join.autocomplete("circle")
    async def others(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The circles that the person sees and is not in."""
        own = await membership.circles_of(interaction.client.app, _reply.person(interaction.user))
        return choices([one for one in await self._sight.seen(interaction) if one not in own], typed)

    @leave.autocomplete("circle")
    async def own(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The circles that the person is in."""
        return choices(await membership.circles_of(interaction.client.app, _reply.person(interaction.user)), typed)

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
            "Making, moving and undoing a circle takes the permission Manage Server. Ask somebody who has it."
        )
    return _space_of(channel)


def _check_permissions(channel: discord.TextChannel) -> None:
    """Raises MissingPermissions."""
    missing = _permissions.missing(channel.permissions_for(channel.guild.me))
    if missing:
        raise MissingPermissions(f"#{channel.name}", missing)


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
