"""Telling somebody that their direct messages are closed, where they will read it: after what they asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.usecases import people
from cogs import _reply
from cogs._layout import when

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

HOW = "the server's name, Privacy Settings, Direct Messages"


async def after(interaction: Interaction) -> None:
    """The end of every command, press and form: one line to whoever could not be written to, once each time."""
    if interaction.response.type is discord.InteractionResponseType.modal:
        return  # the form brings them back
    app, who = interaction.client.app, _reply.person(interaction.user)
    try:
        since = await people.here(app, who)
        if since:
            await _reply.tell(
                interaction,
                f"I could not write to you since {when(since)}: your direct messages are closed to me. "
                f"To have me back, allow them ({HOW}), then run /rhythm show: I try again at once.",
            )
            await people.read_of_it(app, who)
    except Exception as error:  # what they asked for was answered; this is said at their next command
        _reply.report(error)
