"""Ideas and offers, from the friend who gave them to their end."""

from __future__ import annotations

from datetime import datetime

from bot.core.idea import Given, Idea, Sort, Step
from bot.core.people import Person
from bot.store import _values as v
from bot.store.db import Row, Tx

_THANKED = (
    "SELECT 1 FROM replies CROSS JOIN deliveries ON deliveries.kind = 'reply' AND subject = replies.id"
    " WHERE replies.idea_id = ideas.id AND replies.sort = 'thanks' AND state IN"
)
_HELD = (
    "way = 'person' AND NOT EXISTS"
    " (SELECT 1 FROM consents WHERE consents.person_id = ideas.person_id AND standing = 'given')"
)
_TOLD_OF_END = (
    "EXISTS (SELECT 1 FROM landings WHERE landings.person_id = seeker_id AND landings.at >= given_at"
    " AND landings.phase = 'posted' AND landings.sort <> 'changed')"
)
CAME = "EXISTS (SELECT 1 FROM deliveries WHERE kind = 'idea' AND subject = ideas.id AND state IN ('sent', 'late'))"
COLUMNS = (  # of an idea, with the people who gave it as `friends` and who was given it as `seeking`
    "ideas.*, friends.name AS friend, friends.platform, friends.workspace, friends.external_id, seeking.name AS seeker,"
    f" EXISTS ({_THANKED} ('owed', 'sending', 'unknown', 'sent', 'late')) AS thanked,"
    f" EXISTS ({_THANKED} ('sent', 'late')) AS thanks_came,"
    f" EXISTS ({_THANKED} ('owed', 'sending', 'unknown') AND {_HELD}) AS thanks_held,"
    f" EXISTS ({_THANKED} ('owed', 'sending', 'unknown', 'sent', 'late') AND made_at >= ideas.changed_at)"
    f" AS thanked_since, {_TOLD_OF_END} AS told_of_end, {CAME} AS came"
)
_IDEAS = (
    f"SELECT {COLUMNS} FROM ideas"
    " JOIN people AS friends ON friends.id = ideas.person_id JOIN people AS seeking ON seeking.id = seeker_id"
)


async def add(
    tx: Tx, sort: Sort, friend_id: int, seeker_id: int, week_id: int | None, given: Given, now: datetime
) -> int:
    """Something new that a friend gave; its number."""
    return await tx.insert(
        "INSERT INTO ideas (sort, person_id, seeker_id, week_id, what, why, through, unnamed, given_at, changed_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
        sort, friend_id, seeker_id, week_id, v.seal(given.what), v.seal(given.why),
        int(given.through), int(given.unnamed), v.at(now),
    )  # fmt: skip


async def same(tx: Tx, sort: Sort, friend_id: int, seeker_id: int, given: Given) -> int | None:
    """The number of the very same thing from the same friend, which waits for its seeker's word; or None."""
    rows = await tx.all(
        "SELECT id, what, why, through, unnamed FROM ideas WHERE person_id = ? AND seeker_id = ? AND sort = ?"
        " AND step = 'new'",
        friend_id, seeker_id, sort,
    )  # fmt: skip
    return next((row["id"] for row in rows if _given(row) == given), None)


async def get(tx: Tx, idea_id: int) -> Idea | None:
    """One idea or offer, or None."""
    row = await tx.one(f"{_IDEAS} WHERE ideas.id = ?", idea_id)
    return None if row is None else idea_of(row)


async def owned(tx: Tx, idea_id: int) -> tuple[Person, Idea] | None:
    """One idea or offer with who gave it, or None."""
    row = await tx.one(f"{_IDEAS} WHERE ideas.id = ?", idea_id)
    return None if row is None else (v.person(row), idea_of(row))


async def of_friend(tx: Tx, friend_id: int) -> list[Idea]:
    """All that a friend gave and did not take back, newest first."""
    rows = await tx.all(f"{_IDEAS} WHERE ideas.person_id = ? AND step <> 'withdrawn' ORDER BY ideas.id DESC", friend_id)
    return [idea_of(row) for row in rows]


