"""One round of the heartbeat: plan what is due, turn the weeks, then let the pump send and revise."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.delivery import Kind
from bot.core.exercise import CHECKIN
from bot.core.people import Seeker
from bot.core.rhythm import Ask, Occurrence, Schedule, Standing
from bot.core.summary import Phase
from bot.store import delivery as rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _pump, summary
from bot.usecases._weeks import OF_WEEK
from bot.usecases.app import App

HELD_FOR = timedelta(days=7)


async def tick(app: App) -> None:
    """One round: plan, turn the weeks, send what is due, revise what is stale. An error is raised when all is done."""
    pace = _pump.Pace(app.settings.per_second)
    errors: list[Exception] = []
    for stage in (plan, _turn_weeks, _let_go):
        with _apart(errors):
            await stage(app)
    for sending in (_pump.send_due, _pump.revise_stale):
        with _apart(errors):
            await sending(app, pace)
    _raise(errors)


@contextmanager
def _apart(errors: list[Exception]) -> Generator[None]:
    """What fails for one person stands in nobody else's way; it is raised at the end."""
    try:
        yield
    except Exception as error:
        errors.append(error)


def _raise(errors: list[Exception]) -> None:
    if errors:
        raise ExceptionGroup("a part of this round failed; it is done again in the next", errors)


async def plan(app: App) -> None:
    """Owe what every due schedule brings; planning twice owes once."""
    now, errors = app.now(), list[Exception]()
    while not errors and (due := await rhythm_rows.due(app.db.reading, now)):
        for schedule in due:
            with _apart(errors):
                async with app.db.writing() as tx:
                    await _plan_one(app, tx, schedule.id, now)
    _raise(errors)


async def _plan_one(app: App, tx: Tx, schedule_id: int, now: datetime) -> None:
    schedule = await rhythm_rows.schedule(tx, schedule_id)
    if schedule is None:
        return
    seeker = await people_rows.seeker_by_id(tx, schedule.person_id)
    if seeker is None or seeker.left_at:
        await rhythm_rows.set_next(tx, schedule.id, None, schedule.last_on)
        return
    zone = ZoneInfo(seeker.zone)
    while schedule.next_on and schedule.next_at and schedule.next_at <= now:
        on, due_at = schedule.next_on, schedule.next_at
        coming = times.next_due(schedule.days, schedule.at, zone, due_at, on)
        if not seeker.rests_on(on):
            await _owe(app, tx, seeker, schedule, now, overtaken=coming is not None and coming[1] <= now)
        next_on, next_at = coming or (None, None)
        schedule = schedule._replace(last_on=on, next_on=next_on, next_at=next_at)
        await rhythm_rows.set_next(tx, schedule.id, coming, on)


async def _owe(app: App, tx: Tx, seeker: Seeker, schedule: Schedule, now: datetime, *, overtaken: bool) -> None:
    """Owe what a schedule brings; what is too late, or overtaken by the next of its kind, expires."""
    assert schedule.next_on
    assert schedule.next_at
    exercise = await _exercise_for(app, tx, schedule)
    occurrence = await rhythm_rows.add_occurrence(
        tx, seeker.id, schedule.id, schedule.ask, exercise, schedule.next_on, schedule.next_at
    )
    if occurrence is None or await _answered_before(tx, occurrence):
        return
    expires_at = times.sendable_until(schedule.next_at, app.settings.late, seeker.quiet, ZoneInfo(seeker.zone))
    if schedule.ask is Ask.WEEK:
        await summary.owe_draft(app, tx, seeker, schedule.next_on, schedule.next_at, now)
    elif overtaken or expires_at <= now:
        await rhythm_rows.set_state(tx, occurrence.id, Standing.EXPIRED)
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
    await rhythm_rows.set_state(tx, occurrence.id, Standing.ANSWERED)
    return True


async def _exercise_for(app: App, tx: Tx, schedule: Schedule) -> str:
    if schedule.ask is not Ask.REFLECTION:
        return "" if schedule.ask is Ask.WEEK else CHECKIN
    if schedule.exercise in app.exercises:
        return str(schedule.exercise)
    asked = await rhythm_rows.reflections_asked(tx, schedule.person_id)
    return min((e for e in app.exercises.values() if e.listed), key=lambda e: (asked.get(e.id, 0), e.title)).id


async def _turn_weeks(app: App) -> None:
    now, errors = app.now(), list[Exception]()
    for week in await summary_rows.closing(app.db.reading, now):
        with _apart(errors):
            await _close(app, week.id, now)
    for week in await summary_rows.posting(app.db.reading, now):
        with _apart(errors):
            await summary.post_by_itself(app, week)
    _raise(errors)


async def _close(app: App, week_id: int, now: datetime) -> None:
    async with app.db.writing() as tx:
        week = await summary_rows.get(tx, week_id)
        if week and week.phase is Phase.DRAFTED:
            await summary_rows.set_phase(tx, week_id, Phase.CLOSED)
            await rows.mark_standing(tx, OF_WEEK, week_id, now)


async def _let_go(app: App) -> None:
    """Forget words that nobody decided about; an idle round writes nothing."""
    now = app.now()
    if await journal_rows.held_before(app.db.reading, now, HELD_FOR):
        async with app.db.writing() as tx:
            await journal_rows.let_go_before(tx, now, HELD_FOR)
