"""What a delivery is about, in words that stay the same when an older database is put back."""

from __future__ import annotations

from bot.core.delivery import Kind
from bot.store.db import Tx, Value

_OWNER = """
    SELECT platform || '/' || workspace || '/' || external_id || coalesce('/' || started_at, '') AS words
    FROM people LEFT JOIN seekers ON seekers.person_id = people.id WHERE people.id = ?
"""
_CIRCLE = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || made_at AS words FROM circles WHERE id = ?"
)
_MONDAY = "SELECT monday_on AS words FROM weeks WHERE id = ?"
_ALERT = "SELECT topic || '/' || about || '/' || raised_at AS words FROM alerts WHERE id = ?"
_ABOUT = {
    Kind.PROMPT: "SELECT ask || '/' || local_on AS words FROM occurrences WHERE id = ?",
    **dict.fromkeys((Kind.DRAFT, Kind.RECALL, Kind.POST), _MONDAY),
    Kind.NOTE: (
        "SELECT monday_on || '/' || (SELECT count(*) FROM notes AS earlier"
        " WHERE earlier.week_id = notes.week_id AND earlier.id <= notes.id) AS words"
        " FROM notes JOIN weeks ON weeks.id = notes.week_id WHERE notes.id = ?"
    ),
    **dict.fromkeys((Kind.ALERT, Kind.UNREACHED), _ALERT),
}


async def owner(tx: Tx, kind: Kind, subject: int, person_id: int | None) -> str:
    """Whose a delivery is: a person and when they started, or a circle and when it was made."""
    if kind is Kind.WELCOME:
        return await _words(tx, _CIRCLE, subject)
    return await _words(tx, _OWNER, person_id)


async def about(tx: Tx, kind: Kind, subject: int) -> str:
    """What a delivery is about: a date, a week, an alert; empty where its owner and turn say all."""
    if kind in (Kind.HELLO, Kind.WELCOME):
        return ""
    return await _words(tx, _ABOUT[kind], subject) or f"#{subject}"


async def _words(tx: Tx, sql: str, key: Value) -> str:
    row = await tx.one(sql, key)
    return "" if row is None else row["words"]
