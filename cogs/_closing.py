"""How the end or the turn of a journey is told in the channel: one message, whatever there is to say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.dates import between
from bot.core.journal import counted
from bot.core.landing import Closing, ClosingPost, Journey, LandingDraft, Sort
from cogs import _pages
from cogs._layout import ALT_LIMIT, Message, layout, name_of
from cogs._pages import PAGE, Part
from cogs._press import button

LIMITS = ((1000, 200), (700, 200), (500, 120), (300, 60), (200, 0))  # of the words, and of each line, tried in order
MORE = "\n-# And more friends; press Read all."
HEADS = {
    Sort.LANDED: ("You have landed", "has landed"),
    Sort.STOPPED: ("You have stopped searching", "has stopped searching"),
    Sort.CHANGED: ("You changed course", "has changed course"),
}


def closing_post(what: ClosingPost) -> Message:
    """The message in the channel."""
    text, cut = closing_text(what.closing)
    row: list[ui.Item[Any]] = []
    if what.delivery_id != "preview":
        row.append(button("cheer", what.delivery_id, "Cheer", ButtonStyle.primary))
        row += [button("readend", what.delivery_id, "Read all")] if cut else []
    files, shown = pictures(what)
    return Message(layout([text], row, pictures=shown, apart=True), files)


def closing_text(closing: Closing) -> tuple[str, bool]:
    """What fits into one message, and whether something was shortened."""
    parts = _closing_parts(closing)
    first = ""
    for limits in LIMITS:
        short = [part._replace(words=texts.shorten(part.words, limit)) for part, limit in _limited(parts, limits)]
        first, *more = _pages.paged(map(_pages.line, short), PAGE - len(MORE))
        if not more:
            return first, short != parts
    return f"{first}{MORE}", True


def _limited(parts: Sequence[Part], limits: tuple[int, int]) -> list[tuple[Part, int]]:
    """Each part with how long its words may be; a line that may have none is the name alone."""
    words, line = limits
    found: list[tuple[Part, int]] = []
    for part in parts:
        if not part.lead.startswith("- "):
            found.append((part, words))
        elif line:
            found.append((part, line))
        else:
            found.append((Part(part.lead.removesuffix(", for")), 1))
    return found


def _closing_parts(closing: Closing) -> list[Part]:
    told, friends = way(closing.journey), from_friends(closing.journey)
    parts = [Part(f"## {name_of(closing.name)} {HEADS[closing.sort][1]}\n-# {span(closing.journey)}")]
    parts += [Part("", closing.words, opens=True)] if closing.words else []
    parts += [Part(f"**The way** {told}", opens=True)] if told else []
    parts += [Part(f"**From friends** {friends}", opens=not told)] if friends else []
    if closing.lines:
        parts.append(Part("**Thank you**", opens=True))
        parts += [Part(f"- **{name_of(name)}**, for", words) for name, words in closing.lines]
    return parts


def whole(closing: Closing) -> list[str]:
    """All of a closing post, in messages."""
    return _pages.whole(_closing_parts(closing))


def span(journey: Journey) -> str:
    """How long a journey was, and from when to when."""
    weeks = f"{journey.weeks} {'week' if journey.weeks == 1 else 'weeks'}"
    return f"{weeks} on the way · {between(journey.began_on, journey.ended_on)}"


def way(journey: Journey) -> str:
    """What was done and written on it, nothing of which there was none; empty for nothing at all."""
    told = [f"{journey.entries} {'answer' if journey.entries == 1 else 'answers'}"] if journey.entries else []
    told += [f"{journey.rests} {'day' if journey.rests == 1 else 'days'} of rest"] if journey.rests else []
    told += [f"{journey.tried} {'thing' if journey.tried == 1 else 'things'} tried"] if journey.tried else []
    told += [counted(name, total) for name, total in journey.numbers.items()]
    return " · ".join(told)


def from_friends(journey: Journey) -> str:
    """What friends gave on it; empty for nothing."""
    given = [(journey.ideas, "idea"), (journey.offers, "introduction"), (journey.cheers, "cheer")]
    return " · ".join(f"{many} {noun if many == 1 else f'{noun}s'}" for many, noun in given if many)


def pictures(what: ClosingPost | LandingDraft) -> tuple[list[discord.File], list[tuple[str, str]]]:
    """The files of a journey's pictures, and the name of each with what it shows."""
    key = what.delivery_id or "own"
    drawn = [("journey", what.picture, what.alt), ("search", what.search, what.search_alt)]
    files = [
        discord.File(io.BytesIO(png), f"{name}-{key}.png", description=texts.shorten(alt, ALT_LIMIT))
        for name, png, alt in drawn
        if png
    ]
    return files, [(file.filename, file.description or "") for file in files]
