"""The journey, 1200x675: the cairns of all its weeks in a row, or in rows where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.charts import _cairn, _text
from bot.charts._landscape import GROUND, HEIGHT, INK, LINE, MARGIN, WIDTH, land
from bot.charts._text import BOLD
from bot.core.dates import between
from bot.core.landing import JourneyCard
from bot.core.rhythm import monday_of
from bot.core.text import clean, count, shorten
from bot.core.week_card import Stone

_ROOM = WIDTH - 2 * MARGIN
_TITLE, _SMALL, _FIGURE = 52, 24, 56  # sizes of text in pixels; none may be under 24
_TOP, _BELOW_TITLE = 100, 42
_FIGURES, _NO_FIGURES = 304, 208  # where the cairns may begin, under the figures or where there are none
_GAP, _WIDEST_GAP = 32, 72  # between two figures
_FOOT = 44  # a row's months under its cairns
_IN_ROW = 30  # cairns; more make a second row
_ROWS = 4
_BROAD, _STEEP, _BIGGEST = 320, 3.0, 0.62  # a cairn's room before it is scaled; how much taller than broad it may get
_LEAST = 300  # a row's tallest cairn counts as no lower than this before it is scaled
_DETAILED = 0.2  # veins and moss are seen in no smaller cairn


class _Place(NamedTuple):
    """Where a week's cairn stands, and how its stones are scaled."""

    monday: date
    stones: tuple[Stone, ...]
    x: float
    foot: float
    across: float
    up: float

    @property
    def top(self) -> float:
        """The upper end of its topmost stone."""
        return self.foot - _tall(self.stones) * self.up


def draw(card: JourneyCard) -> str:
    """The picture as SVG; the text in it is measured, so that nothing leaves the margins."""
    title, figures = _title(card), _figures(card)
    places = _places(card, _FIGURES if card.figures else _NO_FIGURES)
    last = places[-1]
    sun = min(max(last.top + 30, 360), 430)
    stones = [_cairn.pile(place.stones, 0, 0) for place in places]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{_cairn.defs([laid for pile in stones for laid in pile])}</defs>"
        f"{land(min(last.x, WIDTH - 200), sun)}{_paths(places)}"
        + "".join(_drawn(place, pile) for place, pile in zip(places, stones, strict=True))
        + f"{_flag(last) if card.landed else ''}{_months(places)}{title}{figures}</svg>"
    )


def alt(card: JourneyCard) -> str:
    """The picture in words, at most 1,000 characters."""
    name = shorten(" ".join(clean(card.name).split()), 80)
    whose = f"{name}'s journey" if name else "A journey"
    days = [stone for _, stones in card.weeks for stone in stones]
    rests = sum(stone.rest for stone in days)
    out = len(days) - rests
    told = [f"{count(out, 'day')} out" if out else "", f"{count(rests, 'day')} of rest" if rests else ""]
    tally = ", ".join(part for part in told if part)
    row = "a cairn" if len(card.weeks) == 1 else "cairns in a row"
    scene = f"{count(len(card.weeks), 'week')} as {row}, a stone for each day: {tally}."
    if not days:
        scene = "quiet hills under a low sun."
    figures = ", ".join(f"{number:,} {label}" for number, label in card.figures)
    flag = f"A small flag stands {'on the last one' if days else 'by the path'}." if card.landed else ""
    parts = [
        f"{whose}, {between(card.began_on, card.ended_on)}.",
        scene[0].upper() + scene[1:],
        flag,
        f"{figures}." if figures else "",
    ]
    return " ".join(part for part in parts if part)


# ------------------------------------------------------------------ words


def _title(card: JourneyCard) -> str:
    title = _text.titled(card.name, "journey", _TITLE, _ROOM)
    return _text.words(title, MARGIN, _TOP, _TITLE, BOLD, INK) + _text.words(
        between(card.began_on, card.ended_on), MARGIN, _TOP + _BELOW_TITLE, _SMALL
    )


