"""How journeys end or turn, and which journey goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.core.delivery import Delivery
from bot.core.idea import ENDS, Idea
from bot.core.landing import Landing, Phase, Sort
from bot.core.people import Person
from bot.store import _values as v
from bot.store import delivery as delivery_rows
from bot.store import idea as ideas
from bot.store.db import Row, Tx
from bot.store.people import SEEKING

_ENDS = ", ".join(f"'{step}'" for step in sorted(ENDS))


class Leading(NamedTuple):
    """What the form of a landing is made of: who fills it in, what they wrote before, and what they were given."""

    person_id: int
    zone: str
    left_at: datetime | None
    began_at: datetime  # the journey that goes on
    owner_id: int | None  # whose the landing is; None where it is not there
    sort: Sort | None
    words: str
    idea_id: int | None  # which led there, as they said before
    accepted_on: date | None  # the application that was accepted last of all
    accepted_from: int | None  # the idea that it came from
    ideas: Sequence[Idea]  # the newest first


async def add(
    tx: Tx, person_id: int, sort: Sort, words: str, began_at: datetime, week_id: int, idea_id: int | None, now: datetime
) -> int:
    """A new end or turn; its number."""
    return await tx.insert(
        "INSERT INTO landings (person_id, sort, words, began_at, at, week_id, idea_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        person_id, sort, v.seal(words), v.at(began_at), v.at(now), week_id, idea_id,
    )  # fmt: skip


async def get(tx: Tx, landing_id: int) -> Landing | None:
    """The landing of that number, or None."""
    row = await tx.one("SELECT * FROM landings WHERE id = ?", landing_id)
    return None if row is None else _landing(row)


async def leading(tx: Tx, who: Person, landing_id: int | None) -> Leading | None:
    """What the form of a landing is made of, of one that is there or (None) of a new one; None for no seeker."""
    rows = await tx.all(
        f"SELECT {SEEKING}, landings.person_id AS owner_id, landings.sort AS ending, landings.words, landings.idea_id,"
        " coalesce(journey_at, started_at) AS journey_from, accepted.stage_on AS accepted_on,"
        f" accepted.idea_id AS accepted_from, {ideas.COLUMNS}"
        " FROM people AS seeking JOIN seekers ON seekers.person_id = seeking.id LEFT JOIN landings ON landings.id = ?"
        " LEFT JOIN applications AS accepted ON accepted.id = (SELECT id FROM applications WHERE person_id = seeking.id"
        " AND stage = 'accepted' ORDER BY stage_on DESC, id DESC LIMIT 1)"
        " LEFT JOIN ideas ON seeker_id = seeking.id AND step <> 'withdrawn'"
        " LEFT JOIN people AS friends ON friends.id = ideas.person_id"
        " WHERE seeking.platform = ? AND seeking.workspace = ? AND seeking.external_id = ?"
        " ORDER BY given_at DESC, ideas.id DESC",
        landing_id, *who,
    )  # fmt: skip
    return _leading(rows) if rows else None


def _leading(rows: Sequence[Row]) -> Leading:
    row = rows[0]
    return Leading(
        person_id=row["own_id"],
        zone=row["own_zone"],
        left_at=v.maybe_instant(row["own_left_at"]),
        began_at=v.instant(row["journey_from"]),
        owner_id=row["owner_id"],
        sort=Sort(row["ending"]) if row["ending"] else None,
        words=v.unseal(row["words"] or ""),
        idea_id=row["idea_id"],
        accepted_on=v.maybe_date(row["accepted_on"]),
        accepted_from=row["accepted_from"],
        ideas=[ideas.idea_of(one) for one in rows if one["id"]],
    )


async def of_seeker(tx: Tx, person_id: int) -> list[Landing]:
    """Every end and turn of a seeker's, oldest first."""
    return [_landing(row) for row in await tx.all("SELECT * FROM landings WHERE person_id = ? ORDER BY at", person_id)]


async def forget(tx: Tx, landing_id: int) -> None:
    """It did not happen."""
    await tx.run("DELETE FROM landings WHERE id = ?", landing_id)


async def reword(tx: Tx, landing_id: int, words: str, idea_id: int | None) -> None:
    """What the seeker says to their friends, and which idea led here."""
    await tx.run("UPDATE landings SET words = ?, idea_id = ? WHERE id = ?", v.seal(words), idea_id, landing_id)


