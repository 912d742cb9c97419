"""The story: /story export, and the button under the end of a journey."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.usecases import story
from cogs import _reply
from cogs._press import press
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
        await _hand_over(interaction, private=private)


@press("mystory")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await _hand_over(interaction, private=False)


async def _hand_over(interaction: Interaction, *, private: bool) -> None:
    files = await story.export(interaction.client.app, _reply.person(interaction.user), private=private)
    sent = [discord.File(io.BytesIO(file.content), file.name) for file in files]
    await _reply.show(interaction, told([file.name for file in files], private=private), sent)


async def setup(bot: Cairn) -> None:
    """Called by discord.py."""
    await bot.add_cog(Story())
