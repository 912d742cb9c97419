"""Text that people wrote, made fit for a picture: measured, shortened, wrapped and set in fonts that have it.

A line is split into runs of one font. Each run becomes a text element of its own, because resvg shapes all spans of an
element with the font of the first one and draws boxes where the glyph counts of the fonts differ.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from bot.charts._fonts import BOLD, FAMILIES, REGULAR, font, weight_of
from bot.charts._landscape import SOFT
from bot.core.text import clean, graphemes, is_right_to_left

_EMOJI = "Noto Emoji"
# Right-to-left letters end where they began, and joined letters are narrower than the sum of single ones.
_ALONE = {"Noto Sans Hebrew", "Noto Sans Arabic", "Noto Sans Devanagari"}
_EMOJI_STYLE = "\ufe0f"
_SILENT = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]")  # they change a glyph and have none
_MOST_MARKS = 3
_MOST_CHARACTERS = 400  # no picture has room for more
_RIGHT_TO_LEFT, _END, _FIXED_SPACE = "\u2067", "\u2069", "\u00a0"


class Run(NamedTuple):
    """Neighbouring characters in one font; the width is in ems, an upper bound for joined scripts."""

    text: str
    family: str
    weight: int
    width: float


class Line(NamedTuple):
    """Runs in the order in which they are seen, from left to right."""

    runs: tuple[Run, ...]

    @property
    def width(self) -> float:
        """The width in ems."""
        return sum(run.width for run in self.runs)

    def svg(self, x: float, y: float, size: float, fill: str) -> str:
        """The text elements of the line, its left end at x and its baseline at y, in pixels."""
        drawn: list[str] = []
        for run in self.runs:
            drawn.append(
                f'<text x="{x:.1f}" y="{y:.1f}" font-family="{run.family}" font-weight="{run.weight}" '
                f'font-size="{size:g}" fill="{fill}" xml:space="preserve">{escape(_directed(run.text))}</text>'
            )
            x += run.width * size
        return "".join(drawn)


@lru_cache(maxsize=256)
def drawable(text: str) -> str:
    """What of a text the packaged fonts can draw, on one line; empty if that is nothing."""
    words = text[:_MOST_CHARACTERS].split()
    drawn = ("".join(map(_drawable, graphemes(clean(word)))) for word in words)
    return " ".join(" ".join(drawn).split())


@lru_cache(maxsize=256)
def lay(text: str, weight: int = REGULAR) -> Line:
    """The drawable part of a text as a line of runs."""
    text = drawable(text)
    order = _families_for(text)
    runs: list[Run] = []
    for cluster in graphemes(text):
        family = _family(cluster, order, runs[-1].family if runs else None)
        actual = weight_of(family, weight)
        width = _width(cluster, family, actual)
        if runs and runs[-1].family == family:
            last = runs.pop()
            runs.append(Run(last.text + cluster, family, actual, last.width + width))
        else:
            runs.append(Run(cluster, family, actual, width))
    return Line(tuple(reversed(runs) if is_right_to_left(text) else runs))


def words(text: str, x: float, y: float, size: float, weight: int = REGULAR, fill: str = SOFT) -> str:
    """The text elements of a text, its left end at x and its baseline at y, in pixels."""
    return lay(text, weight).svg(x, y, size, fill)


def measure(text: str, size: float, weight: int = REGULAR) -> float:
    """The width of a text in pixels, an upper bound where letters join."""
    return lay(text, weight).width * size


def flows_on(text: str) -> bool:
    """Whether more text may follow on the same line."""
    return not any(run.family in _ALONE for run in lay(text).runs)


def shorten(text: str, size: float, weight: int, width: float) -> str:
    """The text, or as many of its characters with an ellipsis as fit into a width in pixels."""
    text = drawable(text)
    if measure(text, size, weight) <= width:
        return text
    pieces = graphemes(text)
    kept = _fitting(len(pieces), lambda count: measure(_cut(pieces, count), size, weight) <= width)
    return _cut(pieces, kept) if kept else ""


def _cut(pieces: list[str], count: int) -> str:
    return "".join(pieces[:count]).rstrip() + "…"


def _fitting(most: int, fits: Callable[[int], bool]) -> int:
    """Up to how many fit, tried by halves: to measure a text is dear."""
    return bisect_left(range(1, most + 1), True, key=lambda count: not fits(count))


def titled(name: str, what: str, size: float, width: float) -> str:
    """Whose picture it is, in bold: “Maya’s search”, the name alone where nothing may follow it, or “The search”."""
    name, ending = drawable(name), f"’s {what}"
    if not name:
        return f"The {what}"
    if not flows_on(name):
        return shorten(name, size, BOLD, width)
    return shorten(name, size, BOLD, width - measure(ending, size, BOLD)) + ending


def wrap(text: str, size: float, weight: int, width: float, lines: int) -> list[str]:
    """The text on at most so many lines, broken between words or else between characters, the last one shortened."""
    rest, wrapped = drawable(text), []
    while rest and len(wrapped) < lines - 1:
        head = _head(rest, size, weight, width)
        wrapped.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*wrapped, shorten(rest, size, weight, width)] if rest else wrapped


def _head(text: str, size: float, weight: int, width: float) -> str:
    pieces = graphemes(text)
    count = _fitting(len(pieces), lambda count: measure("".join(pieces[:count]), size, weight) <= width)
    fitting = "".join(pieces[: max(count, 1)])
    if fitting == text or text[len(fitting)] == " " or " " not in fitting:
        return fitting
    return fitting[: fitting.rindex(" ") + 1]


def _drawable(cluster: str) -> str:
    """The cluster, its plain form (as of mathematical letters) or its base: the first that a font has, or nothing."""
    for form in _forms(cluster):
        if all(_find(part, FAMILIES) for part in graphemes(form)):
            return form
    return ""


def _forms(cluster: str) -> Iterator[str]:
    marks = [char for char in cluster[1:] if unicodedata.category(char) == "Mn" and not _SILENT.match(char)]
    if len(marks) <= _MOST_MARKS:
        yield cluster
        yield unicodedata.normalize("NFKC", cluster)
    yield cluster[0]


def _families_for(text: str) -> tuple[str, ...]:
    """All families; a text with right-to-left letters takes its Latin letters from the same font, to keep one run."""
    for char in text:
        if unicodedata.bidirectional(char) in {"R", "AL"} and (family := _find(char, FAMILIES)):
            return (family, *FAMILIES)
    return FAMILIES


def _family(cluster: str, order: tuple[str, ...], current: str | None) -> str:
    if current and current != _EMOJI and not cluster[0].isalnum() and _has(current, cluster):
        return current
    return _find(cluster, order) or FAMILIES[0]


@lru_cache(maxsize=1024)
def _find(cluster: str, order: tuple[str, ...]) -> str | None:
    wants_emoji = _EMOJI_STYLE in cluster and _has(_EMOJI, cluster)
    return _EMOJI if wants_emoji else next((family for family in order if _has(family, cluster)), None)


def _has(family: str, cluster: str) -> bool:
    seen = _SILENT.sub("", cluster)
    return bool(seen) and all(font(family, BOLD).width(char) is not None for char in seen)


def _width(cluster: str, family: str, weight: int) -> float:
    widths = [font(family, weight).width(char) or 0.0 for char in _SILENT.sub("", cluster)]
    return max(widths) if family == _EMOJI else sum(widths)


def _directed(text: str) -> str:
    """The text as seen on its own; an ordinary space at its end would jump to the wrong side."""
    if not is_right_to_left(text):
        return text
    return f"{_RIGHT_TO_LEFT}{text.replace(' ', _FIXED_SPACE)}{_END}"
