"""The weekly post's text: whole where it fits, on a second message where it does not, shortened at last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.core import text as texts
from bot.core.ask import Request
from bot.core.dates import DAY_NAMES
from bot.core.exercise import CHECKIN, Exercise, Scale, Step
from bot.core.goals import in_words
from bot.core.journal import Entry
from bot.core.summary import Summary, day_in, span
from bot.core.week_card import MOODS, Stone
from cogs import _pages
from cogs._layout import name_of
from cogs._pages import PAGE, Part
from cogs._text import as_said

MOST_PAGES = 2
LIMITS = (4000, 600, 400, 250, 150, 80, 40, 20)  # of one answer, tried in this order
MORE = "-# There is more; press Read all."


class Page(NamedTuple):
    """One message's text; `cut` where something was shortened, so that *Read all* is offered."""

    text: str
    cut: bool = False


def pages(summary: Summary, most: int = MOST_PAGES) -> list[Page]:
    """One message or more, up to `most`; nothing is cut in silence."""
    parts = all_parts(summary)
    again = f"-# {name_of(summary.name)}, week {summary.number}, continued"
    found: list[str] = []
    cut = False
    for limit in _promising(parts, most):
        short = _pages.shortened(parts, limit)
        cut = short != parts
        if _size(short) > most * PAGE and limit != LIMITS[-1]:
            continue  # escaped it only grows
        found = _pages.paged(map(_pages.line, short))
        if len(found) <= most and all(texts.length(page) <= PAGE for page in found):
            break
    else:
        found, cut = [*found[: most - 1], f"{found[most - 1]}\n\n{MORE}"], True
    return [Page(page if n == 0 else f"{again}\n\n{page}", cut) for n, page in enumerate(found)]


def _promising(parts: Sequence[Part], most: int) -> Sequence[int]:
    """The limits to try: words are hardly ever shortened to less than half a limit."""
    sizes = [texts.length(part.words) for part in parts]
    room = most * PAGE
    return [limit for limit in LIMITS if sum(min(size, limit // 2) for size in sizes) <= room] or LIMITS[-1:]


def _size(parts: Sequence[Part]) -> int:
    return sum(texts.length(part.words) for part in parts)


def all_parts(summary: Summary) -> list[Part]:
    """What a week shares: its opening line, the seeker's words, what they ask for, the days, numbers, goals, mood."""
    parts = [Part(f"## {name_of(summary.name)}, week {summary.number}\n-# {span(summary.monday)}")]
    if summary.opening:
        parts.append(Part(f"*{summary.opening}*", opens=True))
    if summary.words:
        parts.append(Part("", summary.words, opens=True))
    if summary.asks:
        parts += [Part("**What would help**", opens=True), *map(_request, summary.asks)]
    for entry in summary.entries:
        parts += _entry(entry, summary.exercises[entry.exercise], summary.monday)
    if summary.numbers:
        parts.append(Part(f"**In numbers** {_pages.counts(summary.numbers.items())}", opens=True))
    if summary.goals:
        parts.append(Part(f"**Goals** {' · '.join(map(in_words, summary.goals))}", opens=True))
    moods = [_mood(stone) for stone in summary.card.stones if stone.mood]
    if moods:
        parts.append(Part(f"**Mood and energy** {' · '.join(moods)}", opens=True))
    return parts


def _request(request: Request) -> Part:
    """What a seeker asks for: one line, so never shortened."""
    settled = "Settled, thank you: " if request.closed_at else ""
    return Part(f"- {settled}{as_said(request.words)}")


def _entry(entry: Entry, exercise: Exercise, monday: date) -> list[Part]:
    """The day stands above the first answer and never alone."""
    steps = _told(entry, exercise)
    name = day_in(monday, entry.on)
    title = f"**{name}**" if entry.exercise == CHECKIN else f"**{name} · {exercise.title}**"
    return [
        Part(f"{title}\n{step.label}:" if n == 0 else f"{step.label}:", _value(step, entry), opens=n == 0)
        for n, step in enumerate(steps)
    ]


def _value(step: Step, entry: Entry) -> str:
    value = entry.answers[step.id]
    return _pages.on_scale(step, int(value)) if isinstance(step, Scale) else str(value)


def _told(entry: Entry, exercise: Exercise) -> list[Step]:
    """The steps to tell: a check-in's mood and energy go out only as a part of their own."""
    hidden = Scale if entry.exercise == CHECKIN else ()
    return [step for step, _ in exercise.told(entry.answers) if not isinstance(step, hidden)]


def _mood(stone: Stone) -> str:
    assert stone.mood is not None
    energy = f", energy {stone.energy}" if stone.energy is not None else ""
    return f"{DAY_NAMES[stone.on.weekday()][:3]} {MOODS[stone.mood - 1]}{energy}"
