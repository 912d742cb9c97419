"""Deliveries: what is owed, claimed and settled; `standing` has what is told of their messages once they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from bot.core.delivery import Delivery, Kind, State
from bot.core.people import Person, Post, Space
from bot.store import _deliveries, _natural, facts
from bot.store import _values as v
from bot.store.db import Tx

# The state of what there can be a message about since an instant: one that may stand already is looked for first.
FIRST_STATE = (
    f"CASE WHEN ? <= (SELECT value FROM facts WHERE name = '{facts.LOOK_BEFORE}') THEN 'unknown' ELSE 'owed' END"
)
_LONGEST_WAIT = timedelta(days=1)  # of what is due already: the quiet hours


def key_of(
    installation: str, kind: Kind, owner: str, about: str, part: int, turn: int, to: Person | Space, again: int = 0
) -> str:
    """A delivery's id, 20 hex digits: the same for the same thing, also after an older database was put back."""
    place = "person" if isinstance(to, Person) else "space"
    named = f"{installation}\n{kind}\n{owner}\n{about}\n{part}\n{turn}\n{place}\n{to[0]}\n{to[1]}\n{to[2]}\n{again}"
    return blake2b(named.encode(), digest_size=10).hexdigest()


async def owe(
    tx: Tx,
    kind: Kind,
    to: Person | Space,
    subject: int,
    due_at: datetime,
    *,
    person_id: int | None,
    part: int = 0,
    turn: int = 0,
    expires_at: datetime | None = None,
) -> str | None:
    """Owe one delivery; its id, or None where the same one is owed or settled already."""
    about = await _natural.about(tx, kind, subject)
    owner = await _natural.owner(tx, kind, subject, person_id)
    installation, at = await facts.installation(tx), v.at(due_at)
    again = 0
    while True:  # a circle or an alert may be gone and made anew within one instant
        key = key_of(installation, kind, owner, about.words, part, turn, to, again)
        row = await tx.one(
            "INSERT INTO deliveries (id, person_id, kind, subject, part, turn, to_kind, to_platform, to_workspace,"
            " to_id, due_at, try_at, expires_at, again, state)"
            f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {FIRST_STATE}) ON CONFLICT DO NOTHING RETURNING id",
            key, person_id, kind, subject, part, turn,
            "person" if isinstance(to, Person) else "space", to.platform, to.workspace, to.id,
            at, at, v.maybe_at(expires_at), again, min(at, about.since or at),
        )  # fmt: skip
        if row is not None:
            return row["id"]
        if await _is_owed(tx, kind, to, subject, part, turn):
            return None
        again += 1


async def _is_owed(tx: Tx, kind: Kind, to: Person | Space, subject: int, part: int, turn: int) -> bool:
    found = await tx.one(
        "SELECT 1 FROM deliveries WHERE kind = ? AND subject = ? AND part = ? AND turn = ?"
        " AND to_platform = ? AND to_workspace = ? AND to_id = ?",
        kind, subject, part, turn, to.platform, to.workspace, to.id,
    )  # fmt: skip
    return found is not None


async def owe_anew(tx: Tx, delivery: Delivery, now: datetime, expires_at: datetime | None = None) -> str:
    """Owe something again that no longer stands, under a new id: the platform may still know the old one.

    Where it is not said until when it may be sent, that stays.
    """
    row = await tx.one("SELECT again FROM deliveries WHERE id = ?", delivery.id)
    again = row["again"] + 1 if row else 1
    kind, about = delivery.kind, await _natural.about(tx, delivery.kind, delivery.subject)
    owner = await _natural.owner(tx, kind, delivery.subject, delivery.person_id)
    key = key_of(
        await facts.installation(tx), kind, owner, about.words, delivery.part, delivery.turn, delivery.to, again
    )
    await tx.run(
        f"UPDATE deliveries SET id = ?, again = ?, due_at = ?, try_at = ?, state = {FIRST_STATE},"
        " expires_at = coalesce(?, expires_at), attempts = 0, claimed_at = NULL, settled_at = NULL, why = '', stale = 0"
        " WHERE id = ?",
        key, again, v.at(now), v.at(now), min(v.at(now), about.since or v.at(now)), v.maybe_at(expires_at), delivery.id,
    )  # fmt: skip
    return key


async def get(tx: Tx, delivery_id: str) -> Delivery | None:
    """The delivery of that id, or None."""
    found = await read(tx, [delivery_id])
    return found[0] if found else None


