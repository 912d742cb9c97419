"""Conversations: where somebody's direct messages are, and whether they are closed to the bot."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from bot.core.conversations import Chat
from bot.store import _values as v
from bot.store.db import Row, Tx

_CHATS = (
    "SELECT conversations.person_id, channel, seen, max(since, started_at) AS since, platform, workspace, external_id"
    " FROM conversations JOIN seekers ON seekers.person_id = conversations.person_id"
    " JOIN people ON people.id = conversations.person_id"
)


class Conversation(NamedTuple):
    """Somebody's direct messages. `channel` is empty where none is known yet."""

    person_id: int
    channel: str
    closed_at: datetime | None = None
    closed_why: str = ""  # stays until a message arrives
    told_at: datetime | None = None  # when the person was told that they are closed


async def meet(tx: Tx, person_id: int, channel: str) -> None:
    """Remember where somebody's direct messages are."""
    await tx.run(
        "INSERT INTO conversations (person_id, channel) VALUES (?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET channel = excluded.channel, seen = ''"
        " WHERE channel != excluded.channel",
        person_id, channel,
    )  # fmt: skip


async def get(tx: Tx, person_id: int) -> Conversation | None:
    """Somebody's conversation, or None where nothing is known of it."""
    row = await tx.one("SELECT * FROM conversations WHERE person_id = ?", person_id)
    return None if row is None else _conversation(row)


async def channel_of(tx: Tx, person_id: int) -> str:
    """Where somebody's direct messages are; empty where that is not known."""
    row = await tx.one("SELECT channel FROM conversations WHERE person_id = ?", person_id)
    return "" if row is None else row["channel"]


async def close(tx: Tx, person_id: int, why: str, now: datetime) -> bool:
    """Somebody does not let the bot write to them; false where that is known."""
    changed = await tx.run(
        "INSERT INTO conversations (person_id, closed_at, closed_why) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET closed_at = excluded.closed_at, closed_why = excluded.closed_why,"
        " told_at = NULL WHERE closed_at IS NULL",
        person_id, v.at(now), why,
    )  # fmt: skip
    return changed == 1


async def told(tx: Tx, person_id: int, now: datetime) -> None:
    """The person read that their direct messages are closed."""
    await tx.run("UPDATE conversations SET told_at = ? WHERE person_id = ?", v.at(now), person_id)


async def reopen(tx: Tx, person_id: int) -> None:
    """Somebody is to be tried again; whether they can be reached shows with the next message."""
    await tx.run("UPDATE conversations SET closed_at = NULL, told_at = NULL WHERE person_id = ?", person_id)


async def reached(tx: Tx, person_id: int) -> None:
    """Somebody can be written to again."""
    await tx.run(
        "UPDATE conversations SET closed_at = NULL, closed_why = '', told_at = NULL WHERE person_id = ?", person_id
    )


async def closed(tx: Tx, person_ids: Collection[int]) -> set[int]:
    """Those of some people who do not let the bot write to them."""
    rows = await tx.all(
        f"SELECT person_id FROM conversations WHERE person_id IN ({v.marks(person_ids)}) AND closed_at IS NOT NULL",
        *person_ids,
    )
    return {row["person_id"] for row in rows}


async def chats(tx: Tx) -> list[Chat]:
    """The direct messages of everybody who seeks, those that were read up to the latest first."""
    rows = await tx.all(
        f"{_CHATS} WHERE channel > '' AND left_at IS NULL"
        " ORDER BY length(seen) DESC, seen DESC, conversations.person_id"
    )
    return [_chat(row) for row in rows]


async def chat_in(tx: Tx, channel: str) -> Chat | None:
    """The direct messages in a channel, of somebody who seeks; or None."""
    row = await tx.one(f"{_CHATS} WHERE channel = ? AND left_at IS NULL", channel)
    return None if row is None else _chat(row)


async def saw(tx: Tx, chat: Chat, message: str) -> None:
    """Everything up to a message was read and taken."""
    await tx.run(
        "UPDATE conversations SET seen = ?1 WHERE person_id = ?2 AND channel = ?3"
        " AND (length(seen), seen) < (length(?1), ?1)",
        message, chat.person_id, chat.channel,
    )  # fmt: skip


def _chat(row: Row) -> Chat:
    who = v.person(row)
    return Chat(row["person_id"], who, row["channel"], row["seen"], v.instant(row["since"]))


def _conversation(row: Row) -> Conversation:
    return Conversation(
        row["person_id"], row["channel"], v.maybe_instant(row["closed_at"]), row["closed_why"],
        v.maybe_instant(row["told_at"]),
    )  # fmt: skip
