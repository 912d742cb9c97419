"""*Log it* under a check-in: the log's form, filled with what was mentioned; nothing is noted before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.core.mention import ACTS, parse
from bot.core.search import NAME_LIMIT, WORDS_LIMIT
from bot.usecases import mention
from bot.when import When, in_words
from cogs import _log, _mention, _reply
from cogs._forms import Fields, Words, choice_label, form, text_label

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


async def _fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    number, act, on = parse(ref)
    company = await mention.company(interaction.client.app, _reply.person(interaction.user), number)
    acts = [(str(one), _mention.TITLES[one]) for one in ACTS]
    when, begins = in_words(When(on), _log.NO_YEAR), "Needed to begin an application"
    return Fields(
        "Log it",
        [
            choice_label("act", "What happened?", acts, words.get("act", act), required=True),
            text_label("company", "Company", words.get("company", company), long=False, limit=NAME_LIMIT),
            text_label("role", "Role", words.get("role", ""), hint=begins, long=False, limit=NAME_LIMIT),
            _log.when_label(words.get("when", when)),
            text_label("words", "Note", words.get("words", ""), limit=WORDS_LIMIT),
        ],
    )


@form("loggedit", _fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    await _reply.show(interaction, _log.answer(await mention.keep(app, who, parse(ref)[0], words)))


async def setup(bot: Cairn) -> None:
    """Called once for each bot; there is a form alone."""
