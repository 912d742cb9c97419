"""Ideas and offers: a friend's buttons, /idea and /circle mine's; what the seeker does with them, and /ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.idea import Given, Idea, Sort, Step
from bot.core.people import Person, Seeker
from bot.usecases import cheer
from bot.usecases import idea as ideas
from cogs import _idea, _mark, _reply, _thanks
from cogs._forms import Fields, Opener, Taker, Words, choice_label, form, in_label, known_label, open_form, text_label
from cogs._layout import name_of
from cogs._picked import number
from cogs._press import Handler, press, under, who_here
from cogs.cheer import around, seeker_choices
from cogs.trail import show_trail

if TYPE_CHECKING:
    from discord import ui

    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

YES, NO = "yes", "no"
OPEN = "Pick one from the list, and I open it."
GIVES = [
    app_commands.Choice(name="I have an idea", value=Sort.IDEA.value),
    app_commands.Choice(name="I know someone", value=Sort.OFFER.value),
]


class Give(commands.Cog):
    """/idea"""

    @app_commands.command(description="Give somebody here who looks for work an idea, or an introduction")
    @app_commands.describe(who="Whom it is for", what="An idea, where not said")
    @app_commands.choices(what=GIVES)
    @app_commands.guild_only()
    async def idea(self, interaction: Interaction, who: str, what: str = Sort.IDEA.value) -> None:
        """Open the form for somebody."""
        await open_form(interaction, FOR[Sort(what)], who)

    @idea.autocomplete("who")
    async def seekers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Those around whose name holds what was typed."""
        return await seeker_choices(interaction, typed)


class Ideas(commands.GroupCog, name="ideas", description="What friends brought you, and what becomes of it"):
    """/ideas list, trail"""

    @app_commands.command(name="list", description="The ideas and offers that are open, and those that are settled")
    async def open(self, interaction: Interaction) -> None:
        """Show what is open."""
        await _reply.acknowledge(interaction)
        listed = await ideas.listed(interaction.client.app, _reply.person(interaction.user))
        await _reply.show(interaction, _idea.opened(listed, 0))

    @app_commands.command(description="The way from each idea to what you learned, and whom you thanked")
    async def trail(self, interaction: Interaction) -> None:
        """From idea to experiment, and on."""
        await show_trail(interaction)


async def show_mine(interaction: Interaction) -> None:
    """What the person gave as a friend, and where it stands."""
    await _reply.acknowledge(interaction)
    given = await ideas.mine(interaction.client.app, _reply.person(interaction.user))
    await _thanks.show_with_standing(interaction, _idea.mine(given, 0))


# ------------------------------------------------------------------ a friend's forms


def fields_for(sort: Sort, friend: Person, seeker: Seeker) -> Fields:
    """The form of a friend's idea or offer for one seeker of a joint post; raises Gone where they take none."""
    return _fields(sort, ideas.takes(seeker, friend).name, Given("", ""), {})


def _fields(sort: Sort, name: str, given: Given, words: Words) -> Fields:
    """The form of an idea or offer, filled with words that were refused, or else with what was given so far."""
    before = {"what": given.what, "why": given.why, "named": NO if given.unnamed else YES}
    if given.what:
        before["through"] = YES if given.through else NO
    filled = words or before
    return Fields(f"For {name}", _idea_labels(name, filled) if sort is Sort.IDEA else _offer_labels(name, filled))


def _idea_labels(name: str, filled: Words) -> list[ui.Label[Any]]:
    return [
        text_label("what", "What is your idea?", filled.get("what", ""), required=True),
        text_label("why", f"Why do you think of {in_label(name)}?", filled.get("why", "")),
        known_label("named", name, YES, NO, filled.get("named", YES)),
    ]


def _offer_labels(name: str, filled: Words) -> list[ui.Label[Any]]:
    through = f"May {in_label(name)} reach them through you?"
    yes_no = [(YES, "Yes, I pass it on"), (NO, "No, I ask them myself first")]
    return [
        text_label("what", "Who do you know?", filled.get("what", ""), hint="A name, or a few words", required=True),
        text_label("why", "How do you know each other?", filled.get("why", "")),
        choice_label("through", through, yes_no, filled.get("through", ""), required=True),
        known_label("named", name, YES, NO, filled.get("named", YES)),
    ]


def _given(words: Words) -> Given:
    through, unnamed = words.get("through") == YES, words.get("named") == NO
    return Given(words.get("what", ""), words.get("why", ""), through, unnamed)


