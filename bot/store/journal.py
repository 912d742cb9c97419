"""Entries, the messages they were made of, and words that wait for a decision."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.core.exercise import Answers
from bot.core.journal import Entry, Held, Part, Visibility
from bot.store import _values as v
from bot.store.db import Row, Tx


async def add(
    tx: Tx,
    person_id: int,
    exercise: str,
    on: date,
    week: date,
    answers: Answers,
    numbers: Mapping[str, int],
    occurrence_id: int | None,
    now: datetime,
) -> Entry:
    """Keep a new entry, private until its person shares it."""
    row = await tx.one(
        "INSERT INTO entries (person_id, exercise, entry_on, week_on, occurrence_id, answers, numbers, visibility,"
        " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'private', ?, ?) RETURNING *",
        person_id, exercise, on.isoformat(), week.isoformat(), occurrence_id,
        v.seal_all(answers), v.seal_all(numbers), v.at(now), v.at(now),
    )  # fmt: skip
    assert row is not None
    return _entry(row)


async def change(tx: Tx, entry_id: int, answers: Answers, numbers: Mapping[str, int], now: datetime) -> None:
    """Replace what an entry says."""
    await tx.run(
        "UPDATE entries SET answers = ?, numbers = ?, updated_at = ? WHERE id = ?",
        v.seal_all(answers), v.seal_all(numbers), v.at(now), entry_id,
    )  # fmt: skip


async def set_visibility(tx: Tx, entry_id: int, visibility: Visibility, now: datetime) -> None:
    """Who may see an entry."""
    await tx.run("UPDATE entries SET visibility = ?, updated_at = ? WHERE id = ?", visibility, v.at(now), entry_id)


async def delete(tx: Tx, entry_id: int) -> None:
    """Forget an entry and the messages it was made of."""
    await tx.run("DELETE FROM entries WHERE id = ?", entry_id)


async def get(tx: Tx, entry_id: int) -> Entry | None:
    """The entry of that number, or None."""
    row = await tx.one("SELECT * FROM entries WHERE id = ?", entry_id)
    return None if row is None else _entry(row)


async def for_occurrence(tx: Tx, occurrence_id: int) -> Entry | None:
    """The answer to an occurrence, or None."""
    row = await tx.one("SELECT * FROM entries WHERE occurrence_id = ?", occurrence_id)
    return None if row is None else _entry(row)


async def of_day(tx: Tx, person_id: int, exercise: str, on: date) -> Entry | None:
    """The newest entry of an exercise for one local date, or None."""
    row = await tx.one(
        "SELECT * FROM entries WHERE person_id = ? AND exercise = ? AND entry_on = ? ORDER BY id DESC LIMIT 1",
        person_id, exercise, on.isoformat(),
    )  # fmt: skip
    return None if row is None else _entry(row)


async def of_week(tx: Tx, person_id: int, monday: date) -> list[Entry]:
    """What goes into one weekly summary, by day."""
    rows = await tx.all(
        "SELECT * FROM entries WHERE person_id = ? AND week_on = ? ORDER BY entry_on, created_at, id",
        person_id, monday.isoformat(),
    )  # fmt: skip
    return [_entry(row) for row in rows]


async def add_part(tx: Tx, entry: Entry, part: Part, now: datetime) -> None:
    """Remember that a plain message is part of an entry."""
    await tx.run(
        "INSERT OR REPLACE INTO entry_parts (channel, message, person_id, entry_id, text, said_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        part.channel, part.message, entry.person_id, entry.id, v.seal(part.text), v.at(now),
    )  # fmt: skip


async def parts(tx: Tx, entry_id: int) -> list[Part]:
    """The plain messages that an entry's text is made of, oldest first."""
    rows = await tx.all(
        "SELECT * FROM entry_parts WHERE entry_id = ? AND replaced = 0 ORDER BY length(message), message",
        entry_id,
    )
    return [Part(row["channel"], row["message"], v.unseal(row["text"])) for row in rows]


