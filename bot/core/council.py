"""Councils: a circle of three seekers or more gets one joint post a week, at its hour, with a section for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.core.dates import DAY_NAMES, SUNDAY, WEDNESDAY, parse_days
from bot.core.errors import Told
from bot.core.rhythm import instant
from bot.core.summary import Summary
from bot.core.zone import named

SEEKERS = 3  # so many and more share one post
PICTURES = 10  # that one message takes
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


DEFAULT = Hour(SUNDAY, time(19), "UTC")


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


class JointPost(NamedTuple):
    """The one post of a council: a section for each seeker, and the first of their pictures as (PNG, alt text)."""

    delivery_id: str
    monday: date
    sections: tuple[Section, ...]
    pictures: tuple[tuple[bytes, str], ...] = ()


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


def goes_out_at(hour: Hour, monday: date) -> datetime:
    """When the joint post of a week goes out; an hour on Monday or Tuesday is about the week before."""
    first = monday if hour.day >= WEDNESDAY else monday + timedelta(days=7)
    return instant(first + timedelta(days=hour.day), hour.at, named(hour.zone))


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
