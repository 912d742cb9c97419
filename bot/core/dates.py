"""Days, dates and times of day as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise

from bot.core.errors import Told
from bot.core.people import Quiet
from bot.core.text import listing

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS = frozenset(range(5))
WEDNESDAY, SUNDAY = 2, 6
EVERY_DAY = frozenset(range(7))
LONGEST_PAUSE = timedelta(days=730)  # with an end; one without lasts until it is ended
FURTHEST = timedelta(days=5 * 366)  # from today, of what anybody means
MISSED_NAMED = 7


class BadTime(Told):
    """A time of day that cannot be read."""


class BadDays(Told):
    """Days of the week that cannot be read."""


class BadDate(Told):
    """A date that cannot be read, or that has passed."""


def parse_time(text: str) -> time:
    """A time of day from "17:30", "17.30", "1730", "5pm" or "5:30 pm"; raises BadTime."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?", text.strip().lower())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise BadTime(f"I can't read “{text.strip()[:40]}” as a time. Write it like 17:30 or 5:30 pm.")


def parse_quiet(text: str) -> Quiet:
    """Quiet hours from "22:00-08:00" or "off"; raises BadTime."""
    if text.strip().lower() in ("off", "none", "never"):
        return Quiet(time(), time())
    start, dash, end = text.replace("–", "-").replace(" to ", "-").partition("-")
    if not dash:
        raise BadTime(f"I can't read “{text[:40]}” as quiet hours. Write them like 22:00-08:00, or “off”.")
    return Quiet(parse_time(start), parse_time(end))


_DAYS = {
    "weekdays": WEEKDAYS,
    "every day": EVERY_DAY,
    "everyday": EVERY_DAY,
    "daily": EVERY_DAY,
    "weekend": frozenset({5, 6}),
    "weekends": frozenset({5, 6}),
    "never": frozenset[int](),
    "none": frozenset[int](),
    "off": frozenset[int](),
}


def parse_days(text: str) -> frozenset[int]:
    """Days from "weekdays", "every day", "Mon, Wed", "tue-thu" or "never"; raises BadDays."""
    words = text.strip().lower()
    if words in _DAYS:
        return _DAYS[words]
    days: set[int] = set()
    joined = re.sub(r"\s*(?:[-–—]|\bto\b)\s*", "-", words)
    for part in re.split(r"[,;&\s]+(?:and\s+)?", joined):
        first, dash, last = part.partition("-")
        start, end = _day(first, text), _day(last if dash else first, text)
        days |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    return frozenset(days)


def _day(word: str, text: str) -> int:
    for number, name in enumerate(DAY_NAMES):
        if len(word) >= 2 and f"{name}s".lower().startswith(word.removesuffix("s") or word):
            return number
    raise BadDays(f"I can't read “{text.strip()[:40]}” as days. Write them like “weekdays”, “Mon, Wed” or “never”.")


def parse_until(text: str, today: date) -> date:
    """The first day after a pause, as 2026-12-01, "Tue 1 December", "Tuesday" or "tomorrow"; raises BadDate."""
    typed = text.strip()
    until = next((on for on in coming_days(today) if typed.lower() in _spellings(on, today)), None)
    try:
        until = until or date.fromisoformat(typed)
    except ValueError:
        raise BadDate(
            f"I can't read “{typed[:40]}” as a date. Pick one from the list, or write it like {today.isoformat()}."
        ) from None
    if until <= today:
        raise BadDate(f"{day(until)} is not in the future. Pick a day after today, and I ask again from that day on.")
    if until - today > LONGEST_PAUSE:
        raise BadDate(
            f"{day(until)} {until.year} is too far ahead for me. "
            "Leave the day out, and I wait until you say /rhythm resume."
        )
    return until


def coming_days(today: date) -> list[date]:
    """The days of a year from tomorrow on."""
    return [today + timedelta(days=n) for n in range(1, 366)]


def _spellings(on: date, today: date) -> tuple[str, ...]:
    near = {1: ("tomorrow",)}.get((on - today).days, ())
    names = (DAY_NAMES[on.weekday()].lower(),) if on - today <= timedelta(days=7) else ()
    written = f"{on.day} {on:%B}".lower(), f"{on:%B} {on.day}".lower(), day(on).lower()
    return (*near, *names, *(name[:3] for name in names), *written)


@lru_cache(maxsize=1024)  # the month's name takes longer than the rest of a message
def day(on: date) -> str:
    """A date as people write it: "Mon 1 December"."""
    return f"{DAY_NAMES[on.weekday()][:3]} {on.day} {on:%B}"


def between(first: date, last: date) -> str:
    """The days from one to another: "4 June 2025", "4 – 27 June 2025", "4 June 2025 – 29 May 2026"."""
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"
    if first == last:
        return f"{last.day} {last:%B %Y}"
    return f"{first.day}{'' if first.month == last.month else f' {first:%B}'} – {last.day} {last:%B %Y}"


def missed_in_words(missed: Collection[date], today: date) -> str:
    """The days on which nothing could be asked; of many the newest seven by name."""
    newest = sorted(missed)[-MISSED_NAMED:]
    near = today - newest[0] < timedelta(days=7)
    names = [DAY_NAMES[on.weekday()][:3] if near else f"{DAY_NAMES[on.weekday()][:3]} {on.day}" for on in newest]
    if not near:  # each month is named once, behind its last day
        ends = [on.month != later.month for on, later in pairwise(newest)] + [True]
        names = [f"{name} {on:%B}" if end else name for name, on, end in zip(names, newest, ends, strict=True)]
    more = len(missed) - len(newest)
    if more:
        names.append(f"{more} more {'day' if more == 1 else 'days'} before")
    return f"I could not ask on {listing(names)}."


def days_in_words(days: Iterable[int]) -> str:
    """Days as people say them: "weekdays", "Mon, Wed and Fri", "never"."""
    chosen = frozenset(days)
    named = {EVERY_DAY: "every day", WEEKDAYS: "weekdays", frozenset[int](): "never"}
    if chosen in named:
        return named[chosen]
    names = [DAY_NAMES[number][:3] for number in sorted(chosen)]
    return listing(names)
