"""What seekers ask their friends for, and when they are asked about it."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.ask import Request
from bot.core.people import Person, Seeking
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.people import SEEKING, seeking_of

_OWNED = "SELECT asks.*, platform, workspace, external_id FROM asks JOIN people ON people.id = asks.person_id"


async def add(tx: Tx, person_id: int, words: str, next_at: datetime, now: datetime) -> int:
    """A new open ask, and when its seeker is asked about it; its number."""
    return await tx.insert(
        "INSERT INTO asks (person_id, words, set_at, next_at) VALUES (?, ?, ?, ?)",
        person_id, v.seal(words), v.at(now), v.at(next_at),
    )  # fmt: skip


async def get(tx: Tx, ask_id: int) -> Request | None:
    """One ask, or None."""
    row = await tx.one("SELECT * FROM asks WHERE id = ?", ask_id)
    return None if row is None else _request(row)


async def owned(tx: Tx, ask_id: int) -> tuple[Person, Request] | None:
    """One ask with whose it is, or None."""
    row = await tx.one(f"{_OWNED} WHERE asks.id = ?", ask_id)
    return None if row is None else (v.person(row), _request(row))


async def questioned(tx: Tx, delivery_id: str) -> tuple[Person, Request] | None:
    """The ask that a question is about with whose it is, or None."""
    row = await tx.one(
        f"{_OWNED} JOIN deliveries ON subject = asks.id AND kind = 'still open' WHERE deliveries.id = ?", delivery_id
    )
    return None if row is None else (v.person(row), _request(row))


async def of_person(tx: Tx, person_id: int) -> list[Request]:
    """All that a seeker ever asked for, oldest first."""
    rows = await tx.all("SELECT * FROM asks WHERE person_id = ? ORDER BY set_at, id", person_id)
    return [_request(row) for row in rows]


async def opened(tx: Tx, person_id: int) -> list[Request]:
    """What a seeker asks for now, oldest first."""
    rows = await tx.all("SELECT * FROM asks WHERE person_id = ? AND closed_at IS NULL ORDER BY set_at, id", person_id)
    return [_request(row) for row in rows]


async def before(tx: Tx, who: Person, week_id: int) -> tuple[Seeking | None, int | None, int]:
    """What is looked at before somebody asks for more: who they are, whose a week is, and how much they ask for now."""
    row = await tx.one(
        f"SELECT {SEEKING}, weeks.person_id AS week_of,"
        " (SELECT count(*) FROM asks WHERE asks.person_id = seekers.person_id AND closed_at IS NULL) AS opened"
        " FROM (SELECT 1) LEFT JOIN people ON platform = ? AND workspace = ? AND external_id = ?"
        " LEFT JOIN seekers ON seekers.person_id = people.id LEFT JOIN weeks ON weeks.id = ?",
        who.platform, who.workspace, who.id, week_id,
    )  # fmt: skip
    assert row is not None
    return seeking_of(row), row["week_of"], row["opened"]


async def take_along(tx: Tx, week_id: int, person_id: int) -> None:
    """A week is posted: it shows what is open now, however often it was posted before."""
    await tx.run("DELETE FROM asked_in WHERE week_id = ?", week_id)
    await tx.run(
        "INSERT INTO asked_in (week_id, ask_id, person_id)"
        " SELECT ?, id, person_id FROM asks WHERE person_id = ? AND closed_at IS NULL",
        week_id, person_id,
    )  # fmt: skip


async def of_week(tx: Tx, week_id: int) -> list[Request]:
    """What a posted week shows, open or closed by now, oldest first."""
    rows = await tx.all(
        "SELECT asks.* FROM asked_in JOIN asks ON asks.id = ask_id WHERE week_id = ? ORDER BY set_at, asks.id", week_id
    )
    return [_request(row) for row in rows]


async def reword(tx: Tx, ask_id: int, words: str) -> None:
    """The seeker changed their words."""
    await tx.run("UPDATE asks SET words = ? WHERE id = ?", v.seal(words), ask_id)


async def still_open(tx: Tx, ask_id: int, next_at: datetime, now: datetime) -> None:
    """The seeker says that it is still open; when they are asked again."""
    await tx.run("UPDATE asks SET sure_at = ?, next_at = ? WHERE id = ?", v.at(now), v.at(next_at), ask_id)


async def close(tx: Tx, ask_id: int, now: datetime) -> None:
    """Nothing is asked for any more."""
    await tx.run("UPDATE asks SET closed_at = ? WHERE id = ? AND closed_at IS NULL", v.at(now), ask_id)


async def open_again(tx: Tx, ask_id: int) -> None:
    """It is asked for after all."""
    await tx.run("UPDATE asks SET closed_at = NULL WHERE id = ?", ask_id)


async def due(tx: Tx, now: datetime, limit: int = 500) -> list[int]:
    """The open asks whose seekers are to be asked about them by now, longest due first."""
    rows = await tx.all(
        "SELECT id FROM asks WHERE closed_at IS NULL AND next_at <= ? ORDER BY next_at LIMIT ?", v.at(now), limit
    )
    return [row["id"] for row in rows]


async def set_next(tx: Tx, ask_id: int, next_at: datetime) -> None:
    """When the seeker is next asked about an ask."""
    await tx.run("UPDATE asks SET next_at = ? WHERE id = ?", v.at(next_at), ask_id)


async def unstick(tx: Tx, latest: datetime) -> None:
    """What a wrong clock put off beyond an instant is asked about then."""
    await tx.run("UPDATE asks SET next_at = ?1 WHERE closed_at IS NULL AND next_at > ?1", v.at(latest))


async def weeks_with(tx: Tx, request: Request, since: date) -> list[int]:
    """The weeks that show an ask, newest first: posted with it, or unposted and from the Monday `since` on."""
    rows = await tx.all(
        "SELECT id, monday_on FROM asked_in JOIN weeks ON weeks.id = week_id WHERE ask_id = ? AND phase = 'posted'"
        " UNION SELECT id, monday_on FROM weeks WHERE person_id = ? AND phase <> 'posted' AND monday_on >= ?"
        " ORDER BY monday_on DESC",
        request.id, request.person_id, since.isoformat(),
    )  # fmt: skip
    return [row["id"] for row in rows]


def _request(row: Row) -> Request:
    return Request(
        id=row["id"],
        person_id=row["person_id"],
        words=v.unseal(row["words"]),
        set_at=v.instant(row["set_at"]),
        next_at=v.instant(row["next_at"]),
        sure_at=v.maybe_instant(row["sure_at"]),
        closed_at=v.maybe_instant(row["closed_at"]),
    )
