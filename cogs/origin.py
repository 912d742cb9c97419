"""Where applications come from: the menu under a line of the log, and *Became an application*."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.link import LINK_LIMIT
from bot.core.search import NAME_LIMIT, WORDS_LIMIT, Act
from bot.usecases import log, origin
from bot.usecases.search import Wish
from cogs import _log, _reply
from cogs._forms import Fields, Words, form, text_label
from cogs._picked import values
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("logfrom")
async def _(interaction: Interaction, ref: str) -> None:
    await _choose(interaction, ref, next(iter(values(interaction)), ""))


@press("logown")
async def _(interaction: Interaction, ref: str) -> None:
    await _choose(interaction, ref, "", settled=True)


async def _choose(interaction: Interaction, ref: str, key: str, *, settled: bool = False) -> None:
    """The line says where its application came from; it is asked no more where that is settled."""
    await _reply.noted(interaction)
    found = await origin.choose(interaction.client.app, _reply.person(interaction.user), int(ref), key)
    await _reply.turn_into(interaction, _log.noted(found._replace(possible=()) if settled else found))


async def _fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    await origin.check(interaction.client.app, _reply.person(interaction.user), ref)
    hint = "Such as yesterday or 3 November; empty: today"
    return Fields(
        "Became an application",
        [
            text_label("company", "Company", words.get("company", ""), required=True, long=False, limit=NAME_LIMIT),
            text_label("role", "Role", words.get("role", ""), required=True, long=False, limit=NAME_LIMIT),
            text_label("when", "When you applied", words.get("when", ""), hint=hint, long=False, limit=_log.DATE_LIMIT),
            text_label("link", "The posting's link", words.get("link", ""), long=False, limit=LINK_LIMIT),
            text_label("words", "Note", words.get("words", ""), limit=WORDS_LIMIT),
        ],
    )


@form("appliedfrom", _fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    company, role, when, link, note = (words.get(name, "") for name in ("company", "role", "when", "link", "words"))
    wish = Wish(Act.APPLIED, company, role, when, words=note, link=link, origin=ref)
    found = await log.log(interaction.client.app, _reply.person(interaction.user), wish)
    await _reply.show(interaction, _log.answer(found))


async def setup(bot: Cairn) -> None:
    """Called once for each bot; there are presses alone."""
