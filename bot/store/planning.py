"""Planning, many schedules in one step: every read goes by an index, every write is one call for all.

Measured with 1,000 schedules due: a call for each row and step costs ten times as much.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, count
from typing import NamedTuple

from bot.core.delivery import Kind, State
from bot.core.people import Person, Quiet
from bot.core.rhythm import Ask, Course, Due, Question, Rule, Standing, monday_of
from bot.core.summary import Phase
from bot.store import _values as v
from bot.store import facts
from bot.store.db import Tx, Value
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
    UNION ALL SELECT 1 FROM applications WHERE remind_at <= ?1
    UNION ALL SELECT 1 FROM interviews WHERE next_at <= ?1
    UNION ALL SELECT 1 FROM held WHERE held_at < ?2
    UNION ALL SELECT 1 FROM seekers WHERE watch_at <= ?1
    LIMIT 1
"""
_DUE = """
    SELECT schedules.id, people.id, platform, workspace, external_id, started_at,
        json_array(ask, exercise, days, at, zone, quiet_from, quiet_to, from_on, until_on, last_on,
            iif(left_at IS NULL, next_on, NULL), iif(left_at IS NULL, next_at, NULL))
    FROM schedules JOIN people ON people.id = schedules.person_id
    JOIN seekers ON seekers.person_id = people.id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
"""
Planned = tuple[Question, Sequence[tuple[Due, int]]]  # a question, and the occurrence of each whom it asks


class Owed(NamedTuple):
    """Deliveries to people that are to be owed, alike but for whom they are to and the subject of each."""

    kind: Kind
    about: str  # in words that stay the same when an older database is put back
    since: date  # from which on there can have been a message about it
    due_at: datetime
    expires_at: datetime | None
    to: Sequence[tuple[Due, int]]


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
    rows = await tx.all(f"{_DUE} WHERE schedules.id IN ({v.marks(schedule_ids)})", *schedule_ids)
    alike: dict[str, list[Due]] = {}
    for schedule_id, person_id, platform, workspace, external_id, since, rule in rows:
        owner = f"{platform}/{workspace}/{external_id}/{since}"
        due = Due(schedule_id, person_id, Person(platform, workspace, external_id), owner)
        alike.setdefault(rule, []).append(due)
    return [(_rule(*json.loads(rule)), same) for rule, same in alike.items()]


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
        "SELECT schedule_id, occurrences.exercise, count(*) AS times FROM schedules"
        " JOIN occurrences ON occurrences.person_id = schedules.person_id AND schedule_id = schedules.id"
        f" WHERE schedules.id IN ({v.marks(schedule_ids)}) GROUP BY schedule_id, occurrences.exercise",
        *schedule_ids,
    )
    asked: dict[int, Counter[str]] = {}
    for row in rows:
        asked.setdefault(row["schedule_id"], Counter())[row["exercise"]] = row["times"]
    return asked


async def add_occurrences(tx: Tx, questions: Sequence[tuple[Question, Sequence[Due]]]) -> list[Planned]:
    """Add what is owed on each date; those that were not planned before, with their numbers."""
    newest = await tx.one("SELECT max(id) FROM occurrences")
    before: int = newest[0] or 0 if newest else 0
    numbers = count(before + 1)
    numbered: list[Planned] = [(question, [(due, next(numbers)) for due in same]) for question, same in questions]
    many = await tx.many(
        "INSERT INTO occurrences (person_id, schedule_id, id, ask, exercise, local_on, due_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person_id, local_on, schedule_id) DO NOTHING",
        chain.from_iterable(_occurrences(*asked) for asked in numbered),
    )
    if many == sum(len(same) for _, same in numbered):
        return numbered
    added = {row[0] for row in await tx.all("SELECT id FROM occurrences WHERE id > ?", before)}
    return [(question, [one for one in same if one[1] in added]) for question, same in numbered]


def _occurrences(question: Question, same: Iterable[tuple[Due, int]]) -> list[tuple[Value, ...]]:
    rule, turn, exercise = question
    alike = str(rule.ask), exercise, turn.on.isoformat(), v.at(turn.due_at)
    return [(due.person_id, due.schedule_id, number, *alike) for due, number in same]


