"""The funnel, 1200x675: a search as a river that parts at each stage and ends in a few pools, wide as they are many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.charts import _text
from bot.charts._landscape import HEIGHT, INK, MARGIN, WIDTH, land
from bot.charts._text import BOLD
from bot.core.dates import between
from bot.core.funnel import ENDS, STAGES, FunnelCard, Node, through
from bot.core.text import clean, count, listing, shorten

_ROOM = WIDTH - 2 * MARGIN
_TITLE, _SMALL, _NUMBER, _LISTED = 52, 24, 40, 30  # sizes of text in pixels; none may be under 24
_TITLE_AT, _BELOW_TITLE = 104, 44
_NUMBERS_AT, _LABELS_AT, _TOP = 222, 254, 276  # baselines over the stages, and where the river begins
_FOOT = HEIGHT - 36
_BAR, _BEND, _BESIDE = 16, 0.5, 16  # breadth of a bar; where a branch bends; the space before an end's words
_SLOT, _GAP = 36, 8  # least height of an end with its words, and what lies between two
_BROADEST, _THINNEST = 40.0, 2.0  # of the river for each application; no branch is seen below that
_DOT, _APART = 8, 24  # least height of a bar; between the words over two of them
_SUN = (1012, 118)
_ALT_LIMIT = 1000
_STONE = "#7d6f5b"
_COLOURS = {  # of the bar of an end
    Node.ACCEPTED: "#e07a4f",
    Node.OPEN: "#8aa57b",
    Node.DECLINED: "#d19a66",
    Node.WITHDREW: "#b8a88a",
    Node.CLOSED: "#a89f8f",
    Node.REJECTED: "#8f9aa3",
    Node.GHOSTED: "#7b8794",
}
_WATER = {  # the same, half of it paper; without transparency the picture is quicker to draw
    Node.ACCEPTED: "#ecb79d",
    Node.OPEN: "#c0ccb2",
    Node.DECLINED: "#e4c6a8",
    Node.WITHDREW: "#d7cdba",
    Node.CLOSED: "#cfc9bc",
    Node.REJECTED: "#c3c6c6",
    Node.GHOSTED: "#b2b8bc",
}
_ONWARD = "#e1ceae"


class _Place(NamedTuple):
    """Where a bar stands, and how high it is."""

    x: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The height of an end's words."""
        return self.top + self.height / 2


class _Branch(NamedTuple):
    """Water from one bar to another: its upper edge at both, and its height at both."""

    start: Node
    end: Node
    ahead: float
    behind: float
    height: float


def draw(card: FunnelCard) -> str:
    """The picture as SVG; the text in it is measured, so that nothing leaves the margins."""
    places = _places(card)
    branches = _branches(card, places)
    drawn = "".join(_river(branch, places) for branch in branches)
    bars = "".join(_bar(node, place) for node, place in places.items())
    words = "".join(_words_of(card, node, place) for node, place in places.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{land(*_SUN)}{drawn}{bars}{words}{_title(card)}</svg>"
    )


def alt(card: FunnelCard) -> str:
    """The picture in words, at most 1,000 characters."""
    name = shorten(" ".join(clean(card.name).split()), 80)
    head = f"{name}'s search" if name else "A search"
    when = f", {between(card.first, card.last)}" if card.first and card.last else ""
    told = " ".join(_told(card, node) for node in STAGES if through(card.flows, node))
    return shorten(f"{head}{when}, as a river that parts. {told}", _ALT_LIMIT)


def _told(card: FunnelCard, node: Node) -> str:
    """What became of those at a stage: "Of 40 applications: 12 round 1, 10 still open, 18 rejected"."""
    onward = [(card.flows.get((node, end), 0), end) for end in (*STAGES, *ENDS)]
    parts = listing([f"{many:,} {'went on to ' if end in STAGES else ''}{end}" for many, end in onward if many])
    many = through(card.flows, node)
    whom = f"{many:,} {_label(node, many)}" if node is Node.APPLIED else f"{many:,} at {node}"
    return f"Of {whom}: {parts}."


def _label(node: Node, many: int) -> str:
    return "application" if node is Node.APPLIED and many == 1 else str(node)


# ------------------------------------------------------------------ words


def _title(card: FunnelCard) -> str:
    title = _text.titled(card.name, "search", _TITLE, _ROOM)
    below = f"{count(card.total, 'application')}"
    if card.first and card.last:
        below += f" · {between(card.first, card.last)}"
    below = below[0].upper() + below[1:]
    return _text.words(title, MARGIN, _TITLE_AT, _TITLE, BOLD, INK) + _text.words(
        below, MARGIN, _TITLE_AT + _BELOW_TITLE, _SMALL
    )


def _words_of(card: FunnelCard, node: Node, place: _Place) -> str:
    """How many came there, and what it is: over a stage, beside an end."""
    many = through(card.flows, node)
    label = _label(node, many).capitalize()
    if node in STAGES:
        return _text.words(f"{many:,}", place.x, _NUMBERS_AT, _NUMBER, BOLD, INK) + _text.words(
            label, place.x, _LABELS_AT, _SMALL
        )
    x, y = place.x + _BAR + _BESIDE, place.middle + 10
    number = f"{many:,}"
    return _text.words(number, x, y, _LISTED, BOLD, INK) + _text.words(
        label, x + _text.measure(number, _LISTED, BOLD) + 10, y, _SMALL
    )


# ------------------------------------------------------------------ places


