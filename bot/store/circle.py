"""Circles, who belongs to them, and the reactions and words that friends leave under a post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.circle import Circle
from bot.core.people import Space
from bot.store import _values as v
from bot.store.db import Row, Tx


class TakenOff(NamedTuple):
    """What friends took back under a post: the notes that had told it, and the seekers it was for, by number."""

    notes: set[int]
    seekers: set[int]


async def make(tx: Tx, space: Space, name: str, now: datetime) -> tuple[int, bool]:
    """The circle of a channel and whether it is new."""
    known = await at(tx, space)
    if known:
        return known.id, False
    circle_id = await tx.insert(
        "INSERT INTO circles (platform, workspace, external_id, name, made_at) VALUES (?, ?, ?, ?, ?)",
        space.platform, space.workspace, space.id, name, v.at(now),
    )  # fmt: skip
    return circle_id, True


async def remove(tx: Tx, circle_id: int, now: datetime) -> None:
    """The channel is no circle any more; its members are left without one."""
    await tx.run("UPDATE circles SET removed_at = ? WHERE id = ?", v.at(now), circle_id)
    await tx.run("DELETE FROM memberships WHERE circle_id = ?", circle_id)


async def at(tx: Tx, space: Space) -> Circle | None:
    """The circle of a channel, or None."""
    row = await tx.one(
        "SELECT * FROM circles WHERE platform = ? AND workspace = ? AND external_id = ? AND removed_at IS NULL",
        space.platform, space.workspace, space.id,
    )  # fmt: skip
    return None if row is None else _circle(row)


async def get(tx: Tx, circle_id: int) -> Circle | None:
    """The circle of that number, removed ones left out; or None."""
    row = await tx.one("SELECT * FROM circles WHERE id = ? AND removed_at IS NULL", circle_id)
    return None if row is None else _circle(row)


async def known(tx: Tx, circle_id: int) -> Circle:
    """The circle of that number, also one that was removed."""
    row = await tx.one("SELECT * FROM circles WHERE id = ?", circle_id)
    assert row is not None
    return _circle(row)


async def everywhere(tx: Tx) -> list[Circle]:
    """Every circle."""
    return [_circle(row) for row in await tx.all("SELECT * FROM circles WHERE removed_at IS NULL ORDER BY id")]


async def rename(tx: Tx, circle_id: int, name: str) -> None:
    """What a circle's channel is called now."""
    await tx.run("UPDATE circles SET name = ? WHERE id = ?", name, circle_id)


async def lose(tx: Tx, circle_id: int, why: str, now: datetime) -> bool:
    """The bot may not write in a circle's channel; false where that is known."""
    changed = await tx.run(
        "UPDATE circles SET lost_at = ?, lost_why = ? WHERE id = ? AND lost_at IS NULL", v.at(now), why, circle_id
    )
    return changed == 1


async def found(tx: Tx, circle_id: int) -> None:
    """The bot may write in a circle's channel again."""
    await tx.run("UPDATE circles SET lost_at = NULL, lost_why = '' WHERE id = ?", circle_id)


async def lost_in(tx: Tx, platform: str, workspace: str) -> list[Circle]:
    """The circles of a server in whose channels the bot may not write."""
    rows = await tx.all(
        "SELECT * FROM circles WHERE platform = ? AND workspace = ? AND removed_at IS NULL AND lost_at IS NOT NULL",
        platform, workspace,
    )  # fmt: skip
    return [_circle(row) for row in rows]


