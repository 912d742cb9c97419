"""The trail: every way from an idea, an offer or a thought of one's own, over what was tried, to where it led."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.circle import UNNAMED
from bot.core.experiment import Experiment, Phase
from bot.core.idea import Sort, Step
from bot.core.rhythm import local_date
from bot.core.search import Act, Event, took_place
from bot.core.text import count, listing

ON_PAGE = 5  # ways in one picture
MOST_STOPS = 5  # of one way in a picture
WITH_YEAR = timedelta(days=300)  # a day this far from today is told with its year
LED_TO = {Act.APPLIED: "applied", Act.INTERVIEW: "interview", Act.OFFER: "offer", Act.ACCEPTED: "accepted"}
GONE = "Something that a friend took back."


class Standing(StrEnum):
    """How a stop on a way stands."""

    DONE = "done"
    AHEAD = "ahead"
    RESTS = "rests"  # let go, left open, or not for now


class Stop(NamedTuple):
    """A stop on a way: what it is, in a word or two, and its day where that is known."""

    words: str
    on: date | None = None
    standing: Standing = Standing.DONE


class Path(NamedTuple):
    """An idea or offer and what was tried because of it; without a sort, something of one's own."""

    sort: Sort | None
    friend: str
    what: str
    step: Step | None
    began_at: datetime  # when it was given, or planned
    thanked_at: datetime | None  # when the first thanks that reached its friend were written
    experiments: tuple[Experiment, ...]  # oldest first
    further: tuple[Stop, ...] = ()  # where it led, in order: an application, an offer, the landing
    thanks_wait: bool = False  # thanks are on their way to its friend
    thanks_held: bool = False  # and wait until the friend accepts messages


class Way(NamedTuple):
    """A path as a picture shows it."""

    whose: str
    what: str
    stops: tuple[Stop, ...]


class TrailCard(NamedTuple):
    """A page of the trail, newest first."""

    ways: tuple[Way, ...]
    given: str  # how many ways there are in all, by sort, in words
    led: str  # what came of them, in words; may be empty
    page: int  # counted from 0
    total: int  # ways on all pages
    today: date

    @property
    def place(self) -> str:
        """Where in the trail this page is, in words; empty where it is all of it."""
        first, last = self.page * ON_PAGE + 1, self.page * ON_PAGE + len(self.ways)
        if len(self.ways) == self.total:
            return ""
        if self.page == 0:
            return f"the newest {last} of {self.total:,}"
        return f"{first:,} to {last:,} of {self.total:,}" if first < last else f"{last:,} of {self.total:,}"

    @property
    def last(self) -> bool:
        """Whether no page of earlier ways follows."""
        return (self.page + 1) * ON_PAGE >= self.total


