"""What the board shows: applications with what is next, and those with interviews to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.board import Card, Step
from bot.core.people import Person
from bot.core.search import ENDED, Application, Event
from bot.store import _values as v
from bot.store import search
from bot.store.db import Row, Tx


async def cards(tx: Tx, numbers: Sequence[int]) -> list[Card]:
    """The applications of these numbers, in this order."""
    marks = ", ".join("?" * len(numbers))
    rows = await tx.all(f"SELECT * FROM applications WHERE id IN ({marks})", *numbers)
    found = {row["id"]: _card(row) for row in rows}
    return [found[number] for number in numbers if number in found]


async def owned(tx: Tx, application_id: int) -> tuple[Person, str, Card] | None:
    """Whose an application is, their zone, and it; or None."""
    row = await tx.one(
        "SELECT applications.*, platform, workspace, external_id, zone FROM applications"
        " JOIN people ON people.id = applications.person_id JOIN seekers ON seekers.person_id = people.id"
        " WHERE applications.id = ?",
        application_id,
    )
    return None if row is None else (v.person(row), row["zone"], _card(row))


async def plan(tx: Tx, application_id: int, step: Step | None) -> None:
    """What is next with an application; None: nothing."""
    on, sort, words = (step.on.isoformat(), step.sort, v.seal(step.words)) if step else (None, "", "")
    await tx.run(
        "UPDATE applications SET next_on = ?, next_sort = ?, next_words = ?, hushed = 0 WHERE id = ?",
        on, sort, words, application_id,
    )  # fmt: skip


async def due(tx: Tx, person_id: int, until: date) -> list[Card]:
    """Open applications of which something is due by a date, the oldest first."""
    rows = await tx.all(
        "SELECT * FROM applications WHERE person_id = ? AND next_on <= ? AND stage NOT IN (?, ?) ORDER BY next_on, id",
        person_id, until.isoformat(), *ENDED,
    )  # fmt: skip
    return [_card(row) for row in rows]


async def with_interviews(
    tx: Tx, person_id: int, since: datetime, until: datetime
) -> list[tuple[Application, list[Event]]]:
    """A person's applications of which an interview was noted to start between two instants, with all their events."""
    rows = await tx.all(
        "SELECT DISTINCT application_id AS id FROM events"
        " WHERE person_id = ? AND starts_at >= ? AND starts_at < ? AND application_id IS NOT NULL",
        person_id, v.at(since), v.at(until),
    )  # fmt: skip
    found = [(await search.get(tx, row["id"]), await search.events_with(tx, row["id"])) for row in rows]
    return [(application, events) for application, events in found if application]


def _card(row: Row) -> Card:
    on = v.maybe_date(row["next_on"]) if row["stage"] not in ENDED else None
    step = Step(on, v.unseal(row["next_words"]), row["next_sort"]) if on else None
    return Card(search.application_of(row), step)
