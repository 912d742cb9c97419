"""Under a joint post: whom a cheer, an idea or an offer is for, whose week is read; and invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.journal import Gone
from bot.usecases import council, rhythm
from cogs import _council, _render, _reply
from cogs._forms import open_form
from cogs._picked import values
from cogs._press import Handler, press

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

ASKS = {  # by the button's verb: that of the menu, that of the form, and what is asked
    "cheerwhom": ("cheerto", "said", "Whom would you like to cheer on?"),
    "ideawhom": ("ideato", "ideagiven", "For whom is your idea?"),
    "offerwhom": ("offerto", "offergiven", "For whom do you know someone?"),
}


def _asking(chooses: str, opens: str, words: str) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        found = await council.whom(interaction.client.app, _reply.person(interaction.user), ref)
        if len(found) == 1:
            await open_form(interaction, opens, f"{ref}.{found[0][0]}")
        else:
            await _reply.show(interaction, _council.whom(chooses, ref, found, words))

    return pressed


def _chosen(opens: str) -> Handler:
    async def picked(interaction: Interaction, ref: str) -> None:
        found = await council.whom(interaction.client.app, _reply.person(interaction.user), ref)
        week = _week(interaction, found)
        if week:
            await open_form(interaction, opens, f"{ref}.{week}")
        else:
            await _reply.noted(interaction)

    return picked


for verb, (chooses, opens, words) in ASKS.items():
    press(verb)(_asking(chooses, opens, words))
    press(chooses)(_chosen(opens))


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
    week = _week(interaction, await council.readable(interaction.client.app, ref))
    if week:
        await _read(interaction, ref, week)


async def _read(interaction: Interaction, ref: str, week: int) -> None:
    await _reply.tell_all(interaction, _render.whole_summary(await council.read(interaction.client.app, ref, week)))


def _week(interaction: Interaction, found: list[tuple[int, str]]) -> int | None:
    """The week that was picked in the menu; None where the choice was taken back. Raises Gone."""
    picked = values(interaction)
    week = next((week for week, _ in found if str(week) in picked), None)
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
