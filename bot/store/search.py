"""The search: applications, where each stands, and the events that say so. Events are only ever added."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from bot.core.people import Person
from bot.core.search import ENDED, Act, Application, Event, Known, Loss, Stage, Standing
from bot.store import _values as v
from bot.store.db import Row, Tx


async def add(tx: Tx, application: Application) -> int:
    """Keep a new application; its number. The one that it is given with is not looked at."""
    one, standing = application, application.standing
    return await tx.insert(
        "INSERT INTO applications (person_id, company, role, link, source, kind, place, reach, idea_id, experiment_id,"
        " made_at, stage, furthest, stage_on, active_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        one.person_id, v.seal(one.company), v.seal(one.role), v.seal(one.link), v.seal(one.source), v.seal(one.kind),
        v.seal(one.place), v.seal(one.reach), one.idea_id, one.experiment_id, v.at(one.made_at),
        standing.stage, standing.furthest, standing.stage_on.isoformat(), standing.active_on.isoformat(),
    )  # fmt: skip


async def reword(tx: Tx, application: Application) -> None:
    """What an application says of itself, in other words, and what it came from."""
    one = application
    await tx.run(
        "UPDATE applications SET company = ?, role = ?, link = ?, source = ?, kind = ?, place = ?, reach = ?,"
        " idea_id = ?, experiment_id = ? WHERE id = ?",
        v.seal(one.company), v.seal(one.role), v.seal(one.link), v.seal(one.source), v.seal(one.kind),
        v.seal(one.place), v.seal(one.reach), one.idea_id, one.experiment_id, one.id,
    )  # fmt: skip


async def stand(tx: Tx, application_id: int, standing: Standing) -> None:
    """Where an application stands by its events."""
    await tx.run(
        "UPDATE applications SET stage = ?, round = ?, loss = ?, furthest = ?, stage_on = ?, active_on = ?,"
        " applied_on = ?, answered_on = ? WHERE id = ?",
        standing.stage, standing.round, standing.loss, standing.furthest, standing.stage_on.isoformat(),
        standing.active_on.isoformat(), v.maybe_on(standing.applied_on), v.maybe_on(standing.answered_on),
        application_id,
    )  # fmt: skip


async def drop(tx: Tx, application_id: int) -> None:
    """An application of which nothing happened is none."""
    await tx.run("DELETE FROM applications WHERE id = ?", application_id)


async def get(tx: Tx, application_id: int) -> Application | None:
    """The application of that number, or None."""
    row = await tx.one("SELECT * FROM applications WHERE id = ?", application_id)
    return None if row is None else application_of(row)


async def of_person(tx: Tx, person_id: int, stages: Collection[Stage] = tuple(Stage)) -> list[Application]:
    """A person's applications at some stages, the most active first."""
    rows = await tx.all(
        f"SELECT * FROM applications WHERE person_id = ? AND stage IN ({', '.join('?' * len(stages))})"
        " ORDER BY active_on DESC, id DESC",
        person_id, *stages,
    )  # fmt: skip
    return [application_of(row) for row in rows]


async def known(tx: Tx, who: Person) -> list[Known]:
    """Somebody's applications by name, those that are open first, then the most active."""
    rows = await tx.all(
        "SELECT applications.id, company, role, stage FROM people JOIN applications ON person_id = people.id"
        " WHERE platform = ? AND workspace = ? AND external_id = ?"
        " ORDER BY stage IN (?, ?), active_on DESC, applications.id DESC",
        *who, *ENDED,
    )  # fmt: skip
    return [Known(row["id"], v.unseal(row["company"]), v.unseal(row["role"]), Stage(row["stage"])) for row in rows]


async def recent(tx: Tx, person_id: int) -> list[Known]:
    """A person's most active applications by name, at most 300, those that are open first."""
    rows = await tx.all(
        "SELECT id, company, role, stage FROM applications WHERE person_id = ?"
        " ORDER BY stage IN (?, ?), active_on DESC, id DESC LIMIT 300",
        person_id, *ENDED,
    )  # fmt: skip
    return [Known(row["id"], v.unseal(row["company"]), v.unseal(row["role"]), Stage(row["stage"])) for row in rows]


async def count(tx: Tx, person_id: int) -> int:
    """How many applications a person keeps."""
    row = await tx.one("SELECT count(*) AS found FROM applications WHERE person_id = ?", person_id)
    return row["found"] if row else 0


async def note(tx: Tx, event: Event) -> int:
    """Add an event; its number. The one that it is given with is not looked at."""
    return await tx.insert(
        "INSERT INTO events (person_id, application_id, act, happened_on, noted_at, stage, round, loss, starts_at,"
        " whom, words, energy, about) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.person_id, event.application_id, event.act, event.on.isoformat(), v.at(event.noted_at), event.stage,
        event.round, event.loss, v.maybe_at(event.starts_at), v.seal(event.whom), v.seal(event.words), event.energy,
        event.about,
    )  # fmt: skip


