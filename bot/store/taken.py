"""Which direct messages were taken: each is handled once, whoever tells of it first."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.conversations import Known
from bot.core.people import Post, Said
from bot.store import _values as v
from bot.store.db import Row, Tx

_KNOWN = (
    "SELECT taken.*, entry_parts.text, gone_at, words FROM taken"
    " LEFT JOIN entry_parts ON entry_parts.channel = taken.channel AND entry_parts.message = taken.message"
    " LEFT JOIN held ON ref = taken.channel || '/' || taken.message"
)


async def take(tx: Tx, person_id: int, said: Said, now: datetime) -> bool:
    """Take a message, in the transaction that keeps what comes of it; false where it was taken before."""
    changed = await tx.run(
        "INSERT OR IGNORE INTO taken (channel, message, person_id, said_at, edited_at, taken_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        said.post.channel, said.post.id, person_id, v.at(said.at), v.maybe_at(said.edited_at) or "", v.at(now),
    )  # fmt: skip
    return changed == 1


async def forgo(tx: Tx, person_id: int, post: Post, now: datetime) -> None:
    """A message was deleted; where nobody had heard of it, it is not to be taken any more."""
    await tx.run(
        "INSERT OR IGNORE INTO taken (channel, message, person_id, said_at, taken_at) VALUES (?, ?, ?, ?, ?)",
        post.channel, post.id, person_id, v.at(now), v.at(now),
    )  # fmt: skip


async def follow(tx: Tx, said: Said) -> bool:
    """Follow an edit; false where a newer one was followed before."""
    changed = await tx.run(
        "UPDATE taken SET edited_at = ?1 WHERE channel = ?2 AND message = ?3 AND edited_at <= ?1",
        v.maybe_at(said.edited_at) or "", said.post.channel, said.post.id,
    )  # fmt: skip
    return changed == 1


async def known(tx: Tx, channel: str, message: str) -> Known | None:
    """What is known of one message; None where it was not taken."""
    row = await tx.one(f"{_KNOWN} WHERE taken.channel = ? AND taken.message = ?", channel, message)
    return None if row is None else _known(row)


async def all_known(tx: Tx, person_id: int, channel: str) -> dict[str, Known]:
    """Every message of somebody that was taken in a channel, by its id."""
    rows = await tx.all(f"{_KNOWN} WHERE taken.person_id = ? AND taken.channel = ?", person_id, channel)
    return {row["message"]: _known(row) for row in rows}


async def refuse_edit(tx: Tx, channel: str, message: str, mark: str) -> bool:
    """An edit was refused; false where the same one was refused before."""
    changed = await tx.run(
        "UPDATE taken SET refused = ?1 WHERE channel = ?2 AND message = ?3 AND refused <> ?1", mark, channel, message
    )
    return changed == 1


async def forget_before(tx: Tx, now: datetime, age: timedelta) -> None:
    """Forget what was taken longer ago than `age`, as far as no later read begins before it."""
    await tx.run(
        "DELETE FROM taken WHERE taken_at < ? AND NOT EXISTS (SELECT 1 FROM conversations"
        " WHERE conversations.person_id = taken.person_id AND conversations.channel = taken.channel"
        " AND (length(taken.message), taken.message) > (length(seen), seen))",
        v.at(now - age),
    )  # fmt: skip


def _known(row: Row) -> Known:
    text: str | None = None
    if row["text"] is not None:
        text = v.unseal(row["text"])
    elif row["words"] is not None:
        text = v.unseal_all(row["words"]).get("text")
    return Known(v.instant(row["said_at"]), text, row["gone_at"] is not None)