async def set_shared(tx: Tx, landing_id: int, *, numbers: bool, mood: bool) -> None:
    """Which of the parts that are private otherwise go into the closing post."""
    await tx.run(
        "UPDATE landings SET share_numbers = ?, share_mood = ? WHERE id = ?", int(numbers), int(mood), landing_id
    )


async def set_phase(tx: Tx, landing_id: int, phase: Phase, turn: int) -> None:
    """Where its post stands, and how often it was posted."""
    await tx.run("UPDATE landings SET phase = ?, turn = ? WHERE id = ?", phase, turn, landing_id)


# ------------------------------------------------------------------ the journey


async def journey_at(tx: Tx, person_id: int, by: datetime) -> datetime | None:
    """When the journey began that goes on, or went on, at an instant; None where it is the first."""
    row = await tx.one(
        "SELECT coalesce((SELECT journey_at FROM seekers WHERE person_id = ?1 AND journey_at <= ?2),"
        " (SELECT max(began_at) FROM landings WHERE person_id = ?1 AND began_at <= ?2)) AS began",
        person_id, v.at(by),
    )  # fmt: skip
    return v.maybe_instant(row["began"]) if row else None


async def end_journey(tx: Tx, person_id: int, now: datetime) -> None:
    """The seeker's journey is over."""
    await tx.run("UPDATE seekers SET landed_at = ? WHERE person_id = ?", v.at(now), person_id)


async def go_on(tx: Tx, person_id: int) -> None:
    """The seeker's journey is not over after all."""
    await tx.run("UPDATE seekers SET landed_at = NULL WHERE person_id = ?", person_id)


async def begin_again(tx: Tx, person_id: int, now: datetime) -> None:
    """Where a seeker's journey was over, a new one begins."""
    await tx.run(
        "UPDATE seekers SET journey_at = ?, landed_at = NULL WHERE person_id = ? AND landed_at IS NOT NULL",
        v.at(now), person_id,
    )  # fmt: skip


async def settle_ideas(tx: Tx, seeker_id: int, now: datetime) -> list[int]:
    """Whatever a seeker was given and has no end yet comes to one; those, by number."""
    rows = await tx.all(
        "UPDATE ideas SET step = 'settled', next_at = NULL, changed_at = ? WHERE seeker_id = ?"
        f" AND step NOT IN ({_ENDS}) RETURNING id",
        v.at(now), seeker_id,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def reopen_ideas(tx: Tx, seeker_id: int, next_at: datetime, now: datetime) -> list[int]:
    """What came to its end with the journey is kept again, and asked about; those, by number."""
    rows = await tx.all(
        "UPDATE ideas SET step = 'kept', next_at = ?, changed_at = ? WHERE seeker_id = ? AND step = 'settled'"
        " RETURNING id",
        v.at(next_at), v.at(now), seeker_id,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def tried(tx: Tx, landing: Landing) -> int:
    """How many things the seeker tried and learned from on the journey."""
    row = await tx.one(
        "SELECT count(*) AS many FROM experiments WHERE person_id = ? AND phase = 'learned'"
        " AND ended_at BETWEEN ? AND ?",
        landing.person_id, v.at(landing.began_at), v.at(landing.at),
    )  # fmt: skip
    return row["many"] if row else 0


async def standing(tx: Tx, person_id: int) -> list[Delivery]:
    """A seeker's closing posts that stand in a channel, or may."""
    rows = await tx.all(
        "SELECT id FROM deliveries WHERE person_id = ? AND kind = 'closing'"
        " AND (post_id IS NOT NULL OR state IN ('sending', 'unknown'))",
        person_id,
    )
    return await delivery_rows.read(tx, [row["id"] for row in rows])


async def posts_since(tx: Tx, since: datetime) -> list[Delivery]:
    """The closing posts of anybody that were posted since an instant and stand."""
    rows = await tx.all(
        "SELECT id FROM deliveries WHERE kind = 'closing' AND post_id IS NOT NULL AND due_at >= ?", v.at(since)
    )
    return await delivery_rows.read(tx, [row["id"] for row in rows])


def _landing(row: Row) -> Landing:
    return Landing(
        id=row["id"],
        person_id=row["person_id"],
        sort=Sort(row["sort"]),
        words=v.unseal(row["words"]),
        began_at=v.instant(row["began_at"]),
        at=v.instant(row["at"]),
        week_id=row["week_id"],
        phase=Phase(row["phase"]),
        turn=row["turn"],
        idea_id=row["idea_id"],
        share_numbers=bool(row["share_numbers"]),
        share_mood=bool(row["share_mood"]),
    )
