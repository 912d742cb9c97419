"""Answering: buttons and forms under prompts, /checkin and /reflect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.exercise import ANSWER_LIMIT, CHECKIN
from bot.core.journal import MOST, NUMBERS, Kept, Visibility
from bot.core.week_card import MOODS
from bot.usecases import journal, rhythm
from cogs import _mention, _render, _reply
from cogs._forms import Fields, Words, exercise_fields, form, number_fields, open_form
from cogs._press import press
from cogs.rhythm import exercise_choices

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

MOOD = [app_commands.Choice(name=f"{value} {word}", value=value) for value, word in enumerate(MOODS, start=1)]
Count = app_commands.Range[int, 0, MOST]
Line = app_commands.Range[str, 1, ANSWER_LIMIT]


class Journal(commands.Cog):
    """/checkin, /reflect"""

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
    kept = await journal.answer(interaction.client.app, _reply.person(interaction.user), ref, words)
    if kept.mentions:
        await _reply.show(interaction, _mention.offered(kept.mentions))


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


async def _show_kept(interaction: Interaction, kept: Kept) -> None:
    """Where no prompt shows the entry, the message that was pressed does; after a command it is the answer."""
    if interaction.message is None:
        await _reply.show(interaction, _render.kept(kept))
    else:
        await _reply.turn_into(interaction, _render.kept(kept))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Journal())