async def read(tx: Tx, delivery_ids: Collection[str]) -> list[Delivery]:
    """The deliveries of some ids that exist, in no order that matters."""
    if not delivery_ids:
        return []
    rows = await tx.all(
        "SELECT deliveries.*, conversations.channel, conversations.closed_why FROM deliveries"
        " LEFT JOIN conversations ON conversations.person_id = deliveries.person_id AND to_kind = 'person'"
        f" WHERE deliveries.id IN ({v.marks(delivery_ids)})",
        *delivery_ids,
    )
    return [
        _deliveries.delivery(row)._replace(channel=row["channel"] or "", hindered=bool(row["closed_why"]))
        for row in rows
    ]


async def about(tx: Tx, kind: Kind, subject: int) -> list[Delivery]:
    """Every delivery of a kind about one subject, oldest first."""
    rows = await tx.all("SELECT * FROM deliveries WHERE kind = ? AND subject = ? ORDER BY turn, part", kind, subject)
    return [_deliveries.delivery(row) for row in rows]


async def of_week(tx: Tx, week_id: int) -> list[Delivery]:
    """The drafts, recalls and posts of one week."""
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE kind IN ('draft', 'recall', 'post') AND subject = ? ORDER BY turn, part",
        week_id,
    )
    return [_deliveries.delivery(row) for row in rows]


async def posted_late(tx: Tx, week_id: int, turn: int) -> dict[Person | Space, datetime]:
    """Where the posts of a week came that came late, and when."""
    rows = await tx.all(
        "SELECT deliveries.* FROM deliveries"
        " WHERE kind = 'post' AND subject = ?1 AND turn = ?2 AND part = 0 AND state = 'late'"
        " UNION ALL SELECT deliveries.* FROM sections"
        " CROSS JOIN deliveries ON kind = 'council' AND subject = council_id"
        " WHERE week_id = ?1 AND sections.turn = ?2 AND state = 'late' AND added_at <= due_at",
        week_id, turn,
    )  # fmt: skip
    return {_deliveries.place(row): v.instant(row["settled_at"]) for row in rows}


async def unreachable_since(tx: Tx, person_id: int, since: datetime) -> list[Delivery]:
    """What could not arrive at a person from an instant on, the last try of each question, draft and note."""
    rows = await tx.all(
        "SELECT *, max(turn) FROM deliveries WHERE person_id = ?"
        " AND kind IN ('prompt', 'draft', 'note', 'trial', 'idea', 'became', 'landing', 'follow ups', 'interview')"
        " AND state = 'unreachable' AND settled_at >= ? GROUP BY kind, subject ORDER BY due_at",
        person_id, v.at(since),
    )  # fmt: skip
    return [_deliveries.delivery(row) for row in rows]


async def waiting(tx: Tx, now: datetime, limit: int = 5000) -> list[tuple[str, Person | Space]]:
    """What waits and may be tried now, as (id, where to), longest due first."""
    rows = await tx.all(
        "SELECT id, to_kind, to_platform, to_workspace, to_id, due_at FROM deliveries"
        " WHERE state IN ('owed', 'sending', 'unknown') AND try_at <= ? ORDER BY try_at, rowid LIMIT ?",
        v.at(now), limit,
    )  # fmt: skip
    return [(row["id"], _deliveries.place(row)) for row in sorted(rows, key=lambda row: row["due_at"])]


async def claim(tx: Tx, delivery_ids: Collection[str], now: datetime, lease: timedelta) -> set[str]:
    """Take waiting deliveries for `lease`; those that are settled, or not to be tried yet, are left out.

    What may stand already keeps the instant at which it was sent.
    """
    rows = await tx.all(
        "UPDATE deliveries SET state = 'sending', try_at = ?,"
        " claimed_at = CASE WHEN state = 'owed' THEN ? ELSE coalesce(claimed_at, ?) END"
        f" WHERE id IN ({v.marks(delivery_ids)}) AND state IN ('owed', 'sending', 'unknown') AND try_at <= ?"
        " RETURNING id",
        v.at(now + lease), v.at(now), v.at(now), *delivery_ids, v.at(now),
    )  # fmt: skip
    return {row["id"] for row in rows}


