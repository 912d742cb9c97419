"""Events of a search as tests of the rules build them: by day, counted from a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.core.search import Act, Event

FIRST = date(2026, 1, 5)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def noon(day: float) -> datetime:
    """Twelve o'clock of a day; hours later with a fraction."""
    return NOON + timedelta(days=day)


def happened(number: int, act: Act, day: int = 0, of: int | None = 1) -> Event:
    """An event of an application, or of none, that was noted at noon of its day."""
    return Event(number, 0, of, act, FIRST + timedelta(days=day), noon(day))
