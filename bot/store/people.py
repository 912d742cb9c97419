"""Who is known, who seeks, and when they rest."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.people import Comes, IdeasCome, Person, Quiet, Seeker, Seeking
from bot.store import _values as v
from bot.store.db import Row, Tx

_SEEKER = """
    SELECT people.*, seekers.*, pauses.from_on, pauses.until_on
    FROM seekers JOIN people ON people.id = seekers.person_id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
"""
SEEKING = "seekers.person_id AS own_id, seekers.zone AS own_zone, seekers.left_at AS own_left_at"


async def remember(tx: Tx, person: Person, name: str) -> int:
    """The person's number, made if they are new; an empty name leaves the known one."""
    row = await tx.one(
        "INSERT INTO people (platform, workspace, external_id, name) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (platform, workspace, external_id) DO UPDATE SET"
        " name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END RETURNING id",
        person.platform, person.workspace, person.id, name,
    )  # fmt: skip
    assert row is not None
    return int(row["id"])


async def number_of(tx: Tx, person: Person) -> int | None:
    """The person's number, or None for somebody unknown."""
    row = await tx.one(
        "SELECT id FROM people WHERE platform = ? AND workspace = ? AND external_id = ?",
        person.platform, person.workspace, person.id,
    )  # fmt: skip
    return None if row is None else int(row["id"])


async def seeker(tx: Tx, who: Person) -> Seeker | None:
    """The seeker that a person is or was, or None."""
    row = await tx.one(
        _SEEKER + " WHERE people.platform = ? AND people.workspace = ? AND people.external_id = ?",
        who.platform, who.workspace, who.id,
    )  # fmt: skip
    return None if row is None else seeker_of(row)


async def seeker_by_id(tx: Tx, person_id: int) -> Seeker | None:
    """The seeker of a person's number, or None."""
    row = await tx.one(_SEEKER + " WHERE people.id = ?", person_id)
    return None if row is None else seeker_of(row)


async def start(tx: Tx, person_id: int, zone: str, quiet: Quiet, now: datetime) -> None:
    """Make a person a seeker, or welcome them back; their first start is kept."""
    await tx.run(
        "INSERT INTO seekers (person_id, zone, quiet_from, quiet_to, started_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET zone = excluded.zone, left_at = NULL",
        person_id, zone, v.clock(quiet.start), v.clock(quiet.end), v.at(now),
    )  # fmt: skip


async def leave(tx: Tx, person_id: int, now: datetime) -> None:
    """End a seeker's rhythm."""
    await tx.run("UPDATE seekers SET left_at = ? WHERE person_id = ?", v.at(now), person_id)


async def set_zone(tx: Tx, person_id: int, zone: str) -> None:
    """Change the zone in which a seeker is asked."""
    await tx.run("UPDATE seekers SET zone = ? WHERE person_id = ?", zone, person_id)


async def set_quiet(tx: Tx, person_id: int, quiet: Quiet) -> None:
    """Change a seeker's quiet hours."""
    await tx.run(
        "UPDATE seekers SET quiet_from = ?, quiet_to = ? WHERE person_id = ?",
        v.clock(quiet.start), v.clock(quiet.end), person_id,
    )  # fmt: skip


async def set_autopost(tx: Tx, person_id: int, autopost: bool) -> None:
    """Whether drafts post by themselves."""
    await tx.run("UPDATE seekers SET autopost = ? WHERE person_id = ?", int(autopost), person_id)


async def set_tell_circle(tx: Tx, person_id: int, tell: bool) -> None:
    """Whether a seeker's circle hears when their direct messages are closed."""
    await tx.run("UPDATE seekers SET tell_circle = ? WHERE person_id = ?", int(tell), person_id)


async def set_comes(tx: Tx, person_id: int, cheers: Comes, ideas: IdeasCome) -> None:
    """When a seeker is told what friends left for them."""
    await tx.run("UPDATE seekers SET cheers_come = ?, ideas_come = ? WHERE person_id = ?", cheers, ideas, person_id)


async def set_invited(tx: Tx, person_id: int, *, invited: bool) -> None:
    """Whether a seeker hears what others of their circle ask for."""
    await tx.run("UPDATE seekers SET invited = ? WHERE person_id = ?", int(invited), person_id)


async def pause(tx: Tx, person_id: int, from_on: date, until_on: date | None) -> None:
    """Begin a pause; `until_on` is the first day that is asked again."""
    await tx.run(
        "INSERT INTO pauses (person_id, from_on, until_on) VALUES (?, ?, ?)",
        person_id, from_on.isoformat(), v.maybe_on(until_on),
    )  # fmt: skip


async def resume(tx: Tx, person_id: int, today: date) -> None:
    """End the pauses that still go on."""
    await tx.run(
        "UPDATE pauses SET until_on = ? WHERE person_id = ? AND (until_on IS NULL OR until_on > ?)",
        today.isoformat(), person_id, today.isoformat(),
    )  # fmt: skip


async def pauses(tx: Tx, person_id: int) -> list[tuple[date, date | None]]:
    """Every pause, as (first day, first day that is asked again)."""
    rows = await tx.all("SELECT from_on, until_on FROM pauses WHERE person_id = ? ORDER BY id", person_id)
    return [(date.fromisoformat(row["from_on"]), v.maybe_date(row["until_on"])) for row in rows]


async def rest(tx: Tx, person_id: int, on: date) -> None:
    """A day that a seeker chose to rest."""
    await tx.run("INSERT OR IGNORE INTO rests (person_id, rest_on) VALUES (?, ?)", person_id, on.isoformat())


async def rests(tx: Tx, person_id: int, first: date, last: date) -> set[date]:
    """The days that a seeker chose to rest, both ends included."""
    rows = await tx.all(
        "SELECT rest_on FROM rests WHERE person_id = ? AND rest_on BETWEEN ? AND ?",
        person_id, first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return {date.fromisoformat(row["rest_on"]) for row in rows}


def seeking_of(row: Row) -> Seeking | None:
    """The seeker in a row with the columns of SEEKING, or None."""
    number, left_at = row["own_id"], v.maybe_instant(row["own_left_at"])
    return None if number is None else Seeking(number, row["own_zone"], left_at)


def seeker_of(row: Row) -> Seeker:
    """The seeker in a row of people, seekers and their newest pause."""
    return Seeker(
        id=row["person_id"],
        person=v.person(row),
        name=row["name"],
        zone=row["zone"],
        quiet=Quiet(v.clock_time(row["quiet_from"]), v.clock_time(row["quiet_to"])),
        autopost=bool(row["autopost"]),
        started_at=v.instant(row["started_at"]),
        left_at=v.maybe_instant(row["left_at"]),
        paused_from=v.maybe_date(row["from_on"]),
        paused_until=v.maybe_date(row["until_on"]),
        tell_circle=bool(row["tell_circle"]),
        cheers_come=Comes(row["cheers_come"]),
        ideas_come=IdeasCome(row["ideas_come"]),
        silent_days=row["silent_days"],
        country=row["country"],
        invited=bool(row["invited"]),
        landed_at=v.maybe_instant(row["landed_at"]),
    )
