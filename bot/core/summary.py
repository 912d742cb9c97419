"""The week as friends see it: what goes in, in which order, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stone:
    """One day of the week's cairn. Without mood and energy it is drawn as a plain stone."""

    on: date
    rest: bool = False
    mood: int | None = None  # 1 (cool) to 5 (warm)
    energy: int | None = None  # 0 to 10


@dataclass(frozen=True, slots=True)
class WeekCard:
    """All that the week's picture may show, and nothing the seeker kept back."""

    name: str
    week: int  # the journey's week, from 1
    monday: date
    stones: tuple[Stone, ...]  # in order of the days; a day without one is simply absent
    numbers: tuple[tuple[int, str], ...] = ()  # at most four, as (5, "applications")
