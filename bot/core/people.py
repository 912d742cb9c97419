"""People, the places they meet, and the posts made there. Every id carries its platform."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from bot.core.errors import Told


class NothingKept(Told):
    """There is nothing of this person to erase."""


class Person(NamedTuple):
    """Somebody on a chat platform. `workspace` is empty where ids are global, as on Discord."""

    platform: str
    workspace: str
    id: str


class Space(NamedTuple):
    """A channel on a chat platform; `workspace` is the server it is in."""

    platform: str
    workspace: str
    id: str


class Post(NamedTuple):
    """One message that stands on a chat platform."""

    platform: str
    workspace: str
    channel: str
    id: str


class Said(NamedTuple):
    """One message that a person wrote where the bot can read it."""

    post: Post
    who: Person
    name: str
    text: str  # empty where the platform withholds it
    at: datetime  # by the platform's clock
    reply_to: str = ""  # the id of the message that it answers
    files: bool = False
    link: str = ""
    edited_at: datetime | None = None


class Profile(NamedTuple):
    """What a platform tells of a person; `zone` is empty where it does not know."""

    name: str
    zone: str = ""


class Quiet(NamedTuple):
    """Local hours in which nothing is sent; the same time at both ends means none."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether a local time falls into the quiet hours; the end itself no longer does."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


class Comes(StrEnum):
    """When a seeker is told what friends left for them."""

    WEEKLY = "weekly"  # on Monday morning
    DAILY = "daily"  # each morning
    AT_ONCE = "at once"


class IdeasCome(StrEnum):
    """When a seeker is told of ideas and offers."""

    AT_ONCE = "at once"
    WITH_CHEERS = "with cheers"


class Seeker(NamedTuple):
    """A person between jobs who asked to be asked."""

    id: int
    person: Person
    name: str
    zone: str
    quiet: Quiet
    autopost: bool
    started_at: datetime
    left_at: datetime | None = None
    paused_from: date | None = None
    paused_until: date | None = None  # the first day that is asked again
    tell_circle: bool = False  # whether the circle hears when their direct messages are closed
    cheers_come: Comes = Comes.WEEKLY
    ideas_come: IdeasCome = IdeasCome.AT_ONCE
    silent_days: int = 0  # after so many without an answer they are asked how they are; 0: never
    country: str = ""  # the code of the one they named
    invited: bool = True  # whether they hear what others of their circle ask for
    landed_at: datetime | None = None  # since when their journey is over

    def rests_on(self, on: date) -> bool:
        """Whether the seeker's pause covers a local date."""
        return in_pause(self.paused_from, self.paused_until, on)


class Seeking(NamedTuple):
    """The little of a seeker that is looked at before they write something, and once more before it is kept."""

    id: int
    zone: str
    left_at: datetime | None


def in_pause(first: date | None, until: date | None, on: date) -> bool:
    """Whether a pause from `first` on covers a local date; `until` is the first day that is asked again."""
    return first is not None and first <= on and (until is None or on < until)
