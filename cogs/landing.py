"""Landing: /landed, the draft's buttons, the lines of thanks, and the closing post."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from discord import app_commands
from discord.ext import commands

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.landing import LandingDraft, Sort
from bot.core.thanks import FORM, LINE_LIMIT, Standing
from bot.usecases import closing, landing, reply, thanks
from cogs import _closing, _landing, _reply
from cogs._forms import Fields, Words, choice_label, form, open_form, text_label
from cogs._layout import label_of
from cogs._picked import is_number, values
from cogs._press import Handler, press
from cogs._text import escape
from cogs.reply import thanks_fields

if TYPE_CHECKING:
    import discord

    from bot.core.idea import Idea
    from bot.core.people import Person
    from bot.usecases.app import App
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

OPTION_LIMIT = 100
ASKED = {
    Sort.LANDED: ("You have landed", "I stop asking then, and nothing is erased."),
    Sort.STOPPED: ("You stopped searching", "I stop asking then, and nothing is erased."),
    Sort.CHANGED: ("You want something else now", "All goes on as before; the turn is kept."),
}


class Landing(commands.Cog):
    """/landed"""

    @app_commands.command(description="You have arrived, stopped, or changed your mind: the journey so far, and thanks")
    async def landed(self, interaction: Interaction) -> None:
        """Ask where the way led, or show the end of a journey that is over."""
        await _reply.acknowledge(interaction)
        draft = await landing.over(interaction.client.app, _reply.person(interaction.user))
        if draft:
            await _show(interaction, draft)
        else:
            await _reply.show(interaction, _landing.choices())


async def _show(interaction: Interaction, draft: LandingDraft) -> None:
    rendered = _landing.draft(draft)
    await _reply.show(interaction, rendered.view, rendered.files)


async def _show_draft(interaction: Interaction, draft: LandingDraft) -> None:
    """A draft that came by itself was revised already; one that answered a command is turned here."""
    message = interaction.message
    if message is not None and (message.flags.ephemeral or message.interaction_metadata):
        rendered = _landing.draft(draft)
        await interaction.edit_original_response(view=rendered.view, attachments=rendered.files)


# ------------------------------------------------------------------ forms


def _fields(title: str, hint: str, words: str, ideas: list[tuple[str, str]], chosen: str) -> Fields:
    labels: list[Any] = [text_label("words", "A few words to your friends", words, hint=hint)]
    if ideas:
        labels.append(choice_label("idea", "Did somebody's idea lead here?", ideas, chosen))
    return Fields(title, labels)


def _named(ideas: Iterable[Idea]) -> list[tuple[str, str]]:
    named = [(str(idea.id), " ".join(f"{label_of(idea.friend or UNNAMED)}: {idea.what}".split())) for idea in ideas]
    return [(number, texts.shorten(name, OPTION_LIMIT)) for number, name in named]


def _idea(words: Words) -> int | None:
    chosen = words.get("idea", "")
    return int(chosen) if is_number(chosen) else None


async def _landing_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    sort = Sort(ref)
    title, hint = ASKED[sort]
    if sort is Sort.STOPPED:
        return _fields(title, hint, words.get("words", ""), [], "")
    ideas, led = await landing.leads(interaction.client.app, _reply.person(interaction.user))
    chosen = words.get("idea", "") if words or sort is not Sort.LANDED else str(led or "")
    return _fields(title, hint, words.get("words", ""), _named(ideas), chosen)


@form("landing", _landing_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app, who, sort = interaction.client.app, _reply.person(interaction.user), Sort(ref)
    what = await landing.land(app, who, sort, words.get("words", ""), _idea(words))
    if what.arrived:
        await _reply.turn_into(interaction, _landing.landed(sort))
    else:
        await _show(interaction, what.draft)


async def _edit_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    sort, before, (ideas, led) = await landing.written(
        interaction.client.app, _reply.person(interaction.user), int(ref)
    )
    offered = [] if sort is Sort.STOPPED else _named(ideas)
    chosen = words.get("idea", str(led or ""))
    return _fields(ASKED[sort][0], "They stand on top.", words.get("words", before), offered, chosen)


@form("landworded", _edit_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    await _show_draft(interaction, await landing.edit(app, who, int(ref), words.get("words", ""), _idea(words)))


# ------------------------------------------------------------------ the draft's buttons


def _acting(act: Callable[[App, Person, int], Awaitable[LandingDraft]]) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await _reply.noted(interaction)
        await _show_draft(interaction, await act(interaction.client.app, _reply.person(interaction.user), int(ref)))

    return pressed


press("landpost")(_acting(closing.post))
press("landtake")(_acting(closing.take_down))
press("landkeep")(_acting(closing.keep_private))


@press("landgoon")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await landing.go_on(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _landing.went_on())


@press("landlook")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    what = await closing.preview(interaction.client.app, _reply.person(interaction.user), int(ref))
    rendered = _closing.closing_post(what)
    await _reply.show(interaction, rendered.view, rendered.files)


@press("landchoose")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await landing.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _landing.chooser(draft))


@press("landchosen")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    app, who, chosen = interaction.client.app, _reply.person(interaction.user), set(values(interaction))
    await _reply.turn_into(interaction, _landing.chooser(await landing.choose(app, who, int(ref), chosen)))


@press("readend")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _reply.tell_all(interaction, _closing.whole(await closing.read(interaction.client.app, ref)))


# ------------------------------------------------------------------ whom to thank, and for what


@press("landlines")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, _, page = ref.partition(".")
    draft = await landing.draft_of(interaction.client.app, _reply.person(interaction.user), int(number))
    view = _landing.lines(draft, int(page))
    if _on_a_page(interaction):
        await _reply.turn_into(interaction, view)
    else:
        await _reply.show(interaction, view)


def _on_a_page(interaction: Interaction) -> bool:
    """Whether it was pressed on a page of lines, which has no picture, and not on the draft."""
    return interaction.message is not None and not interaction.message.attachments


def _deciding(standing: Standing) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await _reply.noted(interaction)
        app, who = interaction.client.app, _reply.person(interaction.user)
        number, friend, unnamed, mark = ref.split(".")
        number_of, friend_of = int(number), int(friend)
        draft = await thanks.decide(app, who, number_of, friend_of, standing, unnamed=unnamed == "1", mark=mark)
        await _turn_page(interaction, draft, friend_of, unnamed=unnamed == "1")

    return pressed


press("lineok")(_deciding(Standing.CONFIRMED))
press("lineout")(_deciding(Standing.LEFT_OUT))


async def _turn_page(interaction: Interaction, draft: LandingDraft, friend: int, *, unnamed: bool) -> None:
    page = _landing.page_with(draft, friend, unnamed=unnamed)
    await _reply.turn_into(interaction, _landing.lines(draft, page))


@press("linesok")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    number, page, mark = ref.split(".")
    app, who = interaction.client.app, _reply.person(interaction.user)
    draft = await thanks.confirm_page(app, who, int(number), int(page), mark)
    await _reply.turn_into(interaction, _landing.lines(draft, int(page)))


async def _line_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    number, friend, unnamed, *_ = ref.split(".")
    app, who = interaction.client.app, _reply.person(interaction.user)
    line = await thanks.line_of(app, who, int(number), int(friend), unnamed=unnamed == "1")
    shown = words.get("words", line.words)
    label = text_label("words", f"Thank you, {texts.shorten(line.named, 29)}, for", shown, long=True, limit=LINE_LIMIT)
    return Fields(f"Thanks to {line.friend or UNNAMED}", [label], ref=f"{number}.{friend}.{unnamed}.{line.mark}")


@form(FORM, _line_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    number, friend, unnamed, mark = ref.split(".")
    app, who, said = interaction.client.app, _reply.person(interaction.user), words.get("words", "")
    draft = await thanks.reword(app, who, int(number), int(friend), said, unnamed=unnamed == "1", mark=mark)
    await _turn_page(interaction, draft, int(friend), unnamed=unnamed == "1")


# ------------------------------------------------------------------ thanks by direct message


@press("landthank")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await landing.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _landing.whom(draft))


@press("landthankwhom")
async def _(interaction: Interaction, ref: str) -> None:
    chosen = next(iter(values(interaction)), "")
    if is_number(chosen):
        await open_form(interaction, "helperthanked", f"{ref}.{chosen}")
    else:  # the choice was taken back
        await _reply.noted(interaction)
        await landing.written(interaction.client.app, _reply.person(interaction.user), int(ref))


async def _helper_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    number, _, friend = ref.partition(".")
    to = await reply.helper(interaction.client.app, _reply.person(interaction.user), int(number), int(friend))
    return thanks_fields("Thanks to", to, words)


@form("helperthanked", _helper_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    number, _, friend = ref.partition(".")
    app, who, said = interaction.client.app, _reply.person(interaction.user), words.get("words", "")
    answered = await reply.thank_helper(app, who, int(number), int(friend), said)
    await _reply.tell(interaction, escape(await reply.told(app, answered)))


async def setup(bot: Cairn) -> None:
    """Called by discord.py."""
    await bot.add_cog(Landing())
