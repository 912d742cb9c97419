"""Time zones as people name them: by city, country, offset, abbreviation or the time on their clock."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import text
from bot.core._cities import ABBREVIATIONS, SPREAD
from bot.core._places import Place, chief, distinct, fold, keys, links, nicknames, places, slips, unnamed
from bot.core.dates import DAY_NAMES
from bot.core.errors import Told

_LABEL = 100  # characters that a choice may show on Discord
_QUERY = 60  # longer than any name of a place
_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_OFFSET = r"(?:(?:utc|gmt)\s*([+-]?)|([+-]))\s*(\d{1,2})(?::?([0-5]\d))?"
_CLOCK = r"(\d{1,2})(?::([0-5]\d))?\s*(am|pm)?"
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-"})


class UnknownZone(Told):
    """A name that is no zone; says what to type instead."""

    def __init__(self, name: str) -> None:
        shown = text.shorten(text.clean(name), 40)
        what = f"I don't know the zone \u201c{shown}\u201d." if shown else "I need your time zone."
        super().__init__(f"{what} Type a city, such as Berlin, and pick one from the list.")


class Choice(NamedTuple):
    """A zone's IANA name, and the place and its time now in at most 100 characters."""

    zone: str
    label: str


def use_packaged_data() -> None:
    """Make zoneinfo read the tzdata package alone: every machine computes alike. For a process's start."""
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    named.cache_clear()


def parse(name: str) -> ZoneInfo:
    """The zone of an IANA name in any case, or of a city that only one zone has; raises `UnknownZone`."""
    key = keys().get(name.strip().replace(" ", "_").casefold()) or _only_zone_of(name)
    if key is None:
        raise UnknownZone(name)
    return named(key)


def search(query: str, now: datetime, limit: int = 25) -> list[Choice]:
    """Choices for what was typed so far, best first; for nothing a spread over the world. `now` is aware."""
    found = _found(query[:_QUERY].strip(), now) if query.strip() else [chief()[zone] for zone in SPREAD]
    return [_choice(place, now) for place in list(dict.fromkeys(found))[:limit]]


@cache
def named(key: str) -> ZoneInfo:
    """The zone of an IANA name, kept for good: zoneinfo itself keeps eight and reads the other files anew."""
    return ZoneInfo(key)


def _found(query: str, now: datetime) -> list[Place]:
    folded = fold(query)
    found = [*_by_clock(query.casefold().translate(_SIGNS), now), *_by_abbreviation(folded, now)]
    found += _by_key(query)
    found += _by_name(folded)
    return found or _by_slip(folded)


def _by_clock(query: str, now: datetime) -> list[Place]:
    wanted = _offsets(query, now)
    if not wanted:
        return []
    return [place for zone, place in distinct().items() if now.astimezone(named(zone)).utcoffset() in wanted]


def _offsets(query: str, now: datetime) -> set[timedelta]:
    """The offsets from UTC that `utc+2`, `+5:30`, `gmt` or a time of day such as `14:30` or `2pm` mean."""
    query = query.rstrip(": ")
    if query.rstrip("+- ") in ("utc", "gmt"):
        return {timedelta()}
    if match := re.fullmatch(_OFFSET, query):
        sign = -1 if "-" in (match[1], match[2]) else 1
        return {sign * timedelta(hours=int(match[3]), minutes=int(match[4] or 0))}
    match = re.fullmatch(_CLOCK, query)
    if match is None or not (match[2] or match[3]):
        return set()
    hour = int(match[1]) if match[3] is None else int(match[1]) % 12 + (12 if match[3] == "pm" else 0)
    utc = now.astimezone(UTC)
    ahead = timedelta(hours=hour - utc.hour, minutes=int(match[2] or 0) - utc.minute)
    nearest = round(ahead / _QUARTER) * _QUARTER
    return {nearest - _DAY, nearest, nearest + _DAY}


def _by_abbreviation(folded: str, now: datetime) -> list[Place]:
    return [chief()[zone] for zone in _abbreviations(now.year).get(folded, ())]


@lru_cache(maxsize=2)
def _abbreviations(year: int) -> dict[str, tuple[str, ...]]:
    """The zones, best known first, that go by an abbreviation in the winter or the summer of the year."""
    found: dict[str, tuple[str, ...]] = dict(ABBREVIATIONS)
    for month in (1, 7):
        for zone in distinct():
            name = datetime(year, month, 1, tzinfo=named(zone)).tzname()
            if name and name.isalpha():
                known = found.get(name.casefold(), ())
                found[name.casefold()] = (*known, *({zone} - set(known)))
    return found


def _by_key(query: str) -> list[Place]:
    """The place of a zone named in full, also by an old name such as US/Pacific."""
    key = keys().get(query.replace(" ", "_").casefold(), "")
    target = key if key in chief() else links().get(key, key)
    return [chief().get(target) or unnamed(key)] if "/" in key else []


def _by_name(folded: str) -> list[Place]:
    if not folded:
        return []
    tokens = [f"|{token}" for token in folded.split()]
    ranked: list[tuple[int, bool, int, Place]] = []
    for rank, place in enumerate(places()):
        grade = _grade(place, folded, tokens)
        if grade is not None:
            aside = grade >= 2 and distinct().get(place.zone) is not place
            ranked.append((grade, aside, rank, place))
    return [place for *_, place in sorted(ranked, key=lambda entry: entry[:3])]


def _grade(place: Place, folded: str, tokens: list[str]) -> int | None:
    """0 for a name of the place, 1 for how one begins, 2 for its country, 3 for how its words begin."""
    begun, whole = f"|{folded}", f"|{folded}|"
    if begun in place.names:
        return 0 if whole in place.names else 1
    if whole in place.countries:
        return 2
    if begun in place.key and chief()[place.zone] is place:
        return 0 if whole == place.key else 3
    return 3 if all(token in place.words for token in tokens) else None


def _by_slip(folded: str) -> list[Place]:
    return [place for slip in slips(folded) for place in nicknames().get(slip, ())]


def _only_zone_of(name: str) -> str | None:
    whole = f"|{fold(name)}|"
    zones = {place.zone for place in places() if whole in place.names}
    return zones.pop() if len(zones) == 1 else None


def _choice(place: Place, now: datetime) -> Choice:
    local = now.astimezone(named(place.zone))
    tail = f" \u00b7 now {DAY_NAMES[local.weekday()][:3]} {local:%H:%M} \u00b7 {_offset_name(local)}"
    return Choice(place.zone, text.shorten(place.title, _LABEL - len(tail)) + tail)


def _offset_name(local: datetime) -> str:
    offset = local.utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta() else "+"
    return "UTC" if not offset else f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