async def release(tx: Tx, space: Space, now: datetime, until: datetime) -> list[str]:
    """Try now what would be tried in a channel by `until`, and what is to be revised there; the ids of the former."""
    rows = await tx.all(
        "UPDATE deliveries SET try_at = ?1 WHERE state IN ('owed', 'sending', 'unknown') AND state = 'owed'"
        " AND try_at > ?1 AND try_at <= ?2 AND due_at <= ?1 AND to_kind = 'space'"
        " AND to_platform = ?3 AND to_workspace = ?4 AND to_id = ?5 RETURNING id",
        v.at(now), v.at(until), space.platform, space.workspace, space.id,
    )  # fmt: skip
    await tx.run(
        "UPDATE deliveries SET try_at = ?1 WHERE stale > 0 AND try_at > ?1 AND post_id IS NOT NULL"
        " AND to_kind = 'space' AND to_platform = ?2 AND to_workspace = ?3 AND to_id = ?4",
        v.at(now), space.platform, space.workspace, space.id,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def move(tx: Tx, circle_id: int, space: Space, name: str) -> None:
    """A circle is in another channel from now on."""
    await tx.run(
        "UPDATE circles SET platform = ?, workspace = ?, external_id = ?, name = ?, lost_at = NULL, lost_why = ''"
        " WHERE id = ?",
        space.platform, space.workspace, space.id, name, circle_id,
    )  # fmt: skip


async def join(tx: Tx, person_id: int, circle_id: int) -> bool:
    """Let a seeker's weeks go to a circle as well; false where they did."""
    changed = await tx.run(
        "INSERT OR IGNORE INTO memberships (person_id, circle_id) VALUES (?, ?)", person_id, circle_id
    )
    return changed == 1


async def leave(tx: Tx, person_id: int, circle_id: int) -> None:
    """A seeker's weeks go to a circle no more."""
    await tx.run("DELETE FROM memberships WHERE person_id = ? AND circle_id = ?", person_id, circle_id)


async def of_seeker(tx: Tx, person_id: int) -> list[Circle]:
    """The circles that a seeker's weeks go to."""
    rows = await tx.all(
        "SELECT circles.* FROM circles JOIN memberships ON circle_id = circles.id"
        " WHERE person_id = ? AND removed_at IS NULL ORDER BY circles.id",
        person_id,
    )
    return [_circle(row) for row in rows]


async def members(tx: Tx, circle_id: int) -> list[int]:
    """The seekers whose weeks go to a circle."""
    rows = await tx.all("SELECT person_id FROM memberships WHERE circle_id = ? ORDER BY person_id", circle_id)
    return [row["person_id"] for row in rows]


async def react(tx: Tx, week_id: int, channel: str, message: str, person_id: int, emoji: str, now: datetime) -> bool:
    """A friend's reaction, for one week of those that the post tells; false where it is known."""
    changed = await tx.run(
        "INSERT OR IGNORE INTO reactions (week_id, channel, message, person_id, emoji, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        week_id, channel, message, person_id, emoji, v.at(now),
    )  # fmt: skip
    return changed == 1


async def clear(tx: Tx, channel: str, message: str, emoji: str | None) -> TakenOff:
    """All reactions under a message were taken off, or all of one emoji."""
    rows = await tx.all(
        "DELETE FROM reactions WHERE channel = ?1 AND message = ?2 AND (?3 IS NULL OR emoji = ?3)"
        " RETURNING note_id, week_id",
        channel, message, emoji,
    )  # fmt: skip
    return await _taken_off(tx, rows)


async def unreact(tx: Tx, channel: str, message: str, person_id: int, emoji: str) -> TakenOff:
    """A friend took a reaction back."""
    rows = await tx.all(
        "DELETE FROM reactions WHERE channel = ? AND message = ? AND person_id = ? AND emoji = ?"
        " RETURNING note_id, week_id",
        channel, message, person_id, emoji,
    )  # fmt: skip
    return await _taken_off(tx, rows)


async def _taken_off(tx: Tx, rows: Sequence[Row]) -> TakenOff:
    weeks = {row["week_id"] for row in rows}
    owners = [await tx.one("SELECT person_id FROM weeks WHERE id = ?", week_id) for week_id in weeks]
    notes = {row["note_id"] for row in rows if row["note_id"]}
    return TakenOff(notes, {owner["person_id"] for owner in owners if owner})


async def reactions_at(tx: Tx, channel: str, message: str, before: datetime | None = None) -> set[tuple[int, str]]:
    """Who reacted to one message, as (person, emoji); with `before` only what was known until then."""
    rows = await tx.all(
        "SELECT person_id, emoji FROM reactions WHERE channel = ?1 AND message = ?2"
        " AND (?3 IS NULL OR added_at < ?3)",
        channel, message, v.maybe_at(before),
    )  # fmt: skip
    return {(row["person_id"], row["emoji"]) for row in rows}


async def say(
    tx: Tx,
    week_id: int,
    person_id: int,
    text: str,
    link: str,
    now: datetime,
    *,
    channel: str | None = None,
    message: str | None = None,
) -> bool:
    """Something a friend said; false where that message is known to be about the week."""
    changed = await tx.run(
        "INSERT OR IGNORE INTO words (week_id, person_id, text, link, channel, message, said_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        week_id, person_id, v.seal(text), link, channel, message, v.at(now),
    )  # fmt: skip
    return changed == 1


async def text_of(tx: Tx, channel: str, message: str) -> str | None:
    """What a friend wrote in a message, as it is kept; None for a message that is not."""
    row = await tx.one("SELECT text FROM words WHERE channel = ? AND message = ?", channel, message)
    return None if row is None else v.unseal(row["text"])


async def words_in(tx: Tx, week_id: int, channel: str) -> dict[str, str]:
    """What friends wrote about a week in a channel, by message."""
    rows = await tx.all(
        "SELECT message, text FROM words WHERE week_id = ? AND channel = ? AND message IS NOT NULL", week_id, channel
    )
    return {row["message"]: v.unseal(row["text"]) for row in rows}


async def reword(tx: Tx, channel: str, message: str, text: str) -> None:
    """A friend edited what they wrote."""
    await tx.run("UPDATE words SET text = ? WHERE channel = ? AND message = ?", v.seal(text), channel, message)


async def unsay(tx: Tx, channel: str, message: str) -> TakenOff:
    """A friend deleted what they wrote."""
    rows = await tx.all(
        "DELETE FROM words WHERE channel = ? AND message = ? RETURNING note_id, week_id", channel, message
    )
    return await _taken_off(tx, rows)


def _circle(row: Row) -> Circle:
    space = Space(row["platform"], row["workspace"], row["external_id"])
    return Circle(row["id"], row["name"], space, v.maybe_instant(row["lost_at"]))
