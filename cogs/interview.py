"""Interviews: what is pressed under the question how one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import interview
from cogs import _reply
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("felt")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, energy = ref.partition(".")
    await interview.felt(interaction.client.app, _reply.person(interaction.user), int(number), int(energy))


async def setup(bot: Cairn) -> None:
    """Called once for each bot; there are presses alone."""
