"""Answers for some friends only: which one, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import reader, summary
from cogs import _chooser, _reader, _reply
from cogs._picked import number, values
from cogs._press import press
from cogs.summary import offered

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("onlysome")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await summary.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _chooser.which(draft))


@press("onlywhich")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await summary.draft_of(interaction.client.app, who, int(ref))
    naming = await reader.naming(interaction.client.app, who, number(interaction, "Pick an answer from the list."))
    await _reply.turn_into(interaction, _reader.naming(naming))


@press("onlyfor")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    naming = await reader.naming(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _reader.naming(naming))


@press("onlyto")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    entry_id, chosen = int(ref.partition(".")[0]), set(values(interaction))
    who = _reply.person(interaction.user)
    naming = await reader.name(interaction.client.app, who, entry_id, offered(interaction), chosen)
    await _reply.turn_into(interaction, _reader.naming(naming))


async def setup(_bot: Cairn) -> None:
    """Called by discord.py."""
