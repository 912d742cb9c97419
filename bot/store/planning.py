"""Planning, many schedules in one step: every read goes by an index, every write is one call for all.

Measured with 1,000 schedules due: a call for each row and step costs ten times as much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from bot.core.delivery import Kind, State
from bot.core.people import Person, Quiet
from bot.core.rhythm import Ask, Course, Due, Question, Rule, Standing, monday_of
from bot.core.summary import Phase
from bot.store import _values as v
from bot.store import facts
from bot.store.db import Row, Tx, Value
from bot.store.delivery import key_of

START = ("", 0)
_ANYTHING = """
    SELECT 1 FROM schedules WHERE next_at <= ?1
    UNION ALL SELECT 1 FROM deliveries WHERE state IN ('owed', 'sending', 'unknown') AND try_at <= ?1
    UNION ALL SELECT 1 FROM deliveries WHERE stale > 0 AND post_id IS NOT NULL AND try_at <= ?1
    UNION ALL SELECT 1 FROM weeks WHERE phase = 'drafted' AND closes_at <= ?1
    UNION ALL SELECT 1 FROM weeks WHERE phase = 'drafted' AND posts_at <= ?1
    UNION ALL SELECT 1 FROM asks WHERE closed_at IS NULL AND next_at <= ?1
    UNION ALL SELECT 1 FROM ideas WHERE next_at <= ?1 AND step <> 'trying'
    UNION ALL SELECT 1 FROM experiments WHERE ask_at <= ?1
    UNION ALL SELECT 1 FROM held WHERE held_at < ?2
    UNION ALL SELECT 1 FROM seekers WHERE watch_at <= ?1
    LIMIT 1
"""
_DUE = """
    SELECT schedules.id, people.id AS person_id, platform, workspace, external_id,
        platform || '/' || workspace || '/' || external_id || '/' || started_at AS owner,
        ask, exercise, days, at, zone, quiet_from, quiet_to,
        from_on, until_on, last_on, iif(left_at IS NULL, next_on, NULL), iif(left_at IS NULL, next_at, NULL)
    FROM schedules JOIN people ON people.id = schedules.person_id
    JOIN seekers ON seekers.person_id = people.id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
"""


class Owed(NamedTuple):
    """One delivery to a person that is to be owed."""

    kind: Kind
    due: Due
    about: str  # in words that stay the same when an older database is put back
    since: date  # from which on there can have been a message about it
    subject: int
    due_at: datetime
    expires_at: datetime | None = None


async def anything_due(tx: Tx, now: datetime, held_for: timedelta) -> bool:
    """Whether a round has anything to do by now, whatever its kind; false for nearly every round."""
    return await tx.one(_ANYTHING, v.at(now), v.at(now - held_for)) is not None


async def due_after(tx: Tx, now: datetime, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Schedules due by now as (when, number), longest overdue first, those behind `after`; begin with START."""
    rows = await tx.all(
        "SELECT next_at, id FROM schedules WHERE next_at <= ? AND (next_at, id) > (?, ?) ORDER BY next_at, id LIMIT ?",
        v.at(now), *after, limit,
    )  # fmt: skip
    return [(row["next_at"], row["id"]) for row in rows]


async def due_of(tx: Tx, schedule_ids: Collection[int]) -> list[tuple[Rule, list[Due]]]:
    """Some schedules by their rules."""
    rows = await tx.all(f"{_DUE} WHERE schedules.id IN ({_marks(schedule_ids)})", *schedule_ids)
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(row[6:], []).append(row)
    return [
        (rule := _rule(*columns), [Due(row[0], row[1], Person(row[2], row[3], row[4]), row[5], rule) for row in same])
        for columns, same in alike.items()
    ]


def _rule(
    ask: str, exercise: str | None, days: str, at: str, zone: str, quiet_from: str, quiet_to: str, *when: str | None
) -> Rule:
    """A rule as the table has it."""
    from_on, until_on, last_on, next_on, next_at = when
    return Rule(
        ask=Ask(ask),
        exercise=exercise,
        days=frozenset(map(int, days)),
        at=v.clock_time(at),
        zone=zone,
        quiet=Quiet(v.clock_time(quiet_from), v.clock_time(quiet_to)),
        paused_from=v.maybe_date(from_on),
        paused_until=v.maybe_date(until_on),
        last_on=v.maybe_date(last_on),
        next_on=v.maybe_date(next_on),
        next_at=v.maybe_instant(next_at),
    )


async def reflections_asked(tx: Tx, schedule_ids: Collection[int]) -> dict[int, Counter[str]]:
    """How often each exercise was asked by some schedules."""
    rows = await tx.all(
        "SELECT schedule_id, exercise, count(*) AS times FROM occurrences"
        f" WHERE schedule_id IN ({_marks(schedule_ids)}) GROUP BY schedule_id, exercise",
        *schedule_ids,
    )
    asked: dict[int, Counter[str]] = {}
    for row in rows:
        asked.setdefault(row["schedule_id"], Counter())[row["exercise"]] = row["times"]
    return asked


