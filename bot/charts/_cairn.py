"""The cairn: a week's days as stones, the first at the bottom, drawn in SVG with soft light from the upper left."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from bot.core.week_card import Stone

MOODS = {1: "#7b8794", 2: "#8f9aa3", 3: "#b8a88a", 4: "#d19a66", 5: "#e07a4f"}
REST, PLAIN = "#8aa57b", "#aa9d8d"
_REST_HEIGHT, _PLAIN_HEIGHT = 28, 54
_FLAT, _STEEP = 36, 3.6  # height of a stone: 36 px without energy, and 3.6 px for each of its ten points
_WIDEST, _TAPER, _OVERLAP = 272, 21, 6
_CORNERS = 22


class Laid(NamedTuple):
    """A stone in its place: its centre and size in pixels, and the chance that is its own."""

    stone: Stone
    x: float
    y: float
    width: float
    height: float
    tilt: float
    chance: Random

    @property
    def colour(self) -> str:
        return colour(self.stone)


def colour(stone: Stone) -> str:
    """The colour of a stone: moss for rest, the mood's own, or plain."""
    if stone.rest:
        return REST
    return PLAIN if stone.mood is None else MOODS[stone.mood]


def pile(stones: Sequence[Stone], x: float, ground: float) -> list[Laid]:
    """The stones stacked from the ground up around a middle; the same date always gives the same stone."""
    laid: list[Laid] = []
    foot = ground
    for index, stone in enumerate(stones):
        chance = Random(stone.on.toordinal())
        height = _height(stone)
        width = _WIDEST - _TAPER * index + chance.uniform(-20, 20)
        middle = x + chance.uniform(-13, 13)
        tilt = chance.uniform(-2.2, 2.2) * (0.4 if stone.rest else 1)
        laid.append(Laid(stone, middle, foot - height / 2, width, height, tilt, chance))
        foot -= height - _OVERLAP
    return laid


def defs(laid: Sequence[Laid]) -> str:
    """The gradients that the stones are painted with."""
    colours = dict.fromkeys(stone.colour for stone in laid)
    return "".join(_body(colour) for colour in colours)


def cairn(laid: Sequence[Laid]) -> str:
    """All stones, each with its shadow on what lies below."""
    return "".join(_shadow(stone, index) + _stone(stone) for index, stone in enumerate(laid))


def pebble(laid: Laid) -> str:
    """One small stone by itself, with the shadow at its foot."""
    return _ellipse(laid.x + 1, laid.y + laid.height / 2, laid.width * 0.42, 2.5, 0.18) + _stone(laid)


def plain(laid: Sequence[Laid]) -> str:
    """The same for a cairn too small to see moss and veins in."""
    return "".join(_shadow(stone, index) + _body_of(stone) for index, stone in enumerate(laid))


def _height(stone: Stone) -> float:
    if stone.rest:
        return _REST_HEIGHT
    return _PLAIN_HEIGHT if stone.energy is None else _FLAT + _STEEP * stone.energy


def _body(colour: str) -> str:
    """Light from above, dusk below; level bands keep the PNG encoder, the dearest part of a picture, quick."""
    stops = (
        (0, "#fff8ea", 0.42),
        (0.3, "#fff8ea", 0.12),
        (0.52, colour, 0),
        (0.8, "#3a3128", 0.16),
        (1, "#3a3128", 0.4),
    )
    return (
        f'<linearGradient id="{_paint(colour)}" x2="0" y2="1">'
        + "".join(f'<stop offset="{at}" stop-color="{_mix(colour, other, share)}"/>' for at, other, share in stops)
        + "</linearGradient>"
    )


def _paint(colour: str) -> str:
    return f"stone-{colour[1:]}"


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _shadow(laid: Laid, index: int) -> str:
    foot = laid.y + laid.height / 2
    if index:
        return _ellipse(laid.x + 4, foot + 1, laid.width * 0.34, 4, 0.3)
    return _ellipse(laid.x + 30, foot - 1, laid.width * 0.66, 13, 0.09) + _ellipse(
        laid.x + 16, foot - 2, laid.width * 0.54, 9, 0.16
    )


