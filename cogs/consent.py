"""Whether somebody may be written to: accepted and ended by a press, whoever presses says it for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import consent
from cogs import _reply, _thanks
from cogs._press import press
from cogs.cheer import around

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("writeme")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await _thanks.check_circle(interaction)
    who, name = _reply.person(interaction.user), interaction.user.display_name
    here, _ = around(interaction)
    await _reply.show(interaction, _thanks.accepted(await consent.accept(interaction.client.app, who, name, here)))


@press("quiet")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await end(interaction)


async def end(interaction: Interaction) -> None:
    """End messages to whoever asks, and say so."""
    who, name = _reply.person(interaction.user), interaction.user.display_name
    await _reply.show(interaction, _thanks.quieted(await consent.quiet(interaction.client.app, who, name)))


async def setup(_bot: Cairn) -> None:
    """Called once for each bot."""
