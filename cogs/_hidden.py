"""The seeker's list of names that nobody else reads."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import text as texts
from bot.core.hidden import MARK, Hiding
from cogs import _pages
from cogs._layout import name_of
from cogs._text import as_said

NONE = "No name is hidden by hand. /week hide with a name masks it wherever others could read it."
LISTED = 40  # names of the log
NAMED = 5  # names that stand in what goes out
ABOUT = f"\n-# Your friends read “{MARK}” instead, wherever you wrote one of them. You go on seeing the names."


UNHIDE = (
    "-# /week unhide with one of them lets friends read it. An everyday word, as in Meta or Will, is hidden where it "
    "has a capital letter; a first name or a company's first word is hidden too."
)
HIDE = "-# /week hide masks one of them again."


def unread(masked: Sequence[str], *, logged: bool) -> str:
    """Which names friends do not read in what goes out; `logged` says that some of them stand in the log."""
    names = [name_of(name) for name in masked]
    if len(names) > NAMED:
        names = [*names[:NAMED], f"{len(names) - NAMED} more"]
    why = " Names from your log are masked; /week unhide lets one be read." if logged else ""
    return f"-# Your friends read “{MARK}” for {texts.listing(names)}.{why}" if names else ""


def hiding(what: Hiding) -> list[str]:
    """What was hidden or shown again, and all that is hidden, in messages."""
    names = [f"- {as_said(name)}" for name in what.names]
    listed = ["### Hidden names", *names] if names else [NONE]
    about = [ABOUT] if names or what.logged else []
    return _pages.paged([*_done(what), *listed, *_logged(what), *about])


def _logged(what: Hiding) -> list[str]:
    """The names of the log: those that are masked, and those that friends may read."""
    names = [f"- {as_said(name)}" for name in what.logged[:LISTED]]
    more = len(what.logged) - LISTED
    names += [f"- and {more} more" if more > 0 else ""]
    hidden = ["\n### Hidden because they stand in your log", *filter(None, names), UNHIDE] if what.logged else []
    allowed = [f"- {as_said(name)}" for name in what.allowed]
    return [*hidden, *(["\n### In your log, and friends may read them", *allowed, HIDE] if allowed else [])]


def _done(what: Hiding) -> list[str]:
    posts = texts.count(what.posts, "week that stands in the channel", "weeks that stand in the channel")
    also = f", also in {posts}" if what.posts else ""
    if what.added:
        return [f"“{as_said(what.added)}” is hidden now{also}."]
    return [f"Your friends can read “{as_said(what.removed)}” again{also}."] if what.removed else []
