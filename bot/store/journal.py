"""Entries, and the messages they were made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.core.exercise import Answers
from bot.core.journal import Asked, Entry, Part, Visibility
from bot.core.people import Person
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
    """Who may see an entry; whoever was named for it is so no more, unless it is for those who are."""
    await tx.run("UPDATE entries SET visibility = ?, updated_at = ? WHERE id = ?", visibility, v.at(now), entry_id)
    if visibility is not Visibility.NAMED:
        await tx.run("DELETE FROM readers WHERE entry_id = ?", entry_id)


async def delete(tx: Tx, entry_id: int) -> None:
    """Forget an entry and the messages it was made of."""
    await tx.run("DELETE FROM entries WHERE id = ?", entry_id)


async def owned(tx: Tx, entry_id: int) -> tuple[Person, Entry] | None:
    """The entry of that number and whose it is, or None."""
    row = await tx.one(
        "SELECT entries.*, platform, workspace, external_id FROM entries JOIN people ON people.id = person_id"
        " WHERE entries.id = ?",
        entry_id,
    )
    return None if row is None else (v.person(row), _entry(row))


async def asked(tx: Tx, delivery_id: str) -> Asked | None:
    """What a prompt asked, and of whom; None where it is no prompt or no longer here."""
    row = await tx.one(
        "SELECT platform, workspace, external_id, occurrences.person_id, occurrences.id AS occurrence_id,"
        " occurrences.exercise, local_on,"
        " entries.id AS entry_id FROM deliveries JOIN occurrences ON occurrences.id = subject"
        " JOIN people ON people.id = occurrences.person_id LEFT JOIN entries ON occurrence_id = occurrences.id"
        " WHERE deliveries.id = ? AND kind = 'prompt'",
        delivery_id,
    )
    if row is None:
        return None
    on = date.fromisoformat(row["local_on"])
    return Asked(v.person(row), row["person_id"], row["occurrence_id"], row["exercise"], on, row["entry_id"])


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


async def newest_of(tx: Tx, who: Person, exercise: str) -> tuple[str, Entry | None] | None:
    """A seeker's zone and their newest entry of an exercise; None for somebody who does not seek."""
    row = await tx.one(
        "SELECT zone, entries.* FROM people JOIN seekers ON seekers.person_id = people.id LEFT JOIN entries"
        " ON entries.id = (SELECT id FROM entries WHERE person_id = people.id AND exercise = ?"
        " ORDER BY entry_on DESC, id DESC LIMIT 1)"
        " WHERE platform = ? AND workspace = ? AND external_id = ? AND left_at IS NULL",
        exercise, who.platform, who.workspace, who.id,
    )  # fmt: skip
    return None if row is None else (row["zone"], _entry(row) if row["id"] is not None else None)


async def of_week(tx: Tx, person_id: int, monday: date) -> list[Entry]:
    """What goes into one weekly summary, by day."""
    rows = await tx.all(
        "SELECT * FROM entries WHERE person_id = ? AND week_on = ? ORDER BY entry_on, created_at, id",
        person_id, monday.isoformat(),
    )  # fmt: skip
    return [_entry(row) for row in rows]