async def add_occurrences(tx: Tx, questions: Sequence[Question]) -> list[tuple[Question, int]]:
    """Add what is owed on each date; those that were not planned before, with their numbers."""
    if not questions:
        return []
    values = [
        (q.due.person_id, q.due.schedule_id, q.due.rule.ask, q.exercise, q.turn.on.isoformat(), v.at(q.turn.due_at))
        for q in questions
    ]
    rows = await tx.all(
        f"INSERT INTO occurrences (person_id, schedule_id, ask, exercise, local_on, due_at) VALUES {_rows(values)}"
        " ON CONFLICT (schedule_id, local_on) DO NOTHING RETURNING id, schedule_id, local_on",
        *chain.from_iterable(values),
    )
    numbers = {(row[1], row[2]): int(row[0]) for row in rows}
    keyed = [(question, numbers.get((value[1], value[4]))) for question, value in zip(questions, values, strict=True)]
    return [(question, number) for question, number in keyed if number is not None]


async def settle_answered(tx: Tx, added: Sequence[tuple[Question, int]]) -> set[int]:
    """The new occurrences whose day has an answer already, given of the person's own accord; they are answered."""
    asked = [(question, number) for question, number in added if question.exercise]
    if not asked:
        return set()
    entries = await _entries_since(tx, {q.due.person_id for q, _ in asked}, min(q.turn.on for q, _ in asked))
    found = [(entries.get((q.due.person_id, q.exercise, q.turn.on.isoformat())), number) for q, number in asked]
    answered = [(entry, number) for entry, number in found if entry is not None]
    if answered:
        await tx.many("UPDATE entries SET occurrence_id = ?2 WHERE id = ?1", answered)
        await set_states(tx, Standing.ANSWERED, [number for _, number in answered])
    return {number for _, number in answered}


async def _entries_since(tx: Tx, person_ids: Collection[int], since: date) -> dict[tuple[int, str, str], int]:
    """The newest entry of each person, exercise and date; an entry's week never begins before its own Monday."""
    rows = await tx.all(
        "SELECT person_id, exercise, entry_on, max(id) AS id FROM entries"
        f" WHERE person_id IN ({_marks(person_ids)}) AND week_on >= ? AND entry_on >= ?"
        " GROUP BY person_id, exercise, entry_on",
        *person_ids, monday_of(since).isoformat(), since.isoformat(),
    )  # fmt: skip
    return {(row["person_id"], row["exercise"], row["entry_on"]): row["id"] for row in rows}


async def set_states(tx: Tx, state: Standing, occurrence_ids: Collection[int]) -> None:
    """How it stands with some occurrences."""
    if occurrence_ids:
        await tx.many("UPDATE occurrences SET state = ? WHERE id = ?", [(state, number) for number in occurrence_ids])


async def weeks_of(tx: Tx, mondays: Collection[tuple[int, date]]) -> dict[tuple[int, date], tuple[int, Phase]]:
    """The weeks of some people, made where they are new: number and phase by person and Monday."""
    values = [(person_id, monday.isoformat(), v.seal("")) for person_id, monday in mondays]
    rows = await tx.all(
        f"INSERT INTO weeks (person_id, monday_on, words) VALUES {_rows(values)}"
        " ON CONFLICT (person_id, monday_on) DO UPDATE SET monday_on = monday_on"
        " RETURNING id, person_id, monday_on, phase",
        *chain.from_iterable(values),
    )
    return {(row[1], date.fromisoformat(row[2])): (int(row[0]), Phase(row[3])) for row in rows}


async def set_drafted(tx: Tx, weeks: Iterable[tuple[int, datetime]]) -> None:
    """Some weeks wait for their seekers, each until an instant."""
    await tx.many(
        "UPDATE weeks SET phase = 'drafted', closes_at = ? WHERE id = ?",
        [(v.at(closes_at), week_id) for week_id, closes_at in weeks],
    )


async def owe_all(tx: Tx, owed: Sequence[Owed]) -> None:
    """Owe many deliveries to people: `delivery.owe` in bulk."""
    if not owed:
        return
    installation, look_before = await facts.installation(tx), await facts.get(tx, facts.LOOK_BEFORE) or ""
    values = [
        (
            key_of(installation, one.kind, one.due.owner, one.about, 0, 0, one.due.person),
            one.due.person_id, one.kind, one.subject, "person", *one.due.person,
            due_at := v.at(one.due_at), due_at, v.maybe_at(one.expires_at),
            State.UNKNOWN if min(due_at, one.since.isoformat()) <= look_before else State.OWED,
        )
        for one in owed
    ]  # fmt: skip
    await tx.all(
        "INSERT INTO deliveries (id, person_id, kind, subject, to_kind, to_platform, to_workspace, to_id,"
        f" due_at, try_at, expires_at, state) VALUES {_rows(values)}"
        " ON CONFLICT (kind, subject, part, turn, to_platform, to_workspace, to_id) DO NOTHING",
        *chain.from_iterable(values),
    )


async def advance(tx: Tx, courses: Iterable[tuple[Course, Collection[Due]]]) -> None:
    """Up to which date schedules of some courses are planned, and when they are next due."""
    values: list[tuple[str | None, str | None, str | None, int]] = []
    for course, alike in courses:
        on, at = course.coming or (None, None)
        columns = v.maybe_on(course.last_on), v.maybe_on(on), v.maybe_at(at)
        values += [(*columns, due.schedule_id) for due in alike]
    if values:
        await tx.all(
            "UPDATE schedules SET last_on = column1, next_on = column2, next_at = column3"
            f" FROM (VALUES {_rows(values)}) WHERE id = column4",
            *chain.from_iterable(values),
        )


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _rows(values: Sequence[tuple[Value, ...]]) -> str:
    return ", ".join([f"({_marks(values[0])})"] * len(values))
