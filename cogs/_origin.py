"""How it looks where an application came from: the question, the line that says so, and thanks when it goes well."""

from __future__ import annotations

from discord import ButtonStyle, SelectOption, ui

from bot.core import text as texts
from bot.core.idea import Sort
from bot.core.origin import Origin
from bot.core.search import ANSWERS
from bot.usecases.search import Logged
from cogs import _thanks
from cogs._layout import Row, label_of, name_of
from cogs._press import button, menu

OPTION_LIMIT = 100
ASK = "Was this a friend's idea?"


def asked(found: Logged) -> list[Row]:
    """The menu of what it may have come from, and the way to say that it is one's own; none where nothing may."""
    if not found.possible:
        return []
    chosen = found.origin and found.origin.key
    options = [_option(one, default=one.key == chosen) for one in found.possible]
    return [
        [menu("logfrom", found.event.id, options, ASK, most=1)],
        [button("logown", found.event.id, "No, my own")],
    ]


def _option(of: Origin, *, default: bool) -> SelectOption:
    label = texts.shorten(" ".join(f"{label_of(of.whose)}: {of.what}".split()), OPTION_LIMIT)
    return SelectOption(label=label, value=of.key, description=f"Their {sort(of)}", default=default)


def aside(of: Origin | None) -> str:
    """Where an application came from, in a small line; empty where nobody said."""
    match of:
        case None:
            return ""
        case Origin(sort=Sort.IDEA):
            return f"-# From {name_of(of.whose)}'s idea"
        case Origin(sort=Sort.OFFER):
            return f"-# From {name_of(of.whose)}'s introduction"
        case _:
            return "-# From something that you tried"


def thanks(found: Logged) -> str:
    """Where it went well because of a friend whom nobody thanked yet, the offer to do so; else empty."""
    due = _owed(found)
    return _thanks.would_you(name_of(due.whose)) if due and not due.thanked else ""


def thanks_button(found: Logged | None) -> Row:
    """*Say thanks* to the friend because of whom it went well."""
    due = _owed(found) if found else None
    if due is None or due.idea_id is None:
        return []
    return [button("thank", due.idea_id, "Say thanks", ButtonStyle.secondary if due.thanked else ButtonStyle.primary)]


def _owed(found: Logged) -> Origin | None:
    return found.origin if found.origin and found.origin.idea_id and found.event.act in ANSWERS else None


# ------------------------------------------------------------------ became an application


def became_button(origin: str, key: str = "") -> ui.Item[ui.LayoutView]:
    """*Became an application*, of an idea or of what was tried."""
    return button("applyfrom", origin, "Became an application", key=key)


def sort(of: Origin) -> str:
    """What a friend gave is called."""
    return "idea" if of.sort is Sort.IDEA else "introduction"
