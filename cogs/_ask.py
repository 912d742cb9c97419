"""How what a seeker asks their friends for looks to the seeker: the list, what was kept, whether it is still open."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.ask import MOST_OPEN, Request, StillOpen
from cogs._draft import FOR_EXAMPLE
from cogs._layout import Row, layout
from cogs._press import button
from cogs._text import as_said

STANDS = "It stands in your weekly posts until you close it."


def still_open(what: StillOpen) -> ui.LayoutView:
    """The message that asks whether an ask is still open, or what became of it."""
    request, key = what.request, what.delivery_id
    asked = f"{_quoted(request)}\n-# You asked your friends for this on {_day(request)}."
    close, change = button("askclose", key, "Close it"), button("askchange", key, "Change it")
    if request.closed_at:
        ends = "Closed. Posts that stand say “settled, thank you”; new ones leave it out."
        return layout([f"### What you asked for\n{asked}", ends], [button("ask", 0, "Ask for something")])
    if what.sure:
        return layout([f"### Still open\n{asked}", f"{STANDS} I ask again in two weeks."], [change, close])
    row = [button("askopen", key, "Still open", ButtonStyle.primary), change, close]
    return layout([f"### Is this still open?\n{asked}", STANDS], row)


def kept(request: Request) -> ui.LayoutView:
    """The answer to a new ask."""
    ends = "It goes into your next weekly post, and stands there until you close it with /ask close."
    return layout([f"### You ask your friends for\n{_quoted(request)}", ends])


def closed(request: Request) -> ui.LayoutView:
    """The answer to `/ask close`."""
    ends = "Closed. Posts that stand say “settled, thank you”; new ones leave it out."
    return layout([_quoted(request), ends])


def listed(requests: Sequence[Request]) -> ui.LayoutView:
    """What is open, and how more is asked for, or one closed."""
    row: Row = [button("ask", 0, "Ask for something")] if len(requests) < MOST_OPEN else []
    if not requests:
        return layout(
            ["### What you ask for", f"Nothing is open. What could your friends do for you? {FOR_EXAMPLE}."], row
        )
    lines = [f"{_quoted(request)}\n-# since {_day(request)}" for request in requests]
    ends = f"-# Up to {texts.count(MOST_OPEN, 'ask')} may be open at once. /ask close ends one."
    return layout(["### What you ask for", *lines, ends], row)


def _quoted(request: Request) -> str:
    return f"> {as_said(request.words)}"


def _day(request: Request) -> str:
    return discord.utils.format_dt(request.set_at, "D")
