"""The weekly post's text: whole where it fits, on a second message where it does not, shortened at last."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core import text as texts
from bot.core.exercise import CHECKIN, Exercise, Scale, Step
from bot.core.journal import Entry, counted
from bot.core.rhythm import DAY_NAMES
from bot.core.summary import MOODS, Stone, Summary, span
from cogs._text import escape

PAGE = 3400  # characters of one message's text, of the 4,000 that Discord takes
MOST_PAGES = 2
LIMITS = (4000, 600, 400, 250, 150, 80, 40, 20)  # of one answer, tried in this order


@dataclass(frozen=True, slots=True)
class Page:
    """One message's text."""

    blocks: tuple[str, ...]
    cut: bool = False  # something was shortened: offer to read it all


def pages(summary: Summary) -> list[Page]:
    """One or two messages; nothing is cut in silence."""
    for limit in LIMITS:
        told, cut = blocks(summary, limit)
        found = _fill(told)
        if len(found) <= MOST_PAGES and all(texts.length(block) <= PAGE for block in told):
            return [Page(tuple(page), cut) for page in found]
    kept = _fill(blocks(summary, LIMITS[-1])[0])[:MOST_PAGES]
    more = "-# There is more; press Read all."
    return [Page(tuple(kept[0]), True), Page((*kept[1], more), True)]


def _fill(told: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    size = 0
    for block in told:
        if size + texts.length(block) > PAGE and found[-1]:
            found.append([])
            size = 0
        found[-1].append(block)
        size += texts.length(block) + 2
    return found


def blocks(summary: Summary, limit: int) -> tuple[list[str], bool]:
    """The post block by block, each answer up to `limit` characters, and whether one was shortened."""
    title = f"## {escape(summary.name)}, week {summary.number}\n-# {span(summary.monday)}"
    found = [title]
    cut = False
    if summary.words:
        found.append(escape(texts.shorten(summary.words, limit)))
        cut |= found[-1] != escape(summary.words)
    for entry in summary.entries:
        block, short = _entry(entry, summary.exercises[entry.exercise], limit)
        found += [block] if block else []
        cut |= short
    if summary.numbers:
        found.append(" · ".join(counted(name, count) for name, count in summary.numbers.items()))
    moods = [_mood(stone) for stone in summary.card.stones if stone.mood]
    if moods:
        found.append("**Mood and energy** " + " · ".join(moods))
    return found, cut


def _entry(entry: Entry, exercise: Exercise, limit: int) -> tuple[str, bool]:
    words = [(step.label, str(entry.answers[step.id])) for step in _told(entry, exercise)]
    if not words:
        return "", False
    shown = [(label, texts.shorten(value, limit)) for label, value in words]
    name = DAY_NAMES[entry.on.weekday()]
    title = name if entry.exercise == CHECKIN else f"{name} · {exercise.title}"
    return "\n".join([f"**{title}**", *(f"{label}: {escape(value)}" for label, value in shown)]), shown != words


def _told(entry: Entry, exercise: Exercise) -> list[Step]:
    """The steps to tell: a check-in's mood and energy go out only as a part of their own."""
    hidden = Scale if entry.exercise == CHECKIN else ()
    return [step for step in exercise.steps if step.id in entry.answers and not isinstance(step, hidden)]


def _mood(stone: Stone) -> str:
    assert stone.mood is not None
    energy = f", energy {stone.energy}" if stone.energy is not None else ""
    return f"{DAY_NAMES[stone.on.weekday()][:3]} {MOODS[stone.mood - 1]}{energy}"
