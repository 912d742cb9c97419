"""Which circles somebody can see: of the server they are in, or in a direct message of all that they share with us."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.core.circle import Circle
from bot.usecases import circle as circles
from cogs import _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

MOST_SERVERS = 25  # with circles, looked through for a person in a direct message
MOST_CHOICES = 25
LOOKED_UP_FOR = timedelta(minutes=1)

Members = dict[str, discord.Member]  # by server


class Sight:
    """What people see, each looked up once a minute: every keystroke in an option asks again."""

    def __init__(self) -> None:
        self._looked_up: dict[int, tuple[datetime, Members]] = {}  # by person: when, and what was found

    async def seen(self, interaction: Interaction) -> list[Circle]:
        """The circles whose channel the person may view."""
        known = await circles.everywhere(interaction.client.app, _reply.PLATFORM)
        if isinstance(interaction.user, discord.Member):
            members = {str(interaction.user.guild.id): interaction.user}
        else:
            members = await self._members(interaction, {circle.space.workspace for circle in known})
        return [circle for circle in known if _may_view(members.get(circle.space.workspace), circle)]

    async def _members(self, interaction: Interaction, servers: Collection[str]) -> Members:
        now, number = interaction.client.app.now(), interaction.user.id
        self._looked_up = {who: found for who, found in self._looked_up.items() if now - found[0] < LOOKED_UP_FOR}
        if number not in self._looked_up:
            guilds = [guild for guild in interaction.client.guilds if str(guild.id) in servers]
            found = [await _member(guild, number) for guild in guilds[:MOST_SERVERS]]
            self._looked_up[number] = now, {str(member.guild.id): member for member in found if member}
        return self._looked_up[number][1]


def choices(found: Collection[Circle], typed: str) -> list[app_commands.Choice[str]]:
    """Some circles whose name holds what was typed, by their numbers."""
    named = [(f"#{circle.name}", str(circle.id)) for circle in found]
    matching = [(name, value) for name, value in named if typed.lower() in name.lower()]
    return [app_commands.Choice(name=name[:100], value=value) for name, value in matching[:MOST_CHOICES]]


async def _member(guild: discord.Guild, number: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(number)
    except discord.NotFound:
        return None


def _may_view(member: discord.Member | None, circle: Circle) -> bool:
    channel = member.guild.get_channel(int(circle.space.id)) if member else None
    return member is not None and channel is not None and channel.permissions_for(member).view_channel