async def event(tx: Tx, event_id: int) -> Event | None:
    """The event of that number as it was noted, or None."""
    row = await tx.one("SELECT * FROM events WHERE id = ?", event_id)
    return None if row is None else event_of(row)


async def about(tx: Tx, event_id: int) -> list[Event]:
    """An event and all that undid or amended it."""
    rows = await tx.all("SELECT * FROM events WHERE id = ?1 OR about = ?1 ORDER BY id", event_id)
    return [event_of(row) for row in rows]


async def owned(tx: Tx, event_id: int) -> tuple[Person, str, list[Event]] | None:
    """Whose an event is, their zone, and it with all about it; or None."""
    rows = await tx.all(
        "SELECT events.*, platform, workspace, external_id, zone FROM events"
        " JOIN people ON people.id = events.person_id JOIN seekers ON seekers.person_id = people.id"
        " WHERE events.id = ?1 OR about = ?1 ORDER BY events.id",
        event_id,
    )
    return (v.person(rows[0]), rows[0]["zone"], [event_of(row) for row in rows]) if rows else None


async def events_with(tx: Tx, application_id: int) -> list[Event]:
    """All that was noted of an application, in the order in which it was."""
    rows = await tx.all("SELECT * FROM events WHERE application_id = ? ORDER BY id", application_id)
    return [event_of(row) for row in rows]


async def events_between(
    tx: Tx, person_id: int, first: date, last: date, since: datetime, until: datetime
) -> list[Event]:
    """What a person did or agreed from one day to another, and what began between two instants.

    With all about it, and the corrections of those applications.
    """
    rows = await tx.all(
        _corrected(
            "SELECT coalesce(about, id) FROM events WHERE person_id = ? AND happened_on BETWEEN ? AND ?"
            " UNION SELECT coalesce(about, id) FROM events WHERE person_id = ? AND starts_at >= ? AND starts_at < ?"
        ),
        person_id, first.isoformat(), last.isoformat(), person_id, v.at(since), v.at(until), Act.CORRECTED,
    )  # fmt: skip
    return [event_of(row) for row in rows]


async def felt(tx: Tx, person_id: int) -> list[Event]:
    """The events of which a person said how they were, all about them, and the corrections of their applications."""
    felt = "SELECT coalesce(about, id) FROM events WHERE person_id = ? AND energy IS NOT NULL"
    return [event_of(row) for row in await tx.all(_corrected(felt), person_id, Act.CORRECTED)]


def _corrected(told: str) -> str:
    """A query for the events that `told` names by id, the corrections of their applications, and all about each.

    A correction comes along of whichever day, for it tells what did not happen; its act is the last parameter.
    """
    return (
        f"WITH told (id) AS ({told}),"
        " with_corrections (id) AS (SELECT id FROM told UNION SELECT id FROM events WHERE act = ?"
        " AND application_id IN (SELECT application_id FROM events WHERE id IN told))"
        " SELECT * FROM events WHERE id IN with_corrections"
        " UNION SELECT * FROM events WHERE about IN with_corrections ORDER BY id"
    )


def application_of(row: Row) -> Application:
    """The application in a row of `applications`."""
    return Application(
        id=row["id"],
        person_id=row["person_id"],
        company=v.unseal(row["company"]),
        role=v.unseal(row["role"]),
        standing=_standing(row),
        made_at=v.instant(row["made_at"]),
        link=v.unseal(row["link"]),
        source=v.unseal(row["source"]),
        kind=v.unseal(row["kind"]),
        place=v.unseal(row["place"]),
        reach=v.unseal(row["reach"]),
        idea_id=row["idea_id"],
        experiment_id=row["experiment_id"],
    )


def _standing(row: Row) -> Standing:
    return Standing(
        Stage(row["stage"]),
        row["round"],
        Loss(row["loss"]) if row["loss"] else None,
        Stage(row["furthest"]),
        date.fromisoformat(row["stage_on"]),
        date.fromisoformat(row["active_on"]),
        v.maybe_date(row["applied_on"]),
        v.maybe_date(row["answered_on"]),
    )


def event_of(row: Row) -> Event:
    """The event in a row of `events`."""
    return Event(
        id=row["id"],
        person_id=row["person_id"],
        application_id=row["application_id"],
        act=Act(row["act"]),
        on=date.fromisoformat(row["happened_on"]),
        noted_at=v.instant(row["noted_at"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        round=row["round"],
        loss=Loss(row["loss"]) if row["loss"] else None,
        starts_at=v.maybe_instant(row["starts_at"]),
        whom=v.unseal(row["whom"]),
        words=v.unseal(row["words"]),
        energy=row["energy"],
        about=row["about"],
    )