def card(paths: Sequence[Path], page: int, today: date, zone: ZoneInfo) -> TrailCard:
    """The page of a trail, counted from 0; one beyond the end is the last. There must be a path."""
    page = min(page, (len(paths) - 1) // ON_PAGE)
    ways = tuple(_way(path, zone) for path in paths[page * ON_PAGE : (page + 1) * ON_PAGE])
    return TrailCard(ways, _given(paths), _led(paths), page, len(paths), today)


def _given(paths: Iterable[Path]) -> str:
    sorts = [path.sort for path in paths]
    named = {Sort.IDEA: ("idea", "ideas"), Sort.OFFER: ("offer", "offers"), None: ("of your own", "of your own")}
    told = listing([count(sorts.count(sort), *words) for sort, words in named.items() if sort in sorts])
    return told[:1].upper() + told[1:]


def _led(paths: Sequence[Path]) -> str:
    """What came of them: only what there is, never what there is not."""
    learned = sum(any(one.phase is Phase.LEARNED for one in path.experiments) for path in paths)
    thanked = sum(path.thanked_at is not None for path in paths)
    told = [(learned, "learned from"), (thanked, "thanked for")]
    led = listing([f"{words} {count(number, ' ', ' ').strip()}" for number, words in told if number])
    return f"you {led}" if led else ""


def led_to(applications: Iterable[Sequence[Event]], zone: ZoneInfo, today: date) -> tuple[Stop, ...]:
    """How far the applications came that something led to, each given by its events: the first time of each step."""
    days: dict[Act, list[date]] = {}
    for events in applications:
        for act, on in _steps(events, zone).items():
            days.setdefault(act, []).append(on)
    words = {**LED_TO, Act.APPLIED: count(len(days.get(Act.APPLIED, ())), "application")}
    many = words if len(days.get(Act.APPLIED, ())) > 1 else LED_TO
    firsts = [(min(days[act]), many[act]) for act in LED_TO if act in days]
    return tuple(Stop(told, on, Standing.AHEAD if on > today else Standing.DONE) for on, told in firsts)


def _steps(events: Sequence[Event], zone: ZoneInfo) -> dict[Act, date]:
    """When an application took each step first, without those that were put right since."""
    found: dict[Act, date] = {}
    for event in took_place(events):
        if event.act in LED_TO:
            on = event.day_in(zone)
            found[event.act] = min(on, found.get(event.act, on))
    return found


def day_in(on: date, today: date) -> str:
    """A day in a picture, such as "3 Nov"; with its year where that is far off."""
    return f"{on.day} {on:%b} {on.year}" if abs(on - today) > WITH_YEAR else f"{on.day} {on:%b}"


def _way(path: Path, zone: ZoneInfo) -> Way:
    whose = (path.friend or UNNAMED) if path.sort else "You"
    return Way(whose, path.what or GONE, folded(stops(path, zone)))


def stops(path: Path, zone: ZoneInfo) -> tuple[Stop, ...]:
    """All stops of a path, in order."""
    began = {Sort.IDEA: "given", Sort.OFFER: "offered", None: "planned"}[path.sort]
    found = [Stop(began, local_date(path.began_at, zone))]
    if path.step and (path.sort is Sort.OFFER or not path.experiments):
        found += _STOOD.get(path.step, ())
    found += [_tried(one, zone) for one in path.experiments]
    if path.thanked_at:
        found.append(Stop("thanked", local_date(path.thanked_at, zone)))
    elif path.thanks_wait:
        found.append(Stop("thanks wait" if path.thanks_held else "thanks on their way", standing=Standing.AHEAD))
    return (*found, *path.further)


_SAID_YES = Stop("you said yes")
_STOOD: dict[Step, tuple[Stop, ...]] = {
    Step.NEW: (Stop("waits for your word", standing=Standing.AHEAD),),
    Step.KEPT: (Stop("kept"),),
    Step.ACCEPTED: (_SAID_YES,),
    Step.INTRODUCED: (_SAID_YES, Stop("in touch")),
    Step.TALKED: (_SAID_YES, Stop("talked")),
    Step.DECLINED: (Stop("not for now", standing=Standing.RESTS),),
    Step.FELL: (_SAID_YES, Stop("fell through", standing=Standing.RESTS)),
    Step.SETTLED: (Stop("kept"),),
}


def _tried(experiment: Experiment, zone: ZoneInfo) -> Stop:
    match experiment.phase:
        case Phase.PLANNED:
            return Stop("to try", experiment.try_on, Standing.AHEAD)
        case Phase.LEARNED:
            ended = local_date(experiment.ended_at, zone) if experiment.ended_at else experiment.try_on
            return Stop("learned", ended)
        case Phase.LET_GO:
            return Stop("let go", experiment.try_on, Standing.RESTS)
        case Phase.LAPSED:
            return Stop("left open", experiment.try_on, Standing.RESTS)


def folded(all_stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """As many stops as a picture has room for: of more, the first and the last, with a word between."""
    if len(all_stops) <= MOST_STOPS:
        return tuple(all_stops)
    last = MOST_STOPS - 2
    between = Stop(f"{len(all_stops) - 1 - last} more")
    return (all_stops[0], between, *all_stops[-last:])
