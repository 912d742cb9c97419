"""Goals: what to aim for in a week, and aiming for less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.goals import MOST, Activity
from bot.usecases import goals
from cogs import _goals, _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

WHAT = [app_commands.Choice(name=activity.value, value=activity.value) for activity in Activity]


class Goals(commands.GroupCog, name="goals", description="What you aim for in a week; you can ease it any time"):
    """/goals set, show, ease"""

    @app_commands.command(description="Aim for so many in each week; the first binds at once, a change from Monday on")
    @app_commands.describe(activity="Of what", each_week="How many in a week; 0 lets the goal go")
    @app_commands.choices(activity=WHAT)
    async def set(self, interaction: Interaction, activity: str, each_week: app_commands.Range[int, 0, MOST]) -> None:
        """Set a goal."""
        await _reply.acknowledge(interaction)
        app, who = interaction.client.app, _reply.person(interaction.user)
        await _reply.show(interaction, _goals.goals(await goals.aim(app, who, Activity(activity), each_week)))

    @app_commands.command(description="Your goals, and how this week goes")
    async def show(self, interaction: Interaction) -> None:
        """Show the goals."""
        await _reply.acknowledge(interaction)
        found = await goals.show(interaction.client.app, _reply.person(interaction.user))
        await _reply.show(interaction, _goals.goals(found))

    @app_commands.command(description="Aim for less from next week on: half of everything, or what you say")
    @app_commands.describe(activity="Only this one", each_week="How many in a week; half of it where not said")
    @app_commands.choices(activity=WHAT)
    async def ease(
        self, interaction: Interaction, activity: str = "", each_week: app_commands.Range[int, 0, MOST] | None = None
    ) -> None:
        """Ease one goal, or all."""
        await _reply.acknowledge(interaction)
        app, who = interaction.client.app, _reply.person(interaction.user)
        eased = await goals.ease(app, who, Activity(activity) if activity else None, each_week)
        await _reply.show(interaction, _goals.goals(eased))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Goals())
