"""Councils: a circle of three seekers or more gets one joint post a week, at its hour, with a section for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import NamedTuple

from bot.core.circle import Circle
from bot.core.dates import DAY_NAMES, parse_days
from bot.core.errors import Told
from bot.core.rhythm import instant, next_due, summary_dates
from bot.core.summary import Summary
from bot.core.text import clean, is_blank, shorten
from bot.core.zone import named

SEEKERS = 3  # so many and more share one post
PICTURES = 10  # that one message takes
TOLD_APART = 40  # characters of a name; a number behind so many is still shown everywhere
INVITED_FOR = timedelta(days=3)  # after that an invitation is no longer sent


class NotOneDay(Told):
    """A circle's hour on more than one day, or on none."""


class NotInCircle(Told):
    """Somebody wanted to set the hour of a circle that is not theirs."""


class Hour(NamedTuple):
    """When a circle's joint post goes out each week, in local time."""

    day: int  # 0 is Monday
    at: time
    zone: str


class Drafting(NamedTuple):
    """When one seeker's drafts come each week, in local time."""

    days: frozenset[int]
    at: time
    zone: str


class Sitting(NamedTuple):
    """A circle's hour, and its next joint post: when that goes out, and the Monday of the week that it tells."""

    circle: Circle
    hour: Hour
    at: datetime
    monday: date


class Council(NamedTuple):
    """One week of a circle in which its seekers share a post."""

    id: int
    circle_id: int
    monday: date


class Section(NamedTuple):
    """What one seeker tells in a joint post."""

    week_id: int
    person_id: int
    summary: Summary


def told_apart(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The same sections, under the names of `names_apart`."""
    told = tuple(sections)
    called = names_apart((one.week_id, one.person_id, one.summary.name) for one in told)
    return tuple(one._replace(summary=one.summary.called(called[one.week_id])) for one in told)


def names_apart(told: Iterable[tuple[int, int, str]]) -> dict[int, str]:
    """What the seeker of each week is called, of (week, person, name), with a number where several have a name.

    Whoever came to Cairn first is the first.
    """
    known = sorted(told, key=lambda one: one[1])
    alike = Counter(_short(name).casefold() for _, _, name in known)
    taken, called = set(alike), dict[int, str]()
    for week_id, _, name in known:
        called[week_id] = name
        short = _short(name)
        if alike[short.casefold()] > 1:
            numbered = (f"{short} ({number})" for number in count(1))
            called[week_id] = next(name for name in numbered if name.casefold() not in taken)
            taken.add(called[week_id].casefold())
    return called


def _short(name: str) -> str:
    """As much of a name as is looked at where several stand together."""
    line = " ".join(clean(name).split())
    return "Somebody" if is_blank(line) else shorten(line, TOLD_APART)


class JointPost(NamedTuple):
    """The one post of a council: a section for each seeker, and the first of their pictures as (PNG, alt text)."""

    delivery_id: str
    monday: date
    sections: tuple[Section, ...]
    pictures: tuple[tuple[bytes, str], ...] = ()
    own: int | None = None  # in a preview: the week whose section alone is shown, of all that share the room


class Asking(NamedTuple):
    """What another seeker of the council asks for."""

    name: str
    asks: tuple[str, ...]


class Invitation(NamedTuple):
    """The one direct message a week that tells a seeker what others of their circle ask for."""

    delivery_id: str
    asking: tuple[Asking, ...]


def parse_day(text: str) -> int:
    """One day of the week from "Sunday" or "sun"; raises BadDays or NotOneDay."""
    days = parse_days(text)
    if len(days) != 1:
        raise NotOneDay("A joint post goes out once a week. Name one day, such as Sunday. Nothing was changed.")
    return next(iter(days))


def after_drafts(first: Drafting) -> Hour:
    """The hour that a circle has until it sets one: an hour after its first seeker's drafts have come."""
    comes = datetime.combine(date.min, first.at)
    due = comes + timedelta(hours=1)
    return Hour((min(first.days) + (due.date() - comes.date()).days) % 7, due.time(), first.zone)


def goes_out_at(hour: Hour, monday: date, drafting: Iterable[Drafting]) -> datetime:
    """When the joint post of a week goes out: at the circle's first hour once the first of the week's drafts has come.

    Where no drafts come, each writes when they like, and it is the first hour from the week's Wednesday on.
    """
    comes = [due for one in drafting if (due := _next(one.days, one.at, one.zone, _first(monday, one.zone)))]
    due = _next({hour.day}, hour.at, hour.zone, min(comes, default=_first(monday, hour.zone)))
    assert due is not None
    return due


def _first(monday: date, zone: str) -> datetime:
    """When the days begin on which a draft is about the week that starts on `monday`."""
    return instant(summary_dates(monday)[0], time(), named(zone))


def _next(days: Collection[int], at: time, zone: str, since: datetime) -> datetime | None:
    """The first such hour at `since` or later; None without days."""
    due = next_due(days, at, named(zone), since - timedelta(microseconds=1), None)
    return due[1] if due else None


def in_words(hour: Hour) -> str:
    """An hour as people say it: "on Sundays at 19:00 (Europe/Berlin)"."""
    return f"on {DAY_NAMES[hour.day]}s at {hour.at:%H:%M} ({hour.zone})"


def fair(needs: Sequence[int], room: int) -> list[int]:
    """How much of a room each gets: all that it needs, or else the same as every other that needs more."""
    shares = [0] * len(needs)
    left = room
    for place, index in enumerate(sorted(range(len(needs)), key=lambda index: needs[index])):
        shares[index] = min(needs[index], left // (len(needs) - place))
        left -= shares[index]
    return shares
