"""Days and times as people write them: "yesterday", "fri 14:00", "in 2 weeks", "3 November".

Times, numbers and weekdays are read here, since they are where a guess would go wrong; months and relative days in
English, German, French and Spanish are read by dateparser. What can be read in more than one way is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.dates import BadDate, BadTime, day, parse_time

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LONGEST = 60  # characters
FURTHEST = timedelta(days=5 * 366)
LANGUAGES = ["en", "de", "fr", "es"]
_parsing = Lock()  # all threads share dateparser's languages

_WEEKDAYS = (
    "mon monday mondays mo montag lun lundi lunes",
    "tue tues tuesday di dienstag mardi mar martes",
    "wed weds wednesday mi mittwoch mer mercredi mie miercoles",
    "thu thur thurs thursday do donnerstag jeu jeudi jue jueves",
    "fri friday fr freitag ven vendredi vie viernes",
    "sat saturday sa samstag sonnabend sam samedi sab sabado",
    "sun sunday so sonntag dim dimanche dom domingo",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ALSO_MONTHS = {"mar"}  # March, and Tuesday in French and Spanish
_LAST = {"last", "past", "letzten", "letzter", "letzte", "vorigen", "voriger", "dernier", "derniere", "pasado"}
_NEXT = {
    "next",
    "nachsten",
    "nachster",
    "nachste",
    "kommenden",
    "kommender",
    "prochain",
    "prochaine",
    "proximo",
    "viene",
}
_THIS = {"this", "coming", "on", "the", "diesen", "dieser", "am", "le", "ce", "el", "este", "que"}
_WEEK = {"week", "woche", "semaine", "semana", "la", "der", "in"}

_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}  # what is written most needs no parser that takes a while to load

_CLOCK = r"(?<![\d./-])(\d{1,2})(?::(\d{2})(?::00)?|[h.](\d{2}))(?![\d.])\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?!\w)"
_HOUR = r"(?<![\d./:-])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.|uhr|h)(?!\w)"
_BARE = r"(?:\b(?:at|um|a las?|à)|@)\s*(\d{1,2})(?![\d:./])(?!\w)"
_BEFORE = r"(?:(?:\b(?:at|um|a las?|à|gegen|vers)|@)\s*)?"
_NAMED = {"noon": time(12), "midday": time(12), "mittags": time(12), "midi": time(12), "mediodía": time(12)}
_OCLOCK = r"(?:\bat\s+)?(\d{1,2})\s*o.?clock\b"
_SOON = r"(?:\b|(?<=\d))(?:h|hours?|hrs?|min|mins|minutes?|stunden?|minuten?|heures?|horas?|minutos?)\b"
_SHIFT = r"\b(?:ago|in|vor|hace|il y a|dans|dentro)\b"
_ARTICLE = r"^(?:on|am|le|el|den|dem)\s+"
_YEAR_FIRST = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})t?"
_DOTTED = r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{4}|\d{2})?)?"
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


def in_words(when: When, today: date) -> str:
    """A date in full, as `read` reads it again: "Tue 3 November, 14:00", with the year where it is another one."""
    year = "" if when.on.year == today.year else f" {when.on.year}"
    return f"{day(when.on)}{year}" + (f", {when.at:%H:%M}" if when.at else "")


def written(when: When) -> str:
    """A date as ISO writes it, with the time of day where there is one."""
    return when.on.isoformat() + (f" {when.at:%H:%M}" if when.at else "")


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


# ------------------------------------------------------------------ a day and a time


def _read(words: str, now: datetime, ahead: bool) -> list[When]:
    """Every way to read it."""
    if re.search(_SOON, words) and re.search(_SHIFT, words):
        moment = _parsed(words, now, ahead)
        return [When(moment.date(), moment.time().replace(second=0, microsecond=0))]
    rest, hours = _time_in(re.sub(_OCLOCK, r"at \1", words))
    rest = rest.strip(" ,;")
    days = _days(rest, now, ahead) if rest else [now.date()]
    return [When(on, at) for on in days for at in hours]


def _time_in(words: str) -> tuple[str, list[time | None]]:
    """What is left without a time of day, and the ways to read that."""
    for name, at in _NAMED.items():
        if re.search(rf"\b{name}\b", words):
            return re.sub(rf"{_BEFORE}\b{name}\b", " ", words), [at]
    for found in re.finditer(_BEFORE + _CLOCK, words):
        hour, minute, dotted, half = found.groups()
        if minute or "h" in found[0][:4] or half or int(dotted) > 12 or _weekdays_in(words):
            return _without(words, found), [_time(f"{hour}:{minute or dotted}", half)]
    if found := re.search(_BEFORE + _HOUR, words):
        return _without(words, found), [_time(found[1], found[2])]
    if found := re.search(_BARE, words):
        hour = int(found[1])
        at = time(hour % 24 if hour == 24 else hour)
        return _without(words, found), [at.replace(hour=hour + 12), at] if 1 <= hour <= 7 else [at]
    return words, [None]


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()].removesuffix('t')} {words[found.end() :]}"


def _time(clock: str, half: str | None) -> time:
    half = (half or "").replace(".", "")
    return parse_time(clock + (half if half in ("am", "pm") else "" if ":" in clock else ":00"))


# ------------------------------------------------------------------ a day


def _days(words: str, now: datetime, ahead: bool) -> list[date]:
    today, tokens = now.date(), _tokens(words)
    named = _weekdays_in(words)
    if not named:
        return _dates(words, now, ahead)
    weekday, rest = named[0][1], [token for token in tokens if token != named[0][0]]
    turns = set(rest)
    if turns <= _LAST | _NEXT | _THIS | _WEEK and turns & _WEEK and turns & (_LAST | _NEXT):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1 if turns & _NEXT else -1)
        return [monday + timedelta(days=weekday)]
    if turns <= _LAST | _NEXT | _THIS:
        return _turn(weekday, turns, today, ahead)
    kept = " ".join(word for word in words.split() if _plain(word) != named[0][0]).strip(" ,")
    dates = _dates(kept, now, ahead)
    if fitting := [on for on in dates if on.weekday() == weekday]:
        return fitting
    raise BadDate(f"That day is {in_words(When(dates[0]), today)}. Leave the weekday out, or write the other date.")


def _turn(weekday: int, turns: set[str], today: date, ahead: bool) -> list[date]:
    """The days that a weekday can be: of today's name, or with a "next" or "last" that falls in this week, two."""
    week = timedelta(weeks=1)
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    if turns & _NEXT:
        coming = coming if coming > today else coming + week
        return [coming, coming + week] if coming.weekday() > today.weekday() else [coming]
    past = coming - week
    if turns & _LAST:
        return [past, past - week] if past.weekday() < today.weekday() else [past]
    if coming == today:
        return [today, today + week if ahead else past]
    return [coming if ahead or "coming" in turns else past]