async def settle_answered(tx: Tx, planned: Sequence[Planned]) -> list[Planned]:
    """Occurrences whose day has an answer already, given of the person's own accord, are answered; the others."""
    entries = await _entries_since(tx, [asked for asked in planned if asked[0].exercise])
    if not entries:
        return list(planned)
    found = {
        number: entry
        for question, same in planned
        for due, number in same
        if (entry := entries.get((due.person_id, question.exercise, question.turn.on.isoformat())))
    }
    await tx.many("UPDATE entries SET occurrence_id = ? WHERE id = ?", found.items())
    await set_states(tx, Standing.ANSWERED, found)
    return [(question, [one for one in same if one[1] not in found]) for question, same in planned]


async def _entries_since(tx: Tx, planned: Sequence[Planned]) -> dict[tuple[int, str, str], int]:
    """The newest entry of each person, exercise and date; an entry's week never begins before its own Monday."""
    person_ids = {due.person_id for _, same in planned for due, _ in same}
    if not person_ids:
        return {}
    since = min(question.turn.on for question, _ in planned)
    rows = await tx.all(
        "SELECT person_id, exercise, entry_on, max(id) AS id FROM entries"
        f" WHERE person_id IN ({v.marks(person_ids)}) AND week_on >= ? AND entry_on >= ?"
        " GROUP BY person_id, exercise, entry_on",
        *person_ids, monday_of(since).isoformat(), since.isoformat(),
    )  # fmt: skip
    return {(row["person_id"], row["exercise"], row["entry_on"]): row["id"] for row in rows}


async def set_states(tx: Tx, state: Standing, occurrence_ids: Collection[int]) -> None:
    """How it stands with some occurrences."""
    if occurrence_ids:
        values = [(str(state), number) for number in occurrence_ids]
        await tx.many("UPDATE occurrences SET state = ? WHERE id = ?", values)


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
    values = list(chain.from_iterable(_deliveries(alike, installation, look_before) for alike in owed))
    await tx.all(
        "INSERT INTO deliveries (id, person_id, subject, to_platform, to_workspace, to_id, kind, to_kind,"
        f" due_at, try_at, expires_at, state) VALUES {_rows(values)}"
        " ON CONFLICT (kind, subject, part, turn, to_platform, to_workspace, to_id) DO NOTHING",
        *chain.from_iterable(values),
    )


def _deliveries(alike: Owed, installation: str, look_before: str) -> list[tuple[Value, ...]]:
    due_at = v.at(alike.due_at)
    may_stand = min(due_at, alike.since.isoformat()) <= look_before
    state = State.UNKNOWN if may_stand else State.OWED
    columns = str(alike.kind), "person", due_at, due_at, v.maybe_at(alike.expires_at), str(state)
    return [
        (
            key_of(installation, alike.kind, due.owner, alike.about, 0, 0, due.person),
            due.person_id, subject, *due.person, *columns,
        )
        for due, subject in alike.to
    ]  # fmt: skip


async def advance(tx: Tx, courses: Iterable[tuple[Course, Collection[Due]]]) -> None:
    """Up to which date schedules of some courses are planned, and when they are next due."""
    alike: dict[tuple[date | None, tuple[date, datetime] | None], list[int]] = {}
    for course, same in courses:
        alike.setdefault((course.last_on, course.coming), []).extend(due.schedule_id for due in same)
    for (last_on, coming), schedule_ids in alike.items():
        on, at = coming or (None, None)
        await tx.run(
            f"UPDATE schedules SET last_on = ?, next_on = ?, next_at = ? WHERE id IN ({v.marks(schedule_ids)})",
            v.maybe_on(last_on), v.maybe_on(on), v.maybe_at(at), *schedule_ids,
        )  # fmt: skip


def _rows(values: Sequence[tuple[Value, ...]]) -> str:
    return ", ".join([f"({v.marks(values[0])})"] * len(values))
