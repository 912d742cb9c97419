"""Answering friends: thanks for an idea, an offer or a cheer, and a kind no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import ui

from bot.core import text as texts
from bot.core.consent import Consent, stands
from bot.core.dates import day
from bot.core.journal import Gone
from bot.core.reply import KINDLY, PRIVATELY, Addressee, Reply, Way, check_way
from bot.usecases import reply
from cogs import _reply, _thanks
from cogs._forms import Fields, Words, choice_label, form, show_form, text_label
from cogs._picked import values
from cogs._press import press
from cogs._text import escape

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

OPTION_LIMIT = 100
MOST_OPTIONS = 25  # of a menu


def thanks_fields(title: str, to: Addressee, words: Words, *, default: str = "") -> Fields:
    """The form of a reply: its words, and the way it goes where there is more than one."""
    hint = texts.shorten(f"{stands(to.consent, to.name)} {_kept(to)}", OPTION_LIMIT)
    labels: list[ui.Label[Any]] = [
        text_label("words", "In your own words", words.get("words", default), hint="" if _open(to) else hint)
    ]
    options = [(way.value, _labelled(to, way)) for way in to.ways[:MOST_OPTIONS]]
    first = options[0][0]
    if len(options) > 1 or first != PRIVATELY:
        chosen = words.get("way") or first
        labels.append(choice_label("way", "How shall it reach them?", options, chosen, required=True))
    return Fields(f"{title} {to.name}", labels)


def _open(to: Addressee) -> bool:
    return to.consent is Consent.GIVEN or Way(PRIVATELY) not in to.ways


def _kept(to: Addressee) -> str:
    return f"I keep it until {day(to.kept_until)}."


def _labelled(to: Addressee, way: Way) -> str:
    words = f"In #{way.circle}, for all there to see"
    if way.value == PRIVATELY:
        words = f"By direct message, to {to.name} alone"
        words = words if to.consent is Consent.GIVEN else f"{words}, once accepted"
    return texts.shorten(words, OPTION_LIMIT)


async def _show(interaction: Interaction, said: Reply) -> None:
    await _reply.tell(interaction, escape(await reply.told(interaction.client.app, said)))


# ------------------------------------------------------------------ about an idea or offer


async def _thank_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    to = await reply.addressee(interaction.client.app, _reply.person(interaction.user), int(ref))
    return thanks_fields("Thanks to", to, words)


@form("thanked", _thank_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who, way = _reply.person(interaction.user), words.get("way") or PRIVATELY
    await _show(interaction, await reply.thank(interaction.client.app, who, int(ref), words.get("words", ""), way))


async def _decline_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    to = await reply.declining(interaction.client.app, _reply.person(interaction.user), int(ref))
    return thanks_fields("Not for me: to", to, words, default=KINDLY)


@form("declined", _decline_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    who = _reply.person(interaction.user)
    await _show(interaction, await reply.decline(interaction.client.app, who, int(ref), words.get("words", "")))


# ------------------------------------------------------------------ about a cheer


@press("thankcheer")
async def _(interaction: Interaction, ref: str) -> None:
    friends = await reply.cheering(interaction.client.app, _reply.person(interaction.user), ref)
    if len(friends) == 1:
        await _thank(interaction, ref, friends[0])
        return
    named = [(friend.friend_id, friend.name, "") for friend in friends]
    await _reply.show(interaction, _thanks.whom("Whom would you like to thank?", "thankwhom", ref, named))


@press("thankwhom")
async def _(interaction: Interaction, ref: str) -> None:
    friends = await reply.cheering(interaction.client.app, _reply.person(interaction.user), ref)
    chosen = values(interaction)
    found = [friend for friend in friends if str(friend.friend_id) in chosen]
    if found:
        await _thank(interaction, ref, found[0])
    elif chosen:
        raise Gone("They took back what they had left in that note.")
    else:
        await _reply.noted(interaction)


async def _thank(interaction: Interaction, note: str, to: Addressee) -> None:
    """The form to thank one of those who were found in a note, who are not looked up again."""
    fields = thanks_fields("Thanks to", check_way(to), {})
    await show_form(interaction, "cheerthanked", f"{note}.{to.friend_id}", fields)


async def _cheer_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    note, _, friend = ref.rpartition(".")
    to = await reply.cheerer(interaction.client.app, _reply.person(interaction.user), note, int(friend))
    return thanks_fields("Thanks to", to, words)


@form("cheerthanked", _cheer_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    note, _, friend = ref.rpartition(".")
    app, who, way = interaction.client.app, _reply.person(interaction.user), words.get("way") or PRIVATELY
    await _show(interaction, await reply.thank_for_cheer(app, who, note, int(friend), words.get("words", ""), way))


async def setup(_bot: Cairn) -> None:
    """Called once for each bot."""
