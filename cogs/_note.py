"""How the note looks that brings a seeker what friends left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord import ui

from bot.core import text as texts
from bot.core.circle import Cheer, Note
from bot.core.summary import span
from cogs import _pages, _thanks
from cogs._layout import layout, name_of
from cogs._pages import Part
from cogs._press import button

BROUGHT = 220  # characters of a friend's words in a note
EMOJI_IN_LINE = 30
ANSWERED = 1000  # characters of what became of the seeker's replies


def note(what: Note) -> ui.LayoutView:
    """What friends brought."""
    lines, cut = _pages.shown(_brought(what.cheers), BROUGHT)
    answered = _thanks.lines(what.answered, ANSWERED)
    first, *more = _pages.paged(lines, _pages.PAGE - 200 - texts.length(answered)) or [""]
    row = [
        button("readnote", what.delivery_id, "Read all" if cut or more else "Read again"),
        button("thankcheer", what.delivery_id, "Say thanks"),
    ]
    head = f"## From your friends\n-# {_thought_of_you(what.cheers)}About your week of {span(what.monday)}"
    aside = "-# There is more; press Read all." if more else ""
    return layout([head, first, aside, answered], row)


def _thought_of_you(cheers: Sequence[Cheer]) -> str:
    """How many they are, in words, where there are several."""
    return f"{texts.count(len(cheers), 'friend').capitalize()} thought of you. " if len(cheers) > 1 else ""


def _brought(cheers: Iterable[Cheer]) -> list[Part]:
    parts: list[Part] = []
    for cheer in cheers:
        name = f"**{name_of(cheer.name)}**"
        parts += [Part(f"{name} {' '.join(some)}") for some in _in_lines(cheer.emoji)]
        parts += [Part(f"{name} wrote:", words) for words in cheer.words]
        parts += [Part(f"{name} wrote under your post: {link}") for link in cheer.links]
        parts += [Part(f"-# {name_of(cheer.name)} would rather not be named in the circle.")] if cheer.unnamed else []
    return parts


def _in_lines(emoji: Sequence[str]) -> list[Sequence[str]]:
    """A line holds so many at most, however many somebody gave."""
    return [emoji[at : at + EMOJI_IN_LINE] for at in range(0, len(emoji), EMOJI_IN_LINE)]


def whole_note(what: Note) -> list[str]:
    """A note without any shortening, in messages."""
    return _pages.whole(_brought(what.cheers))
