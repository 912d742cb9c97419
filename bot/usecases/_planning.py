"""Planning: what every due schedule brings is owed, once for each date, many schedules in one transaction."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial

from bot.core import rhythm as times
from bot.core import zone as zones
from bot.core.delivery import Kind
from bot.core.errors import Told
from bot.core.exercise import CHECKIN
from bot.core.people import Quiet
from bot.core.rhythm import Ask, Due, Question, Rule, Standing, Turn
from bot.core.summary import CLOSE_AFTER_DAYS, RECALL_AFTER_DAYS, Phase
from bot.store import planning as rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.store.planning import Owed
from bot.usecases.app import App

log = logging.getLogger(__name__)
ALWAYS = {Ask.CHECKIN: CHECKIN, Ask.WEEK: ""}
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
            due = await app.db.at_once(partial(_plan, app, schedule_ids=due, now=now), again=True)
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
    late = app.settings.late
    courses = [
        (times.course(rule, zones.named(rule.zone), late, now), alike)
        for rule, alike in await rows.due_of(tx, schedule_ids)
    ]
    turns = [(due, turn) for course, alike in courses for turn in course.turns for due in alike]
    added = await rows.add_occurrences(tx, await _questions(app, tx, turns))
    answered = await rows.settle_answered(tx, added)
    new = [(question, number) for question, number in added if number not in answered]
    await _owe_prompts(tx, [(q, number) for q, number in new if q.due.rule.ask is not Ask.WEEK])
    await _owe_drafts(app, tx, [q for q, _ in new if q.due.rule.ask is Ask.WEEK], now)
    await rows.advance(tx, courses)
    unfinished = [alike for course, alike in courses if course.coming and course.coming[1] <= now]
    return [due.schedule_id for alike in unfinished for due in alike]


async def _questions(app: App, tx: Tx, turns: Sequence[tuple[Due, Turn]]) -> list[Question]:
    """What is asked each time: the check-in, the reflection that was chosen, or the one asked least so far."""
    in_turn = {due.schedule_id for due, _ in turns if _takes_turns(app, due.rule)}
    asked = await rows.reflections_asked(tx, in_turn) if in_turn else {}
    listed = sorted((e for e in app.exercises.values() if e.listed), key=lambda e: e.title)
    questions: list[Question] = []
    for due, turn in turns:
        exercise = ALWAYS.get(due.rule.ask, due.rule.exercise or "")
        if due.schedule_id in in_turn:
            counts = asked.setdefault(due.schedule_id, Counter())
            exercise = min(listed, key=lambda e: counts[e.id]).id
            counts[exercise] += 1
        questions.append(Question(due, turn, exercise))
    return questions


def _takes_turns(app: App, rule: Rule) -> bool:
    return rule.ask is Ask.REFLECTION and rule.exercise not in app.exercises


async def _owe_prompts(tx: Tx, new: Sequence[tuple[Question, int]]) -> None:
    """Owe what may still come; the rest expires."""
    await rows.set_states(tx, Standing.EXPIRED, [number for question, number in new if question.turn.too_late])
    await rows.owe_all(
        tx,
        [
            Owed(Kind.PROMPT, due, f"{due.rule.ask}/{turn.on}", turn.on, number, turn.due_at, turn.expires_at)
            for (due, turn, _), number in new
            if not turn.too_late
        ],
    )


async def _owe_drafts(app: App, tx: Tx, weeks: Sequence[Question], now: datetime) -> None:
    """Owe the drafts of weeks, each until it closes, and their recalls on the morning after."""
    if not weeks:
        return
    mondays = [(week.due.person_id, times.summary_monday(week.turn.on)) for week in weeks]
    known = await rows.weeks_of(tx, dict.fromkeys(mondays))
    drafted: dict[int, datetime] = {}
    owed: list[Owed] = []
    for (due, turn, _), whose in zip(weeks, mondays, strict=True):
        number, phase = known[whose]
        closes_at, recall_at = _ends_of_draft(turn.on, due.rule.zone, due.rule.quiet, app.settings.morning)
        if phase is not Phase.OPEN or number in drafted:
            continue
        drafted[number] = closes_at
        owed.append(Owed(Kind.DRAFT, due, whose[1].isoformat(), whose[1], number, turn.due_at, closes_at))
        if recall_at > now:  # else the draft itself comes late
            owed.append(Owed(Kind.RECALL, due, whose[1].isoformat(), whose[1], number, recall_at))
    await rows.set_drafted(tx, drafted.items())
    await rows.owe_all(tx, owed)


@lru_cache(maxsize=1024)
def _ends_of_draft(on: date, zone_name: str, quiet: Quiet, morning: time) -> tuple[datetime, datetime]:
    """When a draft that came on a date closes, and when it is recalled."""
    zone = zones.named(zone_name)
    closes_at = times.instant(on + timedelta(days=CLOSE_AFTER_DAYS), time(), zone)
    next_day = times.instant(on + timedelta(days=RECALL_AFTER_DAYS), morning, zone)
    return closes_at, times.after_quiet(next_day, quiet, zone)
