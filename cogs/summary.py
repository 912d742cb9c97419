"""The week: looking at it, choosing, posting, taking down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.summary import Draft
from bot.usecases import hidden, past, summary
from cogs import _chooser, _draft, _hidden, _render, _reply
from cogs._forms import Fields, Words, form, open_form, text_label
from cogs._picked import picked, values
from cogs._press import Handler, parse, press

if TYPE_CHECKING:
    from bot.core.people import Person
    from bot.usecases.app import App
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


MOST_LISTED = 25  # choices that Discord shows under an option
WEEKS = [app_commands.Choice(name="this week", value=0), app_commands.Choice(name="last week", value=1)]


class Summary(commands.GroupCog, name="week", description="Your week, before and after your friends see it"):
    """/week preview, draft, show, hide, unhide"""

    @app_commands.command(description="What your friends would see; only you see this")
    @app_commands.describe(week="Which week; where not said, the draft that waits, or this week")
    @app_commands.choices(week=WEEKS)
    async def preview(self, interaction: Interaction, week: app_commands.Choice[int] | None = None) -> None:
        """Show the post as it would be."""
        await _reply.acknowledge(interaction)
        who, back = _reply.person(interaction.user), week.value if week else None
        await _show_preview(interaction, *await summary.previewed(interaction.client.app, who, back=back))

    @app_commands.command(description="Choose what goes in, and post it when you like")
    @app_commands.describe(week="Which week; where not said, the last one that is not posted, or this week")
    @app_commands.choices(week=WEEKS)
    async def draft(self, interaction: Interaction, week: app_commands.Choice[int] | None = None) -> None:
        """Bring the draft back."""
        await _reply.acknowledge(interaction)
        who, back = _reply.person(interaction.user), week.value if week else None
        draft = await summary.draft(interaction.client.app, who, back)
        await _reply.show(interaction, _render.draft(draft))

    @app_commands.command(description="Any past week, as your friends saw it or as your draft; only you see this")
    @app_commands.describe(week="Its dates: pick one from the list, or write a day or a month in it")
    async def show(self, interaction: Interaction, week: str) -> None:
        """Show a past week."""
        await _reply.acknowledge(interaction)
        shown = await past.show(interaction.client.app, _reply.person(interaction.user), week)
        await _show_posts(interaction, shown.posts)
        await _reply.show(interaction, _draft.past(shown.draft) if shown.posts else _render.draft(shown.draft))

    @show.autocomplete("week")
    async def weeks(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The weeks by their dates."""
        found = await past.choices(interaction.client.app, _reply.person(interaction.user), typed)
        return [app_commands.Choice(name=name, value=value) for name, value in found[:MOST_LISTED]]

    @app_commands.command(description="Names that your friends never read: people, companies; without one, the list")
    @app_commands.describe(name="As you write it; it is masked wherever others could read it, in old posts too")
    async def hide(self, interaction: Interaction, name: str = "") -> None:
        """Hide a name, or list them."""
        await _reply.acknowledge(interaction)
        app, who = interaction.client.app, _reply.person(interaction.user)
        hiding = await hidden.hide(app, who, name) if name else await hidden.listed(app, who)
        await _reply.tell_all(interaction, _hidden.hiding(hiding))

    @app_commands.command(description="Let a hidden name be read again")
    @app_commands.describe(name="Which one")
    async def unhide(self, interaction: Interaction, name: str) -> None:
        """Hide a name no longer."""
        await _reply.acknowledge(interaction)
        hiding = await hidden.unhide(interaction.client.app, _reply.person(interaction.user), name)
        await _reply.tell_all(interaction, _hidden.hiding(hiding))

    @unhide.autocomplete("name")
    async def names(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The hidden names."""
        found = await hidden.matching(interaction.client.app, _reply.person(interaction.user), typed)
        return [app_commands.Choice(name=name, value=name) for name in found[:MOST_LISTED]]


async def _show_posts(interaction: Interaction, posts: summary.Posts) -> None:
    for post in posts:
        rendered = _render.message(post)
        await _reply.show(interaction, rendered.view, rendered.files)


async def _show_preview(interaction: Interaction, draft: Draft, posts: summary.Posts) -> None:
    """The posts, and which names are masked in them."""
    await _show_posts(interaction, posts)
    if masked := _draft.masked(draft):
        await _reply.tell(interaction, masked)


async def show_draft(interaction: Interaction, draft: Draft) -> None:
    """A draft that came by itself was revised already; one that answered a command or press is turned here."""
    message = interaction.message
    if message is not None and (message.flags.ephemeral or message.interaction_metadata):
        await interaction.edit_original_response(view=_render.draft(draft))


def _acting(act: Callable[[App, Person, int], Awaitable[Draft]]) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await _reply.noted(interaction)
        draft = await act(interaction.client.app, _reply.person(interaction.user), int(ref))
        await show_draft(interaction, draft)

    return pressed


ACTS = {"post": summary.post, "skipweek": summary.skip, "stop": summary.stop, "takedown": summary.take_down}
for verb, act in ACTS.items():
    press(verb)(_acting(act))


@press("look")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await _show_preview(interaction, *await summary.previewed(interaction.client.app, who, week_id=int(ref)))


@press("choose")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await summary.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _render.chooser(draft))


@press("chosen")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    draft = await summary.choose(interaction.client.app, who, int(ref), offered(interaction), set(values(interaction)))
    await _reply.turn_into(interaction, _render.draft(draft))


def offered(interaction: Interaction) -> set[str]:
    """The values of the menu that was used: what was not offered stays as it is."""
    assert interaction.message is not None
    data: Any = interaction.data
    view = discord.ui.LayoutView.from_message(interaction.message)
    return {
        option.value
        for item in view.walk_children()
        if isinstance(item, discord.ui.Select) and item.custom_id == data["custom_id"]
        for option in item.options
    }


async def _word_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    before = await summary.words_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    label = text_label("words", "A few words to your friends", words.get("words", before), hint="They stand on top.")
    return Fields("Your week", [label])


@form("worded", _word_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await show_draft(interaction, await summary.edit(interaction.client.app, who, int(ref), words.get("words", "")))


@press("editpart")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await summary.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.show(interaction, _chooser.editable(draft))


@press("editwhich")
async def _(interaction: Interaction, _ref: str) -> None:
    verb, ref = parse(picked(interaction).replace(".", ":", 1), _chooser.EDITED_BY)
    await open_form(interaction, verb, ref)


@press("readdraft")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    draft = await summary.draft_of(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.tell_all(interaction, _render.whole_draft(draft))


@press("readweek")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    read = await summary.read(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.tell_all(interaction, _render.whole_summary(read))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Summary())
