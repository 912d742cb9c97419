"""Care: the buttons of the question to a silent seeker, and those of the friend they trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core import dates
from bot.core import text as texts
from bot.core.care import WORDS_LIMIT
from bot.core.rhythm import Rhythm
from bot.usecases import care
from cogs import _care, _render, _reply
from cogs._forms import Fields, Words, form, text_label
from cogs._layout import say
from cogs._press import press

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


@press("carefine")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await care.fine(interaction.client.app, _reply.person(interaction.user), int(ref))


@press("carepause")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await care.confirm_own(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _care.pauses(int(ref)))


@press("pausefor")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    silence_id, _, days = ref.partition(".")
    paused = await care.pause(interaction.client.app, _reply.person(interaction.user), int(silence_id), int(days))
    await _reply.turn_into(interaction, _render.rhythm(paused, "Rest well."))


@press("lighten")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    before, after = await care.lighten(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _render.rhythm(after, _lightened(before, after)))


def _lightened(before: Rhythm, after: Rhythm) -> str:
    """What changed, and how it is undone."""
    now = {one.ask: one.days for one in after.schedules}
    changed = [one for one in before.schedules if one.days != now[one.ask]]
    undo = texts.listing(
        [f"/rhythm set what: {_render.ASKS[one.ask]} days: {dates.days_in_words(one.days)}" for one in changed]
    )
    return f"Fewer questions from now on. To undo it: {undo}."


@press("letknow")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    shown = await care.confiding(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _care.confiding(shown))


@press("letsend")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    friend, outcome = await care.let_know(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, say(_care.let_known(friend, outcome)))


@press("letbe")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await care.confirm_own(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, say("Nothing was sent."))


@press("trustnobody")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await care.trust_nobody(interaction.client.app, _reply.person(interaction.user))
    await _reply.turn_into(interaction, say("Nobody hears of it any more. They were not told of this either."))


async def _word_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    friend, before = await care.words_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    hint = f"Up to {WORDS_LIMIT} characters. It is shown once more before it goes out."
    return Fields(f"To {friend}", [text_label("words", "What shall they read?", words.get("words", before), hint=hint)])


@form("letworded", _word_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    shown = await care.reword(interaction.client.app, _reply.person(interaction.user), int(ref), words.get("words", ""))
    await _reply.turn_into(interaction, _care.confiding(shown))


async def setup(_bot: Cairn) -> None:
    """Called by discord.py; the commands stand under /rhythm."""
