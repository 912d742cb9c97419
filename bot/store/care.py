"""Silences: when a seeker was last heard, when they are looked at next, what they were asked, whom they trust."""

from __future__ import annotations

from datetime import datetime

from bot.core.care import Became, Friend, Silence, Telling, Watch
from bot.core.delivery import ARRIVED, Delivery, Kind, State
from bot.core.people import Person
from bot.store import _values as v
from bot.store import delivery as delivery_rows
from bot.store.db import Row, Tx
from bot.store.people import SEEKING

_SILENCE = "SELECT silences.*, people.name AS friend FROM silences LEFT JOIN people ON people.id = silences.friend_id"
_WATCH = (
    "seekers.*, trusted.platform, trusted.workspace, trusted.external_id, trusted.name,"
    " EXISTS (SELECT 1 FROM silences WHERE silences.person_id = seekers.person_id AND became = 'open') AS is_open"
)
_TOLD = "SELECT state FROM deliveries WHERE kind = 'confided' AND subject ="


async def watch(tx: Tx, person_id: int) -> Watch | None:
    """What a seeker set for the case that they go silent, and when they were last heard; None for no seeker."""
    row = await tx.one(
        f"SELECT {_WATCH} FROM seekers LEFT JOIN people AS trusted ON trusted.id = trusted_id"
        " WHERE seekers.person_id = ?",
        person_id,
    )
    return None if row is None else _watch(row)


def _watch(row: Row) -> Watch:
    friend = None
    if row["trusted_id"] is not None:
        who = v.person(row)
        friend = Friend(row["trusted_id"], who, row["name"])
    return Watch(
        silent_days=row["silent_days"],
        tell_days=row["tell_days"],
        heard_at=v.maybe_instant(row["heard_at"]),
        friend=friend,
        words=v.unseal(row["trusted_words"]) if row["trusted_words"] else "",
        open=bool(row["is_open"]),
    )


async def due(tx: Tx, now: datetime, limit: int) -> list[int]:
    """The seekers who are to be looked at by now, longest overdue first."""
    rows = await tx.all("SELECT person_id FROM seekers WHERE watch_at <= ? ORDER BY watch_at LIMIT ?", v.at(now), limit)
    return [row["person_id"] for row in rows]


async def hear(tx: Tx, person_id: int, at: datetime) -> None:
    """A seeker was heard at an instant."""
    await tx.run("UPDATE seekers SET heard_at = ? WHERE person_id = ?", v.at(at), person_id)


async def look_at(tx: Tx, person_id: int, at: datetime | None) -> None:
    """When a seeker is looked at next; None: not before they are heard."""
    await tx.run("UPDATE seekers SET watch_at = ? WHERE person_id = ?", v.maybe_at(at), person_id)


async def set_silent_days(tx: Tx, person_id: int, days: int) -> None:
    """After how many days of silence a seeker is asked; 0 for never."""
    await tx.run("UPDATE seekers SET silent_days = ? WHERE person_id = ?", days, person_id)


async def set_trusted(tx: Tx, person_id: int, friend_id: int | None, words: str, tell_days: int) -> None:
    """Whom a seeker trusts, their words for them, and after how many days the friend hears by itself; 0 for never."""
    await tx.run(
        "UPDATE seekers SET trusted_id = ?, trusted_words = ?, tell_days = ? WHERE person_id = ?",
        friend_id, v.seal(words) if words else "", tell_days, person_id,
    )  # fmt: skip


async def set_country(tx: Tx, person_id: int, code: str) -> None:
    """In which country a seeker lives, by its code."""
    await tx.run("UPDATE seekers SET country = ? WHERE person_id = ?", code, person_id)


async def first_unanswered(tx: Tx, person_id: int, since: datetime) -> datetime | None:
    """When the first question arrived that came later than an instant; None where none did."""
    row = await tx.one(
        "SELECT min(settled_at) AS at FROM deliveries"
        " WHERE person_id = ? AND kind = 'prompt' AND settled_at > ? AND state IN (?, ?)",
        person_id, v.at(since), *ARRIVED,
    )  # fmt: skip
    return v.maybe_instant(row["at"]) if row else None


async def answered_at(tx: Tx, person_id: int) -> datetime | None:
    """When a seeker last kept or changed an entry, or None."""
    row = await tx.one("SELECT max(updated_at) AS at FROM entries WHERE person_id = ?", person_id)
    return v.maybe_instant(row["at"]) if row else None


async def begin(tx: Tx, person_id: int, since_at: datetime) -> int:
    """A silence about which its seeker is asked; its number."""
    return await tx.insert("INSERT INTO silences (person_id, since_at) VALUES (?, ?)", person_id, v.at(since_at))


