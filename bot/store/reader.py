"""Whom alone a seeker's answers are for, and which friends are known in their circles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from bot.core.consent import Consent
from bot.core.delivery import Delivery
from bot.core.journal import Entry, Visibility
from bot.core.reader import Reader
from bot.store import delivery as delivery_rows
from bot.store import journal as journal_rows
from bot.store.db import Row, Tx

_READERS = (
    "SELECT entry_id, people.id, people.name, consents.standing FROM readers JOIN people ON people.id = friend_id"
    " LEFT JOIN consents ON consents.person_id = friend_id"
)
_MINE = "SELECT circle_id FROM memberships WHERE person_id = ?1"
_KNOWN = f"""
    SELECT people.id, people.name, consents.standing FROM people
    LEFT JOIN consents ON consents.person_id = people.id
    WHERE people.id <> ?1 AND people.id IN (
        SELECT person_id FROM friends WHERE circle_id IN ({_MINE})
        UNION SELECT person_id FROM memberships WHERE circle_id IN ({_MINE})
        UNION SELECT reactions.person_id FROM weeks JOIN reactions ON week_id = weeks.id WHERE weeks.person_id = ?1
        UNION SELECT words.person_id FROM weeks JOIN words ON week_id = weeks.id WHERE weeks.person_id = ?1
        UNION SELECT person_id FROM ideas WHERE seeker_id = ?1
        UNION SELECT friend_id FROM readers WHERE person_id = ?1)
    ORDER BY people.name COLLATE NOCASE, people.id
"""


async def name(tx: Tx, entry: Entry, friend_ids: Iterable[int], now: datetime) -> None:
    """Let exactly these friends read an entry; with none it is private."""
    readers = list(friend_ids)
    await journal_rows.set_visibility(tx, entry.id, Visibility.NAMED if readers else Visibility.PRIVATE, now)
    await tx.run("DELETE FROM readers WHERE entry_id = ?", entry.id)
    await tx.many(
        "INSERT INTO readers (entry_id, friend_id, person_id) VALUES (?, ?, ?)",
        [(entry.id, friend_id, entry.person_id) for friend_id in readers],
    )


async def of_entry(tx: Tx, entry_id: int) -> tuple[Reader, ...]:
    """Whom alone an entry is for, by name."""
    rows = await tx.all(f"{_READERS} WHERE entry_id = ? ORDER BY people.name COLLATE NOCASE, people.id", entry_id)
    return tuple(map(_reader, rows))


async def of_week(tx: Tx, person_id: int, monday: date) -> dict[int, tuple[Reader, ...]]:
    """Whom alone each entry of a week is for, by the entry's number."""
    rows = await tx.all(
        f"{_READERS} WHERE entry_id IN (SELECT id FROM entries WHERE person_id = ? AND week_on = ?)"
        " ORDER BY people.name COLLATE NOCASE, people.id",
        person_id, monday.isoformat(),
    )  # fmt: skip
    found: dict[int, tuple[Reader, ...]] = {}
    for row in rows:
        found[row["entry_id"]] = (*found.get(row["entry_id"], ()), _reader(row))
    return found


async def known(tx: Tx, seeker_id: int) -> list[Reader]:
    """The friends known in a seeker's circles: who left something for them, or accepted messages there; by name."""
    return [_reader(row) for row in await tx.all(_KNOWN, seeker_id)]


async def meet(tx: Tx, circle_id: int, person_id: int) -> None:
    """Somebody showed themselves in a circle."""
    await tx.run("INSERT OR IGNORE INTO friends (circle_id, person_id) VALUES (?, ?)", circle_id, person_id)


async def weeks_for(tx: Tx, friend_id: int) -> list[int]:
    """The weeks of which something is for a friend alone, the newest first."""
    rows = await tx.all(
        "SELECT DISTINCT weeks.id, monday_on FROM readers JOIN entries ON entries.id = entry_id"
        " JOIN weeks ON weeks.person_id = entries.person_id AND monday_on = week_on"
        " WHERE friend_id = ? ORDER BY monday_on DESC, weeks.id",
        friend_id,
    )
    return [row["id"] for row in rows]


async def named_for(tx: Tx, friend_id: int) -> list[int]:
    """The entries that a friend is named for."""
    rows = await tx.all("SELECT entry_id FROM readers WHERE friend_id = ? ORDER BY entry_id", friend_id)
    return [row["entry_id"] for row in rows]


async def parts(tx: Tx, person_id: int) -> list[Delivery]:
    """What of anybody's weeks went, or is to go, to one friend alone; a seeker's to others, and others' to them."""
    rows = await tx.all(
        "SELECT id FROM deliveries WHERE kind = 'part' AND person_id = ?1"
        " UNION SELECT id FROM deliveries WHERE kind = 'part'"
        "  AND subject IN (SELECT id FROM weeks WHERE person_id = ?1)",
        person_id,
    )
    return await delivery_rows.read(tx, [row["id"] for row in rows])


async def forget_parts(tx: Tx, person_id: int) -> None:
    """The rows of what went of a seeker's weeks to friends: their weeks' numbers may be somebody else's next."""
    await tx.run(
        "DELETE FROM deliveries WHERE kind = 'part' AND subject IN (SELECT id FROM weeks WHERE person_id = ?)",
        person_id,
    )


def _reader(row: Row) -> Reader:
    return Reader(row["id"], row["name"], Consent(row["standing"] or Consent.NEVER))
