"""The week's picture: a stone for each day of its cairn, and a few numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bot.core.exercise import CHECKIN
from bot.core.journal import COUNTED, Entry
from bot.core.rhythm import monday_of

MOODS = ("heavy", "low", "steady", "light", "bright")  # of 1 to 5, as the check-in asks them
MOST_NUMBERS = 4


class Stone(NamedTuple):
    """One day of the week's cairn. Without mood and energy it is drawn as a plain stone."""

    on: date
    rest: bool = False
    mood: int | None = None  # 1 (cool) to 5 (warm)
    energy: int | None = None  # 0 to 10


class WeekCard(NamedTuple):
    """All that the week's picture may show, and nothing the seeker kept back."""

    name: str
    week: int  # the journey's week, from 1
    monday: date
    stones: tuple[Stone, ...]  # in order of the days; a day without one is simply absent
    numbers: tuple[tuple[int, str], ...] = ()  # at most four, as (5, "applications")


def of_days(shared: Iterable[Entry], entries: Iterable[Entry] = (), rests: Iterable[date] = ()) -> Mapping[date, Stone]:
    """The stone of each day: of rest, over it a plain one of a shared entry, over all the mood that an entry tells."""
    moods = {entry.on: stone for entry in entries if (stone := _with_mood(entry))}
    return {on: Stone(on, rest=True) for on in rests} | {entry.on: Stone(entry.on) for entry in shared} | moods


def _with_mood(entry: Entry) -> Stone | None:
    mood, energy = entry.answers.get("mood"), entry.answers.get("energy")
    if entry.exercise != CHECKIN or not isinstance(mood, int):
        return None
    return Stone(entry.on, mood=mood, energy=energy if isinstance(energy, int) else None)


def tells_mood(entry: Entry, monday: date) -> bool:
    """Whether an entry gives a day of the week its mood."""
    return monday_of(entry.on) == monday and _with_mood(entry) is not None


def in_week(monday: date, stones: Mapping[date, Stone]) -> tuple[Stone, ...]:
    """The stones of a week, in order of its days.

    An answer that came after its own week was posted has no day here, and no stone.
    """
    return tuple(stones[on] for on in sorted(stones) if monday_of(on) == monday)


def labelled(numbers: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """The first of a week's numbers with their words, as (5, "applications")."""
    told = tuple((count, COUNTED[name][0 if count == 1 else 1]) for name, count in numbers.items())
    return told[:MOST_NUMBERS]
