"""Care for a seeker who has gone silent: when Cairn asks them, what they may choose, and whom they let hear of it.

Silence begins with the first question that stayed without an answer. Days of a pause or of rest are no part of it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import text as texts
from bot.core.consent import Consent
from bot.core.delivery import State
from bot.core.errors import Told
from bot.core.people import Person, Quiet, in_pause
from bot.core.rhythm import Ask, Schedule, after_quiet, first_morning, instant, local_date

SILENT_DAYS = 10  # for those who start; 0 is off
MOST_DAYS = 60
MOST_TELL_DAYS = 30
WORDS_LIMIT = 300  # characters of the sentence that the friend reads
DEFAULT_WORDS = (
    "It has been quiet around me lately. I would be glad to hear from you. There is nothing that you need to fix."
)


class OutOfRange(Told):
    """A number of days that cannot be set."""


class NoFriend(Told):
    """There is no trusted friend who could be told, or they cannot be told."""


class AlreadyLight(Told):
    """A rhythm that cannot be made lighter."""


class TooManyWords(Told):
    """A sentence that is too long to be passed on."""


class Became(StrEnum):
    """What a seeker made of being asked."""

    OPEN = "open"
    FINE = "fine"
    PAUSED = "paused"
    LIGHTER = "lighter"
    HEARD = "heard"  # they did something else


class Friend(NamedTuple):
    """The one friend whom a seeker named."""

    id: int
    person: Person
    name: str


class Watch(NamedTuple):
    """What a seeker set for the case that they go silent, and when they were last heard."""

    silent_days: int  # 0: they are not asked
    tell_days: int  # after being asked; 0: their friend hears nothing by itself
    heard_at: datetime | None
    friend: Friend | None
    words: str  # of their own, for the friend; empty for ours
    open: bool = False  # they were asked, and have not been heard since

    @property
    def sentence(self) -> str:
        """What the friend would read."""
        return self.words or DEFAULT_WORDS


class Silence(NamedTuple):
    """One silence about which a seeker was asked."""

    id: int
    person_id: int
    became: Became
    friend_id: int | None  # who was to be told
    friend: str
    words: str  # the seeker's own for this time; empty for those set beforehand
    pressed: bool  # the seeker asked for it, after they were asked


class Telling(NamedTuple):
    """What is looked at before a seeker lets a friend know of a silence."""

    person_id: int
    left_at: datetime | None
    watch: Watch
    silence: Silence | None
    told: State | None  # how what the friend was to be told of it stands


class StillThere(NamedTuple):
    """The message that asks a silent seeker how they are, or says what became of it."""

    delivery_id: str
    silence: Silence
    name: str
    friend: str = ""  # who may be told, where one is named
    by_itself: bool = False  # they are told if this stays unanswered
    knows: bool = False  # they have been told
    unreached: bool = False  # they were written to, and it did not arrive
    consent: Consent = Consent.GIVEN  # what they said to being written to


class Confided(NamedTuple):
    """The message to the one friend whom a seeker lets know."""

    delivery_id: str
    name: str
    words: str
    pressed: bool


class Trust(NamedTuple):
    """Whom a seeker trusts, and under which conditions they hear."""

    watch: Watch
    read: str  # the sentence as the friend would read it, without the names that are hidden
    consent: Consent = Consent.NEVER  # what the friend said to being written to


class Confiding(NamedTuple):
    """What would go out to the friend, shown before it does."""

    silence_id: int
    friend: str
    words: str  # as they were written
    read: str  # without the names that are hidden
    consent: Consent  # what the friend said to being written to


def check_days(days: int, most: int) -> int:
    """The number of days itself; raises OutOfRange where it is below 0 or above `most`."""
    if not 0 <= days <= most:
        raise OutOfRange(f"Choose a number of days from 0 to {most}; 0 turns it off. Nothing was changed.")
    return days


def check_words(words: str) -> str:
    """A sentence for a friend, cleaned of what nobody can see; empty for none. Raises TooManyWords."""
    clean = "" if texts.is_blank(words) else " ".join(texts.clean(words).split())
    if len(clean) > WORDS_LIMIT:
        raise TooManyWords(
            f"That is {len(clean)} characters; up to {WORDS_LIMIT} fit. Shorten it a little. Nothing was changed."
        )
    return clean


def quiet_days(first: date, today: date, pauses: Collection[tuple[date, date | None]], rested: Collection[date]) -> int:
    """The days after `first` up to today that were no pause and no rest."""
    days = (first + timedelta(days=n) for n in range(1, (today - first).days + 1))
    return sum(on not in rested and not any(in_pause(begin, end, on) for begin, end in pauses) for on in days)


def look_again(now: datetime, days: int, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The morning so many days (one at least) from now, outside the quiet hours: silence cannot be due before."""
    on = local_date(now, zone) + timedelta(days=max(days, 1))
    return first_morning(instant(on, time(), zone), morning, quiet, zone)


def not_before_morning(now: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The present instant, or the day's morning where that still lies ahead; never in the quiet hours."""
    return after_quiet(max(now, instant(local_date(now, zone), morning, zone)), quiet, zone)


def lighter(days: Collection[int]) -> frozenset[int]:
    """Every second of some days of the week, the first included."""
    return frozenset(sorted(days)[::2])


def lightened(schedules: Collection[Schedule]) -> dict[Ask, frozenset[int]]:
    """The days that a lighter rhythm asks on, where they change; the week's draft stays. Raises AlreadyLight."""
    asked = [schedule for schedule in schedules if schedule.ask is not Ask.WEEK]
    found = {s.ask: lighter(s.days) for s in asked if lighter(s.days) != s.days}
    if not found:
        raise AlreadyLight(
            "Your rhythm is light already: nothing comes more than once a week. A pause is always there."
        )
    return found
