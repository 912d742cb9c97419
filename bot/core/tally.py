"""What a week counts: what the log tells of each day beside the check-ins' own numbers, and nothing of it twice.

Of a day the greater of both counts, for what is logged is often told in the check-in too. What a check-in tells beyond
the log counts in the week that its answer goes into, which may be the next one where it came late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.journal import COUNTED, Entry
from bot.core.search import Act, Event, Loss, took_place

REJECTIONS = "rejections"
_COUNTS = {
    Act.APPLIED: "applications",
    Act.OUTREACH: "outreach",
    Act.CONVERSATION: "conversations",
    Act.INTERVIEW: "interviews",
    Act.FOLLOWED_UP: "follow-ups",
    Act.OFFER: "offers",
}
Days = Mapping[date, Mapping[str, int]]  # how often what was done on which day


def by_day(events: Iterable[Event], zone: ZoneInfo, now: datetime) -> Days:
    """What the log tells of each local day; an interview counts on its own day, and once it has come."""
    found: dict[date, Counter[str]] = {}
    for event in took_place(events):
        name = REJECTIONS if event.loss is Loss.REJECTED else _COUNTS.get(event.act)
        if name and (event.starts_at is None or event.starts_at <= now):
            found.setdefault(event.day_in(zone), Counter())[name] += 1
    return found


def of_days(first: date, last: date, entries: Iterable[Entry], days: Days) -> dict[str, int]:
    """What was done from a day to another, by name; what there was none of is absent."""
    sums: Counter[str] = Counter()
    for on, counts in days.items():
        if first <= on <= last:
            sums.update(counts)
    for on, counts in _told(entries).items():
        logged = days.get(on, {})
        sums.update({name: max(0, count - logged.get(name, 0)) for name, count in counts.items()})
    return {name: sums[name] for name in COUNTED if sums[name]}


def of_week(monday: date, entries: Iterable[Entry], days: Days) -> dict[str, int]:
    """What was done in a week, by name; `entries` are those that go into it."""
    return of_days(monday, monday + timedelta(days=6), entries, days)


def _told(entries: Iterable[Entry]) -> dict[date, Counter[str]]:
    found: dict[date, Counter[str]] = {}
    for entry in entries:
        found.setdefault(entry.on, Counter()).update(entry.numbers)
    return found
