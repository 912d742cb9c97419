"""Ideas and offers, from the friend who gave them to their end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.core.idea import ENDS, Idea, Sort, Step
from bot.store import _values as v
from bot.store.db import Row, Tx

_IDEAS = (
    "SELECT ideas.*, friends.name AS friend, seeking.name AS seeker FROM ideas"
    " JOIN people AS friends ON friends.id = ideas.person_id JOIN people AS seeking ON seeking.id = seeker_id"
)


async def add(
    tx: Tx, sort: Sort, friend_id: int, seeker_id: int, week_id: int | None, now: datetime, **words: Any
) -> int:
    """Something new that a friend gave, with `what`, `why`, `through` and `unnamed`; its number."""
    return await tx.insert(
        "INSERT INTO ideas (sort, person_id, seeker_id, week_id, what, why, through, unnamed, given_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?9, ?9)",
        sort, friend_id, seeker_id, week_id, v.seal(words["what"]), v.seal(words["why"]),
        int(words["through"]), int(words["unnamed"]), v.at(now),
    )  # fmt: skip


async def get(tx: Tx, idea_id: int) -> Idea | None:
    """One idea or offer, or None."""
    row = await tx.one(f"{_IDEAS} WHERE ideas.id = ?", idea_id)
    return None if row is None else _idea(row)


async def of_friend(tx: Tx, friend_id: int) -> list[Idea]:
    """All that a friend gave, newest first."""
    return [_idea(row) for row in await tx.all(f"{_IDEAS} WHERE ideas.person_id = ? ORDER BY ideas.id DESC", friend_id)]


async def for_seeker(tx: Tx, seeker_id: int, limit: int = 200) -> list[Idea]:
    """What a seeker was given and nobody took back, newest first."""
    rows = await tx.all(
        f"{_IDEAS} WHERE seeker_id = ? AND step <> 'withdrawn' ORDER BY given_at DESC, ideas.id DESC LIMIT ?",
        seeker_id, limit,
    )  # fmt: skip
    return [_idea(row) for row in rows]


async def reword(tx: Tx, idea_id: int, now: datetime, **words: Any) -> None:
    """The friend changed their words."""
    await tx.run(
        "UPDATE ideas SET what = ?, why = ?, through = ?, unnamed = ?, changed_at = ? WHERE id = ?",
        v.seal(words["what"]), v.seal(words["why"]), int(words["through"]), int(words["unnamed"]), v.at(now), idea_id,
    )  # fmt: skip


async def take_step(tx: Tx, idea_id: int, step: Step, next_at: datetime | None, now: datetime) -> None:
    """Where it is from now on, and when it is asked about; an end is never asked about."""
    await tx.run(
        "UPDATE ideas SET step = ?, next_at = ?, changed_at = ? WHERE id = ?",
        step, None if step in ENDS else v.maybe_at(next_at), v.at(now), idea_id,
    )  # fmt: skip


def _idea(row: Row) -> Idea:
    return Idea(
        id=row["id"],
        sort=Sort(row["sort"]),
        friend_id=row["person_id"],
        friend=row["friend"],
        seeker_id=row["seeker_id"],
        seeker=row["seeker"],
        week_id=row["week_id"],
        what=v.unseal(row["what"]),
        why=v.unseal(row["why"]),
        through=bool(row["through"]),
        unnamed=bool(row["unnamed"]),
        step=Step(row["step"]),
        given_at=v.instant(row["given_at"]),
        next_at=v.maybe_instant(row["next_at"]),
    )
