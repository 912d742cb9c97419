"""Planning, many schedules in one step: every read goes by an index, every write is one statement.

Measured with 100,000 schedules: one statement for each row and step costs ten times as much as one for all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.core.delivery import Kind, State
from bot.core.people import Seeker
from bot.core.rhythm import Course, Question, Schedule, Standing, monday_of
from bot.store import _values as v
from bot.store import facts
from bot.store.db import Tx
from bot.store.delivery import key_of
from bot.store.people import seeker_of
from bot.store.rhythm import schedule_of

START = ("", 0)
_ANYTHING = """
    SELECT 1 FROM schedules WHERE next_at <= ?1
    UNION ALL SELECT 1 FROM deliveries WHERE state IN ('owed', 'sending', 'unknown') AND try_at <= ?1
    UNION ALL SELECT 1 FROM deliveries WHERE stale > 0 AND post_id IS NOT NULL AND try_at <= ?1
    UNION ALL SELECT 1 FROM weeks WHERE phase = 'drafted' AND closes_at <= ?1
    UNION ALL SELECT 1 FROM weeks WHERE phase = 'drafted' AND posts_at <= ?1
    UNION ALL SELECT 1 FROM held WHERE held_at < ?2
    LIMIT 1
"""
_DUE = """
    SELECT schedules.*, people.platform, people.workspace, people.external_id, people.name, seekers.*,
        pauses.from_on, pauses.until_on
    FROM schedules JOIN people ON people.id = schedules.person_id
    LEFT JOIN seekers ON seekers.person_id = people.id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
"""


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


async def with_seekers(tx: Tx, schedule_ids: Collection[int]) -> list[tuple[Schedule, Seeker | None]]:
    """Schedules and whose they are; None for somebody who is no seeker any more."""
    rows = await tx.all(f"{_DUE} WHERE schedules.id IN ({_marks(schedule_ids)})", *schedule_ids)
    return [(schedule_of(row), seeker_of(row) if row["zone"] else None) for row in rows]


async def reflections_asked(tx: Tx, schedule_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How often each exercise was asked by some schedules."""
    rows = await tx.all(
        "SELECT schedule_id, exercise, count(*) AS times FROM occurrences"
        f" WHERE schedule_id IN ({_marks(schedule_ids)}) GROUP BY schedule_id, exercise",
        *schedule_ids,
    )
    asked: dict[int, dict[str, int]] = {}
    for row in rows:
        asked.setdefault(row["schedule_id"], {})[row["exercise"]] = row["times"]
    return asked


async def add_occurrences(tx: Tx, questions: Sequence[Question]) -> list[tuple[Question, int]]:
    """Add what is owed on each date; those that were not planned before, with their numbers."""
    if not questions:
        return []
    values = [
        (a.seeker.id, a.schedule.id, a.schedule.ask, a.exercise, a.turn.on.isoformat(), v.at(a.turn.due_at))
        for a in questions
    ]
    rows = await tx.all(
        "INSERT INTO occurrences (person_id, schedule_id, ask, exercise, local_on, due_at)"
        f" VALUES {', '.join(['(?, ?, ?, ?, ?, ?)'] * len(values))}"
        " ON CONFLICT (schedule_id, local_on) DO NOTHING RETURNING id, schedule_id, local_on",
        *(value for row in values for value in row),
    )
    numbers = {(row["schedule_id"], row["local_on"]): int(row["id"]) for row in rows}
    keyed = [(question, numbers.get((value[1], value[4]))) for question, value in zip(questions, values, strict=True)]
    return [(question, number) for question, number in keyed if number is not None]


async def settle_answered(tx: Tx, added: Sequence[tuple[Question, int]]) -> set[int]:
    """The new occurrences whose day has an answer already, given of the person's own accord; they are answered."""
    asked = [(question, number) for question, number in added if question.exercise]
    if not asked:
        return set()
    entries = await _entries_since(tx, {a.seeker.id for a, _ in asked}, min(a.turn.on for a, _ in asked))
    found = [(entries.get((a.seeker.id, a.exercise, a.turn.on.isoformat())), number) for a, number in asked]
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


async def owe_prompts(tx: Tx, owed: Sequence[tuple[Question, int, datetime]]) -> None:
    """Owe the questions of new occurrences, each with the instant at which it expires; `delivery.owe` in bulk."""
    if not owed:
        return
    installation = await facts.get(tx, facts.INSTALLATION) or ""
    look_before = await facts.get(tx, facts.LOOK_BEFORE) or ""
    values = [
        (
            _key(installation, question), question.seeker.id, Kind.PROMPT, number, "person", *question.seeker.person,
            due_at := v.at(question.turn.due_at), due_at, v.at(expires_at),
            State.UNKNOWN if due_at <= look_before else State.OWED,
        )
        for question, number, expires_at in owed
    ]  # fmt: skip
    await tx.many(
        "INSERT INTO deliveries (id, person_id, kind, subject, to_kind, to_platform, to_workspace, to_id,"
        " due_at, try_at, expires_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, subject, part, turn, to_platform, to_workspace, to_id) DO NOTHING",
        values,
    )


def _key(installation: str, question: Question) -> str:
    person, started_at = question.seeker.person, v.at(question.seeker.started_at)
    owner = f"{person.platform}/{person.workspace}/{person.id}/{started_at}"
    about = f"{question.schedule.ask}/{question.turn.on.isoformat()}"
    return key_of(installation, Kind.PROMPT, owner, about, 0, 0, person)


async def advance(tx: Tx, courses: Iterable[tuple[int, Course]]) -> None:
    """Up to which date some schedules are planned, and when they are next due."""
    values: list[tuple[str | None, str | None, str | None, int]] = []
    for schedule_id, course in courses:
        on, at = course.coming or (None, None)
        values.append((v.maybe_on(course.last_on), v.maybe_on(on), v.maybe_at(at), schedule_id))
    await tx.many("UPDATE schedules SET last_on = ?, next_on = ?, next_at = ? WHERE id = ?", values)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
