"""The funnel of a search: what `/search funnel` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import funnel
from cogs import _funnel, _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


async def show_funnel(interaction: Interaction, since: str, until: str) -> None:
    """The whole search, or a range of it, to its seeker alone."""
    await _reply.acknowledge(interaction)
    found = await funnel.drawn(interaction.client.app, _reply.person(interaction.user), since, until)
    shown = _funnel.drawn(found)
    await _reply.show(interaction, shown.view, shown.files)
