"""How values become columns and back. Free text passes through `seal` and `unseal`, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from sqlite3 import Row
from typing import Any

from bot.core.people import Person


def seal(text: str) -> str:
    """A person's words on their way in."""
    return text


def unseal(stored: str) -> str:
    """A person's words on their way out."""
    return stored


def seal_all(words: Mapping[str, Any]) -> str:
    """A person's answers on their way in."""
    return seal(json.dumps(dict(words), ensure_ascii=False, separators=(",", ":")))


def unseal_all(stored: str) -> dict[str, Any]:
    """A person's answers on their way out."""
    return json.loads(unseal(stored))


@lru_cache(maxsize=4096)  # a thousand people are asked at the same instant
def at(moment: datetime) -> str:
    """An instant as sortable text in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def maybe_at(moment: datetime | None) -> str | None:
    """An instant, or None."""
    return None if moment is None else at(moment)


def instant(stored: str) -> datetime:
    """The instant that `at` wrote."""
    return datetime.fromisoformat(stored)


def maybe_instant(stored: str | None) -> datetime | None:
    """An instant, or None."""
    return None if stored is None else datetime.fromisoformat(stored)


def maybe_on(on: date | None) -> str | None:
    """A local date, or None."""
    return None if on is None else on.isoformat()


def maybe_date(stored: str | None) -> date | None:
    """A local date, or None."""
    return None if stored is None else date.fromisoformat(stored)


def clock(at_time: time) -> str:
    """A local time of day as text."""
    return f"{at_time:%H:%M}"


def clock_time(stored: str) -> time:
    """The local time of day that `clock` wrote."""
    return time.fromisoformat(stored)


def person(row: Row) -> Person:
    """Whom a row with the columns of `people` is about."""
    return Person(row["platform"], row["workspace"], row["external_id"])


def marks(values: Collection[object]) -> str:
    """A question mark for each of some values, for an `IN (...)`."""
    return ", ".join("?" * len(values))
