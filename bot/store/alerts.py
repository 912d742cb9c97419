"""What the host is told: raised once while it lasts, ended when it works again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.alert import Topic
from bot.store import _values as v
from bot.store.db import Row, Tx

# One more than any that has been: what was sent about an alert that is gone must not pass for sent about a new one.
_NEXT = (
    "(SELECT 1 + max(coalesce((SELECT max(id) FROM alerts), 0),"
    " coalesce((SELECT max(subject) FROM deliveries WHERE kind = 'alert'), 0),"
    " coalesce((SELECT max(subject) FROM deliveries WHERE kind = 'unreached'), 0)))"
)
# Of a message about an alert: it is to be sent, revised or taken down, or stands as it could not be changed.
_TO_BE_DONE = "(state IN ('owed', 'sending', 'unknown') OR (stale > 0 OR stuck_at IS NOT NULL) AND post_id IS NOT NULL)"


class Raised(NamedTuple):
    """One alert as it is kept. `about` names the person, channel or thing within its topic."""

    id: int
    topic: Topic
    about: str
    detail: str
    raised_at: datetime
    ended_at: datetime | None
    person_id: int | None


async def raise_(tx: Tx, topic: Topic, about: str, detail: str, person_id: int | None, now: datetime) -> int | None:
    """The number of a new alert; None while the same one lasts."""
    row = await tx.one(
        f"INSERT INTO alerts (id, topic, about, detail, person_id, raised_at) VALUES ({_NEXT}, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING RETURNING id",
        topic, about, detail, person_id, v.at(now),
    )  # fmt: skip
    return None if row is None else int(row["id"])


async def end(tx: Tx, topic: Topic, about: str, now: datetime) -> int | None:
    """The number of the alert that this ends; None where none lasts."""
    row = await tx.one(
        "UPDATE alerts SET ended_at = ? WHERE topic = ? AND about = ? AND ended_at IS NULL RETURNING id",
        v.at(now), topic, about,
    )  # fmt: skip
    return None if row is None else int(row["id"])


async def forget(tx: Tx, alert_id: int) -> None:
    """It need not be told any more."""
    await tx.run("DELETE FROM alerts WHERE id = ?", alert_id)


async def forget_ended(tx: Tx, now: datetime, age: timedelta) -> None:
    """Forget what ended longer ago than `age`, and the messages about it, once they say so or are taken down."""
    await tx.run(
        "DELETE FROM alerts WHERE ended_at < ? AND NOT EXISTS (SELECT 1 FROM deliveries"
        f" WHERE kind IN ('alert', 'unreached') AND subject = alerts.id AND {_TO_BE_DONE})",
        v.at(now - age),
    )
    await tx.run(
        "DELETE FROM deliveries WHERE kind IN ('alert', 'unreached') AND settled_at < ?"
        f" AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.id = subject) AND NOT {_TO_BE_DONE}",
        v.at(now - age),
    )


async def get(tx: Tx, alert_id: int) -> Raised | None:
    """The alert of that number, or None."""
    row = await tx.one("SELECT * FROM alerts WHERE id = ?", alert_id)
    return None if row is None else _raised(row)


async def lasts(tx: Tx, topic: Topic, about: str) -> bool:
    """Whether such an alert was raised and has not ended."""
    found = await tx.one("SELECT 1 FROM alerts WHERE topic = ? AND about = ? AND ended_at IS NULL", topic, about)
    return found is not None


async def lasting(tx: Tx) -> list[Raised]:
    """Every alert that lasts, in no order that matters."""
    return [_raised(row) for row in await tx.all("SELECT * FROM alerts WHERE ended_at IS NULL AND topic >= ''")]


async def of_person(tx: Tx, person_id: int) -> list[Raised]:
    """The alerts about a person that last."""
    rows = await tx.all("SELECT * FROM alerts WHERE person_id = ? AND ended_at IS NULL", person_id)
    return [_raised(row) for row in rows]


def _raised(row: Row) -> Raised:
    return Raised(
        row["id"],
        Topic(row["topic"]),
        row["about"],
        row["detail"],
        v.instant(row["raised_at"]),
        v.maybe_instant(row["ended_at"]),
        row["person_id"],
    )
