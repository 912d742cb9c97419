"""What seekers answer their friends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.consent import Consent
from bot.core.delivery import State
from bot.core.people import Person
from bot.core.reply import Reply, Sort
from bot.store import _values as v
from bot.store.db import Row, Tx

_UNNAMED_IN_NOTE = (
    "EXISTS (SELECT 1 FROM words WHERE words.note_id = {note} AND words.person_id = {friend} AND words.unnamed)"
)
_REPLIES = (
    "SELECT replies.*, friends.name AS friend, seeking.name AS seeker, ideas.unnamed AS idea_unnamed, deliveries.state,"
    " consents.standing,"
    f" {_UNNAMED_IN_NOTE.format(note='replies.note_id', friend='friend_id')} AS word_unnamed"
    " FROM replies JOIN people AS friends ON friends.id = friend_id"
    " JOIN people AS seeking ON seeking.id = replies.person_id"
    " LEFT JOIN ideas ON ideas.id = idea_id LEFT JOIN consents ON consents.person_id = friend_id"
    " LEFT JOIN deliveries ON deliveries.kind = 'reply' AND deliveries.subject = replies.id"
)


async def add(
    tx: Tx, sort: Sort, seeker_id: int, friend_id: int, words: str, now: datetime,
    *, in_circle: bool, idea_id: int | None = None, note_id: int | None = None,
) -> int:  # fmt: skip
    """Something that a seeker says to a friend; its number."""
    return await tx.insert(
        "INSERT INTO replies (sort, person_id, friend_id, idea_id, note_id, way, words, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        sort, seeker_id, friend_id, idea_id, note_id, "circle" if in_circle else "person", v.seal(words), v.at(now),
    )  # fmt: skip


async def get(tx: Tx, reply_id: int) -> Reply | None:
    """One reply, or None."""
    row = await tx.one(f"{_REPLIES} WHERE replies.id = ?", reply_id)
    return None if row is None else _reply(row)


async def about_idea(tx: Tx, idea_id: int) -> list[Reply]:
    """What was answered to an idea or offer, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE idea_id = ? ORDER BY replies.id", idea_id)]


async def after_note(tx: Tx, note_id: int) -> list[Reply]:
    """What was answered to what a note brought, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE replies.note_id = ? ORDER BY replies.id", note_id)]


async def of_seeker(tx: Tx, seeker_id: int) -> list[Reply]:
    """All that a seeker answered, oldest first."""
    rows = await tx.all(f"{_REPLIES} WHERE replies.person_id = ? ORDER BY replies.id", seeker_id)
    return [_reply(row) for row in rows]


async def to_friend(tx: Tx, friend_id: int) -> list[Reply]:
    """All that a friend was answered, oldest first."""
    return [_reply(row) for row in await tx.all(f"{_REPLIES} WHERE friend_id = ? ORDER BY replies.id", friend_id)]


async def unnamed_in(tx: Tx, note_id: int, friend_id: int) -> bool:
    """Whether a friend left words, among those that a note brought, without their name."""
    row = await tx.one(f"SELECT {_UNNAMED_IN_NOTE.format(note='?', friend='?')} AS found", note_id, friend_id)
    return bool(row and row["found"])


async def friends_in(tx: Tx, note_id: int) -> Sequence[tuple[int, str]]:
    """Who left the cheers that a note brought, as (number, name), in the order in which they came."""
    rows = await tx.all(
        "SELECT people.id, name, min(at) FROM ("
        " SELECT person_id, added_at AS at FROM reactions WHERE note_id = ?1"
        " UNION ALL SELECT person_id, said_at FROM words WHERE note_id = ?1)"
        " JOIN people ON people.id = person_id GROUP BY people.id ORDER BY min(at), people.id",
        note_id,
    )
    return [(row["id"], row["name"]) for row in rows]


async def friend(tx: Tx, person_id: int) -> tuple[Person, str] | None:
    """Where a friend is written to, and the name they go by; None for somebody unknown."""
    row = await tx.one("SELECT platform, workspace, external_id, name FROM people WHERE id = ?", person_id)
    return (v.person(row), row["name"]) if row else None


async def seen_in(tx: Tx, friend_id: int) -> tuple[frozenset[int], frozenset[str]]:
    """Where a friend showed themselves: in these circles, by number, and in these channels."""
    circles = await tx.all(
        "SELECT circle_id FROM friends WHERE person_id = ?1"
        " UNION SELECT circle_id FROM memberships WHERE person_id = ?1",
        friend_id,
    )
    channels = await tx.all(
        "SELECT channel FROM reactions WHERE person_id = ?1"
        " UNION SELECT channel FROM words WHERE person_id = ?1 AND channel IS NOT NULL",
        friend_id,
    )
    return frozenset(row["circle_id"] for row in circles), frozenset(row["channel"] for row in channels)


def _reply(row: Row) -> Reply:
    return Reply(
        id=row["id"],
        sort=Sort(row["sort"]),
        seeker_id=row["person_id"],
        seeker=row["seeker"],
        friend_id=row["friend_id"],
        friend_named=row["friend"],
        idea_id=row["idea_id"],
        note_id=row["note_id"],
        in_circle=row["way"] == "circle",
        unnamed=bool(row["idea_unnamed"] or row["word_unnamed"]),
        words=v.unseal(row["words"]),
        made_at=v.instant(row["made_at"]),
        state=State(row["state"]) if row["state"] else None,
        consent=Consent(row["standing"] or Consent.NEVER),
    )