def _figures(card: JourneyCard) -> str:
    """The numbers in a row under the title, as many as fit beside each other."""
    drawn, x = "", float(MARGIN)
    shown = [(f"{number:,}", label) for number, label in card.figures]
    widths = [max(_text.measure(n, _FIGURE, BOLD), _text.measure(label, _SMALL)) for n, label in shown]
    while sum(widths) + _GAP * (len(widths) - 1) > _ROOM:
        widths.pop()
    gap = min(_WIDEST_GAP, (_ROOM - sum(widths)) / max(len(widths) - 1, 1))
    for (number, label), width in zip(shown, widths, strict=False):
        drawn += _text.words(number, x, _TOP + 118, _FIGURE, BOLD, INK) + _text.words(label, x, _TOP + 152, _SMALL)
        x += width + gap
    return drawn


def _months(places: Sequence[_Place]) -> str:
    """Each month's name under its first week, where there is room; a year with its first."""
    drawn, free, foot, before = "", 0.0, 0.0, ""
    for place in places:
        month = f"{_thursday(place.monday):%b}"
        if place.foot != foot:
            free, foot, before = 0.0, place.foot, ""
        width = _text.measure(month, _SMALL)
        x = min(max(place.x - width / 2, MARGIN), WIDTH - MARGIN - width)
        if month != before and x >= free:
            drawn += _text.words(month, x, place.foot + 34, _SMALL)
            free = x + width + 16
            before = month
    return drawn


def _thursday(monday: date) -> date:
    """The day of a week that tells its month: most of the week lies in it."""
    return date.fromordinal(monday.toordinal() + 3)


# ------------------------------------------------------------------ cairns


def _places(card: JourneyCard, top: float) -> list[_Place]:
    """Where each week stands: in as few rows as there may be, from the left above to the right below."""
    weeks = card.weeks or ((monday_of(card.ended_on), ()),)
    rows = min(-(-len(weeks) // _IN_ROW), _ROWS)
    in_row = -(-len(weeks) // rows)
    pitch = _ROOM / max(in_row, 1)
    each = (GROUND + 14 + _FOOT - top) / rows
    across = min(pitch / _BROAD, _BIGGEST)
    tallest = max(_LEAST, *(_tall(stones) for _, stones in weeks))
    up = min((each - _FOOT - 8) / tallest, across * _STEEP)
    across = min(across, up * 1.2)
    step = min(pitch, across * _BROAD * 1.25)
    found: list[_Place] = []
    for index, (monday, stones) in enumerate(weeks):
        row, column = divmod(index, in_row)
        here = min(in_row, len(weeks) - row * in_row) if rows == 1 else in_row
        x = WIDTH / 2 + (column - (here - 1) / 2) * step
        found.append(_Place(monday, stones, x, GROUND + 14 - each * (rows - 1 - row), across, up))
    return found


def _tall(stones: Sequence[Stone]) -> float:
    """The height of a cairn before it is scaled."""
    laid = _cairn.pile(stones, 0, 0)
    return laid[-1].height / 2 - laid[-1].y if laid else 0.0


def _drawn(place: _Place, pile: Sequence[_cairn.Laid]) -> str:
    """The cairn scaled into its place; a week without a stone is a bare spot of the path."""
    if not pile:
        return ""
    drawn = _cairn.cairn(pile) if place.across > _DETAILED else _cairn.plain(pile)
    return (
        f'<g transform="translate({place.x:.1f} {place.foot:.1f}) scale({place.across:.4f} {place.up:.4f})">{drawn}</g>'
    )


def _paths(places: Sequence[_Place]) -> str:
    """The ground of each row above the lowest, which stands on the land itself."""
    feet = sorted({place.foot for place in places})[:-1]
    return "".join(
        f'<path d="M{MARGIN} {foot:.1f}H{WIDTH - MARGIN}" stroke="{LINE}" stroke-width="3" stroke-linecap="round"/>'
        for foot in feet
    )


def _flag(place: _Place) -> str:
    """A small flag on the last cairn."""
    x, y = place.x, place.top + 3
    return (
        f'<path d="M{x:.1f} {y:.1f}v-44" stroke="{INK}" stroke-width="3" stroke-linecap="round"/>'
        f'<path d="M{x:.1f} {y - 43:.1f}l24 8l-24 9z" fill="#e07a4f"/>'
    )