async def for_seeker(tx: Tx, seeker_id: int) -> list[Idea]:
    """What a seeker was given and nobody took back, newest first."""
    rows = await tx.all(
        f"{_IDEAS} WHERE seeker_id = ? AND step <> 'withdrawn' ORDER BY given_at DESC, ideas.id DESC", seeker_id
    )
    return [idea_of(row) for row in rows]


async def reword(tx: Tx, idea_id: int, given: Given, now: datetime) -> None:
    """The friend changed their words, or took them back."""
    await tx.run(
        "UPDATE ideas SET what = ?, why = ?, through = ?, unnamed = ?, changed_at = ? WHERE id = ?",
        v.seal(given.what), v.seal(given.why), int(given.through), int(given.unnamed), v.at(now), idea_id,
    )  # fmt: skip


async def take_step(
    tx: Tx, idea_id: int, step: Step, next_at: datetime | None, now: datetime, *, hushed: Step | None = None
) -> None:
    """Where it is from now on, and when it is asked about; `hushed` where its friend does not hear of it."""
    await tx.run(
        "UPDATE ideas SET step = ?, next_at = ?, hushed = ?, changed_at = ? WHERE id = ?",
        step, v.maybe_at(next_at), hushed, v.at(now), idea_id,
    )  # fmt: skip


async def ask_at(tx: Tx, idea_id: int, next_at: datetime) -> None:
    """When its seeker is asked about it next."""
    await tx.run("UPDATE ideas SET next_at = ? WHERE id = ?", v.at(next_at), idea_id)


async def bring_now(tx: Tx, seeker_id: int, now: datetime) -> None:
    """What never reached its seeker, and is not on its way, is seen to in the next round."""
    await tx.run(
        "UPDATE ideas SET next_at = ?1 WHERE seeker_id = ?2 AND step = 'new' AND next_at > ?1 AND NOT EXISTS"
        " (SELECT 1 FROM deliveries WHERE kind = 'idea' AND subject = ideas.id"
        " AND state IN ('owed', 'sending', 'unknown', 'sent', 'late'))",
        v.at(now), seeker_id,
    )  # fmt: skip


async def to_be_asked(tx: Tx, now: datetime, limit: int = 200) -> list[Idea]:
    """What its seeker is to be asked about by now, longest due first; experiments ask for themselves."""
    rows = await tx.all(
        f"{_IDEAS} WHERE next_at <= ? AND step <> 'trying' ORDER BY next_at, ideas.id LIMIT ?", v.at(now), limit
    )
    return [idea_of(row) for row in rows]


async def last_asked(tx: Tx, seeker_id: int) -> datetime | None:
    """When a seeker was last to be asked what became of something, or None."""
    row = await tx.one(
        "SELECT max(CASE state WHEN 'owed' THEN try_at ELSE due_at END) AS last FROM deliveries"
        " WHERE person_id = ? AND kind = 'became'",
        seeker_id,
    )
    return v.maybe_instant(row["last"]) if row else None


async def messages_of(tx: Tx, friend_id: int) -> list[str]:
    """The messages that tell seekers of what a friend gave, and stand or may stand, as deliveries."""
    rows = await tx.all(
        "SELECT id FROM deliveries WHERE kind IN ('idea', 'became')"
        " AND subject IN (SELECT id FROM ideas WHERE person_id = ?)"
        " AND (post_id IS NOT NULL OR state IN ('sending', 'unknown'))",
        friend_id,
    )
    return [row["id"] for row in rows]


def _given(row: Row) -> Given:
    return Given(v.unseal(row["what"]), v.unseal(row["why"]), bool(row["through"]), bool(row["unnamed"]))


def idea_of(row: Row) -> Idea:
    """The idea in a row of ideas with the names of `friend` and `seeker`."""
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
        hushed=Step(row["hushed"]) if row["hushed"] else None,
        thanked=bool(row["thanked"]),
        thanks_came=bool(row["thanks_came"]),
        thanks_held=bool(row["thanks_held"]),
        told_of_end=bool(row["told_of_end"]),
        came=bool(row["came"]),
        thanked_since=bool(row["thanked_since"]),
    )