async def get(tx: Tx, silence_id: int) -> Silence | None:
    """One silence, or None."""
    row = await tx.one(f"{_SILENCE} WHERE silences.id = ?", silence_id)
    return None if row is None else _silence(row)


async def since(tx: Tx, person_id: int, since_at: datetime) -> Silence | None:
    """The silence of a seeker that began when they were last heard at an instant, or None."""
    row = await tx.one(f"{_SILENCE} WHERE silences.person_id = ? AND since_at = ?", person_id, v.at(since_at))
    return None if row is None else _silence(row)


async def asked_at(tx: Tx, silence_id: int) -> datetime | None:
    """When the question about a silence arrived, or None."""
    row = await tx.one(
        "SELECT max(settled_at) AS at FROM deliveries WHERE kind = 'silence' AND subject = ? AND state IN (?, ?)",
        silence_id, *ARRIVED,
    )  # fmt: skip
    return v.maybe_instant(row["at"]) if row else None


async def open_to(tx: Tx, friend_id: int) -> list[int]:
    """The open silences of those seekers who trust a friend; their numbers."""
    rows = await tx.all(
        "SELECT silences.id FROM seekers JOIN silences ON silences.person_id = seekers.person_id"
        " WHERE trusted_id = ? AND became = 'open'",
        friend_id,
    )
    return [row["id"] for row in rows]


async def told(tx: Tx, silence_id: int) -> State | None:
    """How what the friend was to be told of a silence stands; None where they were to be told nothing."""
    row = await tx.one(f"{_TOLD} ?", silence_id)
    return State(row["state"]) if row else None


async def telling(tx: Tx, who: Person, silence_id: int) -> Telling | None:
    """What is looked at before a seeker lets a friend know of the silence of that number; None for no seeker."""
    row = await tx.one(
        f"SELECT silences.*, told.name AS friend, {_WATCH}, {SEEKING}, ({_TOLD} silences.id) AS told"
        " FROM people JOIN seekers ON seekers.person_id = people.id"
        " LEFT JOIN people AS trusted ON trusted.id = trusted_id LEFT JOIN silences ON silences.id = ?"
        " LEFT JOIN people AS told ON told.id = silences.friend_id"
        " WHERE people.platform = ? AND people.workspace = ? AND people.external_id = ?",
        silence_id, who.platform, who.workspace, who.id,
    )  # fmt: skip
    return None if row is None else _telling(row)


def _telling(row: Row) -> Telling:
    return Telling(
        person_id=row["own_id"],
        left_at=v.maybe_instant(row["own_left_at"]),
        watch=_watch(row),
        silence=None if row["id"] is None else _silence(row),
        told=State(row["told"]) if row["told"] else None,
    )


async def answer(tx: Tx, silence_id: int, became: Became) -> None:
    """What a seeker made of being asked."""
    await tx.run("UPDATE silences SET became = ? WHERE id = ?", became, silence_id)


async def end_open(tx: Tx, person_id: int) -> list[int]:
    """A seeker was heard: the silences that they were asked about and had not answered; their numbers."""
    rows = await tx.all(
        "UPDATE silences SET became = 'heard' WHERE person_id = ? AND became = 'open' RETURNING id", person_id
    )
    return [row["id"] for row in rows]


async def word(tx: Tx, silence_id: int, words: str) -> None:
    """What the friend is to read of this silence, in the seeker's words."""
    await tx.run("UPDATE silences SET friend_words = ? WHERE id = ?", v.seal(words) if words else "", silence_id)


async def confide(tx: Tx, silence_id: int, friend_id: int, *, pressed: bool) -> None:
    """A friend is told of a silence: because its seeker asks for it now, or as they had chosen before."""
    await tx.run(
        "UPDATE silences SET friend_id = ?, asked_friend = ? WHERE id = ?", friend_id, int(pressed), silence_id
    )


async def confided_by(tx: Tx, person_id: int) -> list[Delivery]:
    """What friends were told of a seeker's silences, as far as it stands or may stand."""
    rows = await tx.all("SELECT id FROM silences WHERE person_id = ? AND friend_id IS NOT NULL", person_id)
    found = [one for row in rows for one in await delivery_rows.about(tx, Kind.CONFIDED, row["id"])]
    return [one for one in found if one.may_stand]


def _silence(row: Row) -> Silence:
    return Silence(
        id=row["id"],
        person_id=row["person_id"],
        became=Became(row["became"]),
        friend_id=row["friend_id"],
        friend=row["friend"] or "",
        words=v.unseal(row["friend_words"]) if row["friend_words"] else "",
        pressed=bool(row["asked_friend"]),
    )
