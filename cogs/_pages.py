"""People's words in messages: shortened where a view is small, whole and page by page behind *Read all*."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.core import text as texts
from bot.core.exercise import Exercise, Scale, Step, Text
from bot.core.journal import Entry, counted
from cogs._text import as_said, escape

PAGE = 3600  # characters of one message's text, of the 4,000 that Discord takes
_PIECE = 1500  # of a person's words, before they are escaped: that can double them


class Part(NamedTuple):
    """Markup of our own, and a person's words after it."""

    lead: str
    words: str = ""
    opens: bool = False  # a new paragraph


def shown(parts: Iterable[Part], limit: int) -> tuple[list[str], bool]:
    """A line of Discord text for each part, its words up to `limit`, and whether some were shortened."""
    before = list(parts)
    after = shortened(before, limit)
    return [line(part) for part in after], after != before


def shortened(parts: Iterable[Part], limit: int) -> list[Part]:
    """The parts, the words of each up to `limit`, not yet escaped."""
    return [part._replace(words=texts.shorten(part.words, limit)) for part in parts]


def whole(parts: Iterable[Part]) -> list[str]:
    """All words of all parts, as the text of one message after the other."""
    return paged(piece for part in parts for piece in _pieces(part))


def paged(lines: Iterable[str], limit: int = PAGE) -> list[str]:
    """Lines put together to texts of at most `limit`, none of them split."""
    pages: list[str] = []
    size = 0
    for each in lines:
        size += texts.length(each) + 1
        if pages and size <= limit:
            pages[-1] += f"\n{each}"
        else:
            pages.append(each.removeprefix("\n"))
            size = texts.length(each)
    return pages


def _pieces(part: Part) -> list[str]:
    first, *others = texts.split(part.words, _PIECE) or [""]
    return [line(part._replace(words=first)), *map(as_said, others)]


def line(part: Part) -> str:
    """A part as Discord text."""
    start = "\n" if part.opens else ""
    return start + " ".join(text for text in (part.lead, as_said(part.words)) if text)


def of_entry(entry: Entry, exercise: Exercise) -> list[Part]:
    """An entry's answers and numbers, a part each."""
    parts = [_answer(step, value) for step, value in exercise.told(entry.answers)]
    return [*parts, Part(counts(entry.numbers.items()))] if entry.numbers else parts


def _answer(step: Step, value: str | int) -> Part:
    label = f"**{step.label}**"
    if isinstance(step, Text):
        return Part(label, str(value))
    return Part(f"{label} {on_scale(step, int(value)) if isinstance(step, Scale) else escape(str(value))}")


def on_scale(step: Scale, value: int) -> str:
    """A value in words: "light (4 of 5)"."""
    word = step.word(value)
    return f"{word} ({value} of {step.high})" if word else f"{value} of {step.high}"


def counts(numbers: Iterable[tuple[str, int]]) -> str:
    """The counts on one line: "3 applications · 1 interview"."""
    return " · ".join(counted(name, count) for name, count in numbers)
