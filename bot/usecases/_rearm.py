"""Schedules are armed anew: after the wall clock was wrong, and after a new version of the time zones' rules."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core import rhythm as times
from bot.core import zone as zones
from bot.store import ask as ask_rows
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import rearm as rows
from bot.store.db import Tx
from bot.store.rearm import Time
from bot.usecases.app import App

log = logging.getLogger(__name__)
TOGETHER = 500
RECKONED = 1000  # instants that are computed together; most stay as they are
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # before there was any Cairn: a machine without a clock of its own
NO_JUMP = timedelta(hours=1)  # a clock that is put right by less is left to itself
LOOKS_BACK = timedelta(days=15)  # for the last date that was asked for; a weekly question is among them
LONGEST_OPEN = timedelta(days=16)  # until an open ask is asked about
LONGEST_WAIT = timedelta(days=9)  # until a weekly question, over any change of zones; a pause alone may be longer


async def settle_clock(app: App) -> None:
    """Put right what was planned, or put off, while the wall clock was wrong; for the start and after each jump.

    A date that was asked for is never asked for again; one that was only planned is planned when it comes.
    """
    now = app.now()
    if now < FIRST_DAY:
        log.warning("the clock says %s, which cannot be; nothing is planned until it is right", now)
        return
    async with app.db.writing() as tx:
        await delivery_rows.unstick(tx, now)
        await ask_rows.unstick(tx, now + LONGEST_OPEN)
    after, changed, in_time = rows.START, set[int](), now - app.settings.late
    first: dict[int, datetime] = {}  # what was not asked of each schedule, over all pages
    while ahead := await rows.planned_wrongly(app.db.reading, now + NO_JUMP, in_time, after, TOGETHER):
        after = ahead[-1].place
        async with app.db.writing() as tx:
            await rows.forget(tx, [one.occurrence_id for one in ahead if one.unasked])
            here = {one.schedule_id: first.setdefault(one.schedule_id, one.due_at) for one in ahead if one.schedule_id}
            changed |= await _put_right(tx, here, now)
    after = rows.START
    while far := await rows.due_beyond(app.db.reading, now + LONGEST_WAIT, after, TOGETHER):
        after = far[-1]
        async with app.db.writing() as tx:
            changed |= await _put_right(tx, {number: now for _, number in far}, now)
    if changed:
        log.warning("the clock was wrong: %d schedules are due at another time", len(changed))


async def _put_right(tx: Tx, unasked: Mapping[int, datetime], now: datetime) -> set[int]:
    """Arm some schedules anew, from what was not asked of them on; those that are due at another time now."""
    asked = await rows.asked_since(tx, unasked, now.date() - LOOKS_BACK)
    changed: list[times.Schedule] = []
    for schedule, seeker in await rows.with_seekers(tx, unasked):
        zone = _zone(seeker.zone, schedule.id)
        if zone:
            right = times.put_right(schedule, seeker, zone, now, asked.get(schedule.id, ()), unasked[schedule.id])
            changed += [right] if right != schedule else []
    if changed:
        await rows.set_next(tx, changed)
    return {schedule.id for schedule in changed}


async def follow_tzdata(app: App, version: str) -> None:
    """Compute anew when every schedule is due, where that was done by another version of tzdata than `version`."""
    if await facts.get(app.db.reading, facts.TZDATA) == version:
        return
    after: int | None = 0
    changed = 0
    while after is not None:
        async with app.db.writing() as tx:
            after, moved = await _follow(tx, after)
        changed += moved
    async with app.db.writing() as tx:
        await facts.put(tx, facts.TZDATA, version)
    log.info("tzdata=%s: %d schedules are due at another time", version, changed)


async def _follow(tx: Tx, after: int) -> tuple[int | None, int]:
    """Compute the next schedules behind `after` anew: the last of them, None after all, and how many moved."""
    found = await rows.timetable(tx, after, RECKONED)
    moved = [(time.schedule_id, due_at) for time in found if (due_at := _instant(time)) != time.instant]
    if moved:
        await rows.set_instants(tx, moved)
    return (found[-1].schedule_id if found else None), len(moved)


def _instant(time: Time) -> datetime:
    zone = _zone(time.zone, time.schedule_id)
    return times.instant(time.on, time.at, zone) if zone else time.instant


def _zone(name: str, schedule_id: int) -> ZoneInfo | None:
    """The zone of a name; None where it exists no more: that one schedule is left as it is."""
    try:
        return zones.named(name)
    except (ZoneInfoNotFoundError, ValueError):
        log.warning("schedule=%d: the zone %r is not known any more", schedule_id, name)
        return None