async def of_weeks(tx: Tx, person_id: int, first: date, last: date) -> list[Entry]:
    """What goes into the summaries from one week to another, named by their Mondays, by day."""
    rows = await tx.all(
        "SELECT * FROM entries WHERE person_id = ? AND week_on BETWEEN ? AND ? ORDER BY entry_on, created_at, id",
        person_id, first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return [_entry(row) for row in rows]


async def days(tx: Tx, person_id: int, first: date, last: date) -> set[date]:
    """The days from one to another that have an entry, also those that go into the week after."""
    rows = await tx.all(
        "SELECT DISTINCT entry_on FROM entries WHERE person_id = ? AND entry_on BETWEEN ? AND ?",
        person_id, first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return {date.fromisoformat(row["entry_on"]) for row in rows}


async def mondays(tx: Tx, person_id: int) -> list[date]:
    """The weeks that somebody's entries go into."""
    rows = await tx.all("SELECT DISTINCT week_on FROM entries WHERE person_id = ?", person_id)
    return [date.fromisoformat(row["week_on"]) for row in rows]


async def add_part(tx: Tx, entry: Entry, part: Part, said_at: datetime) -> None:
    """Remember that a plain message is part of an entry."""
    await tx.run(
        "INSERT OR REPLACE INTO entry_parts (channel, message, person_id, entry_id, text, said_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        part.channel, part.message, entry.person_id, entry.id, v.seal(part.text), v.at(said_at),
    )  # fmt: skip


async def parts(tx: Tx, entry_id: int) -> list[Part]:
    """The plain messages that an entry's text ends with, in the order in which they were added."""
    rows = await tx.all(
        "SELECT * FROM entry_parts WHERE entry_id = ? AND replaced = 0 ORDER BY rowid",
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


async def mark_gone(tx: Tx, channel: str, message: str, now: datetime) -> bool:
    """A plain message that is part of an entry was deleted; false where it is none, or that is known."""
    changed = await tx.run(
        "UPDATE entry_parts SET gone_at = ? WHERE channel = ? AND message = ? AND gone_at IS NULL",
        v.at(now), channel, message,
    )  # fmt: skip
    return changed == 1


async def asked_about_part(tx: Tx, channel: str, message: str, now: datetime) -> None:
    """The person was asked what shall become of a deleted message's words."""
    await tx.run("UPDATE entry_parts SET asked_at = ? WHERE channel = ? AND message = ?", v.at(now), channel, message)


async def unasked_parts(tx: Tx, person_id: int, before: datetime) -> list[tuple[str, str]]:
    """The deleted messages, as (channel, message), that somebody was to be asked about before an instant."""
    rows = await tx.all(
        "SELECT channel, message FROM entry_parts"
        " WHERE person_id = ? AND gone_at < ? AND asked_at IS NULL ORDER BY rowid",
        person_id, v.at(before),
    )  # fmt: skip
    return [(row["channel"], row["message"]) for row in rows]


async def newest_with_parts(
    tx: Tx, person_id: int, message: tuple[str, str], said_at: datetime, within: timedelta
) -> Entry | None:
    """The entry that a plain message belongs to because another, said shortly before or after it, is part of it.

    A question that arrived between the two, or may have, and is still open parts them. What came first is told by the
    order in the channel; by clocks only where it is not known yet whether the question stands.
    """
    row = await tx.one(
        "SELECT entries.* FROM entry_parts JOIN entries ON entries.id = entry_id"
        " WHERE entry_parts.person_id = ?1 AND entry_parts.channel = ?2 AND said_at BETWEEN ?4 AND ?5"
        " AND NOT EXISTS (SELECT 1 FROM occurrences"
        "  CROSS JOIN deliveries ON kind = 'prompt' AND subject = occurrences.id"
        "  WHERE occurrences.person_id = ?1 AND occurrences.state = 'open' AND CASE WHEN post_id IS NULL"
        "   THEN deliveries.state IN ('sending', 'unknown')"
        "    AND coalesce(claimed_at, deliveries.due_at) BETWEEN min(said_at, ?6) AND max(said_at, ?6)"
        "   ELSE post_channel = ?2 AND ((length(post_id), post_id) > (length(message), message))"
        "    <> ((length(post_id), post_id) > (length(?3), ?3)) END)"
        " ORDER BY said_at DESC, entry_parts.rowid DESC LIMIT 1",
        person_id, *message, v.at(said_at - within), v.at(said_at + within), v.at(said_at),
    )  # fmt: skip
    return None if row is None else _entry(row)


async def last_asked(
    tx: Tx, person_id: int, message: tuple[str, str], said_at: datetime, since: datetime
) -> int | None:
    """The occurrence whose prompt was the last above a message and came after `since`; or None.

    An older prompt never steps in: it may be open for ever, and today's words would be kept under its day. A prompt
    of which it is not known yet whether it stands counts by its time: somebody may have read and answered it.
    """
    row = await tx.one(
        "SELECT occurrences.id FROM occurrences CROSS JOIN deliveries ON kind = 'prompt' AND subject = occurrences.id"
        " WHERE occurrences.person_id = ?1 AND coalesce(settled_at, claimed_at, deliveries.due_at) >= ?5"
        " AND deliveries.state IN ('sent', 'late', 'sending', 'unknown')"
        " AND CASE WHEN post_id IS NULL THEN coalesce(settled_at, claimed_at, deliveries.due_at) <= ?4"
        "  ELSE post_channel = ?2 AND (length(post_id), post_id) < (length(?3), ?3) END"
        " ORDER BY coalesce(settled_at, claimed_at, deliveries.due_at) DESC, occurrences.id DESC LIMIT 1",
        person_id, *message, v.at(said_at), v.at(since),
    )  # fmt: skip
    return None if row is None else row["id"]


async def is_unplanned(tx: Tx, person_id: int, until: datetime) -> bool:
    """Whether somebody's schedules bring something up to an instant that was not planned yet."""
    row = await tx.one("SELECT 1 FROM schedules WHERE person_id = ? AND next_at <= ? LIMIT 1", person_id, v.at(until))
    return row is not None


async def answered_after(tx: Tx, occurrence_id: int, message: str) -> Entry | None:
    """The answer to an occurrence, where a message below the given one is part of it; or None."""
    row = await tx.one(
        "SELECT entries.* FROM entries JOIN entry_parts ON entry_id = entries.id"
        " WHERE occurrence_id = ?1 AND (length(message), message) > (length(?2), ?2) LIMIT 1",
        occurrence_id, message,
    )  # fmt: skip
    return None if row is None else _entry(row)


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
        occurrence_id=row["occurrence_id"],
    )
