"""The trail: what `/ideas trail` shows, its pages, and all of it as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import trail
from cogs import _reply, _trail
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


async def show_trail(interaction: Interaction) -> None:
    """The newest page of the trail, to its seeker alone."""
    await _reply.acknowledge(interaction)
    drawn = _trail.drawn(await trail.drawn(interaction.client.app, _reply.person(interaction.user)))
    await _reply.show(interaction, drawn.view, drawn.files)


@press("trailpage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    drawn = _trail.drawn(await trail.drawn(interaction.client.app, _reply.person(interaction.user), int(ref)))
    await _reply.turn_into(interaction, drawn.view, drawn.files)


@press("trailtext")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    paths, zone = await trail.paths(interaction.client.app, _reply.person(interaction.user))
    await _reply.tell_all(interaction, _trail.whole(paths, zone))
