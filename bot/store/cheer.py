"""Cheers: given, changed, taken back; and the notes that wait to tell them."""

from __future__ import annotations

from datetime import datetime

from bot.core.cheer import Cheered, Given, Wish
from bot.core.people import Person, Space
from bot.store import _values as v
from bot.store.db import Row, Tx

_GIVEN = (
    "SELECT words.*, weeks.person_id AS seeker_id, seeking.name, friends.platform, friends.workspace,"
    " friends.external_id FROM words JOIN weeks ON weeks.id = week_id JOIN people AS seeking"
    " ON seeking.id = weeks.person_id JOIN people AS friends ON friends.id = words.person_id WHERE message IS NULL"
)


async def give(tx: Tx, week_id: int, friend_id: int, wish: Wish, now: datetime) -> int:
    """A cheer about a week, its number; of the very same one that waits to be told, sent twice, there is one."""
    before = await tx.all(
        "SELECT id, text FROM words WHERE week_id = ? AND note_id IS NULL AND person_id = ? AND message IS NULL"
        " AND emoji = ? AND unnamed = ?",
        week_id, friend_id, wish.emoji, int(wish.unnamed),
    )  # fmt: skip
    same = [row["id"] for row in before if v.unseal(row["text"]) == wish.text]
    return same[0] if same else await tx.insert(
        "INSERT INTO words (week_id, person_id, text, emoji, unnamed, link, said_at) VALUES (?, ?, ?, ?, ?, '', ?)",
        week_id, friend_id, v.seal(wish.text), wish.emoji, int(wish.unnamed), v.at(now),
    )  # fmt: skip


async def owned(tx: Tx, cheer_id: int) -> tuple[Person, Given] | None:
    """The cheer of that number with whose it is, or None."""
    row = await tx.one(f"{_GIVEN} AND words.id = ?", cheer_id)
    return None if row is None else (v.person(row), _given(row))


async def of_friend(tx: Tx, friend_id: int, limit: int) -> list[Given]:
    """What a friend gave: before what a note has told what is on its way, each the newest first."""
    rows = await tx.all(
        f"{_GIVEN} AND words.person_id = ? ORDER BY note_id IS NOT NULL, words.id DESC LIMIT ?", friend_id, limit
    )
    return [_given(row) for row in rows]


async def change(tx: Tx, cheer_id: int, wish: Wish) -> None:
    """The friend says it differently."""
    await tx.run(
        "UPDATE words SET text = ?, emoji = ?, unnamed = ? WHERE id = ?",
        v.seal(wish.text), wish.emoji, int(wish.unnamed), cheer_id,
    )  # fmt: skip


async def take_back(tx: Tx, cheer_id: int) -> None:
    """It is as if it had never been given."""
    await tx.run("DELETE FROM words WHERE id = ?", cheer_id)


async def seekers_in(tx: Tx, platform: str, workspace: str, but: Person) -> list[tuple[Space, Cheered]]:
    """The seekers of a server's circles but for one, each with the circle's channel, by name."""
    rows = await tx.all(
        "SELECT people.id, people.name, circles.external_id FROM circles"
        " JOIN memberships ON circle_id = circles.id JOIN people ON people.id = memberships.person_id"
        " JOIN seekers ON seekers.person_id = people.id"
        " WHERE circles.platform = ? AND circles.workspace = ? AND removed_at IS NULL AND left_at IS NULL"
        " AND (people.platform, people.workspace, people.external_id) <> (?, ?, ?) ORDER BY people.name, people.id",
        platform, workspace, *but,
    )  # fmt: skip
    return [(Space(platform, workspace, row["external_id"]), Cheered(row["id"], row["name"])) for row in rows]


def _given(row: Row) -> Given:
    return Given(
        id=row["id"],
        seeker_id=row["seeker_id"],
        seeker=row["name"],
        wish=Wish(row["emoji"], v.unseal(row["text"]), bool(row["unnamed"])),
        note_id=row["note_id"],
    )
