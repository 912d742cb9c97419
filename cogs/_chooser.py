"""Choosing what of a week goes in, which answer is only for some, and which is edited."""

from __future__ import annotations

import discord
from discord import ui

from bot.core import text as texts
from bot.core.journal import Entry
from bot.core.summary import Draft, Phase
from cogs import _reader, _week
from cogs._layout import layout, say
from cogs._press import menu

IN_MENU = 25
PICKED = 21  # answers among them, fewer where more than four parts stand beside them
EDITED_BY = ANSWER, ASK = "changed", "askreworded"  # the form of each kind of part


def which(what: Draft) -> ui.LayoutView:
    """Which answer is only for some friends?"""
    return _reader.which(what, [_option(e, what, default=False) for e in what.material.entries[-_reader.IN_MENU :]])


def editable(what: Draft) -> ui.LayoutView:
    """Which answer, or which ask, is to be edited?"""
    asks = [one for one in what.material.asks if not one.closed_at]
    entries = what.material.entries[-(_reader.IN_MENU - len(asks)) :]
    options = [_to_edit(_option(entry, what, default=False), ANSWER) for entry in entries]
    options += [_to_edit(_part("You ask for", str(one.id), one.words, shared=False), ASK) for one in asks]
    if not options:
        return say("There is nothing to edit in this week yet.")
    older = len(what.material.entries) - len(entries)
    hint = "\n-# For older ones, press Change under the answer itself." if older > 0 else ""
    stands = "\n-# What stands in the channel changes with it." if what.week.phase is Phase.POSTED else ""
    return layout(
        [f"**Which one would you like to edit?**{hint}{stands}"],
        [menu("editwhich", what.week.id, options, "Pick one", most=1)],
    )


def _to_edit(option: discord.SelectOption, form: str) -> discord.SelectOption:
    return discord.SelectOption(label=option.label, value=f"{form}.{option.value}", description=option.description)


def chooser(what: Draft) -> ui.LayoutView:
    """What goes in: one menu over all parts; what is picked is shared, the rest is not."""
    entries, beside = what.material.entries, _beside(what)
    picked = min(PICKED, IN_MENU - len(beside))
    options = [*(_option(entry, what) for entry in entries[-picked:]), *beside]
    if not options:
        return say("There is nothing to choose from yet. Write a line adds some words of your own.")
    older = len(entries) - picked
    hint = f"\n-# {_beyond(older)}" if older > 0 else ""
    return layout(
        [f"**What may your friends see?**\nPick all that goes in. The rest stays private.{hint}{_stays(what)}"],
        [menu("chosen", what.week.id, options, "Nothing yet")],
    )


def _beyond(older: int) -> str:
    if older == 1:
        return "The oldest one stays as it is; the buttons under that answer share it."
    return f"The oldest {older} stay as they are; the buttons under each answer share them."


def _stays(what: Draft) -> str:
    some = any(entry.for_some for entry in what.material.entries)
    return "\n-# What is only for some stays so, unless you pick it here for all." if some else ""


def _beside(what: Draft) -> list[discord.SelectOption]:
    """The parts beside the answers, those that there are this week."""
    week, entries, parts = what.week, what.material.entries, list[discord.SelectOption]()
    if counted := _week.numbers(what):
        parts.append(_part("The numbers of the week", "numbers", counted, week.share_numbers))
    if noes := _week.rejections(what):
        parts.append(_part("Rejections", "rejections", noes, week.share_rejections))
    if aimed := _week.goals(what):
        parts.append(_part("Your goals", "goals", aimed, week.share_goals))
    if what.material.asks:
        parts.append(_part("What you ask for", "asks", "In this post, until you close it", week.share_asks))
    if what.has_mood:
        parts.append(_part("Mood and energy", "mood", "Of each day, and the days of rest", week.share_mood))
    if entries:
        made_of = what.opening or "One short line, made of what you share"
        parts.append(_part("An opening line", "opening", made_of, week.share_opening))
    return parts


def _part(label: str, value: str, about: str, shared: bool) -> discord.SelectOption:
    return discord.SelectOption(label=label, value=value, description=texts.shorten(about, 100), default=shared)


def _option(entry: Entry, what: Draft, *, default: bool = True) -> discord.SelectOption:
    for_some = f"{_week.seen(entry, what)}: " if entry.for_some else ""
    return discord.SelectOption(
        label=texts.shorten(_week.name(entry, what), 100),
        value=str(entry.id),
        description=texts.shorten(for_some + " ".join(_week.gist(entry, what).split()), 100),
        default=default and entry.shared,
    )
