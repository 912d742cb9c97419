"""Days and times as people write them: "yesterday", "fri 14:00", "in 2 weeks", "3 November".

Times, numbers and weekdays are read here, since they are where a guess would go wrong; months and relative days in
English, German, French and Spanish are read by dateparser. What can be read in more than one way is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.dates import FURTHEST, BadDate, BadTime, day
from bot.when import _hours, _weekdays

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LONGEST = 60  # characters
LANGUAGES = ["en", "de", "fr", "es"]
_parsing = Lock()  # all threads share dateparser's languages

# What is written most needs no parser that takes a while to load.
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "tmrw": 1, "tmr": 1}

_SOON = r"(?:\b|(?<=\d))(?:h|hours?|hrs?|min|mins|minutes?|stunden?|minuten?|heures?|horas?|minutos?)\b"
_SHIFT = r"\b(?:ago|in|vor|hace|il y a|dans|dentro)\b"
_ARTICLE = r"^(?:(?:on|the|am|le|el|den|dem)\s+)+"
_YEAR_FIRST = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})t?"
_DOTTED = r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{4}|\d{2})?)?"
_LOOSE = r"(\D+) \d{1,2}|\d{1,2} (\D+)"
_SLASHED = r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?"


class When(NamedTuple):
    """A local date, and the time of day where one was written."""

    on: date
    at: time | None = None


class Unclear(BadDate):
    """It can be read in more than one way; `choices` are the ways, to be asked about."""

    def __init__(self, words: str, choices: tuple[When, ...]) -> None:
        super().__init__(words)
        self.choices = choices


class _Unread(Exception):
    """No way to read it."""


class _Span(Exception):
    """A whole week, month or year."""


def read(typed: str, now: datetime, *, ahead: bool = False) -> When:
    """What is written, seen from `now`, which carries the person's zone; empty is today.

    `ahead` reads what may be either ("Friday") as still to come, else as past. A time that a change of clocks skips
    moves by the gap. Raises BadDate, or Unclear. The first call takes a second: never in the event loop.
    """
    words = " ".join(texts.clean(typed).split()).casefold()
    if not words:
        return When(now.date())
    try:
        found = _read(words, now, ahead) if len(words) <= LONGEST else list[When]()
    except _Span:
        raise BadDate(f"“{typed.strip()}” is more than one day. Which one do you mean?") from None
    except (_Unread, BadTime, ValueError, OverflowError):
        found = list[When]()
    if not found:
        raise BadDate(_unreadable(typed.strip(), now.date()))
    ways = [*dict.fromkeys(_on_the_wall(when, now) for when in found)]
    for when in ways:
        if abs(when.on - now.date()) > FURTHEST:
            raise BadDate(f"{in_words(when, now.date())} is too far away for me: five years either way is the most.")
    if len(ways) > 1:
        named = " or ".join(in_words(when, now.date()) for when in ways)
        raise Unclear(f"“{typed.strip()}” can be {named}. Which do you mean?", tuple(ways))
    return ways[0]


def read_day(typed: str, now: datetime) -> When:
    """The same of something that has a day alone: where only the hour can be read in two ways, it is left out."""
    try:
        return read(typed, now)
    except Unclear as asked:
        days = {way.on for way in asked.choices}
        if len(days) > 1:
            raise
        return When(days.pop())


def in_words(when: When, today: date) -> str:
    """A date in full, as `read` reads it again: "Tue 3 November, 14:00", with the year where it is another one."""
    year = "" if when.on.year == today.year else f" {when.on.year}"
    return f"{day(when.on)}{year}" + (f", {when.at:%H:%M}" if when.at else "")


def _unreadable(typed: str, today: date) -> str:
    shown = texts.shorten(typed, 40)
    return (
        f"I can't read “{shown}” as a day. Write it like “yesterday”, “fri 14:00”, “3 November” or {today.isoformat()}."
    )


def _on_the_wall(when: When, now: datetime) -> When:
    if when.at is None or not isinstance(now.tzinfo, ZoneInfo):
        return when
    moment = times.instant(when.on, when.at, now.tzinfo).astimezone(now.tzinfo)
    return When(moment.date(), moment.time().replace(fold=0))


# ------------------------------------------------------------------ every way to read it


def _read(words: str, now: datetime, ahead: bool) -> list[When]:
    """Every way to read it."""
    if re.search(_SOON, words) and re.search(_SHIFT, words):
        moment = _parsed(words, now)[0]
        return [When(moment.date(), moment.time().replace(second=0, microsecond=0))]
    rest, hours = _hours.found_in(words)
    rest = " ".join(rest.split()).strip(" ,;")
    if _weekdays.is_span(rest):
        raise _Span
    days = _days(rest, now, ahead) if rest else [now.date()]
    return [When(on, at) for on in days for at in hours]


# ------------------------------------------------------------------ a day


def _days(words: str, now: datetime, ahead: bool) -> list[date]:
    today, named = now.date(), _weekdays.named_in(words)
    if not named:
        return [_meant(way, today, ahead) for way in _dates(words, now)]
    name, weekday = named[0]
    others = {token for token in _weekdays.tokens_in(words) if token != name}
    found = _weekdays.days(weekday, others, today, ahead)
    return found or _on_weekday(words, name, weekday, now, ahead)


def _on_weekday(words: str, name: str, weekday: int, now: datetime, ahead: bool) -> list[date]:
    """The days that fall on the weekday that is named: as they are meant, or this year, which nobody writes."""
    today = now.date()
    ways = _dates(" ".join(word for word in words.split() if _weekdays.plain(word) != name).strip(" ,"), now)
    meant = [_meant(way, today, ahead) for way in ways]
    this_year = [on for way in ways for on in way if on.year == today.year]
    for some in (meant, this_year):
        if fitting := [on for on in some if on.weekday() == weekday]:
            return fitting
    raise BadDate(f"That day is {in_words(When(meant[0]), today)}. Leave the weekday out, or write the other date.")


def _dates(words: str, now: datetime) -> list[list[date]]:
    """Every way to read it, each in all the years in which it may be."""
    today, words = now.date(), re.sub(_ARTICLE, "", words)
    if words in _NEAR:
        return [[today + timedelta(days=_NEAR[words])]]
    if found := re.fullmatch(_YEAR_FIRST, words):
        return [[date(int(found[1]), int(found[2]), int(found[3]))]]
    if found := re.fullmatch(_DOTTED, words):
        return _valid([(int(found[1]), int(found[2]))], found[3], today)
    if found := re.fullmatch(_SLASHED, words):
        first, second = int(found[1]), int(found[3])
        return _valid([(first, second), (second, first)], found[4], today)
    if not re.search(r"[^\W\d_]", words):
        raise _Unread
    if (found := re.fullmatch(_LOOSE, words)) and _moments(found[1] or found[2], now):
        raise _Unread  # the words are a day without the number, of which nobody knows what it is
    return [[moment.date() for moment in _parsed(words, now)]]


def _valid(ways: Iterable[tuple[int, int]], year: str | None, today: date) -> list[list[date]]:
    years = range(today.year - 4, today.year + 5) if year is None else [int(year) + (2000 if len(year) == 2 else 0)]
    found = [[date(one, month, on) for one in years if _exists(one, month, on)] for on, month in ways]
    if not any(found):
        raise _Unread
    return [some for some in found if some]


def _exists(year: int, month: int, day_of_month: int) -> bool:
    try:
        date(year, month, day_of_month)
    except ValueError:
        return False
    return True


def _meant(ways: Sequence[date], today: date, ahead: bool) -> date:
    """Of a date in several years the last that has come; of what may be ahead the nearest."""
    if len(ways) == 1:
        return ways[0]
    if ahead:
        return min(ways, key=lambda on: (abs(on - today), on < today))
    return max((on for on in ways if on <= today), default=today)


# ------------------------------------------------------------------ by dateparser


def _parsed(words: str, now: datetime) -> list[datetime]:
    """Months and relative days; without a year it is the last one or the next."""
    if found := _moments(words, now):
        return found
    raise _Unread


def _moments(words: str, now: datetime) -> list[datetime]:
    base = now.replace(tzinfo=None)
    with _parsing:
        found = [_parser(prefer, base).get_date_data(words).date_obj for prefer in ("past", "future")]
    return list({moment.date(): moment.replace(tzinfo=None) for moment in found if moment}.values())


def _parser(prefer: str, base: datetime) -> DateDataParser:
    """A parser of dateparser, which is heavy, so it is imported at its first use."""
    from dateparser.date import DateDataParser

    parsers = ["relative-time", "absolute-time"]
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer, "REQUIRE_PARTS": ["day"], "PARSERS": parsers}
    return DateDataParser(languages=LANGUAGES, try_previous_locales=False, settings=settings)
