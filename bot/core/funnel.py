"""The funnel: how far applications came, where they ended, and what can honestly be said of it.

An application counts by the furthest stage that it ever reached. What rests on too few is said to be too few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from bot.core.errors import Told
from bot.core.search import LADDER, Act, Application, Event, Loss, Stage, Standing, took_place

ENOUGH = 10  # that moved on or ended at a step, or were answered; of fewer nothing is told but the number
FELT_ENOUGH = 5  # times that somebody said how an activity was
_A_DAY = timedelta(days=1)  # in no zone is it later by more
CLEAR = 0.2  # how much smaller than at every other step the share that goes on has to be to name that step


class BadRange(Told):
    """A range of dates that ends before it begins."""


class Node(StrEnum):
    """A place on an application's way: a stage, or an end."""

    APPLIED = "applications"
    FIRST = "round 1"
    SECOND = "round 2"
    THIRD = "round 3"
    FURTHER = "round 4+"
    OFFER = "offer"
    ACCEPTED = "accepted"
    OPEN = "still open"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    CLOSED = "role closed"
    REJECTED = "rejected"
    GHOSTED = "no answer"


ROUNDS = (Node.FIRST, Node.SECOND, Node.THIRD, Node.FURTHER)
STAGES = (Node.APPLIED, *ROUNDS, Node.OFFER)
ENDS = (
    Node.ACCEPTED,
    Node.OPEN,
    Node.DECLINED,
    Node.WITHDREW,
    Node.CLOSED,
    Node.REJECTED,
    Node.GHOSTED,
)
_LOST = {
    Loss.REJECTED: Node.REJECTED,
    Loss.GHOSTED: Node.GHOSTED,
    Loss.WITHDREW: Node.WITHDREW,
    Loss.DECLINED: Node.DECLINED,
    Loss.CLOSED: Node.CLOSED,
}
Way = tuple[Node, ...]
Flows = Mapping[tuple[Node, Node], int]


class FunnelCard(NamedTuple):
    """All that the funnel's picture may show; no company and no role is in it."""

    name: str
    flows: Flows  # how many went from one place to the next
    first: date | None = None  # days of the first and the last application, where they are known
    last: date | None = None

    @property
    def total(self) -> int:
        """How many applications it is about."""
        return through(self.flows, Node.APPLIED)


class Step(NamedTuple):
    """What became of those who came to a place."""

    came: int
    went_on: int
    still: int  # open there

    @property
    def tells(self) -> bool:
        """Whether enough moved on or ended there."""
        return self.came - self.still >= ENOUGH

    @property
    def share(self) -> float:
        """The part that went on, of those that do not wait there still."""
        return self.went_on / max(self.came - self.still, 1)


class Group(NamedTuple):
    """Applications of one source, or of one kind of role; empty for those of which it was not said."""

    label: str
    step: Step  # from applying to an interview or an offer


