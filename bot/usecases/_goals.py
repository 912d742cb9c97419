"""What a seeker's log counts day by day, and how their weeks stand to what they aim for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import goals as rules
from bot.core import tally
from bot.core.exercise import CHECKIN
from bot.core.goals import Progress
from bot.core.journal import Entry
from bot.core.people import Seeker
from bot.core.rhythm import instant, local_date, monday_of
from bot.core.summary import sunday
from bot.core.tally import Days
from bot.store import goals as rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import search as search_rows
from bot.store.db import Tx


async def days(tx: Tx, seeker: Seeker, first: date, last: date, now: datetime) -> Days:
    """What the log counts on each local day from one to another."""
    zone = ZoneInfo(seeker.zone)
    until = instant(last + timedelta(days=1), time(), zone)
    events = await search_rows.events_between(tx, seeker.id, first, last, instant(first, time(), zone), until)
    return tally.by_day(events, zone, now)


async def beside(tx: Tx, seeker: Seeker, monday: date, entries: Iterable[Entry], now: datetime) -> Days:
    """The same for a week, and for the days of answers that came too late for theirs."""
    first = min((entry.on for entry in entries), default=monday)
    return await days(tx, seeker, min(first, monday), sunday(monday), now)


async def progress(tx: Tx, seeker: Seeker, monday: date, entries: Iterable[Entry], days: Days) -> tuple[Progress, ...]:
    """How far a week is of what its seeker aims for."""
    known = await rows.of_person(tx, seeker.id)
    if not rules.aimed(known, monday):
        return ()
    return rules.progress(known, monday, tally.of_week(monday, entries, days), await rests(tx, seeker, monday))


async def rests(tx: Tx, seeker: Seeker, monday: date) -> int:
    """How many days of a week are for rest or in a pause."""
    rested = await people_rows.rests(tx, seeker.id, monday, sunday(monday))
    return rules.rests(monday, await people_rows.pauses(tx, seeker.id), rested)


async def after(tx: Tx, entry: Entry, now: datetime) -> tuple[str, ...]:
    """How far this week is, in words; nothing for what is no check-in of it."""
    seeker = await people_rows.seeker_by_id(tx, entry.person_id) if entry.exercise == CHECKIN else None
    if seeker is None or monday_of(entry.on) != monday_of(local_date(now, ZoneInfo(seeker.zone))):
        return ()
    return tuple(map(rules.in_words, await of_week(tx, seeker, monday_of(entry.on), now)))


async def of_week(tx: Tx, seeker: Seeker, monday: date, now: datetime) -> tuple[Progress, ...]:
    """How far the week of a Monday is."""
    if not await rows.of_person(tx, seeker.id):
        return ()
    entries = await journal_rows.of_week(tx, seeker.id, monday)
    return await progress(tx, seeker, monday, entries, await beside(tx, seeker, monday, entries, now))