def _under_post(sort: Sort) -> tuple[Opener, Taker]:
    async def fields(interaction: Interaction, ref: str, words: Words) -> Fields:
        name = await ideas.for_whom(interaction.client.app, *who_here(interaction), *under(ref))
        return _fields(sort, name, Given("", ""), words)

    async def take(interaction: Interaction, ref: str, words: Words) -> None:
        await _reply.noted(interaction)
        app, friend, name = interaction.client.app, _reply.person(interaction.user), interaction.user.display_name
        post, week = under(ref)
        given = await ideas.give(app, friend, name, post, sort, _given(words), week)
        await _thanks.show_and_ask(interaction, _idea.sent(given))

    return fields, take


def _by_name(sort: Sort) -> tuple[Opener, Taker]:
    async def fields(interaction: Interaction, ref: str, words: Words) -> Fields:
        friend = _reply.person(interaction.user)
        named = await cheer.named(interaction.client.app, friend, *around(interaction), ref)
        return _fields(sort, named.name, Given("", ""), words)._replace(ref=str(named.id))

    async def take(interaction: Interaction, ref: str, words: Words) -> None:
        await _reply.noted(interaction)
        app, friend, name = interaction.client.app, _reply.person(interaction.user), interaction.user.display_name
        given = await ideas.give_to(app, friend, name, int(ref), *around(interaction), sort, _given(words))
        await _thanks.show_and_ask(interaction, _idea.sent(given))

    return fields, take


UNDER = {Sort.IDEA: "ideagiven", Sort.OFFER: "offergiven"}
FOR = {Sort.IDEA: "ideafor", Sort.OFFER: "offerfor"}
for made, verbs in ((_under_post, UNDER), (_by_name, FOR)):
    for sort, verb in verbs.items():
        opener, taker = made(sort)
        form(verb, opener)(taker)


async def _own_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    idea = await ideas.own(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _fields(idea.sort, idea.seeker, Given(idea.what, idea.why, idea.through, idea.unnamed), words)


@form("reworded", _own_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    idea = await ideas.change(interaction.client.app, _reply.person(interaction.user), int(ref), _given(words))
    await _reply.turn_into(interaction, _idea.sent(idea, "Changed."))


# ------------------------------------------------------------------ a friend's presses


@press("unidea")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    gone = await ideas.take_back(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _idea.taken_back(gone))


def _reporting(to: Step) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await _reply.noted(interaction)
        idea = await ideas.report(interaction.client.app, _reply.person(interaction.user), int(ref), to)
        if not _mark.carried(interaction.message):
            await _reply.turn_into(interaction, _idea.sent(idea, f"For {name_of(idea.seeker)}"))

    return pressed


press("intouch")(_reporting(Step.INTRODUCED))
press("fellthrough")(_reporting(Step.FELL))


@press("minepage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    given = await ideas.mine(interaction.client.app, _reply.person(interaction.user))
    await _reply.turn_into(interaction, _idea.mine(given, int(ref)))


@press("openmine")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    idea = await ideas.own(interaction.client.app, _reply.person(interaction.user), number(interaction, OPEN))
    await _reply.show(interaction, _idea.sent(idea, f"For {name_of(idea.seeker)}"))


# ------------------------------------------------------------------ the seeker's presses


def _stepping(to: Step) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await _reply.noted(interaction)
        idea = await ideas.step(interaction.client.app, _reply.person(interaction.user), int(ref), to)
        await _show_given(interaction, idea)
        if to is Step.ACCEPTED:
            await _reply.show(interaction, _idea.accepted(idea, await ideas.heard(interaction.client.app, idea)))

    return pressed


press("keepidea")(_stepping(Step.KEPT))
press("yesplease")(_stepping(Step.ACCEPTED))
press("introduced")(_stepping(Step.INTRODUCED))
press("talked")(_stepping(Step.TALKED))
press("nothingcame")(_stepping(Step.FELL))


async def _show_given(interaction: Interaction, idea: Idea) -> None:
    """What came by itself was revised already; what answered a command or press is turned here."""
    message = interaction.message
    if message is not None and (message.flags.ephemeral or message.interaction_metadata):
        await _reply.turn_into(interaction, _idea.given(idea))


@press("notforme")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    idea = await ideas.given(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _idea.not_for_me(idea))


@press("hush")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    idea = await ideas.step(app, who, int(ref), Step.DECLINED, hushed=True)
    await _reply.turn_into(interaction, _idea.given(idea))


@press("readidea")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    idea = await ideas.given(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.tell_all(interaction, _idea.whole(idea))


@press("ideaspage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    listed = await ideas.listed(interaction.client.app, _reply.person(interaction.user))
    await _reply.turn_into(interaction, _idea.opened(listed, int(ref)))


@press("settledpage")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    listed = await ideas.listed(interaction.client.app, _reply.person(interaction.user))
    await _reply.turn_into(interaction, _idea.settled(listed, int(ref)))


@press("openidea")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    idea = await ideas.given(interaction.client.app, _reply.person(interaction.user), number(interaction, OPEN))
    await _reply.show(interaction, _idea.given(idea))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Give())
    await bot.add_cog(Ideas())
