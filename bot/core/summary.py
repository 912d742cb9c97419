"""The week as friends see it: what goes in, in which order, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from bot.core import tally
from bot.core.ask import Request
from bot.core.circle import Circle, Joining
from bot.core.dates import DAY_NAMES, day
from bot.core.exercise import CHECKIN, Exercise
from bot.core.goals import Progress
from bot.core.hidden import masker, named
from bot.core.journal import Entry, Visibility
from bot.core.opening import opening
from bot.core.reader import Handed, Reader
from bot.core.tally import REJECTIONS
from bot.core.week_card import Stone, WeekCard, in_week, labelled, of_days, tells_mood

RECALL_AFTER_DAYS = 1  # an unanswered draft of Sunday is recalled on Monday
CLOSE_AFTER_DAYS = 3  # and closes on Wednesday
TOLD = ("applications", "conversations", "interviews", "offers", "hours")  # in the numbers of a week


class Phase(StrEnum):
    """Where a week stands."""

    OPEN = "open"
    DRAFTED = "drafted"
    POSTED = "posted"
    SKIPPED = "skipped"
    CLOSED = "closed"
    TAKEN = "taken"  # posted once, and taken down


class Week(NamedTuple):
    """One seeker's week, from its Monday to its Sunday in their zone."""

    id: int
    person_id: int
    monday: date
    phase: Phase
    words: str = ""  # what the seeker writes above the entries
    share_numbers: bool = False
    share_mood: bool = False
    share_asks: bool = True
    share_opening: bool = True
    share_goals: bool = False
    share_rejections: bool = False
    posts_at: datetime | None = None  # when it posts by itself
    posted_at: datetime | None = None
    turn: int = 0  # how often it has been posted


class Material(NamedTuple):
    """All that a week holds, shared or not: what the seeker chooses from."""

    name: str
    number: int
    entries: tuple[Entry, ...]  # by day
    rests: frozenset[date]  # days without a question, in a pause, or chosen for rest; an answer may stand beside
    asks: tuple[Request, ...] = ()  # open, or when the week was posted
    hidden: tuple[str, ...] = ()  # names that friends do not read
    logged: tuple[str, ...] = ()  # and those of the search's log
    readers: Mapping[int, tuple[Reader, ...]] = MappingProxyType({})  # whom alone an entry is for, by its number
    days: tally.Days = MappingProxyType({})  # what the log counts, also on days of late answers
    goals: tuple[Progress, ...] = ()

    def done(self, monday: date) -> dict[str, int]:
        """All that the week counts, by name."""
        return tally.of_week(monday, self.entries, self.days)

    def numbers(self, monday: date) -> dict[str, int]:
        """The week's numbers; rejections are a part of their own."""
        return {name: count for name, count in self.done(monday).items() if name in TOLD}

    def rejections(self, monday: date) -> int:
        """How often somebody said no in the week."""
        return self.done(monday).get(REJECTIONS, 0)


class Summary(NamedTuple):
    """What friends see of a week; hidden names are masked in all of it."""

    name: str
    number: int
    monday: date
    words: str
    entries: tuple[Entry, ...]
    numbers: Mapping[str, int]
    card: WeekCard
    exercises: Mapping[str, Exercise]
    asks: tuple[Request, ...] = ()
    opening: str = ""  # a line about what is in it
    goals: tuple[Progress, ...] = ()  # those that something was done for

    @property
    def empty(self) -> bool:
        """Whether nothing at all was chosen."""
        told = any(tells(entry) for entry in self.entries)
        shown = any(stone.mood for stone in self.card.stones)
        return not (self.words or told or self.numbers or self.goals or self.asks or shown)

    def called(self, name: str) -> Summary:
        """The same under another name, in its picture as well."""
        return self._replace(name=name, card=self.card._replace(name=name))


class Draft(NamedTuple):
    """The seeker's view of a week before and after it is posted."""

    delivery_id: str
    week: Week
    material: Material
    summary: Summary
    circles: tuple[Circle, ...] = ()  # where it goes, or stands
    lost: bool = False  # the last try to post it failed: the channel is gone, or closed to us
    waits_for: tuple[Circle, ...] = ()  # it goes out once we may write there again
    recall: bool = False
    missed: date | None = None  # the Monday of the week before, where its draft never came
    late: datetime | None = None  # when its last post came, where that was later than it was to go out
    late_in: tuple[Circle, ...] = ()  # where it came late, of several circles
    handed: tuple[Handed, ...] = ()  # how it stands with each friend for whom alone something is
    joins: tuple[Joining, ...] = ()  # the circles in which it goes out, or stands, in a joint post
    streak: int = 0  # days in a row with a word, for the seeker's eyes alone

    @property
    def has_mood(self) -> bool:
        """Whether there is any mood to share."""
        return any(tells_mood(entry, self.week.monday) for entry in self.material.entries)

    @property
    def opening(self) -> str:
        """The line that opens the post, or would if it were not left out."""
        return opening(self.summary.entries, self.summary.numbers, self.summary.card.stones)

    @property
    def masked(self) -> tuple[str, ...]:
        """The hidden names that stand in what is let out, and that friends do not read there."""
        let_out = [self.week.words, *(ask.words for ask in self.material.asks if self.week.share_asks)]
        seen = [entry for entry in self.material.entries if entry.shared or entry.for_some]
        let_out += [words for entry in seen for words in _words(entry)]
        return named(let_out, self.material.hidden, self.material.logged)

    @property
    def portions(self) -> Mapping[Reader, Summary]:
        """What each friend gets for whom alone something is."""
        return portions(self.week, self.material, self.summary.exercises)

    @property
    def for_some_alone(self) -> bool:
        """Whether nothing goes to the channel, and something to friends who are named."""
        return self.summary.empty and bool(self.handed)


