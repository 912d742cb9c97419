"""Entries: what a person answered, for which day, and who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bot.core.errors import Told
from bot.core.exercise import Answers, Exercise
from bot.core.people import Person
from bot.core.reader import Reader
from bot.core.rhythm import Gap, Occurrence

if TYPE_CHECKING:
    from bot.core.mention import Mention  # which knows of this module

NUMBERS = {
    "applications": ("application", "applications"),
    "conversations": ("conversation", "conversations"),
    "interviews": ("interview", "interviews"),
    "hours": ("hour", "hours"),
}
COUNTED = {  # in a week: beside what a check-in asks for, what the log alone counts
    **{name: NUMBERS[name] for name in ("applications", "conversations", "interviews")},
    "offers": ("offer", "offers"),
    "hours": NUMBERS["hours"],
    "rejections": ("rejection", "rejections"),
    "outreach": ("person reached out to", "people reached out to"),
    "follow-ups": ("follow-up", "follow-ups"),
}
MOST = 999
_Found = TypeVar("_Found")


class BadNumber(Told):
    """A count that is no whole number from 0 to 999."""


class NotYours(Told):
    """Somebody pressed what belongs to another person."""


class Gone(Told):
    """What a button points to is no longer there."""


def owned(found: _Found | None, is_own: Callable[[_Found], bool], gone: str, not_yours: str) -> _Found:
    """What was looked for, where it is there and one's own; raises Gone or NotYours in these words."""
    if found is None:
        raise Gone(gone)
    if not is_own(found):
        raise NotYours(not_yours)
    return found


class Visibility(StrEnum):
    """Who may see an entry."""

    PRIVATE = "private"
    FRIENDS = "friends"
    NAMED = "named"  # friends whom its readers name, and nobody else


class Entry(NamedTuple):
    """One answer. `on` is the day it counts for; `week` the Monday of the weekly summary it goes into."""

    id: int
    person_id: int
    exercise: str
    on: date
    week: date
    answers: Answers
    numbers: Mapping[str, int]
    visibility: Visibility
    occurrence_id: int | None = None

    @property
    def shared(self) -> bool:
        """Whether all friends may see it."""
        return self.visibility is Visibility.FRIENDS

    @property
    def for_some(self) -> bool:
        """Whether only friends who are named may see it."""
        return self.visibility is Visibility.NAMED


class Part(NamedTuple):
    """One plain message that an answer was made of."""

    channel: str
    message: str
    text: str


class Asked(NamedTuple):
    """A question that was sent: to whom, of which exercise, for which day, and its answer so far."""

    person: Person
    person_id: int
    occurrence_id: int
    exercise: str
    on: date
    entry_id: int | None = None


class Prompt(NamedTuple):
    """The message that asks: open, put off, or with the answer that was kept."""

    delivery_id: str
    occurrence: Occurrence
    exercise: Exercise
    late: bool = False
    again_at: datetime | None = None
    moved: bool = False  # a newer message asks the same
    entry: Entry | None = None
    posted: bool = False  # the week that the answer goes into stands in the channel
    missed: tuple[date, ...] = ()  # the days before on which the same could not be asked
    gap: Gap | None = None  # the next time to ask is one that a change of clocks skips
    readers: tuple[Reader, ...] = ()  # whom alone the entry is for
    goals: tuple[str, ...] = ()  # a line for each that the entry's week has


class Kept(NamedTuple):
    """What the person sees after an answer; `ask` names a scale that is still open."""

    entry: Entry
    exercise: Exercise
    ask: str | None = None
    files: bool = False  # files came along, and are not kept
    posted: bool = False  # the week that it goes into stands in the channel
    readers: tuple[Reader, ...] = ()  # whom alone it is for
    mentions: tuple[Mention, ...] = ()  # of the search, which may be logged
    goals: tuple[str, ...] = ()  # a line for each that its week has


class Held(NamedTuple):
    """Words that wait for a decision: a stray message, or a form that was refused."""

    id: str
    person_id: int
    purpose: str
    ref: str
    words: Mapping[str, str] = MappingProxyType({})
    files: bool = False  # files came along, and are not kept


def check_numbers(raw: Mapping[str, str | int | None]) -> dict[str, int]:
    """Counts by name, empty ones left out; raises BadNumber."""
    numbers: dict[str, int] = {}
    for name in NUMBERS:
        text = str(raw.get(name) if raw.get(name) is not None else "").strip()
        if not text:
            continue
        if not (text.isascii() and text.isdigit()) or len(text.lstrip("0")) > len(str(MOST)):
            raise BadNumber(
                f"“{text[:40]}” for {name} is not a number that I can count. Write a whole one from 0 to {MOST}."
            )
        numbers[name] = int(text)
    return numbers


def counted(name: str, count: int) -> str:
    """A count in words: "1 application", "3 conversations"."""
    one, many = COUNTED[name]
    return f"{count} {one if count == 1 else many}"


def reworded(text: str, before: Iterable[Part], after: Iterable[Part]) -> str | None:
    """An answer after its last plain messages changed from `before` to `after`; None where it ends otherwise."""
    said = "\n".join(part.text for part in before)
    if not text.endswith(said):
        return None
    lead = text.removesuffix(said).rstrip("\n")
    return "\n".join(words for words in (lead, *(part.text for part in after)) if words)