async def hand_back(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """A delivery that was claimed and not tried waits as it did before."""
    await tx.run(
        "UPDATE deliveries SET state = ?, try_at = ? WHERE id = ? AND state = 'sending'",
        State.OWED if delivery.state is State.OWED else State.UNKNOWN, v.at(now), delivery.id,
    )  # fmt: skip


async def release(tx: Tx, now: datetime) -> int:
    """What a process that is gone was sending is looked for at once; how many those are."""
    return await tx.run(
        "UPDATE deliveries SET state = 'unknown', try_at = ? WHERE state IN ('owed', 'sending', 'unknown')"
        " AND try_at > '' AND state = 'sending'",
        v.at(now),
    )


async def unstick(tx: Tx, now: datetime) -> None:
    """What a wrong clock put off is tried now, and looked for first where it may have been sent."""
    await tx.run(
        "UPDATE deliveries SET try_at = ?1, state = CASE state WHEN 'owed' THEN 'owed' ELSE 'unknown' END"
        " WHERE state IN ('owed', 'sending', 'unknown') AND try_at > ?1 AND due_at <= ?1"
        " AND (claimed_at > ?1 OR try_at > ?2)",
        v.at(now), v.at(now + _LONGEST_WAIT),
    )  # fmt: skip
    await tx.run(
        "UPDATE deliveries SET try_at = ?1 WHERE stale > 0 AND post_id IS NOT NULL AND try_at > ?2",
        v.at(now), v.at(now + _LONGEST_WAIT),
    )  # fmt: skip


class End(NamedTuple):
    """How a delivery ends: where it stands, or why it does not."""

    delivery_id: str
    state: State
    at: datetime
    post: Post | None = None
    why: str = ""


async def settle(
    tx: Tx, delivery_id: str, state: State, now: datetime, *, post: Post | None = None, why: str = ""
) -> None:
    """End a waiting delivery; see `settle_all`."""
    await settle_all(tx, [End(delivery_id, state, now, post, why)])


async def settle_all(tx: Tx, ends: Iterable[End]) -> None:
    """End waiting deliveries. One that arrived after all is always written."""
    await tx.many(
        "UPDATE deliveries SET state = ?1, settled_at = ?2, try_at = ?2, why = ?3,"
        " post_workspace = ?4, post_channel = ?5, post_id = ?6"
        " WHERE id = ?7 AND (state IN ('owed', 'sending', 'unknown') OR ?6 IS NOT NULL)",
        [
            (end.state, v.at(end.at), end.why, *(end.post[1:] if end.post else (None, None, None)), end.delivery_id)
            for end in ends
        ],
    )


async def put_off(tx: Tx, delivery_id: str, state: State, try_at: datetime, why: str = "") -> None:
    """Let a waiting delivery wait on, as owed (nothing was sent) or unknown (look first): this alone is an attempt."""
    await tx.run(
        "UPDATE deliveries SET state = ?1, try_at = ?2, why = ?3, attempts = attempts + (?1 = 'unknown')"
        " WHERE id = ?4 AND state IN ('owed', 'sending', 'unknown')",
        state, v.at(try_at), why, delivery_id,
    )  # fmt: skip


async def move(tx: Tx, person_id: int, kind: Kind, due_at: datetime, now: datetime) -> None:
    """What of a kind is owed to somebody later than now is due at another time."""
    await tx.run(
        "UPDATE deliveries SET due_at = ?1, try_at = ?1 WHERE person_id = ?2 AND kind = ?3 AND state = 'owed'"
        " AND due_at > ?4",
        v.at(due_at), person_id, kind, v.at(now),
    )  # fmt: skip


async def drop_waiting(tx: Tx, kind: Kind, subject: int, now: datetime) -> None:
    """Nothing that still waits about a subject is sent any more."""
    await tx.run(
        "UPDATE deliveries SET state = 'dropped', settled_at = ? WHERE kind = ? AND subject = ? AND state = 'owed'",
        v.at(now), kind, subject,
    )  # fmt: skip


async def drop_all(tx: Tx, person_id: int, now: datetime) -> None:
    """Nothing that still waits for a seeker is sent any more."""
    await tx.run(
        "UPDATE deliveries SET state = 'dropped', settled_at = ? WHERE person_id = ? AND state = 'owed'",
        v.at(now), person_id,
    )  # fmt: skip


async def redirect(tx: Tx, before: Space, to: Space) -> None:
    """What is owed to a channel, and was never tried, goes to another, under an id of its own."""
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE state IN ('owed', 'sending', 'unknown') AND state = 'owed' AND try_at > ''"
        " AND to_kind = 'space' AND to_platform = ? AND to_workspace = ? AND to_id = ?",
        *before,
    )  # fmt: skip
    for row in rows:
        about = await _natural.about(tx, Kind(row["kind"]), row["subject"])
        owner = await _natural.owner(tx, Kind(row["kind"]), row["subject"], row["person_id"])
        key = key_of(
            await facts.installation(tx), row["kind"], owner, about.words, row["part"], row["turn"], to, row["again"]
        )
        await tx.run(
            "UPDATE OR IGNORE deliveries SET id = ?, to_workspace = ?, to_id = ? WHERE id = ?",
            key, to.workspace, to.id, row["id"],
        )  # fmt: skip
