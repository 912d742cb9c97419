"""A whole search as it is kept: applications, what is next with each, and every event."""

from __future__ import annotations

import asyncio

from bot.core.archive import Archive, CameFrom
from bot.core.board import Step
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.search import application_of, event_of


async def whole(tx: Tx, person_id: int) -> Archive:
    """All that a person keeps of their search; thousands of rows are read beside the event loop."""
    events = await tx.all("SELECT * FROM events WHERE person_id = ? ORDER BY id", person_id)
    applications = await tx.all(
        "SELECT applications.*, given_at AS idea_at, experiments.made_at AS experiment_at FROM applications"
        " LEFT JOIN ideas ON ideas.id = applications.idea_id"
        " LEFT JOIN experiments ON experiments.id = experiment_id"
        " WHERE applications.person_id = ? ORDER BY applications.id",
        person_id,
    )
    return await asyncio.to_thread(_archive, applications, events)


def _archive(applications: list[Row], events: list[Row]) -> Archive:
    """The rows as records; an application may have gone, or come, since its events were read."""
    told = {row["application_id"] for row in events}
    kept = [row for row in applications if row["id"] in told]
    known = {None, *(row["id"] for row in kept)}
    steps = ((row["id"], row["next_on"], row["next_words"], row["next_sort"]) for row in kept)
    return Archive(
        tuple(application_of(row) for row in kept),
        tuple(event_of(row) for row in events if row["application_id"] in known),
        tuple(
            (number, Step(on, v.unseal(words), sort)) for number, at, words, sort in steps if (on := v.maybe_date(at))
        ),
        frozenset(row["id"] for row in kept if row["hushed"]),
        tuple((row["id"], _came_from(row)) for row in kept if row["idea_at"] or row["experiment_at"]),
    )


def _came_from(row: Row) -> CameFrom:
    return CameFrom(v.maybe_instant(row["idea_at"]), v.maybe_instant(row["experiment_at"]))
