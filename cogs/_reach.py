"""Telling somebody that their direct messages are closed, where they will read it: after what they asked for."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands, ui

from bot.core.errors import Told
from bot.usecases import care, people
from cogs import _reply
from cogs._layout import layout, when

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

log = logging.getLogger(__name__)
# What keeps nothing: whoever only looked has not answered.
LOOKS = frozenset(
    {"help", "rhythm show", "week preview", "host status", "helpme", "status", "later", "nottoday", "carepause"}
    | {"letknow", "readall", "readweek", "readnote", "readdraft", "readidea", "look", "choose", "ask list"}
    | {"onlysome", "onlywhich", "onlyfor", "editpart", "helpon"}
    | {"openidea", "ideaspage", "settledpage", "openmine", "minepage", "trailpage", "trailtext", "readtrial", "mystory"}
    | {"week show", "circle mine", "ideas list", "ideas trail", "experiment list", "thankcheer"}
)


async def after(interaction: Interaction) -> None:
    """The end of every command, press and form: one line to whoever could not be written to, once each time."""
    if interaction.response.type is discord.InteractionResponseType.modal:
        return  # the form brings them back
    app, who = interaction.client.app, _reply.person(interaction.user)
    try:
        if _done(interaction) not in LOOKS and _reply.REFUSED not in interaction.extras:
            await care.heard(app, who)
        since = await people.here(app, who)
        if since:
            await _reply.show(interaction, _closed(since, here=interaction.guild_id is not None))
            await people.read_of_it(app, who)
    except Told as refusal:
        log.info("somebody could not be told that they are closed: %s", refusal)
    except Exception as error:  # what they asked for was answered; this is said at their next command
        _reply.report(error)


def _done(interaction: Interaction) -> str:
    """The command's name, or the verb of a press or form."""
    if isinstance(interaction.command, app_commands.Command):
        return interaction.command.qualified_name
    data: Any = interaction.data or {}
    return str(data.get("custom_id", "")).partition(":")[0]


def _closed(since: datetime, *, here: bool) -> ui.LayoutView:
    return layout(
        [
            f"**I have not reached you** since {when(since)}: your direct messages are closed to me.",
            f"To have me back, allow direct messages in {'this server' if here else 'a server that we share'}: "
            "the server's name, Privacy Settings, Direct Messages. Then run /rhythm show: I try again at once.",
        ]
    )
