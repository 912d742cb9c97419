"""The host's view, and the server's events that may open a lost channel again."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.core.host import Line
from bot.usecases import host
from cogs import _host, _reply
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@app_commands.default_permissions(manage_guild=True)
class Host(commands.GroupCog, name="host", description="For whoever hosts me"):
    """/host status; permissions that come back"""

    def __init__(self, bot: Cairn) -> None:
        self.bot = bot
        self.connected_at: datetime | None = None

    @app_commands.command(description="Whether all is well, and what waits")
    async def status(self, interaction: Interaction) -> None:
        """Show how all is."""
        await _reply.acknowledge(interaction)
        await _reply.show(interaction, await _status(interaction))

    # -------------------------------------------------------------- the connection

    @commands.Cog.listener()
    async def on_connect(self) -> None:
        """The connection stands."""
        self.connected_at = self.bot.app.now()

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        """The connection stands again."""
        self.connected_at = self.bot.app.now()

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """The connection broke."""
        self.connected_at = None

    # -------------------------------------------------------------- a permission that may be back

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """A channel's permissions may have changed."""
        await host.try_again(self.bot.app, _reply.PLATFORM, str(after.guild.id))

    @commands.Cog.listener()
    async def on_guild_role_update(self, _: discord.Role, after: discord.Role) -> None:
        """What a role may do changed."""
        await host.try_again(self.bot.app, _reply.PLATFORM, str(after.guild.id))

    @commands.Cog.listener()
    async def on_member_update(self, _: discord.Member, after: discord.Member) -> None:
        """The bot's own roles changed; it hears of no others."""
        await host.try_again(self.bot.app, _reply.PLATFORM, str(after.guild.id))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was invited (again)."""
        await host.try_again(self.bot.app, _reply.PLATFORM, str(guild.id))


def line(bot: Cairn) -> Line:
    """How the connection to Discord is."""
    cog = bot.get_cog("host")
    since = cog.connected_at if isinstance(cog, Host) and not bot.is_closed() else None
    return Line(since, bot.latency if math.isfinite(bot.latency) else 0.0, bot.rests_until)


async def _status(interaction: Interaction) -> ui.LayoutView:
    bot = interaction.client
    found = await host.status(bot.app, _reply.person(interaction.user))
    return _host.status(found, line(bot), discord.__version__)


@press("status")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    shown = await _status(interaction)
    if ref == _host.AGAIN:
        await _reply.turn_into(interaction, shown)
    else:  # below an alert, which stays
        await _reply.show(interaction, shown)


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Host(bot))