def _weekdays_in(words: str) -> list[tuple[str, int]]:
    """The weekdays that are named; "mar" is one where it cannot be the month."""
    tokens = _tokens(words)
    named = [token for token in tokens if token in _WEEKDAY]
    for token in _ALSO_MONTHS & set(named):
        others = [other for other in tokens if other != token]
        month = any(other.isdecimal() for other in others) and not any(
            other.isalpha() and other not in _THIS for other in others
        )
        if month:
            named.remove(token)
    return [(token, _WEEKDAY[token]) for token in named]


def _tokens(words: str) -> list[str]:
    return [token for word in words.split() if (token := _plain(word))]


def _plain(word: str) -> str:
    """A word without accents and what stands around it."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(char for char in letters if not unicodedata.combining(char)).strip(".,;")


def _dates(words: str, now: datetime, ahead: bool) -> list[date]:
    today, words = now.date(), re.sub(_ARTICLE, "", words)
    if words in _NEAR:
        return [today + timedelta(days=_NEAR[words])]
    if found := re.fullmatch(_YEAR_FIRST, words):
        return [date(int(found[1]), int(found[2]), int(found[3]))]
    if found := re.fullmatch(_DOTTED, words):
        return _valid([(int(found[1]), int(found[2]))], found[3], today, ahead)
    if found := re.fullmatch(_SLASHED, words):
        first, second = int(found[1]), int(found[3])
        return _valid([(first, second), (second, first)], found[4], today, ahead)
    if not re.search(r"[^\W\d_]", words):
        return _unread()
    return [_parsed(words, now, ahead).date()]


def _valid(ways: Iterable[tuple[int, int]], year: str | None, today: date, ahead: bool) -> list[date]:
    """The dates among days and months, each in the year that is meant."""
    years = range(today.year - 4, today.year + 5) if year is None else [int(year) + (2000 if len(year) == 2 else 0)]
    found: list[date] = []
    for day_of_month, month in ways:
        some = [date(one, month, day_of_month) for one in years if _exists(one, month, day_of_month)]
        if some:
            found.append(_meant(some, today, ahead) if year is None else some[0])
    return list(dict.fromkeys(found)) or _unread()


def _exists(year: int, month: int, day_of_month: int) -> bool:
    try:
        date(year, month, day_of_month)
    except ValueError:
        return False
    return True


def _meant(ways: Iterable[date], today: date, ahead: bool) -> date:
    """Of a date in several years the last that has come; of what may be ahead the nearest."""
    if ahead:
        return min(ways, key=lambda on: (abs(on - today), on < today))
    return max((on for on in ways if on <= today), default=today)


def _unread() -> list[date]:
    raise _Unread


# ------------------------------------------------------------------ by dateparser


def _parsed(words: str, now: datetime, ahead: bool) -> datetime:
    """Months and relative days; without a year both ways are asked for, and the one that is meant is chosen."""
    base = now.replace(tzinfo=None)
    with _parsing:
        found = [_parser(prefer, base).get_date_data(words).date_obj for prefer in ("past", "future")]
    ways = {moment.date(): moment.replace(tzinfo=None) for moment in found if moment}
    if not ways:
        raise _Unread
    return ways[_meant(ways, now.date(), ahead) if len(ways) > 1 else next(iter(ways))]


def _parser(prefer: str, base: datetime) -> DateDataParser:
    """A parser of dateparser, which is heavy, so it is imported at its first use."""
    from dateparser.date import DateDataParser

    parsers = ["relative-time", "absolute-time"]
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer, "REQUIRE_PARTS": ["day"], "PARSERS": parsers}
    return DateDataParser(languages=LANGUAGES, try_previous_locales=False, settings=settings)
