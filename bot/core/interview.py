"""Interviews that are to come: the reminders before each, and the question how it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.people import Quiet
from bot.core.rhythm import after_quiet, instant, local_date
from bot.core.search import Application, Event

EVE_AT = time(17)  # of the day before
SOON_BEFORE = timedelta(hours=2)
ASKED_AFTER = timedelta(hours=2)  # it lasts about an hour, and one more
ASKED_UNTIL = timedelta(days=2)
BEFORE_QUIET = timedelta(minutes=30)
TRIES = 100  # turns that each message may take: one that could not arrive is owed anew under the next
APART = timedelta(hours=1)  # at least, between the two reminders
A_DAY = timedelta(days=1)


class Turn(StrEnum):
    """Which message about an interview."""

    EVE = "eve"
    SOON = "soon"
    AFTER = "after"


TURNS = tuple(Turn)


class Interview(NamedTuple):
    """An interview with a time, as its event was last amended."""

    id: int
    person_id: int
    application_id: int
    event_id: int
    starts_at: datetime
    moved: int = 0  # how often
    next_at: datetime | None = None  # when a message about it is due next

    def turn(self, which: Turn) -> int:
        """The number of a message about it; where it is moved, each comes anew."""
        return (self.moved * len(TURNS) + TURNS.index(which)) * TRIES


class Due(NamedTuple):
    """A message about an interview: when it is due, and until when it is of use."""

    turn: Turn
    at: datetime
    until: datetime


class Upcoming(NamedTuple):
    """The message about an interview, before or after it."""

    delivery_id: str
    turn: Turn
    interview: Interview
    event: Event
    application: Application
    round: int  # which of its interviews it is, counted from 1
    moved: bool = False  # to another time since this message


def course(starts_at: datetime, quiet: Quiet, zone: ZoneInfo) -> tuple[Due, ...]:
    """The messages about an interview, in order; a reminder that falls into quiet hours comes before them."""
    soon = before_quiet(starts_at - SOON_BEFORE, quiet, zone)
    eve = before_quiet(instant(local_date(starts_at, zone) - A_DAY, EVE_AT, zone), quiet, zone)
    after = after_quiet(starts_at + ASKED_AFTER, quiet, zone)
    found = [Due(Turn.SOON, soon, starts_at), Due(Turn.AFTER, after, after + ASKED_UNTIL)]
    return (Due(Turn.EVE, eve, soon), *found) if eve + APART <= soon else tuple(found)


def before_quiet(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """`moment` itself, or half an hour before the quiet hours begin that it falls into."""
    local = moment.astimezone(zone)
    if not quiet.covers(local.time()):
        return moment.astimezone(UTC)
    begins_on = local.date() if local.time() >= quiet.start else local.date() - A_DAY
    return instant(begins_on, quiet.start, zone) - BEFORE_QUIET


def next_of(course: Sequence[Due], now: datetime) -> datetime | None:
    """When the next message about an interview is due."""
    return min((due.at for due in course if due.at > now), default=None)


def turn_of(number: int) -> tuple[int, Turn]:
    """How often the interview had been moved when a message was owed, and which message it is."""
    moved, which = divmod(number // TRIES, len(TURNS))
    return moved, TURNS[which]