class Answers(NamedTuple):
    """How many days the first answers took, in order, and of how many applications that can be said."""

    days: tuple[int, ...]
    of: int

    @property
    def usual(self) -> int | None:
        """The days within which at least half of the answers came; None where they are too few to tell."""
        return self.days[(len(self.days) - 1) // 2] if len(self.days) >= ENOUGH else None


class Felt(NamedTuple):
    """How often an activity gave or took energy, of the times that it was said."""

    act: Act
    gave: int
    took: int
    of: int

    @property
    def tells(self) -> bool:
        """Whether it was said often enough."""
        return self.of >= FELT_ENOUGH


class Report(NamedTuple):
    """All that a search, or a range of it, tells."""

    card: FunnelCard
    sentence: str
    undated: int  # applications without a day of applying, left out of a range
    sources: tuple[Group, ...]
    kinds: tuple[Group, ...]
    answers: Answers
    energy: tuple[Felt, ...]


class Range(NamedTuple):
    """Days from one to another, both counted; None is without a bound."""

    since: date | None = None
    until: date | None = None

    @property
    def whole(self) -> bool:
        """Whether it is all of a search."""
        return self.since is None and self.until is None

    def holds(self, on: date | None) -> bool:
        """Whether a day lies in it; one that is not known lies in the whole alone."""
        if on is None:
            return self.whole
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def way(standing: Standing) -> Way | None:
    """From applying to where an application is; None for one that never came beyond the wishlist."""
    reached = LADDER.index(standing.furthest)
    if standing.furthest is Stage.WISHLIST:
        return None
    rounds = max(standing.round, int(standing.furthest is Stage.INTERVIEWING))
    offer = (Node.OFFER,) if reached >= LADDER.index(Stage.OFFER) else ()
    return (Node.APPLIED, *ROUNDS[:rounds], *offer, _end(standing))


def _end(standing: Standing) -> Node:
    match standing.stage:
        case Stage.ACCEPTED:
            return Node.ACCEPTED
        case Stage.LOST:
            return _LOST[standing.loss or Loss.REJECTED]
        case _:
            return Node.OPEN


def flows(ways: Iterable[Way]) -> dict[tuple[Node, Node], int]:
    """How many went from each place to the next."""
    return Counter(step for one in ways for step in pairwise(one))


def through(of: Flows, node: Node) -> int:
    """How many came by a place, or ended there."""
    here = 1 if node in ENDS else 0
    return sum(many for pair, many in of.items() if pair[here] is node)


def report(applications: Iterable[Application], felt: Iterable[Event], within: Range, name: str) -> Report:
    """What applications, counted by the day of applying, and what gave energy, tell."""
    every = list(applications)
    chosen = [one for one in every if within.holds(one.standing.applied_on)]
    ways = [(one, found) for one in chosen if (found := way(one.standing))]
    days = [one.standing.applied_on for one, _ in ways if one.standing.applied_on]
    card = FunnelCard(name, flows(found for _, found in ways), min(days, default=None), max(days, default=None))
    undated = 0 if within.whole else sum(one.standing.applied_on is None and bool(way(one.standing)) for one in every)
    return Report(
        card=card,
        sentence=sentence(card.flows),
        undated=undated,
        sources=_groups((one.source, found) for one, found in ways),
        kinds=_groups((one.kind, found) for one, found in ways),
        answers=_answers(one for one, _ in ways),
        energy=energy(event for event in took_place(felt) if within.holds(event.on)),
    )


# ------------------------------------------------------------------ where it thins out


def step(of: Flows, node: Node) -> Step:
    """What became of those who came to a place."""
    onward = sum(many for (start, end), many in of.items() if start is node and end in STAGES)
    return Step(through(of, node), onward, of.get((node, Node.OPEN), 0))


def sentence(of: Flows) -> str:
    """Where it thins out, and then by how much; only of steps at which enough moved on or ended."""
    steps = [(node, step(of, node)) for node in STAGES[:-1] if through(of, node)]
    telling = [(node, one) for node, one in steps if one.tells]
    if not telling:
        return f"Too few to tell yet where it thins out: that takes {ENOUGH} that have moved on or ended at one step."
    told = _thinnest(telling) + "; ".join(_fact(of, node, one) for node, one in telling)
    rest = " Further on there are too few to tell." if len(telling) < len(steps) else ""
    return f"{told[0].upper()}{told[1:]}.{rest}"


_AFTER = {
    Node.FIRST: "after it",
    Node.SECOND: "after the second",
    Node.THIRD: "after the third",
    Node.FURTHER: "after the fourth and more",
}
_BEFORE = {
    Node.APPLIED: "before the first interview",
    Node.FIRST: "after the first interview",
    Node.SECOND: "after the second interview",
    Node.THIRD: "after the third interview",
    Node.FURTHER: "after the fourth interview and more",
}


def _fact(of: Flows, node: Node, one: Step) -> str:
    many = f"{one.went_on:,}" if one.went_on else "none"
    still = f" ({one.still:,} still open)" if one.still else ""
    if node is Node.APPLIED:
        where = "a first interview" + (" or an offer" if (node, Node.OFFER) in of else "")
        return f"{many} of {one.came:,} applications came to {where}{still}"
    return f"{_AFTER[node]} {many} of {one.came:,} went on{still}"


def _thinnest(telling: Sequence[tuple[Node, Step]]) -> str:
    """The step at which clearly the smallest part goes on; nothing where there is no other to compare it with."""
    if len(telling) < 2:
        return ""
    (node, least), (_, next_least) = sorted(telling, key=lambda pair: pair[1].share)[:2]
    if next_least.share - least.share < CLEAR:
        return "It thins out about alike at each step: "
    return f"It thins out most {_BEFORE[node]}: "


# ------------------------------------------------------------------ by source, by kind, in time, by energy


def _groups(labelled: Iterable[tuple[str, Way]]) -> tuple[Group, ...]:
    """The largest first, those of which it was not said last; none where it was said of no application."""
    ways: dict[str, list[Way]] = {}
    names: dict[str, str] = {}
    for label, found in labelled:
        key = label.casefold()
        names.setdefault(key, label)
        ways.setdefault(key, []).append(found)
    if not any(ways):
        return ()
    groups = [Group(names[key], step(flows(found), Node.APPLIED)) for key, found in ways.items()]
    return tuple(sorted(groups, key=lambda group: (not group.label, -group.step.came, group.label.casefold())))


def _answers(applications: Iterable[Application]) -> Answers:
    """Of applications with a day of applying; an answer from before it is none to it.

    One of the same day that was noted only later has no day of its own: a table told that it came, and not when.
    """
    known = [one.standing for one in applications if not _is_answer_undated(one)]
    pairs = [(one.applied_on, one.answered_on) for one in known if one.applied_on]
    days = [(answered - applied).days for applied, answered in pairs if answered and answered >= applied]
    return Answers(tuple(sorted(days)), len(pairs))


def _is_answer_undated(one: Application) -> bool:
    on = one.standing.answered_on
    return on is not None and on == one.standing.applied_on and one.made_at.date() > on + _A_DAY


def energy(happened: Iterable[Event]) -> tuple[Felt, ...]:
    """What gave energy and what took it, by activity, the one most told of first; of what took place."""
    counted: dict[Act, Counter[int]] = {}
    for event in happened:
        if event.energy is not None:
            counted.setdefault(event.act, Counter())[event.energy] += 1
    found = [Felt(act, tally[1], tally[-1], tally.total()) for act, tally in counted.items()]
    return tuple(sorted(found, key=lambda felt: (-felt.of, felt.act)))
