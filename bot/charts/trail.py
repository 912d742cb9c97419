"""The trail, 1200x675: each idea a path from stone to stone, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from bot.charts import _cairn, _text
from bot.charts._landscape import HEIGHT, INK, MARGIN, PAPER, SOFT, WIDTH, land
from bot.charts._text import BOLD, REGULAR
from bot.core.text import clean, shorten
from bot.core.trail import Standing, Stop, TrailCard, Way, day_in
from bot.core.week_card import Stone

_ROOM = WIDTH - 2 * MARGIN
_TITLE_AT, _LEAD_AT, _FIRST = 104, 144, 208  # baselines in pixels: the title, the line below it, the first way
_STEP, _ROOMY_STEP, _STONES, _LINE = 88, 152, 42, 38  # from way to way, to their stones, and from line to line
_ROOMY = 2  # so few ways have room for two lines each
_TITLES, _WHAT, _SMALL = (44, 36, 32), 28, 24  # sizes of text in pixels; none may be under 24
_STONE, _TALL, _FLAT, _GAP = 40, 24, 15, 12  # width of a stone, its height, that of one at rest; the space beside it
_SHORTEST, _LONGEST = 22, 84  # of the path between a word and the next stone
_NAME_ROOM = 320
_TRACK = "#a89f8f"
_SUN, _SUN_LOW, _SUN_HIGH = 1010, 596, 500
_NAMED, _WORDS, _ALT_LIMIT = 24, 40, 1000  # characters of a name, of an idea, and of all in the alt text
_MOOD = 4  # whose colour the stones have: the one accent


def draw(card: TrailCard) -> str:
    """The trail as SVG; the text in it is measured, so that nothing leaves the margins."""
    roomy = len(card.ways) <= _ROOMY
    step = _ROOMY_STEP if roomy else _STEP
    ways = "".join(_way(card, way, _FIRST + step * index, roomy=roomy) for index, way in enumerate(card.ways))
    sun = _SUN_HIGH if len(card.ways) == 1 else _SUN_LOW  # clear of the words
    defs = _cairn.defs([_laid(stop, 0, 0) for way in card.ways for stop in way.stops])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{defs}</defs>{land(_SUN, sun)}{_head(card)}{ways}</svg>"
    )


def alt(card: TrailCard) -> str:
    """The trail in words, at most 1,000 characters."""
    head = ": ".join(part for part in ("The trail of your ideas", card.place) if part)
    told = " ".join(_told(card, way) for way in card.ways)
    return shorten(f"{head}. {told}", _ALT_LIMIT)


def _told(card: TrailCard, way: Way) -> str:
    whose, what = (" ".join(clean(text).split()) for text in (way.whose, way.what))
    stops = ", ".join(_stop_told(card, stop) for stop in way.stops)
    return f"{shorten(whose, _NAMED)}: {shorten(what, _WORDS)} ({stops})."


def _stop_told(card: TrailCard, stop: Stop) -> str:
    return f"{stop.words} {day_in(stop.on, card.today)}" if stop.on else stop.words


def _head(card: TrailCard) -> str:
    size = next((size for size in _TITLES if _text.measure(card.given, size, BOLD) <= _ROOM), _TITLES[-1])
    title = _text.words(_text.shorten(card.given, size, BOLD, _ROOM), MARGIN, _TITLE_AT, size, BOLD, INK)
    lead = " · ".join(part for part in (card.led, card.place) if part)
    return title + _text.words(_text.shorten(lead, _SMALL, REGULAR, _ROOM), MARGIN, _LEAD_AT, _SMALL)


# ------------------------------------------------------------------ one way


def _way(card: TrailCard, way: Way, y: float, *, roomy: bool) -> str:
    """The name and what the friend gave, on one line or else on two, above the stops."""
    name = _text.shorten(way.whose, _WHAT, BOLD, _NAME_ROOM)
    left = MARGIN + (_text.measure(name, _WHAT, BOLD) + _GAP if name else 0)
    lines = _text.wrap(way.what, _WHAT, REGULAR, WIDTH - MARGIN - left, 2 if roomy else 1)
    drawn = _text.words(name, MARGIN, y, _WHAT, BOLD, INK)
    for index, line in enumerate(lines):
        drawn += _text.words(line, left, y + _LINE * index, _WHAT, REGULAR, INK)
    return drawn + _stops(_labelled(card, way.stops), y + _LINE * max(len(lines) - 1, 0) + _STONES)


def _labelled(card: TrailCard, stops: Sequence[Stop]) -> list[tuple[Stop, str]]:
    """Each stop with its words and day; where all have no room, days are left out, those in the middle first."""
    told = [_stop_told(card, stop) for stop in stops]
    for index in sorted(range(len(stops)), key=lambda at: abs(2 * at - len(stops) + 1)):
        if _length(told) <= _ROOM:
            break
        told[index] = stops[index].words
    room = (_ROOM - _length([""] * len(told))) / len(told)
    fitting = told if _length(told) <= _ROOM else [_text.shorten(words, _SMALL, REGULAR, room) for words in told]
    return list(zip(stops, fitting, strict=True))


def _length(told: Sequence[str]) -> float:
    """How wide stops with these words are at least."""
    between = _SHORTEST + 2 * _GAP
    return sum(_STONE + _GAP + _text.measure(words, _SMALL) for words in told) + between * (len(told) - 1)


def _stops(stops: Sequence[tuple[Stop, str]], y: float) -> str:
    """Stones, each with its words, and the path between them."""
    spare = (_ROOM - _length([words for _, words in stops])) / max(len(stops) - 1, 1)
    path = min(_LONGEST, _SHORTEST + spare)
    drawn, x = "", float(MARGIN)
    for index, (stop, words) in enumerate(stops):
        if index:
            drawn += _track(x + _GAP, x + _GAP + path, y - 8)
            x += path + 2 * _GAP
        drawn += _stone(stop, x + _STONE / 2, y - 9) + _text.words(words, x + _STONE + _GAP, y, _SMALL)
        x += _STONE + _GAP + _text.measure(words, _SMALL)
    return drawn


def _stone(stop: Stop, x: float, y: float) -> str:
    """A stone where something happened, a flat and mossy one where it rests, an outline of one where it is ahead."""
    if stop.standing is not Standing.AHEAD:
        return _cairn.pebble(_laid(stop, x, y))
    return (
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{_STONE / 2 - 2}" ry="{_TALL / 2 - 2}" fill="{PAPER}"'
        f' stroke="{SOFT}" stroke-width="2.5" stroke-dasharray="6 4"/>'
    )


def _laid(stop: Stop, x: float, y: float) -> _cairn.Laid:
    on = stop.on or date.min
    rests = stop.standing is Standing.RESTS
    chance = Random(f"{stop.words}{on}")
    stone = Stone(on, rest=rests, mood=None if rests else _MOOD)
    return _cairn.Laid(stone, x, y, _STONE, _FLAT if rests else _TALL, chance.uniform(-4, 4), chance)


def _track(start: float, end: float, y: float) -> str:
    return (
        f'<path d="M{start:.1f} {y:.1f}H{end:.1f}" stroke="{_TRACK}" stroke-width="3" stroke-linecap="round"'
        ' stroke-dasharray="1 10" fill="none"/>'
    )
