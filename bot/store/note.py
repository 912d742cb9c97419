"""Notes: what friends left and no note has carried yet, and what each note carries."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.circle import Reaction, Word
from bot.store import _values as v
from bot.store.db import Row, Tx


async def untold(tx: Tx, seeker_id: int) -> int | None:
    """The newest week of which friends left something that no note has carried yet; None where all is told."""
    row = await tx.one(
        "SELECT id FROM weeks WHERE person_id = ?"
        " AND (EXISTS (SELECT 1 FROM reactions WHERE week_id = weeks.id AND note_id IS NULL)"
        "  OR EXISTS (SELECT 1 FROM words WHERE week_id = weeks.id AND note_id IS NULL))"
        " ORDER BY monday_on DESC LIMIT 1",
        seeker_id,
    )
    return row["id"] if row else None


async def add(tx: Tx, seeker_id: int, week_id: int) -> int:
    """A note to come about one week."""
    return await tx.insert("INSERT INTO notes (person_id, week_id) VALUES (?, ?)", seeker_id, week_id)


async def waiting(tx: Tx, seeker_id: int) -> tuple[str, datetime] | None:
    """The delivery that will carry what is untold, and when; None where there is none yet."""
    row = await tx.one(
        "SELECT id, try_at FROM deliveries WHERE person_id = ? AND kind = 'note' AND state = 'owed' LIMIT 1", seeker_id
    )
    return None if row is None else (row["id"], v.instant(row["try_at"]))


async def carry(tx: Tx, note_id: int, seeker_id: int) -> None:
    """Put all that is untold into a note."""
    for table in ("reactions", "words"):
        await tx.run(
            f"UPDATE {table} SET note_id = ? WHERE note_id IS NULL"
            " AND week_id IN (SELECT id FROM weeks WHERE person_id = ?)",
            note_id, seeker_id,
        )  # fmt: skip


async def put_back(tx: Tx, note_id: int) -> None:
    """A note cannot arrive: what it carried is untold again, for the next one."""
    for table in ("reactions", "words"):
        await tx.run(f"UPDATE {table} SET note_id = NULL WHERE note_id = ?", note_id)


async def carried(tx: Tx, note_id: int) -> tuple[list[Reaction], list[Word]]:
    """A note's reactions and words, oldest first."""
    reactions = await tx.all(
        "SELECT person_id, name, emoji FROM reactions JOIN people ON people.id = person_id"
        " WHERE note_id = ? ORDER BY added_at, emoji",
        note_id,
    )
    words = await tx.all(
        "SELECT person_id, name, text, link, emoji, unnamed FROM words JOIN people ON people.id = person_id"
        " WHERE note_id = ? ORDER BY said_at, words.id",
        note_id,
    )
    return (
        [Reaction(row["person_id"], row["name"], row["emoji"]) for row in reactions],
        [_word(row) for row in words],
    )


async def carried_monday(tx: Tx, note_id: int) -> date | None:
    """The newest week that a note tells about, by its Monday; None for an empty note."""
    row = await tx.one(
        "SELECT max(monday_on) AS monday FROM weeks WHERE id IN"
        " (SELECT week_id FROM reactions WHERE note_id = ?1 UNION SELECT week_id FROM words WHERE note_id = ?1)",
        note_id,
    )
    return v.maybe_date(row["monday"]) if row else None


async def with_friend(tx: Tx, friend_id: int) -> list[str]:
    """The standing notes that tell something of a friend, as deliveries."""
    rows = await tx.all(
        "SELECT id FROM deliveries WHERE kind = 'note' AND post_id IS NOT NULL AND subject IN"
        " (SELECT note_id FROM reactions WHERE person_id = ?1 UNION SELECT note_id FROM words WHERE person_id = ?1)",
        friend_id,
    )
    return [row["id"] for row in rows]


async def of_message(tx: Tx, channel: str, message: str) -> list[int]:
    """The notes that carried what a friend wrote: one to each seeker of the post."""
    rows = await tx.all(
        "SELECT note_id FROM words WHERE channel = ? AND message = ? AND note_id IS NOT NULL", channel, message
    )
    return [row["note_id"] for row in rows]


def _word(row: Row) -> Word:
    text = v.unseal(row["text"])
    return Word(row["person_id"], row["name"], text, row["link"], row["emoji"], unnamed=bool(row["unnamed"]))