class WeekPost(NamedTuple):
    """One message of the weekly post. The first carries the picture, the last the button for friends."""

    delivery_id: str
    summary: Summary
    part: int
    picture: bytes | None = None
    alt: str = ""


class Portion(NamedTuple):
    """What of a week is meant for one friend, as they read it; in a preview for all for whom it is the same."""

    delivery_id: str
    readers: tuple[Reader, ...]
    summary: Summary


def summarise(week: Week, material: Material, exercises: Mapping[str, Exercise]) -> Summary:
    """What friends see: the shared entries, and each part that was let out; without the names that are hidden."""
    hide = masker(material.hidden, material.logged)
    entries = tuple(_masked(entry, hide) for entry in material.entries if entry.shared)
    numbers = material.numbers(week.monday) if week.share_numbers else {}
    stones = _stones(week, material, entries)
    return Summary(
        name=material.name,
        number=material.number,
        monday=week.monday,
        words=hide(week.words),
        entries=entries,
        numbers=numbers | _rejections(week, material),
        card=WeekCard(material.name, material.number, week.monday, stones, labelled(numbers)),
        exercises=exercises,
        asks=tuple(_masked_ask(ask, hide) for ask in material.asks) if week.share_asks else (),
        opening=opening(entries, numbers, stones) if week.share_opening else "",
        goals=tuple(goal for goal in material.goals if goal.done) if week.share_goals else (),
    )


def portions(week: Week, material: Material, exercises: Mapping[str, Exercise]) -> Mapping[Reader, Summary]:
    """What each friend gets for whom alone something is: those answers, and nothing else of the week."""
    bare = week._replace(words="", share_numbers=False, share_mood=False, share_asks=False, share_opening=False)
    bare = bare._replace(share_goals=False, share_rejections=False)
    readers = dict.fromkeys(reader for entry in material.entries for reader in material.readers.get(entry.id, ()))
    found: dict[Reader, Summary] = {}
    for reader in readers:
        theirs = [entry for entry in material.entries if reader in material.readers.get(entry.id, ())]
        shared = tuple(entry._replace(visibility=Visibility.FRIENDS) for entry in theirs)
        found[reader] = summarise(bare, material._replace(entries=shared, rests=frozenset()), exercises)
    return {reader: summary for reader, summary in found.items() if not summary.empty}


def tellings(
    week: Week, material: Material, exercises: Mapping[str, Exercise]
) -> tuple[Summary, Mapping[Reader, Summary]]:
    """All that anybody but its seeker sees of a week: what goes to the channel, and to each friend alone."""
    return summarise(week, material, exercises), portions(week, material, exercises)


def previewed(found: Mapping[Reader, Summary]) -> list[Portion]:
    """Each part that friends get, once for all for whom it is the same."""
    alike: list[Portion] = []
    for reader, summary in found.items():
        same = next((one for one in alike if one.summary == summary), Portion("preview", (), summary))
        alike = [one for one in alike if one is not same] + [same._replace(readers=(*same.readers, reader))]
    return alike


def _words(entry: Entry) -> list[str]:
    return [value for value in entry.answers.values() if isinstance(value, str)]


def _masked(entry: Entry, hide: Callable[[str], str]) -> Entry:
    answers = {step: hide(value) if isinstance(value, str) else value for step, value in entry.answers.items()}
    return entry._replace(answers=answers)


def _masked_ask(ask: Request, hide: Callable[[str], str]) -> Request:
    return ask._replace(words=hide(ask.words))


def _rejections(week: Week, material: Material) -> dict[str, int]:
    count = material.rejections(week.monday) if week.share_rejections else 0
    return {REJECTIONS: count} if count else {}


def _stones(week: Week, material: Material, shared: Iterable[Entry]) -> tuple[Stone, ...]:
    found = of_days(shared, material.entries, material.rests) if week.share_mood else of_days(shared)
    return in_week(week.monday, found)


def tells(entry: Entry) -> bool:
    """Whether an entry has something to tell of its own; a check-in's mood and energy go out as a part of theirs."""
    return entry.exercise != CHECKIN or any(isinstance(value, str) for value in entry.answers.values())


def day_in(monday: date, on: date) -> str:
    """A day as a week names it: "Friday", or "Fri 9 January" where an answer came late from the week before."""
    return DAY_NAMES[on.weekday()] if monday <= on <= sunday(monday) else day(on)


def sunday(monday: date) -> date:
    """The last day of the week that starts on `monday`."""
    return monday + timedelta(days=6)


def span(monday: date) -> str:
    """The week's dates: "16 – 22 November", "28 September – 4 October"."""
    last = sunday(monday)
    first = f"{monday.day}" if monday.month == last.month else f"{monday.day} {monday:%B}"
    return f"{first} – {last.day} {last:%B}"
