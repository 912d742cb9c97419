"""How an introduction looks to the friend who offered it: that it is welcome, how it goes on, what came of it."""

from __future__ import annotations

from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.idea import Idea, Step, told
from bot.core.introduction import UNDER_WAY, Introduction
from cogs import _thanks
from cogs._layout import Row, layout, name_of
from cogs._press import button
from cogs._text import as_said

SHOWN = 300  # characters of what was offered, to know it again


def introduction(what: Introduction) -> ui.LayoutView:
    """What a friend reads after a yes, as it stands now."""
    idea = what.idea
    offered = as_said(texts.shorten(" ".join(idea.what.split()), SHOWN))
    return layout(
        [f"## {_title(idea)}", f"> {offered}" if offered else "", how(idea)], [*row(idea), _thanks.end_button()]
    )


def row(idea: Idea) -> Row:
    """What a friend may say of an introduction that is under way, as far as they know."""
    if idea.known not in UNDER_WAY:
        return []
    found = [button("fellthrough", idea.id, "It fell through")] if idea.known is not Step.FELL else []
    if idea.known is not Step.INTRODUCED:
        label = "They are in touch" if idea.known is Step.ACCEPTED else "They are in touch after all"
        found.insert(0, button("intouch", idea.id, label, ButtonStyle.primary))
    return found


def _title(idea: Idea) -> str:
    seeker = name_of(idea.seeker)
    match idea.known:
        case Step.ACCEPTED:
            return f"{seeker} would like that introduction"
        case Step.INTRODUCED:
            return f"You have put {seeker} in touch"
        case Step.TALKED:
            return f"{seeker} has talked with them"
        case Step.FELL:
            return "It fell through"
        case _:
            return "What became of your offer"


def how(idea: Idea) -> str:
    """How it goes on, for the friend who offered it."""
    match idea.known:
        case Step.ACCEPTED:
            seeker = name_of(idea.seeker)
            steps = "Ask them first, if you have not yet. Then write one message to both, with a line about each."
            if idea.through:
                steps = f"Pass on what {seeker} writes, or write one message to both, with a line about each."
            return f"{steps}\nPress a button when you know more, and {seeker} hears of it."
        case Step.INTRODUCED | Step.TALKED:
            return "Thank you. The rest is theirs."
        case Step.FELL:
            return "That happens. Thank you for trying."
        case _:
            words = told(idea._replace(seeker=name_of(idea.seeker)))
            return f"{words[:1].upper()}{words[1:]}. Nothing more is needed from you. Thank you."
