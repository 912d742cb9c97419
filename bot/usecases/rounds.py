"""One round of the heartbeat: plan what is due, turn the weeks, then let the pump send and revise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.delivery import Kind
from bot.core.people import Seeker
from bot.core.rhythm import Ask, Occurrence, Schedule
from bot.core.summary import CLOSE_AFTER_DAYS, Phase, sunday
from bot.store import delivery as rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _pump, summary
from bot.usecases.app import App

HELD_FOR = timedelta(days=7)


async def tick(app: App) -> None:
    """One round: plan, post what posts by itself, send what is due, revise what is stale."""
    await plan(app)
    await _turn_weeks(app)
    await _pump.send_due(app)
    await _pump.revise_stale(app)


async def plan(app: App) -> None:
    """Owe what every due schedule brings; planning twice owes once."""
    now = app.now()
    while due := await rhythm_rows.due(app.db.reading, now):
        async with app.db.writing() as tx:
            for schedule in due:
                await _plan_one(app, tx, schedule, now)


async def _plan_one(app: App, tx: Tx, schedule: Schedule, now: datetime) -> None:
    seeker = await people_rows.seeker_by_id(tx, schedule.person_id)
    on, due_at = schedule.next_on, schedule.next_at
    if seeker is None or seeker.left_at or on is None or due_at is None:
        await rhythm_rows.set_next(tx, schedule.id, None, schedule.last_on)
        return
    if not seeker.rests_on(on):
        await _owe(app, tx, seeker, schedule, now)
    zone = ZoneInfo(seeker.zone)
    last_on = max(on, schedule.last_on or on)
    await rhythm_rows.set_next(
        tx, schedule.id, times.next_due(schedule.days, schedule.at, zone, due_at, last_on), last_on
    )


async def _owe(app: App, tx: Tx, seeker: Seeker, schedule: Schedule, now: datetime) -> None:
    assert schedule.next_on
    assert schedule.next_at
    exercise = await _exercise_for(app, tx, schedule)
    occurrence = await rhythm_rows.add_occurrence(
        tx, seeker.id, schedule.id, schedule.ask, exercise, schedule.next_on, schedule.next_at
    )
    if occurrence is None or await _answered_before(tx, occurrence):
        return
    expires_at = schedule.next_at + app.settings.late
    if schedule.ask is Ask.WEEK:
        await summary.owe_draft(app, tx, seeker, schedule.next_on, schedule.next_at, now)
    elif expires_at <= now:
        await rhythm_rows.set_state(tx, occurrence.id, "expired")
    else:
        await rows.owe(
            tx,
            Kind.PROMPT,
            seeker.person,
            occurrence.id,
            schedule.next_at,
            person_id=seeker.id,
            expires_at=expires_at,
        )


async def _answered_before(tx: Tx, occurrence: Occurrence) -> bool:
    """Whether the person answered of their own accord on that day: then they are not asked."""
    entry = await journal_rows.of_day(tx, occurrence.person_id, occurrence.exercise, occurrence.on)
    if entry is None:
        return False
    await journal_rows.settles(tx, entry.id, occurrence.id)
    await rhythm_rows.set_state(tx, occurrence.id, "answered")
    return True


async def _exercise_for(app: App, tx: Tx, schedule: Schedule) -> str:
    if schedule.ask is not Ask.REFLECTION:
        return "" if schedule.ask is Ask.WEEK else Ask.CHECKIN.value
    if schedule.exercise in app.exercises:
        return str(schedule.exercise)
    asked = await rhythm_rows.reflections_asked(tx, schedule.person_id)
    return min((e for e in app.exercises.values() if e.listed), key=lambda e: (asked.get(e.id, 0), e.title)).id


async def _turn_weeks(app: App) -> None:
    now = app.now()
    for week in await summary_rows.posting(app.db.reading, now):
        await summary.post_by_itself(app, week)
    closing = [
        week
        for week in await summary_rows.drafted(app.db.reading)
        if await _is_over(app, week.person_id, week.monday, now)
    ]
    for week in closing:
        async with app.db.writing() as tx:
            await summary_rows.set_phase(tx, week.id, Phase.CLOSED)
            await summary.mark_standing(tx, week.id, now)
    async with app.db.writing() as tx:
        await journal_rows.let_go_before(tx, now, HELD_FOR)


async def _is_over(app: App, person_id: int, monday: date, now: datetime) -> bool:
    seeker = await people_rows.seeker_by_id(app.db.reading, person_id)
    if seeker is None:
        return False
    today = times.local_date(now, ZoneInfo(seeker.zone))
    return today >= sunday(monday) + timedelta(days=CLOSE_AFTER_DAYS)
