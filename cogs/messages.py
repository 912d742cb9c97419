"""Plain direct messages: written, edited, deleted; and the buttons of words that wait for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.core.conversations import Deleted, key_of
from bot.core.exercise import CHECKIN, NOTE
from bot.core.journal import Held, Kept
from bot.usecases import held, journal, messages, people
from cogs import _help, _render, _reply
from cogs._forms import FORMS, open_form
from cogs._mark import mark
from cogs._press import parse, press
from cogs._said import by_person, said

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class Messages(commands.Cog):
    """What is written in the direct messages"""

    def __init__(self, bot: Cairn) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A plain direct message is an answer."""
        if message.guild is not None or not by_person(message):
            return
        async with _reply.refusals_told_in(message.channel):
            if not await people.has_started(self.bot.app, _reply.person(message.author)):
                await message.channel.send(view=_help.stranger())
                return
            await self._answer(message.channel, message.id, await messages.write(self.bot.app, said(message)))

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """An edited direct message changes its entry."""
        message = payload.message
        if payload.guild_id is not None or not by_person(message):
            return
        async with _reply.refusals_told_in(message.channel):
            await self._answer(message.channel, message.id, await messages.edited(self.bot.app, said(message)))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A deleted direct message: ask whether its entry goes too."""
        if payload.guild_id is not None:
            return
        channel = self.bot.get_partial_messageable(payload.channel_id)
        async with _reply.refusals_told_in(channel):
            gone = await messages.deleted(self.bot.app, str(payload.channel_id), str(payload.message_id))
            await self._answer(channel, payload.message_id, gone)

    async def _answer(
        self, channel: discord.abc.Messageable, message_id: int, what: Kept | Held | Deleted | None
    ) -> None:
        """Say what came of a message; what was handled already, or is shown elsewhere, is not answered."""
        if what is None:
            return
        key = key_of(what, str(message_id))
        await channel.send(view=mark(_render.answer(what), key), nonce=key)
        if not isinstance(what, Kept):
            await messages.asked(self.bot.app, what)


# ------------------------------------------------------------------ presses


@press("tryagain")
async def _(interaction: Interaction, ref: str) -> None:
    waiting = await held.words_of(interaction.client.app, _reply.person(interaction.user), ref)
    verb, target = parse(waiting.ref, FORMS)
    await open_form(interaction, verb, target, waiting.words)


@press("keepnote")
async def _(interaction: Interaction, ref: str) -> None:
    await _keep_held(interaction, ref, NOTE)


@press("keepcheckin")
async def _(interaction: Interaction, ref: str) -> None:
    await _keep_held(interaction, ref, CHECKIN)


async def _keep_held(interaction: Interaction, ref: str, exercise: str) -> None:
    await _reply.noted(interaction)
    kept = await held.keep(interaction.client.app, _reply.person(interaction.user), ref, exercise)
    await _reply.turn_into(interaction, _render.answered(kept))


@press("letgo")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await held.let_go(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.turn_into(interaction, _render.say("Forgotten. You can also delete your message above."))


@press("forget")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    entry_id, _, message = ref.partition(".")
    channel, _, message_id = message.partition("/")
    who = _reply.person(interaction.user)
    left = await journal.forget(interaction.client.app, who, int(entry_id), (channel, message_id))
    words = "That part is forgotten; the rest of the answer is kept." if left else "Forgotten."
    await _reply.turn_into(interaction, _render.say(words))


@press("spare")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await journal.read(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _render.say("Kept."))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Messages(bot))
