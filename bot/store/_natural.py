"""What a delivery is about, in words that stay the same when an older database is put back."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.delivery import Kind
from bot.store.db import Tx

_OWNER = """
    SELECT platform || '/' || workspace || '/' || external_id || coalesce('/' || started_at, '') AS words
    FROM people LEFT JOIN seekers ON seekers.person_id = people.id WHERE people.id = ?
"""
_CIRCLE = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || made_at AS words FROM circles WHERE id = ?"
)
_MONDAY = "SELECT monday_on AS words, monday_on AS since FROM weeks WHERE id = ?"
_PART = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || started_at || '/' || monday_on AS words,"
    " monday_on AS since FROM weeks JOIN people ON people.id = weeks.person_id"
    " JOIN seekers ON seekers.person_id = people.id WHERE weeks.id = ?"
)
_ALERT = "SELECT topic || '/' || about || '/' || raised_at AS words, raised_at AS since FROM alerts WHERE id = ?"
_IDEA = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || sort || '/' || given_at AS words,"
    " given_at AS since FROM ideas JOIN people ON people.id = ideas.person_id WHERE ideas.id = ?"
)
_CONSENT = "SELECT changed_at AS words, changed_at AS since FROM consents WHERE person_id = ?"
_REPLY = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || sort || '/' || made_at AS words,"
    " made_at AS since FROM replies JOIN people ON people.id = replies.person_id WHERE replies.id = ?"
)
_REQUEST = (
    "SELECT set_at || '/' || (SELECT count(*) FROM asks AS earlier WHERE earlier.person_id = asks.person_id"
    " AND earlier.set_at = asks.set_at AND earlier.id <= asks.id) AS words, set_at AS since FROM asks WHERE id = ?"
)
_SILENCE = (
    "SELECT platform || '/' || workspace || '/' || external_id || '/' || since_at AS words, since_at AS since"
    " FROM silences JOIN people ON people.id = silences.person_id WHERE silences.id = ?"
)
_COUNCIL = (  # a circle may move to another channel
    "SELECT platform || '/' || workspace || '/' || made_at || '/' || monday_on AS words, monday_on AS since"
    " FROM councils JOIN circles ON circles.id = circle_id WHERE councils.id = ?"
)
_LANDING = "SELECT at AS words, at AS since FROM landings WHERE id = ?"
_INTERVIEW = (  # two of one line at one instant differ by their start
    "SELECT noted_at || '/' || events.starts_at AS words, noted_at AS since"
    " FROM interviews JOIN events ON events.id = event_id WHERE interviews.id = ?"
)
_ABOUT = {
    Kind.PROMPT: "SELECT ask || '/' || local_on AS words, local_on AS since FROM occurrences WHERE id = ?",
    **dict.fromkeys((Kind.DRAFT, Kind.RECALL, Kind.POST), _MONDAY),
    Kind.PART: _PART,
    Kind.NOTE: (
        "SELECT monday_on || '/' || (SELECT count(*) FROM notes AS earlier"
        " WHERE earlier.week_id = notes.week_id AND earlier.id <= notes.id) AS words, monday_on AS since"
        " FROM notes JOIN weeks ON weeks.id = notes.week_id WHERE notes.id = ?"
    ),
    **dict.fromkeys((Kind.COUNCIL, Kind.INVITATION), _COUNCIL),
    **dict.fromkeys((Kind.IDEA, Kind.BECAME, Kind.INTRODUCTION), _IDEA),
    Kind.CONSENT: _CONSENT,
    Kind.REPLY: _REPLY,
    **dict.fromkeys((Kind.SILENCE, Kind.CONFIDED), _SILENCE),
    **dict.fromkeys((Kind.LANDING, Kind.CLOSING), _LANDING),
    Kind.FOLLOW_UPS: "SELECT local_on AS words, local_on AS since FROM mornings WHERE id = ?",
    Kind.INTERVIEW: _INTERVIEW,
    Kind.TRIAL: "SELECT made_at AS words, made_at AS since FROM experiments WHERE id = ?",
    **dict.fromkeys((Kind.ALERT, Kind.UNREACHED), _ALERT),
    Kind.STILL_OPEN: _REQUEST,
}


class About(NamedTuple):
    """What a delivery is about: a date, a week, an alert; and since when there can have been a message about it."""

    words: str
    since: str | None = None


async def owner(tx: Tx, kind: Kind, subject: int, person_id: int | None) -> str:
    """Whose a delivery is: a person and when they started, or a circle and when it was made."""
    sql, key = (_CIRCLE, subject) if kind is Kind.WELCOME else (_OWNER, person_id)
    row = await tx.one(sql, key)
    return "" if row is None else row["words"]


async def about(tx: Tx, kind: Kind, subject: int) -> About:
    """What a delivery is about; without words where its owner and turn say all."""
    if kind in (Kind.HELLO, Kind.WELCOME):
        return About("")
    row = await tx.one(_ABOUT[kind], subject)
    return About(f"#{subject}") if row is None else About(row["words"], row["since"])