def _ellipse(x: float, y: float, rx: float, ry: float, depth: float) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:g}" fill="#2b2a27" fill-opacity="{depth}"/>'


def _stone(laid: Laid) -> str:
    return _body_of(laid, _moss if laid.stone.rest else _veins)


def _body_of(laid: Laid, details: Callable[[Laid], str] = lambda _: "") -> str:
    body = f'<path d="{_outline(laid)}" fill="url(#{_paint(laid.colour)})"/>'
    return f'<g transform="translate({laid.x:.1f} {laid.y:.1f})">{body}{details(laid)}</g>'


def _outline(laid: Laid) -> str:
    """A rounded pebble around the origin: a superellipse with slow waves, flatter below."""
    chance = laid.chance
    power = 2 / chance.uniform(2.1, 2.5)
    waves = [
        (n, chance.uniform(0.4, 1) * size, chance.uniform(0, math.tau))
        for n, size in ((2, 0.03), (3, 0.025), (5, 0.01))
    ]
    turn = math.radians(laid.tilt)
    points: list[tuple[float, float]] = []
    for corner in range(_CORNERS):
        angle = math.tau * corner / _CORNERS
        swell = 1 + sum(size * math.sin(n * angle + phase) for n, size, phase in waves)
        across = math.copysign(abs(math.cos(angle)) ** power, math.cos(angle)) * swell
        down = math.copysign(abs(math.sin(angle)) ** power, math.sin(angle))
        x, y = across * laid.width / 2, down * laid.height / 2
        points.append((x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)))
    return _closed(points)


def _closed(points: Sequence[tuple[float, float]]) -> str:
    """A smooth closed path through points (Catmull-Rom as cubic curves)."""
    count = len(points)
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for at in range(count):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (points[(at + step) % count] for step in (-1, 0, 1, 2))
        first = f"{bx + (cx - ax) / 6:.1f} {by + (cy - ay) / 6:.1f}"
        second = f"{cx - (dx - bx) / 6:.1f} {cy - (dy - by) / 6:.1f}"
        path.append(f"C{first} {second} {cx:.1f} {cy:.1f}")
    return "".join(path) + "Z"


def _veins(laid: Laid) -> str:
    """Two thin layers of the rock, following its roundness."""
    lines = ""
    for _ in range(2):
        level = laid.chance.uniform(-0.14, 0.24) * laid.height
        start, end = (side * laid.width * laid.chance.uniform(0.2, 0.38) for side in (-1, 1))
        bow = laid.height * laid.chance.uniform(0.1, 0.2)
        lines += f"M{start:.1f} {level:.1f}Q0 {level + bow:.1f} {end:.1f} {level - bow / 3:.1f}"
    return f'<path d="{lines}" fill="none" stroke="#fff8ea" stroke-width="1.5" stroke-opacity=".22"/>'


def _moss(laid: Laid) -> str:
    tufts = "".join(_spot(laid, laid.chance.uniform(1.6, 3.4), 4) for _ in range(16))
    return f'<path d="{tufts}" fill="#b9cca6" fill-opacity=".5"/>'


def _spot(laid: Laid, size: float, stretch: float) -> str:
    """A small ellipse somewhere on the stone."""
    angle, far = laid.chance.uniform(0, math.tau), math.sqrt(laid.chance.random()) * 0.74
    x, y = math.cos(angle) * far * laid.width / 2, math.sin(angle) * far * laid.height / 2
    arc = f"a{size * stretch:.1f} {size:.1f} 0 1 0"
    return f"M{x:.1f} {y:.1f}{arc} {2 * size * stretch:.1f} 0{arc} {-2 * size * stretch:.1f} 0Z"
