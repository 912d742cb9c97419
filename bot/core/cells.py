"""Days as they stand in cells of tables: by ISO, by numbers whose order a table shows, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from bot.core.layout import unaccented

_TIME = r"(?:(?:,?\s+|T)(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})(?:([./-]) ?)(\d{1,2})\2 ?(\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_DAY_IN_WORDS = re.compile(
    r"(\d{1,2})(?:\.|st|nd|rd|th|er)?(?:\s*|-|\s+de\s+)([a-z]{3,10})\.?(?:,?\s*|-|\s+de\s+)(\d{4})" + _TIME
)
_MONTH_IN_WORDS = re.compile(r"([a-z]{3,10})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})" + _TIME)
_MONTHS = (  # how their names begin, in English, German, French and Spanish
    ("jan", "ene"), ("feb", "fev"), ("mar",), ("apr", "avr", "abr"), ("may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aou", "ago"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip


class Day(NamedTuple):
    """A day, and the time of day where the cell has one."""

    on: date
    at: time | None = None


Spelled = Callable[[str], Day | None]  # reads a day in words: "3. November 2026"


def day_of(cell: str, zone: tzinfo, spelled: Spelled, *, day_first: bool) -> Day | None:
    """The day in a cell, in the person's zone; None where it is none."""
    try:
        if found := _YEAR_FIRST.fullmatch(cell):
            year, month, day, *rest = found.groups()
            return _placed(date(int(year), int(month), int(day)), rest, zone)
        if found := _NUMBERS.fullmatch(cell):
            first, mark, second, year, *rest = found.groups()
            on = _ordered(int(first), int(second), int(year), day_first=day_first or mark == ".")
            return _placed(on, rest, zone)
        return _in_words(cell, zone) or spelled(cell)
    except (ValueError, OverflowError):
        return None


def _in_words(cell: str, zone: tzinfo) -> Day | None:
    """A day with its year and the name of its month."""
    words = unaccented(cell.casefold())
    if found := _DAY_IN_WORDS.fullmatch(words):
        day, month, year, *rest = found.groups()
    elif found := _MONTH_IN_WORDS.fullmatch(words):
        month, day, year, *rest = found.groups()
    else:
        return None
    numbers = [at for at, names in enumerate(_MONTHS, 1) if month.startswith(names)]
    return _placed(date(int(year), numbers[-1], int(day)), rest, zone) if numbers else None


def _ordered(first: int, second: int, year: int, *, day_first: bool) -> date:
    """Day and month in their order, or in the other where that order is none."""
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return date(_year(year), month, day)


def _placed(on: date, clock: list[str | None], zone: tzinfo) -> Day:
    hour, minute, half, offset = clock
    if hour is None or minute is None:
        return Day(on)
    hours = int(hour) % 12 + 12 * (half.casefold() == "pm") if half else int(hour)
    at = time(hours, int(minute))
    if offset:
        moment = datetime.fromisoformat(f"{on}T{at:%H:%M}{offset.upper()}").astimezone(zone)
        return Day(moment.date(), moment.time())
    return Day(on, at)


class Order(NamedTuple):
    """What the days of a table say about the order of day and month."""

    day_first: bool | None  # None: they don't, or contradict one another
    cell: str = ""  # one that can be read both ways, where that has to be asked
    with_day_first: date = date.min
    with_month_first: date = date.min


def order_of(cells: Iterable[str]) -> Order:
    """Whether numbers with slashes or dashes have the day first."""
    seen: set[bool] = set()
    unclear: list[Order] = []
    for cell in cells:
        found = _NUMBERS.fullmatch(cell)
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            seen.add(first > 12)
        elif first != second and first and second:
            year = _year(int(found[4]))
            unclear.append(Order(None, cell, date(year, second, first), date(year, first, second)))
    if len(seen) == 1 or not unclear:
        return Order(seen.pop() if len(seen) == 1 else True)
    return unclear[0]


def _year(year: int) -> int:
    return year + (2000 if year < 100 else 0)