async def part(tx: Tx, channel: str, message: str) -> tuple[int, str, bool] | None:
    """The entry that a message is part of, its text, and whether that was replaced by hand since; or None."""
    row = await tx.one(
        "SELECT entry_id, text, replaced FROM entry_parts WHERE channel = ? AND message = ?", channel, message
    )
    return None if row is None else (row["entry_id"], v.unseal(row["text"]), bool(row["replaced"]))


async def change_part(tx: Tx, channel: str, message: str, text: str) -> None:
    """A plain message was edited."""
    await tx.run("UPDATE entry_parts SET text = ? WHERE channel = ? AND message = ?", v.seal(text), channel, message)


async def drop_part(tx: Tx, channel: str, message: str) -> None:
    """A plain message no longer belongs to its entry."""
    await tx.run("DELETE FROM entry_parts WHERE channel = ? AND message = ?", channel, message)


async def replace_parts(tx: Tx, entry_id: int) -> None:
    """The entry's text was changed by hand: its messages no longer speak for it."""
    await tx.run("UPDATE entry_parts SET replaced = 1 WHERE entry_id = ?", entry_id)


async def newest_with_parts(tx: Tx, person_id: int, since: datetime) -> Entry | None:
    """The entry that a plain message was last added to, if that was after `since`."""
    row = await tx.one(
        "SELECT entries.* FROM entry_parts JOIN entries ON entries.id = entry_id"
        " WHERE entry_parts.person_id = ? AND said_at >= ? AND replaced = 0 ORDER BY said_at DESC LIMIT 1",
        person_id, v.at(since),
    )  # fmt: skip
    return None if row is None else _entry(row)


async def hold(tx: Tx, person_id: int, purpose: str, ref: str, words: Mapping[str, str], now: datetime) -> Held:
    """Keep words until their person decides."""
    held = Held(secrets.token_hex(8), person_id, purpose, ref, dict(words))
    await tx.run(
        "INSERT INTO held (id, person_id, purpose, ref, words, held_at) VALUES (?, ?, ?, ?, ?, ?)",
        held.id, person_id, purpose, ref, v.seal_all(words), v.at(now),
    )  # fmt: skip
    return held


async def held(tx: Tx, held_id: str) -> Held | None:
    """The words that wait under an id, or None."""
    row = await tx.one("SELECT * FROM held WHERE id = ?", held_id)
    if row is None:
        return None
    return Held(row["id"], row["person_id"], row["purpose"], row["ref"], v.unseal_all(row["words"]))


async def held_with_ref(tx: Tx, person_id: int, purpose: str, ref: str) -> Held | None:
    """The newest words that wait for one purpose about one thing, or None."""
    row = await tx.one(
        "SELECT * FROM held WHERE person_id = ? AND purpose = ? AND ref = ? ORDER BY held_at DESC LIMIT 1",
        person_id, purpose, ref,
    )  # fmt: skip
    if row is None:
        return None
    return Held(row["id"], row["person_id"], row["purpose"], row["ref"], v.unseal_all(row["words"]))


async def rewrite_held(tx: Tx, held_id: str, words: Mapping[str, str]) -> None:
    """The waiting words were edited where they stand."""
    await tx.run("UPDATE held SET words = ? WHERE id = ?", v.seal_all(words), held_id)


async def let_go(tx: Tx, held_id: str) -> bool:
    """Forget waiting words; false where they were gone already."""
    return await tx.run("DELETE FROM held WHERE id = ?", held_id) == 1


async def let_go_before(tx: Tx, now: datetime, age: timedelta) -> None:
    """Forget words that waited longer than `age`."""
    await tx.run("DELETE FROM held WHERE held_at < ?", v.at(now - age))


def _entry(row: Row) -> Entry:
    return Entry(
        id=row["id"],
        person_id=row["person_id"],
        exercise=row["exercise"],
        on=date.fromisoformat(row["entry_on"]),
        week=date.fromisoformat(row["week_on"]),
        answers=v.unseal_all(row["answers"]),
        numbers=v.unseal_all(row["numbers"]),
        visibility=Visibility(row["visibility"]),
        created_at=v.instant(row["created_at"]),
        updated_at=v.instant(row["updated_at"]),
        occurrence_id=row["occurrence_id"],
    )
