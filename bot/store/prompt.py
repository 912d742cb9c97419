"""All that decides about prompts and goes into them, read for many at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import NamedTuple

from bot.core.delivery import State
from bot.core.people import Seeker
from bot.core.rhythm import Occurrence
from bot.store import _values as v
from bot.store.db import Row, Tx
from bot.store.people import seeker_of
from bot.store.rhythm import occurrence_of

_ASKED = """
    SELECT deliveries.id AS delivery_id, occurrences.*, people.platform, people.workspace, people.external_id,
        people.name, seekers.*, pauses.from_on, pauses.until_on, entries.id AS entry_id, rests.rest_on,
        iif(schedules.last_on = local_on, next_on, NULL) AS next_on, schedules.at AS asks_at,
        (SELECT group_concat(local_on) FROM occurrences AS missed
            WHERE missed.person_id = occurrences.person_id AND missed.schedule_id = occurrences.schedule_id
            AND missed.local_on < occurrences.local_on
            AND missed.local_on > coalesce((SELECT local_on FROM occurrences AS came
                WHERE came.person_id = occurrences.person_id AND came.schedule_id = occurrences.schedule_id
                AND came.local_on < occurrences.local_on
                AND EXISTS (SELECT 1 FROM deliveries AS sent WHERE sent.kind = 'prompt' AND sent.subject = came.id
                    AND sent.state IN ('sent', 'late'))
                ORDER BY came.local_on DESC LIMIT 1), '')
            AND (missed.state = 'expired' OR missed.state = 'open' AND EXISTS (SELECT 1 FROM deliveries AS lost
                WHERE lost.kind = 'prompt' AND lost.subject = missed.id AND lost.state = 'unreachable'))
        ) AS missed
    FROM deliveries JOIN occurrences ON occurrences.id = subject
    JOIN people ON people.id = occurrences.person_id JOIN seekers ON seekers.person_id = people.id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
    LEFT JOIN entries ON occurrence_id = occurrences.id
    LEFT JOIN schedules ON schedules.id = occurrences.schedule_id
    LEFT JOIN rests ON rests.person_id = people.id AND rest_on = local_on
    WHERE deliveries.id IN ({marks}) AND deliveries.kind = 'prompt'
"""
_AFTER = """
    SELECT mine.id, other.state, other.due_at FROM deliveries AS mine JOIN deliveries AS other
    ON other.kind = 'prompt' AND other.subject = mine.subject AND other.turn > mine.turn
    WHERE mine.id IN ({marks}) AND mine.kind = 'prompt' ORDER BY other.turn
"""


class Asking(NamedTuple):
    """What one prompt asks, of whom, and what became of it so far."""

    seeker: Seeker
    occurrence: Occurrence
    entry_id: int | None
    rested: bool  # the day is one of rest
    missed: tuple[date, ...]  # the days before, since one arrived, on which the same could not be asked
    next_on: date | None  # when the same is asked next, where this is the newest
    at: time | None  # the local time of asking


class Again(NamedTuple):
    """A newer message that asks the same."""

    state: State
    due_at: datetime


async def asking(tx: Tx, delivery_ids: Collection[str]) -> dict[str, Asking]:
    """What each of some prompts asks, by delivery."""
    rows = await tx.all(_ASKED.format(marks=v.marks(delivery_ids)), *delivery_ids)
    return {row["delivery_id"]: _asking(row) for row in rows}


async def again(tx: Tx, delivery_ids: Collection[str]) -> dict[str, list[Again]]:
    """The newer messages that ask the same as some prompts, by delivery, the oldest first."""
    found: dict[str, list[Again]] = {}
    for row in await tx.all(_AFTER.format(marks=v.marks(delivery_ids)), *delivery_ids):
        found.setdefault(row["id"], []).append(Again(State(row["state"]), v.instant(row["due_at"])))
    return found


def _asking(row: Row) -> Asking:
    return Asking(
        seeker=seeker_of(row),
        occurrence=occurrence_of(row),
        entry_id=row["entry_id"],
        rested=row["rest_on"] is not None,
        missed=tuple(sorted(map(date.fromisoformat, row["missed"].split(",")))) if row["missed"] else (),
        next_on=v.maybe_date(row["next_on"]),
        at=v.clock_time(row["asks_at"]) if row["asks_at"] else None,
    )
