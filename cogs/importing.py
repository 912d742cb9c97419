"""Taking a file into the search: `/search import`, what it would add, and how its table is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.archive import BadFile
from bot.core.layout import STATUSES, Holds
from bot.usecases import importing, long_quiet
from bot.usecases.importing import ReadAnew, Shown
from cogs import _importing, _reply
from cogs._picked import NothingPicked, picked
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

AS_IT_IS = "Pick one from the list, or leave it as it is with *Done*."


async def show_import(interaction: Interaction, file: discord.Attachment) -> None:
    """What a file would add, to its seeker alone."""

    async def fetch() -> bytes:
        try:
            return await file.read()
        except discord.HTTPException as error:
            raise BadFile("Discord did not hand me that file. Send it again in a moment; nothing was kept.") from error

    await _reply.acknowledge(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    found = _importing.looked_at(await importing.begin(app, who, file.filename, file.size, fetch))
    await _reply.show(interaction, found.view, found.files)


@press("importlook")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _look(interaction, await _shown(interaction, ref))


@press("importdays")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, first = ref.partition(".")
    app, who = interaction.client.app, _reply.person(interaction.user)
    reread = importing.with_day_first(first == "d")
    await _look(interaction, await importing.choose(app, who, int(number), reread))


@press("importcolumns")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, page = ref.partition(".")
    await _reply.turn_into(interaction, _importing.columns(await _shown(interaction, number), int(page)))


@press("importstages")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, page = ref.partition(".")
    await _reply.turn_into(interaction, _importing.stages(await _shown(interaction, number), int(page)))


@press("importholds")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, column = (int(part) for part in ref.split("."))
    app, who = interaction.client.app, _reply.person(interaction.user)
    reread = importing.holding(column, Holds(_picked_of(interaction, list(Holds))))
    found = await importing.choose(app, who, number, reread)
    await _reply.turn_into(interaction, _importing.columns(found, column // _importing.ON_STEP))


@press("importmeans")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, at = (int(part) for part in ref.split("."))
    app, who = interaction.client.app, _reply.person(interaction.user)
    reread = importing.calling(at, _picked_of(interaction, list(STATUSES)))
    found = await importing.choose(app, who, number, reread)
    await _reply.turn_into(interaction, _importing.stages(found, at // _importing.ON_STEP))


@press("importdo")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    try:
        done = await importing.keep(interaction.client.app, _reply.person(interaction.user), int(ref))
    except ReadAnew:
        await _look(interaction, await _shown(interaction, ref))
        raise
    await _reply.turn_into(interaction, _importing.imported(done))


@press("importquiet")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    closed = await long_quiet.close(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _importing.closed(closed))


@press("importopen")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number = await long_quiet.reopen(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _importing.opened(number))


@press("importnot")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await importing.let_go(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _importing.left())


async def _shown(interaction: Interaction, ref: str) -> Shown:
    return await importing.shown(interaction.client.app, _reply.person(interaction.user), int(ref))


async def _look(interaction: Interaction, found: Shown) -> None:
    message = _importing.looked_at(found)
    await _reply.turn_into(interaction, message.view, message.files)


def _picked_of(interaction: Interaction, among: list[str] | list[Holds]) -> str:
    """What was picked in a list; raises NothingPicked where that is nothing of it."""
    value = picked(interaction, AS_IT_IS)
    if value not in among:
        raise NothingPicked(AS_IT_IS)
    return value
