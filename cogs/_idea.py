"""How ideas and offers look: the message that brings one, and the lists of their friend and their seeker."""

from __future__ import annotations

from datetime import datetime

import discord
from discord import ButtonStyle, ui

from bot.core.circle import UNNAMED
from bot.core.idea import Arrival, Idea, Sort, Step, may_step, stands
from cogs import _pages
from cogs._layout import Row, layout, name_of
from cogs._pages import Part
from cogs._press import button
from cogs._text import escape

SHOWN = 700  # characters of what and why, before "Read all"


def arrival(what: Arrival) -> ui.LayoutView:
    """The message that brings an idea or offer, or asks what became of it; it always says where that stands."""
    return given(what.idea, asks=what.asks, key=what.delivery_id)


def given(idea: Idea, *, asks: bool = False, key: str = "") -> ui.LayoutView:
    """An idea or offer as its seeker sees it, with what they can do about it."""
    friend = name_of(idea.friend or UNNAMED)
    if idea.step is Step.WITHDRAWN:
        gone = f"{friend} took this back. What you made of it stays yours."
        return layout([gone], [button("helpme", idea.id, "How this works", key=key)])
    lines, cut = _pages.shown(_parts(idea), SHOWN)
    return layout([f"## {_title(idea, friend, asks=asks)}", "\n".join(lines), _aside(idea)], *_rows(idea, key, cut=cut))


def _title(idea: Idea, friend: str, *, asks: bool) -> str:
    if idea.sort is Sort.IDEA:
        return f"What became of {friend}'s idea?" if asks else f"{friend} has an idea for you"
    return f"What became of {friend}'s offer?" if asks else f"{friend} knows someone for you"


def _parts(idea: Idea) -> list[Part]:
    if idea.sort is Sort.IDEA:
        return [Part("", idea.what), *([Part("**Why you:**", idea.why)] if idea.why else [])]
    return [Part("", idea.what), *([Part("**How they know them:**", idea.why)] if idea.why else [])]


def _aside(idea: Idea) -> str:
    lines = [escape(stands(idea))]
    if idea.next_at and idea.step not in (Step.NEW, Step.TRYING):
        lines[0] += f" I ask about it {_on(idea.next_at)}."
    if idea.through:
        lines.append("You may write to them through your friend.")
    if idea.unnamed:
        lines.append("Only you know whose it is; the circle does not.")
    return "\n".join(f"-# {line}" for line in lines)


def _on(moment: datetime) -> str:
    return f"on {discord.utils.format_dt(moment, 'D')}"


def _rows(idea: Idea, key: str, *, cut: bool) -> list[Row]:
    """What can be done about it; of what is tried, its experiment has the buttons."""
    row: list[ui.Item[ui.LayoutView]] = []
    if may_step(idea, Step.ACCEPTED):
        row.append(button("yesplease", idea.id, "Yes, please", ButtonStyle.primary, key=key))
    if may_step(idea, Step.KEPT) and idea.step is not Step.TRYING:
        row.append(button("keepidea", idea.id, "Keep", key=key))
    if may_step(idea, Step.DECLINED) and idea.step is not Step.TRYING:
        row.append(button("notforme", idea.id, "Not for me", key=key))
    if cut or not row:
        row.append(button("readidea", idea.id, "Read all" if cut else "Read again", key=key))
    return [row]


def whole(idea: Idea) -> list[str]:
    """All words of an idea or offer, in messages."""
    return _pages.whole([Part(f"### {_title(idea, name_of(idea.friend or UNNAMED), asks=False)}"), *_parts(idea)])
