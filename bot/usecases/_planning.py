"""Planning: what every due schedule brings is owed, once for each date, many schedules in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core import rhythm as times
from bot.core import zone as zones
from bot.core.errors import Told
from bot.core.exercise import CHECKIN
from bot.core.people import Seeker
from bot.core.rhythm import Ask, Course, Question, Schedule, Standing, Turn
from bot.store import planning as rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.usecases import summary
from bot.usecases.app import App

log = logging.getLogger(__name__)
TOGETHER = 250  # schedules in one transaction: few enough that nobody's press waits for it


async def plan(app: App) -> None:
    """Owe what every due schedule brings; planning twice owes once. Errors are raised when all is planned."""
    now, after, errors = app.now(), rows.START, list[Exception]()
    while due := await rows.due_after(app.db.reading, now, after, TOGETHER):
        after = due[-1]
        await _plan_these(app, [number for _, number in due], now, errors)
    _raise(errors)


async def plan_for(app: App, person_id: int) -> None:
    """Owe what one seeker's schedules bring by now."""
    now, errors = app.now(), list[Exception]()
    schedules = await rhythm_rows.schedules(app.db.reading, person_id)
    due = [schedule.id for schedule in schedules if schedule.next_at and schedule.next_at <= now]
    await _plan_these(app, due, now, errors)
    _raise(errors)


def _raise(errors: Sequence[Exception]) -> None:
    if errors:
        raise ExceptionGroup("some of what is due could not be planned; it is done again in the next round", errors)


async def _plan_these(app: App, schedule_ids: Sequence[int], now: datetime, errors: list[Exception]) -> None:
    """Plan some schedules together; where that fails, each half of them apart, down to the one that is broken."""
    due = list(schedule_ids)
    try:
        while due:
            async with app.db.writing() as tx:
                due = await _plan(app, tx, due, now)
    except Told:  # the database takes nothing now: it would refuse the halves too
        raise
    except Exception as error:
        half = len(schedule_ids) // 2
        if half == 0:
            log.warning("schedule=%d cannot be planned: %r", schedule_ids[0], error)
            errors.append(error)
            return
        await _plan_these(app, schedule_ids[:half], now, errors)
        await _plan_these(app, schedule_ids[half:], now, errors)


async def _plan(app: App, tx: Tx, schedule_ids: Sequence[int], now: datetime) -> list[int]:
    """Plan some schedules; those that are still due, as more dates have passed than are planned in one step."""
    questions: list[tuple[Schedule, Seeker, Turn]] = []
    courses: list[tuple[int, Course]] = []
    for schedule, seeker in await rows.with_seekers(tx, schedule_ids):
        course = Course((), schedule.last_on, None)
        if seeker:
            course = times.course(schedule, seeker, zones.named(seeker.zone), now)
            questions += ((schedule, seeker, turn) for turn in course.turns)
        courses.append((schedule.id, course))
    added = await rows.add_occurrences(tx, await _with_exercises(app, tx, questions))
    answered = await rows.settle_answered(tx, added)
    await _owe(app, tx, [(question, number) for question, number in added if number not in answered], now)
    await rows.advance(tx, courses)
    return [number for number, course in courses if course.coming and course.coming[1] <= now]


async def _with_exercises(app: App, tx: Tx, due: Sequence[tuple[Schedule, Seeker, Turn]]) -> list[Question]:
    """What is asked each time: the check-in, the reflection that was chosen, or the one asked least so far."""
    in_turn = {schedule.id for schedule, _, _ in due if _takes_turns(app, schedule)}
    asked = await rows.reflections_asked(tx, in_turn) if in_turn else {}
    listed = sorted((e for e in app.exercises.values() if e.listed), key=lambda e: e.title)
    questions: list[Question] = []
    for schedule, seeker, turn in due:
        exercise = {Ask.CHECKIN: CHECKIN, Ask.WEEK: ""}.get(schedule.ask, schedule.exercise or "")
        if schedule.id in in_turn:
            counts = asked.setdefault(schedule.id, {})
            exercise = min(listed, key=lambda e: counts.get(e.id, 0)).id
            counts[exercise] = counts.get(exercise, 0) + 1
        questions.append(Question(seeker, schedule, turn, exercise))
    return questions


def _takes_turns(app: App, schedule: Schedule) -> bool:
    return schedule.ask is Ask.REFLECTION and schedule.exercise not in app.exercises


async def _owe(app: App, tx: Tx, new: Sequence[tuple[Question, int]], now: datetime) -> None:
    """Owe what is new; what is too late, or overtaken by the next of its kind, expires."""
    expired: list[int] = []
    owed: list[tuple[Question, int, datetime]] = []
    for question, number in new:
        seeker, turn = question.seeker, question.turn
        if question.schedule.ask is Ask.WEEK:
            await summary.owe_draft(app, tx, seeker, turn.on, turn.due_at, now)
            continue
        zone = zones.named(seeker.zone)
        expires_at = times.sendable_until(turn.due_at, app.settings.late, seeker.quiet, zone)
        if turn.overtaken or expires_at <= now:
            expired.append(number)
        else:
            owed.append((question, number, expires_at))
    await rows.set_states(tx, Standing.EXPIRED, expired)
    await rows.owe_prompts(tx, owed)
