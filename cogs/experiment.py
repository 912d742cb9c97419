"""Experiments: trying an idea, saying what came of it and the list of what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.experiment import FORM, Experiment
from bot.core.text import shorten
from bot.usecases import experiment
from cogs import _experiment, _mark, _reply
from cogs._forms import Fields, Words, form, open_form, text_label
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

NEW = "new"
DATE = "Such as Friday, 12 March or 2026-03-12"
HINT_LIMIT = 100  # characters of a form's hint


class Experiments(commands.GroupCog, name="experiment", description="Things to try, with a date and a question"):
    """/experiment new, list"""

    @app_commands.command(description="Plan something to try, and what you would like to learn")
    async def new(self, interaction: Interaction) -> None:
        """Plan something of one's own."""
        await open_form(interaction, "planned", NEW)

    @app_commands.command(description="What you have planned, and when")
    async def list(self, interaction: Interaction) -> None:
        """Show what is planned."""
        await _reply.acknowledge(interaction)
        planned = await experiment.planned(interaction.client.app, _reply.person(interaction.user))
        for view in _experiment.planned(planned):
            await _reply.show(interaction, view)


# ------------------------------------------------------------------ planning


async def _idea_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    number, _, mark = ref.partition(".")
    filled = await experiment.form_for_idea(interaction.client.app, _reply.person(interaction.user), int(number))
    return _plan_fields("Plan the talk" if filled.talk else "Try it", filled, words)._replace(
        ref=f"{number}.{mark or filled.mark}"
    )


async def _own_fields(interaction: Interaction, _ref: str, words: Words) -> Fields:
    filled = await experiment.form_for_own(interaction.client.app, _reply.person(interaction.user))
    return _plan_fields("Something to try", filled, words)


def _plan_fields(title: str, filled: experiment.Form, words: Words) -> Fields:
    return Fields(
        title,
        [
            text_label("what", "With whom" if filled.talk else "What", words.get("what", filled.what), required=True),
            text_label("on", "On which date", words.get("on", filled.on), hint=DATE, long=False),
            text_label(
                "question", "What would I learn?", words.get("question", filled.question),
                hint="One question that it should answer", long=False,
            ),
        ],
    )  # fmt: skip


@form(FORM, _idea_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app, who, (number, _, mark) = interaction.client.app, _reply.person(interaction.user), ref.partition(".")
    await _tell(interaction, await experiment.try_idea(app, who, int(number), words, mark))


@form("planned", _own_fields)
async def _(interaction: Interaction, _ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    await _tell(interaction, await experiment.try_own(interaction.client.app, _reply.person(interaction.user), words))


async def _date_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    filled = await experiment.form_to_move(interaction.client.app, _reply.person(interaction.user), int(ref))
    return Fields("Another day", [text_label("on", "On which date", words.get("on", filled.on), hint=DATE, long=False)])


@form("moved", _date_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await _show(interaction, await experiment.move(interaction.client.app, who, int(ref), words.get("on", "")))


# ------------------------------------------------------------------ what came of it


async def _learned_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    filled = await experiment.form_to_learn(interaction.client.app, _reply.person(interaction.user), int(ref))
    label = text_label(
        "learned", "What did you learn?", words.get("learned", filled.learned),
        hint=shorten(filled.question, HINT_LIMIT) if filled.question else "", required=True,
    )  # fmt: skip
    return Fields("It happened", [label])


@form("learned", _learned_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await _show(interaction, await experiment.learn(interaction.client.app, who, int(ref), words.get("learned", "")))


@press("dropit")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _show(interaction, await experiment.let_go(interaction.client.app, _reply.person(interaction.user), int(ref)))


@press("readtrial")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await experiment.read(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.tell_all(interaction, _experiment.whole(found))


async def _show(interaction: Interaction, found: Experiment) -> None:
    """The message that asked was revised already; after any other press it is told."""
    if not _mark.carried(interaction.message):
        await _tell(interaction, found)


async def _tell(interaction: Interaction, found: Experiment) -> None:
    await _reply.show(interaction, _experiment.told(found))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Experiments())
