"""What a seeker asks their friends for: /ask, the form behind the draft's button, and whether one is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core import text as texts
from bot.core.ask import LIMIT
from bot.core.summary import Phase
from bot.usecases import ask, summary
from cogs import _ask, _reply
from cogs._forms import Fields, Words, form, text_label
from cogs._press import press
from cogs.summary import show_draft

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

FREE = "0"  # the ref of a form that was not opened from a draft


class Ask(commands.GroupCog, name="ask", description="What your friends could do for you"):
    """/ask set, list, close"""

    @app_commands.command(description="Ask your friends for something; it stands in your weekly posts")
    @app_commands.describe(words="One line, such as “Read my CV” or “A walk on Friday”")
    async def set(self, interaction: Interaction, words: app_commands.Range[str, 1, LIMIT]) -> None:
        """Ask for something."""
        await _reply.acknowledge(interaction)
        kept = await ask.add(interaction.client.app, _reply.person(interaction.user), words)
        await _reply.show(interaction, _ask.kept(kept))

    @app_commands.command(description="What you ask your friends for at the moment")
    async def list(self, interaction: Interaction) -> None:
        """Show what is open."""
        await _reply.acknowledge(interaction)
        opened = await ask.opened(interaction.client.app, _reply.person(interaction.user))
        await _reply.show(interaction, _ask.listed(opened))

    @app_commands.command(description="You have it, or need it no more; your posts say so kindly")
    @app_commands.describe(which="Which one; may be left out where only one is open")
    @app_commands.rename(which="ask")
    async def close(self, interaction: Interaction, which: str = "") -> None:
        """Close an ask."""
        await _reply.acknowledge(interaction)
        closed = await ask.close(interaction.client.app, _reply.person(interaction.user), which)
        await _reply.show(interaction, _ask.closed(closed))

    @close.autocomplete("which")
    async def open_asks(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The seeker's own open asks that hold what was typed."""
        own = await ask.choices(interaction.client.app, _reply.person(interaction.user))
        found = [one for one in own if typed.casefold() in one.words.casefold()]
        return [app_commands.Choice(name=texts.shorten(one.words, 100), value=str(one.id)) for one in found]


# ------------------------------------------------------------------ asking by a form


async def _ask_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    await ask.check_room(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _fields(words.get("words", ""))


def _fields(words: str) -> Fields:
    hint = "Such as “Read my CV”, or “A walk on Friday”. It stands in your posts until you close it."
    label = text_label("words", "What would help?", words, hint=hint, required=True, long=False, limit=LIMIT)
    return Fields("Ask your friends for something", [label])


@form("asked", _ask_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    if ref != FREE:
        await summary.words_of(app, who, int(ref))  # raises where the form came from somebody else's draft
    kept = await ask.add(app, who, words.get("words", ""))
    draft = None if ref == FREE else await summary.draft_of(app, who, int(ref))
    if draft:
        await show_draft(interaction, draft)
    if draft is None or draft.week.phase is Phase.POSTED:
        await _reply.show(interaction, _ask.kept(kept))


# ------------------------------------------------------------------ still open?


@press("askopen")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await ask.say_open(interaction.client.app, _reply.person(interaction.user), ref)


@press("askclose")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await ask.close_asked(interaction.client.app, _reply.person(interaction.user), ref)


async def _change_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    before = await ask.words_asked(interaction.client.app, _reply.person(interaction.user), ref)
    return _fields(words.get("words", before))


@form("askchanged", _change_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    await ask.change_asked(interaction.client.app, _reply.person(interaction.user), ref, words.get("words", ""))


async def _reword_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    before = await ask.words_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _fields(words.get("words", before))


@form("askreworded", _reword_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    kept = await ask.change(interaction.client.app, who, int(ref), words.get("words", ""))
    await _reply.turn_into(interaction, _ask.kept(kept))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Ask())
