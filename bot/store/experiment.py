"""Experiments: what a seeker tries, and what came of it.

An experiment in the friend's own words keeps no copy of them: they go when the friend takes them back.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from bot.core.experiment import Experiment, Phase, Plan
from bot.core.idea import Sort
from bot.core.people import Person
from bot.store import _values as v
from bot.store.db import Row, Tx

_THANKED = """EXISTS (SELECT 1 FROM replies
    CROSS JOIN deliveries ON deliveries.kind = 'reply' AND subject = replies.id
    WHERE replies.idea_id = ideas.id AND replies.sort = 'thanks'
    AND state IN ('owed', 'sending', 'unknown', 'sent', 'late') AND replies.made_at >= ended_at)"""
_EXPERIMENTS = f"""
    SELECT experiments.*, ideas.what AS theirs, ideas.sort, coalesce(friends.name, '') AS friend, {_THANKED} AS thanked,
        owners.platform, owners.workspace, owners.external_id, seekers.zone
    FROM experiments JOIN people AS owners ON owners.id = experiments.person_id
    JOIN seekers ON seekers.person_id = owners.id
    LEFT JOIN ideas ON ideas.id = idea_id AND step <> 'withdrawn'
    LEFT JOIN people AS friends ON friends.id = ideas.person_id
"""


class Proposed(NamedTuple):
    """What somebody may plan: whose it is and their zone, what is planned of it already, and its friend's words."""

    owner: Person
    zone: str
    plan: Plan | None
    theirs: str
    talk: bool


async def add(tx: Tx, person_id: int, idea_id: int | None, plan: Plan, ask_at: datetime, now: datetime) -> int:
    """A new experiment; its number. Without words it is told in those of its idea."""
    return await tx.insert(
        "INSERT INTO experiments (person_id, idea_id, what, question, try_on, learned, made_at, ask_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        person_id, idea_id, v.seal(plan.what), v.seal(plan.question), plan.on.isoformat(), v.seal(""),
        v.at(now), v.at(ask_at),
    )  # fmt: skip


async def reword(tx: Tx, experiment_id: int, plan: Plan) -> None:
    """What is to be tried, and what it should answer, in other words."""
    await tx.run(
        "UPDATE experiments SET what = ?, question = ? WHERE id = ?",
        v.seal(plan.what), v.seal(plan.question), experiment_id,
    )  # fmt: skip


async def move(tx: Tx, experiment_id: int, on: date, ask_at: datetime) -> None:
    """Plan it for a date, whether it was planned before or let go."""
    await tx.run(
        "UPDATE experiments SET try_on = ?, phase = 'planned', ended_at = NULL, ask_at = ?, asked = 0 WHERE id = ?",
        on.isoformat(), v.at(ask_at), experiment_id,
    )  # fmt: skip


async def end(tx: Tx, experiment_id: int, phase: Phase, now: datetime, learned: str = "") -> None:
    """It is over: nothing more is asked. What ended before keeps its instant."""
    await tx.run(
        "UPDATE experiments SET phase = ?, learned = ?, ended_at = coalesce(ended_at, ?), ask_at = NULL WHERE id = ?",
        phase, v.seal(learned), v.at(now), experiment_id,
    )  # fmt: skip


async def ask_next(tx: Tx, experiment_id: int, ask_at: datetime, asked: int) -> None:
    """When it is asked about next, and how often it was until then."""
    await tx.run("UPDATE experiments SET ask_at = ?, asked = ? WHERE id = ?", v.at(ask_at), asked, experiment_id)


async def get(tx: Tx, experiment_id: int) -> Experiment | None:
    """The experiment of that number, or None."""
    row = await tx.one(f"{_EXPERIMENTS} WHERE experiments.id = ?", experiment_id)
    return None if row is None else _whole(row)


async def owned(tx: Tx, experiment_id: int) -> tuple[Person, str, Experiment] | None:
    """An experiment with whose it is and their zone, or None."""
    row = await tx.one(f"{_EXPERIMENTS} WHERE experiments.id = ?", experiment_id)
    return None if row is None else (*_owner(row), _whole(row))


