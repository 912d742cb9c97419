"""What applications came from, and what one may have come from."""

from __future__ import annotations

from datetime import datetime

from bot.core.idea import Sort
from bot.core.origin import IDEA, LEADS, MOST, Origin
from bot.core.people import Person
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.idea import CAME

_THANKED = (
    "EXISTS (SELECT 1 FROM replies CROSS JOIN deliveries ON deliveries.kind = 'reply' AND subject = replies.id"
    " WHERE replies.idea_id = ideas.id AND replies.sort = 'thanks'"
    " AND state IN ('owed', 'sending', 'unknown', 'sent', 'late')) AS thanked"
)
_TRIED = (  # what was tried of an idea: the last that was learned from, else the last that is planned
    "(SELECT id FROM experiments WHERE experiments.idea_id = ideas.id AND phase IN ('learned', 'planned')"
    " ORDER BY phase, id DESC LIMIT 1) AS experiment_id"
)
_IDEAS = (
    f"SELECT ideas.id AS idea_id, {_TRIED}, sort, friends.name AS friend, ideas.what AS theirs, NULL AS own, {_THANKED}"
    " FROM ideas JOIN people AS friends ON friends.id = ideas.person_id"
)
_OWN = (
    f"SELECT ideas.id AS idea_id, experiments.id AS experiment_id, sort, friends.name AS friend, ideas.what AS theirs,"
    f" experiments.what AS own, {_THANKED}"
)
_THEIRS = (
    " LEFT JOIN ideas ON ideas.id = {of}.idea_id AND step <> 'withdrawn'"
    " LEFT JOIN people AS friends ON friends.id = ideas.person_id"
)


async def possible(tx: Tx, person_id: int, since: datetime) -> list[Origin]:
    """The ideas and offers that moved since an instant and may have led somewhere, the last that did first.

    An idea that came may have done so before its seeker said a word to it.
    """
    rows = await tx.all(
        f"{_IDEAS} WHERE seeker_id = ? AND changed_at >= ?"
        f" AND (step IN ({v.marks(LEADS)}) OR (step = 'new' AND sort = 'idea' AND {CAME}))"
        " ORDER BY changed_at DESC, ideas.id DESC LIMIT ?",
        person_id, v.at(since), *LEADS, MOST,
    )  # fmt: skip
    return [_origin(row) for row in rows]


async def of_idea(tx: Tx, idea_id: int) -> Origin | None:
    """An idea or offer that nobody took back, as what an application came from."""
    row = await tx.one(f"{_IDEAS} WHERE ideas.id = ? AND step <> 'withdrawn'", idea_id)
    return _origin(row) if row else None


async def of_trial(tx: Tx, experiment_id: int) -> Origin | None:
    """Something that was tried, with the idea behind it, as what an application came from."""
    row = await tx.one(
        f"{_OWN} FROM experiments{_THEIRS.format(of='experiments')} WHERE experiments.id = ?", experiment_id
    )
    return _origin(row) if row else None


async def of_application(tx: Tx, application_id: int) -> Origin | None:
    """What an application came from, or None; of an idea that was taken back there is nothing left."""
    row = await tx.one(
        f"{_OWN} FROM applications{_THEIRS.format(of='applications')}"
        " LEFT JOIN experiments ON experiments.id = applications.experiment_id WHERE applications.id = ?",
        application_id,
    )
    return _origin(row) if row and (row["idea_id"] or row["experiment_id"]) else None


async def owner(tx: Tx, key: tuple[str, int]) -> Person | None:
    """Who may log what came of an idea that nobody took back, or of an experiment, by what it is and its number."""
    given = "ideas JOIN people ON people.id = seeker_id WHERE step <> 'withdrawn' AND ideas.id = ?"
    tried = "experiments JOIN people ON people.id = person_id WHERE experiments.id = ?"
    row = await tx.one(f"SELECT people.* FROM {given if key[0] == IDEA else tried}", key[1])
    return v.person(row) if row else None


async def keep(tx: Tx, application_id: int, origin: Origin | None) -> None:
    """What an application came from; None: nothing that is known."""
    await tx.run(
        "UPDATE applications SET idea_id = ?, experiment_id = ? WHERE id = ?",
        origin and origin.idea_id, origin and origin.experiment_id, application_id,
    )  # fmt: skip


def _origin(row: Row) -> Origin:
    return Origin(
        idea_id=row["idea_id"],
        experiment_id=row["experiment_id"],
        sort=Sort(row["sort"]) if row["sort"] else None,
        friend=row["friend"] or "",
        what=v.unseal(row["own"] or "") or v.unseal(row["theirs"] or ""),
        thanked=bool(row["thanked"]),
    )
