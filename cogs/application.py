"""One application: what `/search show` opens, its menu and buttons, and the forms behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.search import WhichOne
from bot.usecases import application, search
from bot.usecases.log import Question
from bot.usecases.search import Logged
from cogs import _application, _log, _reply
from cogs._forms import Fields, Words, form
from cogs._picked import number, picked
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


async def show_named(interaction: Interaction, which: str) -> None:
    """The application of a number or company, to its seeker alone."""
    await _reply.acknowledge(interaction)
    try:
        found = await application.named(interaction.client.app, _reply.person(interaction.user), which)
    except WhichOne as several:
        await _reply.show(interaction, _application.which(str(several), several.choices))
    else:
        await _reply.show(interaction, _application.shown(found))


# ------------------------------------------------------------------ looking


@press("appopen")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    found = await application.show(interaction.client.app, _reply.person(interaction.user), number(interaction))
    await _reply.show(interaction, _application.shown(found))


@press("apppage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    of, _, page = ref.partition(".")
    await _turn(interaction, int(of), page=int(page))


@press("appread")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    of, _, page = ref.partition(".")
    found = await application.show(interaction.client.app, _reply.person(interaction.user), int(of))
    await _reply.tell_all(interaction, _application.whole(found, int(page)))


async def _turn(interaction: Interaction, of: int, *, page: int = -1, moved: Logged | None = None) -> None:
    """The message that was pressed shows the application as it is now."""
    found = await application.show(interaction.client.app, _reply.person(interaction.user), of)
    await _reply.turn_into(interaction, _application.shown(found, page, moved))


# ------------------------------------------------------------------ moving


@press("appmove")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _move(interaction, int(ref), picked(interaction))


@press("applost")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    of, _, to = ref.partition(".")
    await _move(interaction, int(of), to)


async def _move(interaction: Interaction, of: int, to: str) -> None:
    found = await application.move(interaction.client.app, _reply.person(interaction.user), of, to)
    await _follow(interaction, of, found)


async def _follow(interaction: Interaction, of: int, found: Logged | Question) -> None:
    """What was noted shows in the message itself; what is to be asked is asked under it."""
    if isinstance(found, Question):
        await _reply.show(interaction, _log.answer(found))
    else:
        await _turn(interaction, of, moved=found)


@press("appundo")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await search.undo(interaction.client.app, _reply.person(interaction.user), int(ref))
    if found.application:
        await _turn(interaction, found.application.id)
    else:
        await _reply.turn_into(interaction, _log.taken_back(found))


@press("appevent")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    found = await application.event(interaction.client.app, _reply.person(interaction.user), number(interaction))
    await _reply.show(interaction, _log.noted(found))


# ------------------------------------------------------------------ forms


async def _note_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    await application.form(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _application.note_fields(words)


@form("appnoted", _note_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    found = await application.note(interaction.client.app, _reply.person(interaction.user), int(ref), words)
    await _follow(interaction, int(ref), found)


async def _step_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    card, today = await application.form(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _application.step_fields(card, today, words)


@form("appstepped", _step_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    await application.plan(interaction.client.app, _reply.person(interaction.user), int(ref), words)
    await _turn(interaction, int(ref))


async def _edit_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    card, _ = await application.form(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _application.edit_fields(card.application, words)


async def _place_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    card, _ = await application.form(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _application.place_fields(card.application, words)


@form("appplaced", _place_fields)
@form("appedited", _edit_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    await application.reword(interaction.client.app, _reply.person(interaction.user), int(ref), words)
    await _turn(interaction, int(ref))
