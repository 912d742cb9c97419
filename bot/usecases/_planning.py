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
from bot.core.rhythm import Ask, Course, Due, Question, Rule, Standing
from bot.core.summary import CLOSE_AFTER_DAYS, RECALL_AFTER_DAYS, Phase
from bot.store import planning as rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.store.planning import Owed, Planned
from bot.usecases.app import App

log = logging.getLogger(__name__)
ALWAYS = {Ask.CHECKIN: CHECKIN, Ask.WEEK: ""}
TOGETHER = 250  # schedules in one transaction: few enough that nobody's press waits for it
AT_A_LOOK = 1000  # schedules that are looked up at once


async def plan(app: App) -> None:
    """Owe what every due schedule brings; planning twice owes once. Errors are raised when all is planned."""
    now, after, errors = app.now(), rows.START, list[Exception]()
    while due := await rows.due_after(app.db.reading, now, after, AT_A_LOOK):
        after = due[-1]
        for first in range(0, len(due), TOGETHER):
            await _plan_these(app, [number for _, number in due[first : first + TOGETHER]], now, errors)
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
    due = [
        (rule, times.course(rule, zones.named(rule.zone), late, now), same)
        for rule, same in await rows.due_of(tx, schedule_ids)
    ]
    planned = await rows.add_occurrences(tx, await _questions(app, tx, due))
    unanswered = await rows.settle_answered(tx, planned)
    weeks = [asked for asked in unanswered if asked[0].rule.ask is Ask.WEEK]
    prompts = [asked for asked in unanswered if asked[0].rule.ask is not Ask.WEEK]
    await rows.owe_all(tx, [*await _prompts(tx, prompts), *await _drafts(app, tx, weeks, now)])
    await rows.advance(tx, [(course, same) for _, course, same in due])
    unfinished = [same for _, course, same in due if course.coming and course.coming[1] <= now]
    return [one.schedule_id for same in unfinished for one in same]


async def _questions(
    app: App, tx: Tx, due: Sequence[tuple[Rule, Course, list[Due]]]
) -> list[tuple[Question, list[Due]]]:
    """What is asked each time: the check-in, the reflection that was chosen, or the one asked least so far."""
    in_turn = [one.schedule_id for rule, _, same in due if _takes_turns(app, rule) for one in same]
    asked = await rows.reflections_asked(tx, in_turn) if in_turn else {}
    listed = sorted((e for e in app.exercises.values() if e.listed), key=lambda e: e.title)
    questions: list[tuple[Question, list[Due]]] = []
    for rule, course, same in due:
        for turn in course.turns:
            if not _takes_turns(app, rule):
                questions.append((Question(rule, turn, ALWAYS.get(rule.ask, rule.exercise or "")), same))
                continue
            for one in same:
                counts = asked.setdefault(one.schedule_id, Counter())
                exercise = min(listed, key=lambda e: counts[e.id]).id
                counts[exercise] += 1
                questions.append((Question(rule, turn, exercise), [one]))
    return questions


def _takes_turns(app: App, rule: Rule) -> bool:
    return rule.ask is Ask.REFLECTION and rule.exercise not in app.exercises


async def _prompts(tx: Tx, planned: Sequence[Planned]) -> list[Owed]:
    """What may still come; the rest expires."""
    expired = [number for question, same in planned if question.turn.too_late for _, number in same]
    await rows.set_states(tx, Standing.EXPIRED, expired)
    return [
        Owed(Kind.PROMPT, f"{rule.ask}/{turn.on}", turn.on, turn.due_at, turn.expires_at, same)
        for (rule, turn, _), same in planned
        if same and not turn.too_late
    ]


async def _drafts(app: App, tx: Tx, planned: Sequence[Planned], now: datetime) -> list[Owed]:
    """The drafts of weeks, each until it closes, and their recalls on the morning after."""
    mondays = [(one.person_id, times.summary_monday(asked.turn.on)) for asked, same in planned for one, _ in same]
    if not mondays:
        return []
    known = await rows.weeks_of(tx, dict.fromkeys(mondays))
    drafted: dict[int, datetime] = {}
    owed: list[Owed] = []
    for (rule, turn, _), same in planned:
        monday = times.summary_monday(turn.on)
        closes_at, recall_at = _ends_of_draft(turn.on, rule.zone, rule.quiet, app.settings.morning)
        weeks = [(one, *known[one.person_id, monday]) for one, _ in same]
        new = [(one, number) for one, number, phase in weeks if phase is Phase.OPEN and number not in drafted]
        if not new:
            continue
        drafted |= {number: closes_at for _, number in new}
        owed.append(Owed(Kind.DRAFT, monday.isoformat(), monday, turn.due_at, closes_at, new))
        if recall_at > now:  # else the draft itself comes late
            owed.append(Owed(Kind.RECALL, monday.isoformat(), monday, recall_at, None, new))
    await rows.set_drafted(tx, drafted.items())
    return owed


@lru_cache(maxsize=1024)
def _ends_of_draft(on: date, zone_name: str, quiet: Quiet, morning: time) -> tuple[datetime, datetime]:
    """When a draft that came on a date closes, and when it is recalled."""
    zone = zones.named(zone_name)
    closes_at = times.instant(on + timedelta(days=CLOSE_AFTER_DAYS), time(), zone)
    next_day = times.instant(on + timedelta(days=RECALL_AFTER_DAYS), morning, zone)
    return closes_at, times.after_quiet(next_day, quiet, zone)
