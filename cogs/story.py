"""The story: /story export."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.usecases import story
from cogs import _reply
from cogs._story import told

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class Story(commands.GroupCog, name="story", description="Your way, as a draft to write on"):
    """/story export"""

    @app_commands.command(description="Your journey as a text file, ready to be edited into an essay")
    @app_commands.describe(private="Yes: with all that is private, and names that you hide; for your eyes")
    async def export(self, interaction: Interaction, private: bool = False) -> None:
        """Send the story as a file."""
        await _reply.acknowledge(interaction)
        who = _reply.person(interaction.user)
        files = await story.export(interaction.client.app, who, private=private)
        sent = [discord.File(io.BytesIO(file.content), file.name) for file in files]
        await _reply.show(interaction, told([file.name for file in files], private=private), sent)


async def setup(bot: Cairn) -> None:
    """Called by discord.py."""
    await bot.add_cog(Story())
