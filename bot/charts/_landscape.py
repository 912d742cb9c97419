"""The quiet land behind every picture: paper, a low sun, two ridges and the ground."""

from __future__ import annotations

from datetime import date
from random import Random

WIDTH, HEIGHT, MARGIN = 1200, 675, 60
PAPER, INK, SOFT, LINE = (
    "#f7f3ea",
    "#2b2a27",
    "#5f5a51",
    "#e5ddcc",
)  # SOFT: at least 4.5:1 on the ground as well
GROUND = 592

_FAR = "M0 520C90 496 150 486 232 500S420 566 560 572 900 560 1010 574 1140 566 1200 556V675H0Z"
_NEAR = "M0 560C120 540 190 548 300 566S560 600 740 588 1050 596 1200 580V675H0Z"
_EARTH = "M0 590C140 578 330 580 480 592S860 616 1200 600V675H0Z"


def land(x: float, sun: float) -> str:
    """Sky, sun and ridges; the sun stands at a height in pixels behind a middle."""
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<circle cx="{x:g}" cy="{sun:g}" r="148" fill="#f6ddc1"/>'
        f'<path d="{_FAR}" fill="#f1eadb"/><path d="{_NEAR}" fill="#ebe2d0"/><path d="{_EARTH}" fill="#e4d9c2"/>'
    )


def grass(on: date, x: float, reach: float) -> str:
    """A few blades at both sides of a middle, the same for the same date."""
    chance = Random(on.toordinal())
    roots = [x + side * reach + chance.uniform(-8, 8) for side in (-1, 1)]
    return "".join(_tuft(chance, root) for root in roots)


def _tuft(chance: Random, root: float) -> str:
    blades = ""
    for _ in range(7):
        x, y = root + chance.uniform(-13, 13), GROUND + chance.uniform(-1, 7)
        lean, tall = chance.uniform(-13, 13), chance.uniform(12, 30)
        blades += f"M{x:.1f} {y:.1f}q{lean / 5:.1f} {-tall * 0.7:.1f} {lean:.1f} {-tall:.1f}"
    return f'<path d="{blades}" fill="none" stroke="#8aa57b" stroke-width="2.6" stroke-linecap="round"/>'
