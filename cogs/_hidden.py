"""The seeker's list of names that nobody else reads."""

from __future__ import annotations

from bot.core import text as texts
from bot.core.hidden import MARK, Hiding
from cogs import _pages
from cogs._text import as_said

NONE = "No name is hidden. /week hide with a name masks it wherever others could read it."
ABOUT = f"\n-# Your friends read “{MARK}” instead, wherever you wrote one of them. You go on seeing the names."


def hiding(what: Hiding) -> list[str]:
    """What was hidden or shown again, and all that is hidden, in messages."""
    names = [f"- {as_said(name)}" for name in what.names]
    listed = ["### Hidden names", *names, ABOUT] if names else [NONE]
    return _pages.paged([*_done(what), *listed])


def _done(what: Hiding) -> list[str]:
    posts = texts.count(what.posts, "week that stands in the channel", "weeks that stand in the channel")
    also = f", also in {posts}" if what.posts else ""
    if what.added:
        return [f"“{as_said(what.added)}” is hidden now{also}."]
    return [f"Your friends can read “{as_said(what.removed)}” again{also}."] if what.removed else []
