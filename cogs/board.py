"""The board: what `/search board` and `/search next` show, and the board's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.board import Look
from bot.core.search import Stage
from bot.usecases import board
from cogs import _board, _reply
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


async def show_board(interaction: Interaction, look: Look) -> None:
    """Where everything stands, to its seeker alone."""
    await _reply.acknowledge(interaction)
    found = await board.board(interaction.client.app, _reply.person(interaction.user), look)
    await _reply.show(interaction, _board.board(found))


async def show_next(interaction: Interaction) -> None:
    """What is due and what is to come, to its seeker alone."""
    await _reply.acknowledge(interaction)
    found = await board.agenda(interaction.client.app, _reply.person(interaction.user))
    await _reply.show(interaction, _board.agenda(found))


@press("boardpage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await board.board(interaction.client.app, _reply.person(interaction.user), _look(ref))
    await _reply.turn_into(interaction, _board.board(found))


def _look(ref: str) -> Look:
    """What a button of the board leads to: a stage, "open" or "ended", a page, and where a text waits."""
    what, page, *key = ref.split(".")
    stage = Stage(what) if what in tuple(Stage) else None
    return Look(stage, what == "ended", "", int(page), *key)