def _places(card: FunnelCard) -> dict[Node, _Place]:
    """The stages from left to right, all from the top; the ends below each other at the right."""
    stages = [node for node in STAGES if through(card.flows, node)]
    ends = _ordered(card)
    each = _scale(card, ends)
    right = WIDTH - MARGIN - max(_end_width(card, node) for node in ends) - _BAR - _BESIDE
    found: dict[Node, _Place] = {}
    for x, node in zip(_columns(len(stages), right), stages, strict=True):
        height = max(each * through(card.flows, node), _THINNEST)
        found[node] = _Place(x, _TOP, height)
    top = float(_TOP)
    for node in ends:
        height = max(each * through(card.flows, node), _THINNEST)
        slot = max(height, _SLOT)
        found[node] = _Place(right, top + (slot - height) / 2, height)
        top += slot + _GAP
    return found


def _columns(many: int, right: float) -> list[float]:
    """The left ends of the stages: even, but for the first, whose word is the longest."""
    first = max((right - MARGIN) / many, _text.measure(Node.APPLIED.capitalize(), _SMALL) + _APART)
    rest = (right - MARGIN - first) / max(many - 1, 1)
    return [MARGIN, *(MARGIN + first + rest * index for index in range(many - 1))]


def _ordered(card: FunnelCard) -> list[Node]:
    """The ends from those reached latest to those reached soonest, so that few branches cross."""
    depth = {
        end: sum(STAGES.index(start) * many for (start, to), many in card.flows.items() if to is end)
        / through(card.flows, end)
        for end in ENDS
        if through(card.flows, end)
    }
    return sorted(depth, key=lambda end: (end is not Node.ACCEPTED, -depth[end], ENDS.index(end)))


def _end_width(card: FunnelCard, node: Node) -> float:
    return (
        _text.measure(f"{through(card.flows, node):,}", _LISTED, BOLD) + 10 + _text.measure(node.capitalize(), _SMALL)
    )


def _scale(card: FunnelCard, ends: Iterable[Node]) -> float:
    """The pixels of an application, so that all ends have their place one below the other."""
    many = [through(card.flows, end) for end in ends]
    room = _FOOT - _TOP - _GAP * (len(many) - 1)
    roomy = list(many)
    each = room / sum(roomy)
    while small := [n for n in roomy if n * each < _SLOT]:
        roomy = [n for n in roomy if n * each >= _SLOT]
        room -= _SLOT * len(small)
        if not roomy:
            break
        each = room / sum(roomy)
    return min(each, _BROADEST)


# ------------------------------------------------------------------ the river


def _branches(card: FunnelCard, places: Mapping[Node, _Place]) -> list[_Branch]:
    """Each branch with its place at both ends; the broad ones lie below, and those that go on above all others."""
    order = list(places)
    ahead = _stacked(card, places, sorted(card.flows, key=lambda pair: order.index(pair[1])), 0)
    behind = _stacked(card, places, sorted(card.flows, key=lambda pair: -order.index(pair[0])), 1)
    found = [
        _Branch(*pair, ahead[pair], behind[pair], many * places[pair[0]].height / through(card.flows, pair[0]))
        for pair, many in card.flows.items()
    ]
    return sorted(found, key=lambda one: (one.end in STAGES, -one.height))


def _stacked(
    card: FunnelCard, places: Mapping[Node, _Place], pairs: Iterable[tuple[Node, Node]], side: int
) -> dict[tuple[Node, Node], float]:
    """The upper edge of each branch where it leaves (side 0) or comes to (side 1) its bar, one below the other."""
    edges = {node: place.top for node, place in places.items()}
    found: dict[tuple[Node, Node], float] = {}
    for pair in pairs:
        node = pair[side]
        found[pair] = edges[node]
        edges[node] += card.flows[pair] * places[node].height / through(card.flows, node)
    return found


def _river(branch: _Branch, places: Mapping[Node, _Place]) -> str:
    left, right = places[branch.start].x + _BAR / 2, places[branch.end].x + _BAR / 2
    height = max(branch.height, _THINNEST)
    bend = (right - left) * _BEND
    upper = (
        f"M{left:.1f} {branch.ahead:.1f}C{left + bend:.1f} {branch.ahead:.1f} {right - bend:.1f} {branch.behind:.1f}"
    )
    lower = f"C{right - bend:.1f} {branch.behind + height:.1f} {left + bend:.1f} {branch.ahead + height:.1f}"
    return (
        f'<path d="{upper} {right:.1f} {branch.behind:.1f}V{branch.behind + height:.1f}'
        f'{lower} {left:.1f} {branch.ahead + height:.1f}Z" fill="{_WATER.get(branch.end, _ONWARD)}"/>'
    )


def _bar(node: Node, place: _Place) -> str:
    height = max(place.height, _DOT)
    bar = (
        f'<rect x="{place.x:.1f}" y="{place.middle - height / 2:.1f}" width="{_BAR}" height="{height:.1f}"'
        f' rx="{height / 2 if height < _BAR else _BAR / 2:.1f}" fill="{_COLOURS.get(node, _STONE)}"/>'
    )
    return bar + _flag(place) if node is Node.ACCEPTED else bar


def _flag(place: _Place) -> str:
    """A small flag over the end that was hoped for."""
    x, y = place.x + _BAR / 2, place.top
    return (
        f'<path d="M{x:.1f} {y:.1f}v-44" stroke="{INK}" stroke-width="3" stroke-linecap="round"/>'
        f'<path d="M{x:.1f} {y - 43:.1f}l24 8l-24 9z" fill="#e07a4f"/>'
    )