async def proposed(tx: Tx, idea_id: int) -> Proposed | None:
    """An idea or offer as it can be planned; None where it is not there."""
    row = await tx.one(
        "SELECT platform, workspace, external_id, zone, sort, ideas.what AS theirs, experiments.what, question, try_on"
        " FROM ideas JOIN people ON people.id = seeker_id JOIN seekers ON seekers.person_id = seeker_id"
        " LEFT JOIN experiments ON idea_id = ideas.id AND phase = 'planned'"
        " WHERE ideas.id = ? AND step <> 'withdrawn'",
        idea_id,
    )
    if row is None:
        return None
    theirs = v.unseal(row["theirs"])
    plan = None
    if row["try_on"] is not None:
        on = date.fromisoformat(row["try_on"])
        plan = Plan(v.unseal(row["what"]) or theirs, on, v.unseal(row["question"]))
    return Proposed(*_owner(row), plan, theirs, talk=row["sort"] == Sort.OFFER)


async def planned(tx: Tx, person_id: int) -> list[Experiment]:
    """What a seeker has planned, by date."""
    rows = await tx.all(
        f"{_EXPERIMENTS} WHERE experiments.person_id = ? AND phase = 'planned' ORDER BY try_on, experiments.id",
        person_id,
    )
    return [_whole(row) for row in rows]


async def of_seeker(tx: Tx, person_id: int) -> list[Experiment]:
    """Everything that a seeker planned to try, oldest first."""
    rows = await tx.all(f"{_EXPERIMENTS} WHERE experiments.person_id = ? ORDER BY made_at, experiments.id", person_id)
    return [_whole(row) for row in rows]


async def planned_from(tx: Tx, idea_id: int) -> Experiment | None:
    """What is planned of an idea, or None."""
    row = await tx.one(f"{_EXPERIMENTS} WHERE idea_id = ? AND phase = 'planned'", idea_id)
    return None if row is None else _whole(row)


async def numbers_from(tx: Tx, idea_id: int) -> list[int]:
    """Every experiment that came of an idea, by number."""
    return [row["id"] for row in await tx.all("SELECT id FROM experiments WHERE idea_id = ?", idea_id)]


async def numbers_thanks_to(tx: Tx, friend_id: int) -> list[int]:
    """Every experiment that came of a friend's ideas, by number."""
    rows = await tx.all(
        "SELECT experiments.id FROM ideas JOIN experiments ON idea_id = ideas.id WHERE ideas.person_id = ?", friend_id
    )
    return [row["id"] for row in rows]


async def due(tx: Tx, now: datetime, limit: int = 200) -> list[int]:
    """What is to be asked about by now, by number, longest due first."""
    rows = await tx.all("SELECT id FROM experiments WHERE ask_at <= ? ORDER BY ask_at LIMIT ?", v.at(now), limit)
    return [row["id"] for row in rows]


def _owner(row: Row) -> tuple[Person, str]:
    return v.person(row), row["zone"]


def _whole(row: Row) -> Experiment:
    return experiment_of(row)._replace(thanked=bool(row["thanked"]))


def experiment_of(row: Row) -> Experiment:
    """The experiment in a row, with its idea's words as `theirs`, its `sort` and whose it is as `friend`."""
    return Experiment(
        id=row["id"],
        person_id=row["person_id"],
        idea_id=row["idea_id"],
        friend=row["friend"],
        what=v.unseal(row["what"]) or v.unseal(row["theirs"] or ""),
        question=v.unseal(row["question"]),
        try_on=date.fromisoformat(row["try_on"]),
        phase=Phase(row["phase"]),
        learned=v.unseal(row["learned"]),
        ended_at=v.maybe_instant(row["ended_at"]),
        ask_at=v.maybe_instant(row["ask_at"]),
        asked=row["asked"],
        taken_back=row["idea_id"] is not None and row["theirs"] is None,
        talk=row["sort"] == Sort.OFFER,
    )
