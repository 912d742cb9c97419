"""Under a joint post: whom a cheer, an idea or an offer is for, whose week is read; and invitations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bot.core.idea import Sort
from bot.core.journal import Gone
from bot.core.people import Person, Seeker
from bot.usecases import council, rhythm
from cogs import _council, _render, _reply, cheer, idea
from cogs._forms import Fields, show_form
from cogs._picked import values
from cogs._press import Handler, press, who_here

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class Asking(NamedTuple):
    """What a button asks: the verb of the menu and that of the form, the question, and the fields for who is chosen."""

    menu: str
    form: str
    words: str
    fields: Callable[[Person, Seeker], Fields]


ASKS = {
    "cheerwhom": Asking("cheerto", "said", "Whom would you like to cheer on?", cheer.fields_for),
    "ideawhom": Asking("ideato", "ideagiven", "For whom is your idea?", partial(idea.fields_for, Sort.IDEA)),
    "offerwhom": Asking("offerto", "offergiven", "For whom do you know someone?", partial(idea.fields_for, Sort.OFFER)),
}


def _pressed(asking: Asking) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        found = await council.whom(interaction.client.app, *who_here(interaction), ref)
        if len(found) == 1:
            await _open(interaction, ref, asking, found[0])
        else:
            choices = [(one.week_id, one.name) for one in found]
            await _reply.show(interaction, _council.whom(asking.menu, ref, choices, asking.words))

    return pressed


def _chosen(asking: Asking) -> Handler:
    async def picked(interaction: Interaction, ref: str) -> None:
        found = await council.whom(interaction.client.app, *who_here(interaction), ref)
        week = _week(interaction, [one.week_id for one in found])
        if week:
            await _open(interaction, ref, asking, next(one for one in found if one.week_id == week))
        else:
            await _reply.noted(interaction)

    return picked


async def _open(interaction: Interaction, ref: str, asking: Asking, choice: council.Choice) -> None:
    fields = asking.fields(_reply.person(interaction.user), choice.seeker)
    await show_form(interaction, asking.form, f"{ref}.{choice.week_id}", fields)


for verb, asking in ASKS.items():
    press(verb)(_pressed(asking))
    press(asking.menu)(_chosen(asking))


@press("readwhom")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await council.readable(interaction.client.app, ref)
    if len(found) == 1:
        await _read(interaction, ref, found[0][0])
    else:
        await _reply.show(interaction, _council.whom("readof", ref, found, "Whose week would you like to read?"))


@press("readof")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    week = _week(interaction, [week for week, _ in await council.readable(interaction.client.app, ref)])
    if week:
        await _read(interaction, ref, week)


async def _read(interaction: Interaction, ref: str, week: int) -> None:
    await _reply.tell_all(interaction, _render.whole_summary(await council.read(interaction.client.app, ref, week)))


def _week(interaction: Interaction, found: list[int]) -> int | None:
    """The one of these weeks that was picked in the menu; None where the choice was taken back. Raises Gone."""
    picked = values(interaction)
    week = next((week for week in found if str(week) in picked), None)
    if picked and week is None:
        raise Gone("Their week is no longer in this post. Press the button again to see whose are.")
    return week


@press("uninvite")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await rhythm.friends(interaction.client.app, _reply.person(interaction.user), None, None, invited=False)
    await _reply.show(interaction, _council.uninvited())


async def setup(_: Cairn) -> None:
    """Called by discord.py."""
