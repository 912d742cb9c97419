"""Follow-ups: what is pressed under the message of a morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.dates import day
from bot.usecases import board, follow_up
from cogs import _board, _follow_up, _log, _reply
from cogs._layout import say
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("followdone")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await follow_up.done(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _log.noted(found))


@press("followlost")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await follow_up.ended(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _log.noted(found))


@press("follownot")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await follow_up.not_yet(interaction.client.app, _reply.person(interaction.user), int(ref))


@press("followstop")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await follow_up.stop(interaction.client.app, _reply.person(interaction.user), int(ref))


@press("followon")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await follow_up.go_on(interaction.client.app, _reply.person(interaction.user), int(ref))


@press("followlater")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await follow_up.check(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _follow_up.days(int(ref)))


@press("followin")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, days = ref.partition(".")
    who = _reply.person(interaction.user)
    until = await follow_up.later(interaction.client.app, who, int(number), int(days))
    await _reply.turn_into(interaction, say(f"All right: on {day(until)}."))


@press("follownext")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    found = await board.agenda(interaction.client.app, _reply.person(interaction.user))
    await _reply.show(interaction, _board.agenda(found))


async def setup(bot: Cairn) -> None:
    """Called once for each bot; there are presses alone."""
