"""Councils: their hour and their sections, and which of them a week is in."""

from __future__ import annotations

from datetime import date, datetime

from bot.core import council as rules
from bot.core.council import Council, Drafting, Hour
from bot.core.summary import Week
from bot.store import _values as v
from bot.store.db import Row, Tx

_OF_FIRST = (
    "SELECT zone FROM memberships JOIN seekers ON seekers.person_id = memberships.person_id"
    " WHERE circle_id = circles.id ORDER BY memberships.rowid LIMIT 1"
)
TOLD = "weeks.id = sections.week_id AND weeks.phase = 'posted' AND weeks.turn = sections.turn"  # by its council, now


async def hour(tx: Tx, circle_id: int) -> Hour:
    """When a circle's joint post goes out; until somebody sets that, after the drafts of its first seeker."""
    row = await tx.one(
        "SELECT council_day, council_time, council_zone,"
        f" CASE council_zone WHEN '' THEN coalesce(({_OF_FIRST}), 'UTC') ELSE council_zone END AS zone"
        " FROM circles WHERE id = ?",
        circle_id,
    )
    assert row is not None
    if not row["council_zone"] and (drafts := await drafting(tx, circle_id)):
        return rules.after_drafts(drafts[0])
    return Hour(row["council_day"], v.clock_time(row["council_time"]), row["zone"])


async def set_hour(tx: Tx, circle_id: int, hour: Hour) -> None:
    """When a circle's joint post goes out from now on."""
    await tx.run(
        "UPDATE circles SET council_day = ?, council_time = ?, council_zone = ? WHERE id = ?",
        hour.day, v.clock(hour.at), hour.zone, circle_id,
    )  # fmt: skip


async def drafting(tx: Tx, circle_id: int) -> list[Drafting]:
    """When the drafts of a circle's seekers come, of those to whom any come; those who came first before others."""
    rows = await tx.all(
        "SELECT days, at, zone FROM memberships JOIN seekers ON seekers.person_id = memberships.person_id"
        " JOIN schedules ON schedules.person_id = memberships.person_id AND ask = 'week'"
        " WHERE circle_id = ? AND left_at IS NULL AND landed_at IS NULL AND days <> ''"
        " ORDER BY memberships.rowid",
        circle_id,
    )
    return [Drafting(frozenset(map(int, row["days"])), v.clock_time(row["at"]), row["zone"]) for row in rows]


async def seekers(tx: Tx, circle_id: int) -> list[int]:
    """Those whose weeks go to a circle, who have not left and whose journey is not over."""
    rows = await tx.all(
        "SELECT memberships.person_id FROM memberships JOIN seekers ON seekers.person_id = memberships.person_id"
        " WHERE circle_id = ? AND left_at IS NULL AND landed_at IS NULL ORDER BY memberships.rowid",
        circle_id,
    )
    return [row["person_id"] for row in rows]


# ------------------------------------------------------------------ councils and their sections


async def get(tx: Tx, council_id: int) -> Council | None:
    """The council of that number, or None."""
    row = await tx.one("SELECT * FROM councils WHERE id = ?", council_id)
    return None if row is None else _council(row)


async def of_circle(tx: Tx, circle_id: int, monday: date) -> Council | None:
    """A circle's council of the week that starts on `monday`, or None."""
    row = await tx.one("SELECT * FROM councils WHERE circle_id = ? AND monday_on = ?", circle_id, monday.isoformat())
    return None if row is None else _council(row)


async def make(tx: Tx, circle_id: int, monday: date) -> Council:
    """The same, made if it is new."""
    row = await tx.one(
        "INSERT INTO councils (circle_id, monday_on) VALUES (?, ?)"
        " ON CONFLICT (circle_id, monday_on) DO UPDATE SET monday_on = monday_on RETURNING *",
        circle_id, monday.isoformat(),
    )  # fmt: skip
    assert row is not None
    return _council(row)


async def add(tx: Tx, council_id: int, week: Week, now: datetime) -> None:
    """Let a council tell a week, as it is posted this time."""
    await tx.run(
        "INSERT INTO sections (council_id, week_id, person_id, turn, added_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (council_id, week_id) DO UPDATE SET turn = excluded.turn, added_at = excluded.added_at",
        council_id, week.id, week.person_id, week.turn, v.at(now),
    )  # fmt: skip


async def take_out(tx: Tx, council_id: int, week_id: int) -> None:
    """Let a council tell a week no more; that it did is kept."""
    await tx.run("UPDATE sections SET turn = 0 WHERE council_id = ? AND week_id = ?", council_id, week_id)


async def rest(tx: Tx, week: Week) -> None:
    """Nothing of a posted week is for all any more: no council tells it until something is again."""
    await tx.run("UPDATE sections SET turn = -turn WHERE week_id = ? AND turn = ?", week.id, week.turn)


async def resting(tx: Tx, week: Week) -> list[int]:
    """The councils that would tell a week, were anything of it for all."""
    rows = await tx.all("SELECT council_id FROM sections WHERE week_id = ? AND turn = -?", week.id, week.turn)
    return [row["council_id"] for row in rows]


async def told(tx: Tx, council_id: int) -> list[int]:
    """The weeks that a council tells, those that were added first before others."""
    rows = await tx.all(
        f"SELECT week_id FROM sections JOIN weeks ON {TOLD} WHERE council_id = ? ORDER BY added_at, week_id", council_id
    )
    return [row["week_id"] for row in rows]


async def with_week(tx: Tx, week: Week) -> list[int]:
    """The councils that tell a week as it is posted now."""
    rows = await tx.all("SELECT council_id FROM sections WHERE week_id = ? AND turn = ?", week.id, week.turn)
    return [row["council_id"] for row in rows]


async def with_person(tx: Tx, person_id: int) -> list[int]:
    """The councils that tell something of a seeker, or did."""
    rows = await tx.all("SELECT DISTINCT council_id FROM sections WHERE person_id = ?", person_id)
    return [row["council_id"] for row in rows]


async def of_circle_waiting(tx: Tx, circle_id: int) -> list[Council]:
    """A circle's councils whose joint post is still to go out."""
    rows = await tx.all(
        "SELECT councils.* FROM councils CROSS JOIN deliveries ON kind = 'council' AND subject = councils.id"
        " WHERE circle_id = ? AND state = 'owed'",
        circle_id,
    )
    return [_council(row) for row in rows]


async def move(tx: Tx, council_id: int, due_at: datetime) -> None:
    """The joint post that waits goes out at another time."""
    await tx.run(
        "UPDATE deliveries SET due_at = ?1, try_at = ?1 WHERE kind = 'council' AND subject = ?2 AND state = 'owed'",
        v.at(due_at), council_id,
    )  # fmt: skip


def _council(row: Row) -> Council:
    return Council(row["id"], row["circle_id"], date.fromisoformat(row["monday_on"]))
