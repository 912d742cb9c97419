"""Answers for some friends only: which one, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.usecases import reader, summary
from cogs import _chooser, _reader, _reply
from cogs._press import press
from cogs.summary import NothingPicked, offered

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
    who, data = _reply.person(interaction.user), _data(interaction)
    await summary.draft_of(interaction.client.app, who, int(ref))
    picked = [value for value in data["values"] if value.isdecimal()]
    if not picked:
        raise NothingPicked("Pick an answer from the list.")
    naming = await reader.naming(interaction.client.app, who, int(picked[0]))
    await _reply.turn_into(interaction, _reader.naming(naming))


@press("onlyfor")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    naming = await reader.naming(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _reader.naming(naming))


@press("onlyto")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    entry_id, chosen = int(ref.partition(".")[0]), set(_data(interaction)["values"])
    who = _reply.person(interaction.user)
    naming = await reader.name(interaction.client.app, who, entry_id, offered(interaction), chosen)
    await _reply.turn_into(interaction, _reader.naming(naming))


def _data(interaction: Interaction) -> Any:
    return interaction.data


async def setup(_bot: Cairn) -> None:
    """Called by discord.py."""
