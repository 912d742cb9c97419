"""The week card, 1200x675: a week as a cairn, its numbers and its energy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.charts import _cairn, _text
from bot.charts._landscape import GROUND, HEIGHT, INK, PAPER, WIDTH, grass, land
from bot.charts._text import BOLD, REGULAR
from bot.core.summary import span
from bot.core.text import clean, count, shorten
from bot.core.week_card import MOODS, Stone, WeekCard

_CAIRN, _DAYS = 232, 432  # the middle of the cairn, and where its labels begin
_LEFT, _ROOM = 568, 564  # the column of text and its width
_TOP, _LOWER = 112, 96  # where the title stands, and how much lower when no chart follows
_TITLE, _STACKED, _SMALL = 56, 44, 24  # sizes of text in pixels; none may be under 24
_CHART_FOOT, _CHART_TALLEST, _CHART_LEAST = 512, 200, 64
_NUMBER, _LISTED, _GAP = 64, 34, 20
_BIGGEST = 999_999


def draw(card: WeekCard) -> str:
    """The card as SVG; the text in it is measured, so that nothing leaves the margins."""
    laid = _cairn.pile(card.stones, _CAIRN, GROUND)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{_cairn.defs(laid)}</defs>"
        f"{land(_CAIRN, _sun(laid))}{grass(card.monday, _CAIRN, 162)}"
        f"{_cairn.cairn(laid)}{_day_labels(laid)}{_column(card)}</svg>"
    )


def alt(card: WeekCard) -> str:
    """The card in words, at most 1,000 characters; a mood by its word, an energy by its number."""
    name = shorten(" ".join(clean(card.name).split()), 80)
    title = f"{name}, week {card.week}" if name else f"Week {card.week}"
    parts = [f"{title}, {span(card.monday)}.", _scene(card), *map(_told, card.stones), _numbers_told(card)]
    return " ".join(part for part in parts if part)


def _sun(laid: Sequence[_cairn.Laid]) -> float:
    """The sun stands behind the upper part of the cairn, and on the ridge when the cairn is small."""
    top = laid[-1].y if laid else GROUND
    return min(max(top + 40, 288), 424)


def _scene(card: WeekCard) -> str:
    if not card.stones:
        return "Quiet hills under a low sun."
    return f"A cairn of {count(len(card.stones), 'stone')} under a low sun: {_tally(card.stones)}."


def _told(stone: Stone) -> str:
    if stone.rest:
        return f"{stone.on:%A}: a day of rest."
    mood = f"mood {MOODS[stone.mood - 1]}" if stone.mood is not None else ""
    energy = f"energy {stone.energy} of 10" if stone.energy is not None else ""
    told = ", ".join(part for part in (mood, energy) if part)
    return f"{stone.on:%A}: {told}." if told else ""


def _numbers_told(card: WeekCard) -> str:
    told = [f"{_figure(number)} {shorten(' '.join(clean(label).split()), 40)}" for number, label in card.numbers]
    return f"{', '.join(told)}." if told else ""


def _tally(stones: Sequence[Stone]) -> str:
    """The week in a few words, such as "six days out, one day of rest"."""
    rests = sum(stone.rest for stone in stones)
    out = len(stones) - rests
    parts = [f"{count(out, 'day')} out" if out else "", f"{count(rests, 'day')} of rest" if rests else ""]
    return ", ".join(part for part in parts if part)


def _figure(number: int) -> str:
    return f"{number:,}" if number <= _BIGGEST else f"{_BIGGEST:,}+"


def _day_labels(laid: Sequence[_cairn.Laid]) -> str:
    """The days beside their stones, where no chart names them; thin stones push the labels apart."""
    if _with_energy(it.stone for it in laid):
        return ""
    drawn, below = "", float(HEIGHT)
    for it in laid:
        below = min(it.y + 9, below - 32)
        drawn += _text.words(f"{it.stone.on:%a} · rest" if it.stone.rest else f"{it.stone.on:%a}", _DAYS, below, _SMALL)
    return drawn


def _column(card: WeekCard) -> str:
    """The text beside the cairn, from above: each part says where it ended."""
    title, y = _title(card, _TOP if _with_energy(card.stones) else _TOP + _LOWER)
    subtitle, y = _subtitle(card, y)
    figures, y = _figures(card, y)
    return title + subtitle + figures + _energy(card.stones, y)


def _title(card: WeekCard, y: float) -> tuple[str, float]:
    week = f"week {card.week}"
    name = _text.drawable(card.name)
    whole = f"{name}, {week}" if name else week.capitalize()
    if _text.flows_on(name) and _text.measure(whole, _TITLE, BOLD) <= _ROOM:
        return _text.words(whole, _LEFT, y, _TITLE, BOLD, INK), y
    lines = [*_text.wrap(name, _STACKED, BOLD, _ROOM, 2), week.capitalize()]
    steps = [y - 8 + 50 * index for index in range(len(lines))]
    drawn = (_text.words(line, _LEFT, at, _STACKED, BOLD, INK) for line, at in zip(lines, steps, strict=True))
    return "".join(drawn), steps[-1]


def _subtitle(card: WeekCard, y: float) -> tuple[str, float]:
    tally = _tally(card.stones)
    whole = f"{span(card.monday)} · {tally}" if tally else span(card.monday)
    lines = [whole] if _text.measure(whole, _SMALL) <= _ROOM else [span(card.monday), tally]
    drawn = ""
    for line, step in zip(lines, (44, 32), strict=False):
        y += step
        drawn += _text.words(line, _LEFT, y, _SMALL)
    if card.stones:
        return drawn, y
    return drawn + _text.words("A quiet week.", _LEFT, y + 72, 32, REGULAR, INK), y + 72


def _figures(card: WeekCard, y: float) -> tuple[str, float]:
    numbers = [(_figure(number), label) for number, label in card.numbers]
    if not numbers:
        return "", y
    if places := _in_a_row(numbers):
        return _row(numbers, places, y + 108), y + 146
    return _grid(numbers, y + 60), y + 60 + 46 * ((len(numbers) - 1) // 2)


def _in_a_row(numbers: Sequence[tuple[str, str]]) -> list[float]:
    """The left ends of the numbers: in even columns, else with even gaps; empty when they do not fit."""
    widths = [max(_text.measure(number, _NUMBER, BOLD), _text.measure(label, _SMALL)) for number, label in numbers]
    column = _ROOM / max(len(numbers), 3)
    if max(widths) <= column - _GAP:
        return [_LEFT + column * index for index in range(len(numbers))]
    gap = (_ROOM - sum(widths)) / max(len(numbers) - 1, 1)
    if gap < _GAP:
        return []
    return [_LEFT + sum(widths[:index]) + min(gap, 2 * _GAP) * index for index in range(len(numbers))]


def _row(numbers: Sequence[tuple[str, str]], places: Sequence[float], y: float) -> str:
    return "".join(
        _text.words(number, x, y, _NUMBER, BOLD, INK) + _text.words(label, x, y + 38, _SMALL)
        for (number, label), x in zip(numbers, places, strict=True)
    )


def _grid(numbers: Sequence[tuple[str, str]], y: float) -> str:
    """Two beside each other, each number followed by its label."""
    drawn: list[str] = []
    for index, (number, label) in enumerate(numbers):
        x, line = _LEFT + index % 2 * _ROOM / 2, y + index // 2 * 46
        taken = _text.measure(number, _LISTED, BOLD) + 12
        short = _text.shorten(label, _SMALL, REGULAR, _ROOM / 2 - _GAP / 2 - taken)
        drawn.append(_text.words(number, x, line, _LISTED, BOLD, INK) + _text.words(short, x + taken, line, _SMALL))
    return "".join(drawn)


def _energy(stones: Sequence[Stone], y: float) -> str:
    told = _with_energy(stones)
    if not told:
        return ""
    foot = _CHART_FOOT
    top = min(max(y + 84, foot - _CHART_TALLEST), foot - _CHART_LEAST)
    step = min(_ROOM / len(told), 96)
    points = [
        (_LEFT + step * (at + 0.5), foot - (foot - top) * (stone.energy or 0) / 10) for at, stone in enumerate(told)
    ]
    label = _text.words("energy", _LEFT, top - 22, _SMALL)
    return label + _ridge(points, foot) + _dots(told, points) + _chart_days(told, points)


def _with_energy(stones: Iterable[Stone]) -> list[Stone]:
    return [stone for stone in stones if stone.energy is not None and not stone.rest]


def _ridge(points: Sequence[tuple[float, float]], foot: float) -> str:
    """The energy as a hill with a path along its crest."""
    reach = min(_ROOM / len(points), 96) / 2
    outline = [(points[0][0] - reach, foot), *points, (points[-1][0] + reach, foot)]
    curves = _curves(outline)
    crest = f"M{_at(points[0])}" + "".join(curves[1:-1])
    return (
        f'<path d="M{_at(outline[0])}{"".join(curves)}Z" fill="#ebe3d3"/>'
        f'<path d="{crest}" fill="none" stroke="#a89f8f" stroke-width="3.5" stroke-linecap="round"/>'
    )


def _curves(points: Sequence[tuple[float, float]]) -> list[str]:
    """From point to point, never above or below both of them; level at each turn."""
    slopes = [_slope(points, at) for at in range(len(points))]
    found: list[str] = []
    for ((ax, ay), (bx, by)), (sa, sb) in zip(pairwise(points), pairwise(slopes), strict=True):
        third = (bx - ax) / 3
        found.append(f"C{_at((ax + third, ay + sa * third))} {_at((bx - third, by - sb * third))} {_at((bx, by))}")
    return found


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _slope(points: Sequence[tuple[float, float]], at: int) -> float:
    """The slope at a point: the harmonic mean of its two sides, none at an end or a turn (Fritsch and Butland)."""
    if at in (0, len(points) - 1):
        return 0.0
    before, after = (
        (points[b][1] - points[a][1]) / (points[b][0] - points[a][0]) for a, b in ((at - 1, at), (at, at + 1))
    )
    return 2 * before * after / (before + after) if before * after > 0 else 0.0


def _dots(told: Sequence[Stone], points: Sequence[tuple[float, float]]) -> str:
    return "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="{_cairn.colour(stone)}" stroke="{PAPER}" stroke-width="4"/>'
        for stone, (x, y) in zip(told, points, strict=True)
    )


def _chart_days(told: Sequence[Stone], points: Sequence[tuple[float, float]]) -> str:
    names = [f"{stone.on:%a}" for stone in told]
    return "".join(
        _text.words(name, x - _text.measure(name, _SMALL) / 2, _CHART_FOOT + 44, _SMALL)
        for name, (x, _) in zip(names, points, strict=True)
    )
