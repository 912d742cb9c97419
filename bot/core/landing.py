"""Landing: how a journey ends, or turns; what it was in numbers and stones; whom it thanks, and for what.

Nothing is counted that did not happen, and nobody is thanked in words that the seeker did not confirm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.circle import Circle
from bot.core.errors import Told
from bot.core.funnel import FunnelCard
from bot.core.hidden import Names, masker, named
from bot.core.idea import Idea
from bot.core.journal import NUMBERS, Entry
from bot.core.thanks import Line, Standing
from bot.core.week_card import Stone, of_days

MOST_FIGURES = 4


class NotOver(Told):
    """Something was asked of a journey that goes on."""


class AlreadyPosted(Told):
    """The closing post stands already."""


class Sort(StrEnum):
    """How a journey ends, or turns."""

    LANDED = "landed"
    STOPPED = "stopped"
    CHANGED = "changed"  # what is wanted is another thing now; the journey goes on


class Phase(StrEnum):
    """Where the closing post stands."""

    DRAFT = "draft"
    POSTED = "posted"
    TAKEN = "taken"  # posted once, and taken down
    KEPT = "kept"  # it stays with the seeker


class Landing(NamedTuple):
    """An end or a turn of a seeker's journey."""

    id: int
    person_id: int
    sort: Sort
    words: str  # what the seeker says to their friends
    began_at: datetime  # when the journey began
    at: datetime
    week_id: int  # what friends leave under the closing post is about this one
    phase: Phase = Phase.DRAFT
    turn: int = 0  # how often it was posted
    idea_id: int | None = None  # the idea that led here
    share_numbers: bool = False
    share_mood: bool = False

    @property
    def ends(self) -> bool:
        """Whether the journey is over."""
        return self.sort is not Sort.CHANGED


class Journey(NamedTuple):
    """A journey in numbers; what there was none of is nought, and never told."""

    began_on: date
    ended_on: date
    weeks: int
    entries: int
    rests: int  # days
    cheers: int
    ideas: int
    offers: int
    tried: int
    numbers: Mapping[str, int]  # as kept beside the check-ins


class JourneyCard(NamedTuple):
    """All that the journey's picture may show: each week's stones, from the Monday of the first week on."""

    name: str
    began_on: date
    ended_on: date
    weeks: tuple[tuple[date, tuple[Stone, ...]], ...]  # Monday, and the stones in order of the days
    figures: tuple[tuple[int, str], ...] = ()  # at most MOST_FIGURES, as (14, "weeks")
    landed: bool = False


class Closing(NamedTuple):
    """The closing post as friends read it; hidden names are masked in all of it."""

    sort: Sort
    name: str
    words: str
    journey: Journey
    lines: tuple[tuple[str, str], ...]  # the friend's name, and what they are thanked for
    card: JourneyCard
    search: FunnelCard | None = None  # where applications went, where numbers are let out


class LandingDraft(NamedTuple):
    """The seeker's view of an end or a turn, before and after its post."""

    delivery_id: str
    landing: Landing
    journey: Journey
    lines: tuple[Line, ...]
    circles: tuple[Circle, ...] = ()  # where it goes, or stands
    led_by: Idea | None = None  # the idea, or the introduction, that led here
    waits: bool = False  # it goes out once we may write in the channel again
    lost: bool = False  # the last try to post it failed
    thanked: frozenset[int] = frozenset()  # whom thanks by direct message reached
    thanking: frozenset[int] = frozenset()  # to whom they are on their way
    picture: bytes | None = None
    alt: str = ""
    search: bytes | None = None  # a second picture: where applications went
    search_alt: str = ""
    accepted: str = ""  # the application that led here, which its seeker alone reads of
    unread: Names = Names()  # those that stand in what goes out, and that friends do not read there

    @property
    def open(self) -> int:
        """How many lines wait for a decision."""
        return sum(line.standing is Standing.OPEN for line in self.lines)


class ClosingPost(NamedTuple):
    """The message in the channel."""

    delivery_id: str
    closing: Closing
    picture: bytes | None = None
    alt: str = ""
    search: bytes | None = None
    search_alt: str = ""


# ------------------------------------------------------------------ the journey


def let_out(landing: Landing, journey: Journey) -> Journey:
    """A journey as friends hear of it: how long it was and what they gave; all else only where it was let out."""
    if not landing.share_numbers:
        journey = journey._replace(entries=0, tried=0, numbers={})
    return journey if landing.share_mood else journey._replace(rests=0)


def figures(journey: Journey) -> tuple[tuple[int, str], ...]:
    """The numbers in the picture: the weeks, what was counted, what friends gave, what was tried."""
    found = [
        (journey.weeks, ("week", "weeks")),
        *((total, NUMBERS[name]) for name, total in journey.numbers.items() if name != "hours"),
        (journey.ideas + journey.offers, _given(journey)),
        (journey.tried, ("thing tried", "things tried")),
        (journey.cheers, ("cheer", "cheers")),
    ]
    return tuple((many, label[many != 1]) for many, label in found if many)[:MOST_FIGURES]


def _given(journey: Journey) -> tuple[str, str]:
    """What ideas and offers are called together, or alone where there is one sort of them: of one, and of many."""
    if journey.ideas and journey.offers:
        return ("idea or offer", "ideas and offers")
    return ("offer", "offers") if journey.offers else ("idea", "ideas")


def stones(entries: Collection[Entry], rests: Collection[date], *, with_mood: bool) -> Mapping[date, Stone]:
    """The stone of each day: of every answer and with the days of rest, or a plain one of each shared answer alone."""
    return of_days(entries, entries, rests) if with_mood else of_days(entry for entry in entries if entry.shared)


def piled(found: Mapping[date, Stone], weeks: Iterable[date]) -> tuple[tuple[date, tuple[Stone, ...]], ...]:
    """The stones of each week in order of its days; a day without one is simply absent."""
    days = {monday: [monday + timedelta(days=n) for n in range(7)] for monday in weeks}
    return tuple((monday, tuple(found[on] for on in week if on in found)) for monday, week in days.items())


def closing(
    landing: Landing,
    name: str,
    journey: Journey,
    decided: Sequence[Line],
    card: JourneyCard,
    names: Names,
    search: FunnelCard | None = None,
) -> Closing:
    """What friends read of a journey that is let out: only lines that are confirmed, hidden names masked."""
    masked, masked_name = masker(*names), masker(names.hidden)
    confirmed = [line for line in decided if line.standing is Standing.CONFIRMED]
    return Closing(
        sort=landing.sort,
        name=name,
        words=masked(landing.words),
        journey=journey,
        lines=tuple((masked_name(line.named), masked(line.words)) for line in confirmed),
        card=card,
        search=search,
    )


def unread(landing: Landing, decided: Sequence[Line], names: Names) -> Names:
    """Which masked names stand in what goes out: in the seeker's words, and in lines that are confirmed."""
    confirmed = [line for line in decided if line.standing is Standing.CONFIRMED]
    found = named([landing.words, *(line.words for line in confirmed)], names.hidden, names.logged)
    helpers = named([line.named for line in confirmed], names.hidden)
    by_hand = tuple(name for name in names.hidden if name in (*found, *helpers))
    return Names(by_hand, tuple(name for name in names.logged if name in found and name not in by_hand))


def check_unposted(landing: Landing) -> None:
    """Raises AlreadyPosted."""
    if landing.phase is Phase.POSTED:
        raise AlreadyPosted("It is posted already. You can edit it or take it down.")
