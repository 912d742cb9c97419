"""The search as files: /search export, /search calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.core.office import Language
from bot.usecases import export
from bot.usecases.export import Format, Wish
from cogs import _export, _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

FORMATS = [
    app_commands.Choice(name="Spreadsheet (CSV)", value=Format.CSV.value),
    app_commands.Choice(name="All of it, to put back or move (JSON)", value=Format.JSON.value),
    app_commands.Choice(name="For the employment office (PDF)", value=Format.OFFICE_PDF.value),
    app_commands.Choice(name="For the employment office (CSV)", value=Format.OFFICE_CSV.value),
]
LANGUAGES = [
    app_commands.Choice(name=name, value=language.value)
    for language, name in zip(
        Language, ("English", "Deutsch", "Français", "Español", "Italiano", "Nederlands"), strict=True
    )
]


async def send_export(interaction: Interaction, wish: Wish) -> None:
    """Hand over the search as a file."""
    await _reply.acknowledge(interaction)
    wish = wish._replace(locale=str(interaction.locale))
    file = await export.export(interaction.client.app, _reply.person(interaction.user), wish)
    message = _export.handed("Your search as a file", file)
    await _reply.show(interaction, message.view, message.files)


async def send_calendar(interaction: Interaction) -> None:
    """Hand over interviews and due dates as a calendar."""
    await _reply.acknowledge(interaction)
    file = await export.calendar(interaction.client.app, _reply.person(interaction.user))
    message = _export.handed("Your search as a calendar", file)
    await _reply.show(interaction, message.view, message.files)
