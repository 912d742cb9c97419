"""What friends are answered, as it looks: their first message, thanks and a kind no; and asking whether it may come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.consent import Consent, Greeting, OnlyInTheCircle, own
from bot.core.delivery import Sent, Unreachable
from bot.core.idea import Idea, Step
from bot.core.reply import Brought, Sort
from bot.usecases import consent
from bot.usecases.consent import Accepted
from cogs import _reply
from cogs._layout import label_of, layout, name_of, say
from cogs._press import button, menu
from cogs._text import as_said, escape

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

ME = "me"  # what the buttons about one's own consent carry: whoever presses them
IN_PLACEHOLDER = 60  # characters of a name
IN_MENU, MOST_MENUS = 25, 10
ABOUT_LIMIT = 200  # characters of an idea, to know it again
MAY_I = "If they answer you, may I bring it to you by direct message?"


def accept_button() -> ui.Item[Any]:
    """*Yes, write to me*."""
    return button("writeme", ME, "Yes, write to me")


def end_button() -> ui.Item[Any]:
    """*Stop these messages*."""
    return button("quiet", ME, "Stop these messages")


# ------------------------------------------------------------------ what a friend reads


def greeting(what: Greeting) -> ui.LayoutView:
    """The first message to a friend; what it says once they end them."""
    if what.consent is not Consent.GIVEN:
        return layout(["I don't write to you any more. If you would like it again:"], [accept_button()])
    return layout(
        [
            f"## Hello {name_of(what.name)}",
            "This is where I bring you what is meant for you alone: a part of somebody's week, their thanks, what "
            "became of something you offered, or that a friend could use a word from you.",
            "-# What you write back here goes to nobody. The button ends these messages, and so does /circle quiet.",
        ],
        [end_button()],
    )


def brought(what: Brought) -> ui.LayoutView:
    """A reply: to its friend alone, or in the channel, where nobody is pinged."""
    reply = what.reply
    seeker, friend, words = name_of(reply.seeker), name_of(reply.friend_named or UNNAMED), as_said(reply.words)
    if reply.in_circle:
        return layout([f"### {seeker} thanks {friend}", words], [button("helpme", what.delivery_id, "What is this?")])
    head = f"### {seeker} thanks you" if reply.sort is Sort.THANKS else f"### {seeker} answers you"
    about = " ".join(texts.shorten(what.about, ABOUT_LIMIT).split())
    return layout([f"{head}\n-# {as_said(about)}" if about else head, words], [end_button()])


def accepted(what: Accepted) -> ui.LayoutView:
    """The answer to *Yes, write to me*."""
    if not what.new:
        return say(f"{own(what.consent)} Nothing more is needed.")
    match what.greeting:
        case Sent():
            return say("Thank you. I have just written to you: that is where answers come.")
        case Unreachable():
            return layout(
                [
                    "Thank you. But I could not write to you: your direct messages are closed to me.",
                    "To open them: this server's name, *Privacy Settings*, *Direct Messages*. Then press again.",
                ],
                [accept_button()],
            )
        case _:
            return say("Thank you. A first message is on its way to you: that is where answers come.")


def quieted(before: Consent) -> ui.LayoutView:
    """The answer to *Stop these messages* and `/circle quiet`."""
    words = "Quiet from now on: I don't write to you any more, and nothing waits for you."
    if before is not Consent.GIVEN:
        words = "I don't write to you, and it stays so."
    return layout([words, "-# If you change your mind:"], [accept_button()])


async def show_and_ask(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show what a friend gave; whoever never said so, or was not reached, is asked whether they may be written to."""
    said = await _said(interaction)
    if said in (Consent.NEVER, Consent.CLOSED):
        _add(view, MAY_I if said is Consent.NEVER else f"{own(said)} If they are open again:", accept_button())
    await _reply.show(interaction, view)


async def check_circle(interaction: Interaction) -> None:
    """Raises OnlyInTheCircle where somebody who never accepted messages does so by direct message."""
    if interaction.guild_id is None and await _said(interaction) is Consent.NEVER:
        raise OnlyInTheCircle("Press it once in the circle: it stands under my first message there.")


async def show_with_standing(interaction: Interaction, view: ui.LayoutView) -> None:
    """Show somebody something of theirs, and beneath it whether they are written to, and the button that changes it."""
    said = await _said(interaction)
    offered = accept_button() if said is not Consent.NEVER or interaction.guild_id else None
    _add(view, f"-# {own(said)}", end_button() if said is Consent.GIVEN else offered)
    await _reply.show(interaction, view)


async def _said(interaction: Interaction) -> Consent:
    return await consent.standing(interaction.client.app, _reply.person(interaction.user))


def _add(view: ui.LayoutView, words: str, press: ui.Item[Any] | None) -> None:
    container = view.children[0]
    assert isinstance(container, ui.Container)
    container.add_item(ui.TextDisplay(words))
    if press:
        container.add_item(ui.ActionRow(press))


def whom(asked: str, verb: str, ref: str | int, friends: Iterable[tuple[int, str, str]]) -> ui.LayoutView:
    """Which friend is to be thanked, of (number, name, aside): in one menu or, where they are many, by name in more."""
    options = [
        discord.SelectOption(
            label=label_of(name or UNNAMED),
            value=str(number),
            description=aside or None,
        )
        for number, name, aside in friends
    ]
    if len(options) <= IN_MENU:
        return say(asked, [menu(verb, ref, options, UNNAMED, most=1)])
    options.sort(key=lambda option: option.label.casefold())
    parts = [options[at : at + IN_MENU] for at in range(0, min(len(options), IN_MENU * MOST_MENUS), IN_MENU)]
    rows = [[menu(verb, ref, part, from_to(part), most=1, key=str(at))] for at, part in enumerate(parts)]
    return say(asked, *rows)


def from_to(options: Sequence[discord.SelectOption]) -> str:
    """Whom a menu offers that is one of several: "Aisha to Jonas"."""
    first, last = (texts.shorten(option.label, IN_PLACEHOLDER) for option in (options[0], options[-1]))
    return f"{first} to {last}"


def button_for(idea: Idea, key: str = "") -> ui.Item[Any]:
    """*Say thanks*; where something came of an idea and nobody was thanked since, it stands out."""
    return button(
        "thank", idea.id, "Say thanks", ButtonStyle.primary if _is_due(idea) else ButtonStyle.secondary, key=key
    )


def offered(idea: Idea) -> str:
    """Where something came of an idea and nobody was thanked since, the offer to do so; else empty."""
    return would_you(name_of(idea.friend or UNNAMED)) if _is_due(idea) else ""


def would_you(friend: str) -> str:
    """The offer to say thanks to a friend."""
    return f"Would you like to tell {friend} what came of it? *Say thanks* takes your own words."


def _is_due(idea: Idea) -> bool:
    return idea.step in (Step.LEARNED, Step.TALKED) and not idea.thanked_since


def lines(said: Sequence[str], room: int) -> str:
    """What became of replies, a small line each; of more than fit into the room the last, and how many came before."""
    for left in range(len(said) + 1):
        earlier = [f"And {left} more before."] if left else []
        told = "\n".join(f"-# {line}" for line in [*earlier, *map(escape, said[left:])])
        if texts.length(told) <= room:
            return told
    return ""
