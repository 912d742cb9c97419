"""Answering: buttons and forms under prompts, plain direct messages, /checkin and /reflect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.conversations import Deleted, key_of
from bot.core.exercise import ANSWER_LIMIT, CHECKIN, NOTE
from bot.core.journal import MOST, NUMBERS, Held, Kept, Visibility
from bot.core.summary import MOODS
from bot.usecases import journal, messages, people, rhythm
from cogs import _help, _render, _reply
from cogs._forms import FORMS, Fields, Words, exercise_fields, form, number_fields, open_form
from cogs._mark import mark
from cogs._press import check_place, parse, press
from cogs._said import by_person, said
from cogs.rhythm import exercise_choices

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

MOOD = [app_commands.Choice(name=f"{value} {word}", value=value) for value, word in enumerate(MOODS, start=1)]
Count = app_commands.Range[int, 0, MOST]
Line = app_commands.Range[str, 1, ANSWER_LIMIT]


class Journal(commands.Cog):
    """/checkin, /reflect, and what is written in the direct messages"""

    def __init__(self, bot: Cairn) -> None:
        self.bot = bot

    @app_commands.command(description="Tell how today is going")
    @app_commands.describe(
        mood="How you are today",
        energy="From 0, empty, to 10, full",
        done="One thing you did",
        next="One thing you will do next",
        stuck="Where you are stuck",
        applications="How many you sent today",
        conversations="How many you had about work",
        interviews="How many you had today",
        hours="How many went into the search",
    )
    @app_commands.choices(mood=MOOD)
    async def checkin(
        self,
        interaction: Interaction,
        mood: int | None = None,
        energy: app_commands.Range[int, 0, 10] | None = None,
        done: Line = "",
        next: Line = "",
        stuck: Line = "",
        applications: Count | None = None,
        conversations: Count | None = None,
        interviews: Count | None = None,
        hours: Count | None = None,
    ) -> None:
        """Add to today's check-in, or open its form where nothing was given."""
        answers = {"mood": mood, "energy": energy, "done": done, "next": next, "stuck": stuck}
        words = {name: str(value) for name, value in answers.items() if value not in (None, "")}
        counts = (applications, conversations, interviews, hours)
        await _check_in(interaction, words, {name: n for name, n in zip(NUMBERS, counts, strict=True) if n is not None})

    @app_commands.command(description="Do one reflection now")
    @app_commands.describe(exercise="Which one")
    async def reflect(self, interaction: Interaction, exercise: str) -> None:
        """Open an exercise's form."""
        known = journal.known_exercise(interaction.client.app, exercise)
        await open_form(interaction, "checkedin" if known.id == CHECKIN else "reflected", known.id)

    @reflect.autocomplete("exercise")
    async def exercises(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The exercises by title."""
        return exercise_choices(interaction, typed)

    # -------------------------------------------------------- direct messages

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


async def _check_in(interaction: Interaction, words: dict[str, str], counts: dict[str, int]) -> None:
    if not (words or counts):
        await open_form(interaction, "checkedin", CHECKIN)
        return
    await _reply.acknowledge(interaction)
    kept = await journal.checkin(interaction.client.app, _reply.person(interaction.user), words, counts)
    asks_mood = "mood" not in kept.entry.answers
    await _reply.show(interaction, _render.answered(kept) if asks_mood else _render.kept(kept))


# ------------------------------------------------------------------ forms


async def _prompt_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    who = _reply.person(interaction.user)
    asked = await journal.form_for_prompt(interaction.client.app, who, ref)
    if asked.entry_id is None or words:
        return exercise_fields(asked, words)
    return await _entry_fields(interaction, str(asked.entry_id), words)


@form("answered", _prompt_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    await journal.answer(interaction.client.app, _reply.person(interaction.user), ref, words)


async def _entry_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    asked = await journal.form_for_entry(interaction.client.app, _reply.person(interaction.user), int(ref))
    return exercise_fields(asked, words, "changed", ref)


@form("changed", _entry_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    kept = await journal.change(interaction.client.app, _reply.person(interaction.user), int(ref), words)
    await _show_kept(interaction, kept)


async def _number_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    numbers = await journal.numbers_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    return number_fields(numbers, words)


@form("numbered", _number_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    kept = await journal.set_numbers(interaction.client.app, _reply.person(interaction.user), int(ref), words)
    await _show_kept(interaction, kept)


async def _today_fields(interaction: Interaction, _ref: str, words: Words) -> Fields:
    today = await journal.form_for_today(interaction.client.app, _reply.person(interaction.user))
    if today.entry_id is None or words:
        return exercise_fields(today, words)
    return exercise_fields(today, words, "changed", str(today.entry_id))


@form("checkedin", _today_fields)
async def _(interaction: Interaction, _ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    kept = await journal.checkin(interaction.client.app, _reply.person(interaction.user), words, {})
    await _reply.show(interaction, _render.kept(kept))


async def _reflection_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    who = _reply.person(interaction.user)
    return exercise_fields(await journal.form_for_reflection(interaction.client.app, who, ref), words)


@form("reflected", _reflection_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    kept = await journal.reflect(interaction.client.app, _reply.person(interaction.user), ref, words)
    await _reply.show(interaction, _render.kept(kept))


# ------------------------------------------------------------------ presses


@press("tryagain")
async def _(interaction: Interaction, ref: str) -> None:
    held = await messages.held_words(interaction.client.app, _reply.person(interaction.user), ref)
    verb, target = parse(held.ref, FORMS)
    await check_place(interaction, verb, target)
    await open_form(interaction, verb, target, held.words)


@press("later")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await journal.form_for_prompt(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.show(interaction, _render.later(ref))


@press("snooze")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    delivery_id, _, choice = ref.partition(".")
    again_at = await rhythm.later(interaction.client.app, _reply.person(interaction.user), delivery_id, choice)
    await _reply.turn_into(interaction, _render.say(f"I ask again {_render.when(again_at)}."))


@press("nottoday")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await journal.form_for_prompt(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.show(interaction, _render.not_today(ref))


@press("rest")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await rhythm.not_today(interaction.client.app, _reply.person(interaction.user), ref, rest=True)
    await _reply.turn_into(interaction, _render.say("Rest well. A day of rest is a stone in the cairn too."))


@press("skip")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await rhythm.not_today(interaction.client.app, _reply.person(interaction.user), ref, rest=False)
    await _reply.turn_into(interaction, _render.say("That is fine."))


@press("share")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _set_visibility(interaction, ref, Visibility.FRIENDS)


@press("hide")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _set_visibility(interaction, ref, Visibility.PRIVATE)


async def _set_visibility(interaction: Interaction, ref: str, visibility: Visibility) -> None:
    kept = await journal.share(interaction.client.app, _reply.person(interaction.user), int(ref), visibility)
    await _reply.turn_into(interaction, _render.kept(kept))


@press("rate")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    entry_id, step, value = ref.split(".")
    kept = await journal.rate(interaction.client.app, _reply.person(interaction.user), int(entry_id), step, value)
    await _reply.turn_into(interaction, _render.answered(kept))


@press("readall")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    kept = await journal.read(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.tell_all(interaction, _render.whole_entry(kept))


@press("keepnote")
async def _(interaction: Interaction, ref: str) -> None:
    await _keep_held(interaction, ref, NOTE)


@press("keepcheckin")
async def _(interaction: Interaction, ref: str) -> None:
    await _keep_held(interaction, ref, CHECKIN)


async def _keep_held(interaction: Interaction, ref: str, exercise: str) -> None:
    await _reply.noted(interaction)
    kept = await messages.keep_held(interaction.client.app, _reply.person(interaction.user), ref, exercise)
    await _reply.turn_into(interaction, _render.answered(kept))


@press("letgo")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await messages.let_go(interaction.client.app, _reply.person(interaction.user), ref)
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


async def _show_kept(interaction: Interaction, kept: Kept) -> None:
    """Where no prompt shows the entry, the message that was pressed does; after a command it is the answer."""
    if interaction.message is None:
        await _reply.show(interaction, _render.kept(kept))
    else:
        await _reply.turn_into(interaction, _render.kept(kept))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Journal(bot))
