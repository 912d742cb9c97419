"""What was pressed under which message: where that stands, and the week and seeker that it is about."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.delivery import Kind
from bot.core.people import Person, Seeker, Space
from bot.core.summary import Phase
from bot.store import _deliveries, council
from bot.store.db import Row, Tx
from bot.store.people import seeker_of

_COLUMNS = """
    people.*, seekers.*, pauses.from_on, pauses.until_on, weeks.id AS week_id, weeks.phase,
    kind, to_kind, to_platform, to_workspace, to_id
"""
_OF_WEEK = """
    LEFT JOIN seekers ON seekers.person_id = weeks.person_id
    LEFT JOIN people ON people.id = weeks.person_id
    LEFT JOIN pauses ON pauses.id = (SELECT max(id) FROM pauses WHERE pauses.person_id = people.id)
    WHERE deliveries.id = ?1
"""
_UNDER = f"""
    SELECT {_COLUMNS} FROM deliveries
    LEFT JOIN landings ON kind = 'closing' AND landings.id = subject AND landings.phase = 'posted'
    LEFT JOIN sections ON kind IN ('council', 'invitation') AND council_id = subject AND sections.week_id = ?2
    LEFT JOIN weeks ON weeks.id = CASE
        WHEN kind IN ('post', 'part') THEN subject ELSE coalesce(landings.week_id, sections.week_id) END
    {_OF_WEEK}
"""
_ASKS = """
    share_asks AND EXISTS (SELECT 1 FROM asked_in JOIN asks ON asks.id = ask_id
        WHERE asked_in.week_id = weeks.id AND closed_at IS NULL) AS asks
"""
_TOLD = f"""
    SELECT {_COLUMNS}, {_ASKS} FROM deliveries
    LEFT JOIN sections ON kind IN ('council', 'invitation') AND council_id = subject
    LEFT JOIN weeks ON {council.TOLD}
    {_OF_WEEK}
    ORDER BY added_at, sections.week_id
"""


class Under(NamedTuple):
    """A message that something was pressed under, and what it tells of where that is a week."""

    kind: Kind
    to: Person | Space
    week_id: int | None
    standing: bool  # the week is posted, or it is told of at the end of a journey
    seeker: Seeker | None


class Told(NamedTuple):
    """One seeker in a joint post."""

    week_id: int
    seeker: Seeker
    asks: bool  # for something that is still open, and says so there


class Joint(NamedTuple):
    """A message that something was pressed under, and whom it tells of where that is a joint post, or invites to it."""

    kind: Kind
    to: Person | Space
    told: list[Told]  # who was added first before others


async def under(tx: Tx, delivery_id: str, week_id: int | None = None) -> Under | None:
    """The message of that delivery with its week, of a joint post `week_id` if it is told there or was; or None."""
    row = await tx.one(_UNDER, delivery_id, week_id)
    return None if row is None else _under(row)


async def joint(tx: Tx, delivery_id: str) -> Joint | None:
    """The message of that delivery with all whom it tells of now, or None."""
    rows = await tx.all(_TOLD, delivery_id)
    if not rows:
        return None
    found = [Told(row["week_id"], seeker_of(row), bool(row["asks"])) for row in rows if row["zone"]]
    return Joint(Kind(rows[0]["kind"]), _deliveries.place(rows[0]), found)


def _under(row: Row) -> Under:
    return Under(
        kind=Kind(row["kind"]),
        to=_deliveries.place(row),
        week_id=row["week_id"],
        standing=row["kind"] == Kind.CLOSING or row["phase"] == Phase.POSTED,
        seeker=seeker_of(row) if row["zone"] else None,
    )
