"""How goals look: how this week goes, and what comes next week."""

from __future__ import annotations

from discord import ui

from bot.core import text as texts
from bot.core.goals import Goals, aim_in_words, in_words
from cogs._layout import layout, say

NONE = "No goals are set, and none are needed. If one would help: /goals set."
EASED = "A goal is there for you, not you for it."


def goals(what: Goals) -> ui.LayoutView:
    """One's goals, what was just set of them first."""
    if not (what.progress or what.coming):
        return say(NONE)
    title = "### Your goals this week" if what.progress else ""
    lines = "\n".join(f"- {in_words(one)}" for one in what.progress)
    return layout([_changed(what), "\n".join(line for line in (title, lines) if line), _coming(what), _rests(what)])


def _changed(what: Goals) -> str:
    if not what.changed:
        return ""
    said = texts.listing([aim_in_words(goal) for goal in what.changed])
    if what.eased:
        return f"From next Monday: {said}. {EASED}"
    if any(goal in what.coming for goal in what.changed):
        return f"From next Monday: {said}. This week stays as it is."
    return f"{said[0].upper()}{said[1:]}, from this week on."


def _coming(what: Goals) -> str:
    """What else changes on Monday."""
    others = [goal for goal in what.coming if goal not in what.changed]
    return f"-# From next Monday: {texts.listing([aim_in_words(goal) for goal in others])}." if others else ""


def _rests(what: Goals) -> str:
    if not (what.rests and what.progress):
        return ""
    return f"-# Rest this week: {texts.count(what.rests, 'day')}, counted as kept."
