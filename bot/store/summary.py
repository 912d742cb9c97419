"""Weeks: what is chosen, where they stand, and what was in a post."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from bot.core.people import Person
from bot.core.summary import Phase, Week
from bot.store import _values as v
from bot.store.db import Row, Tx


async def week(tx: Tx, person_id: int, monday: date) -> Week:
    """The week that starts on `monday`, made if it is new."""
    row = await tx.one(
        "INSERT INTO weeks (person_id, monday_on, words) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id, monday_on) DO UPDATE SET monday_on = monday_on RETURNING *",
        person_id, monday.isoformat(), v.seal(""),
    )  # fmt: skip
    assert row is not None
    return _week(row)


async def get(tx: Tx, week_id: int) -> Week | None:
    """The week of that number, or None."""
    row = await tx.one("SELECT * FROM weeks WHERE id = ?", week_id)
    return None if row is None else _week(row)


async def owned(tx: Tx, week_id: int) -> tuple[Person, Week] | None:
    """The week of that number with whose it is, or None."""
    row = await tx.one(
        "SELECT weeks.*, platform, workspace, external_id FROM weeks JOIN people ON people.id = person_id"
        " WHERE weeks.id = ?",
        week_id,
    )
    return None if row is None else (v.person(row), _week(row))


async def of_monday(tx: Tx, person_id: int, monday: date) -> Week | None:
    """The week that starts on `monday`, if there is one already."""
    row = await tx.one("SELECT * FROM weeks WHERE person_id = ? AND monday_on = ?", person_id, monday.isoformat())
    return None if row is None else _week(row)


async def of_mondays(tx: Tx, person_id: int, mondays: Collection[date]) -> list[Week]:
    """The weeks that start on some Mondays, where there are such."""
    rows = await tx.all(
        f"SELECT * FROM weeks WHERE person_id = ? AND monday_on IN ({v.marks(mondays)})",
        person_id, *(monday.isoformat() for monday in mondays),
    )  # fmt: skip
    return [_week(row) for row in rows]


async def posted_mondays(tx: Tx, person_id: int, since: date) -> set[date]:
    """The weeks from `since` on that stand in the channel, or stood there."""
    rows = await tx.all(
        "SELECT monday_on FROM weeks WHERE person_id = ? AND monday_on >= ? AND phase IN ('posted', 'taken')",
        person_id, since.isoformat(),
    )  # fmt: skip
    return {date.fromisoformat(row["monday_on"]) for row in rows}


async def set_phase(tx: Tx, week_id: int, phase: Phase) -> None:
    """Where a week stands; nothing posts by itself after that."""
    await tx.run("UPDATE weeks SET phase = ?, posts_at = NULL WHERE id = ?", phase, week_id)


async def set_words(tx: Tx, week_id: int, words: str) -> None:
    """What the seeker writes above the entries."""
    await tx.run("UPDATE weeks SET words = ? WHERE id = ?", v.seal(words), week_id)


async def share(tx: Tx, week: Week) -> None:
    """Which of the parts beside the entries go out."""
    await tx.run(
        "UPDATE weeks SET share_numbers = ?, share_mood = ?, share_asks = ?, share_opening = ?, share_goals = ?,"
        " share_rejections = ? WHERE id = ?",
        int(week.share_numbers), int(week.share_mood), int(week.share_asks), int(week.share_opening),
        int(week.share_goals), int(week.share_rejections), week.id,
    )  # fmt: skip


async def set_posts_at(tx: Tx, week_id: int, posts_at: datetime | None) -> None:
    """When a draft posts by itself, or None to wait for its seeker."""
    await tx.run("UPDATE weeks SET posts_at = ? WHERE id = ?", v.maybe_at(posts_at), week_id)


async def set_posted(tx: Tx, week_id: int, turn: int, now: datetime) -> None:
    """The week goes out now, for the `turn`-th time."""
    await tx.run(
        "UPDATE weeks SET phase = 'posted', posts_at = NULL, posted_at = ?, turn = ? WHERE id = ?",
        v.at(now), turn, week_id,
    )  # fmt: skip


async def posting(tx: Tx, now: datetime) -> list[Week]:
    """Drafts whose time to post by themselves has come."""
    rows = await tx.all("SELECT * FROM weeks WHERE phase = 'drafted' AND posts_at <= ?", v.at(now))
    return [_week(row) for row in rows]


async def closing(tx: Tx, now: datetime) -> list[Week]:
    """Drafts whose seeker did not answer in time."""
    rows = await tx.all("SELECT * FROM weeks WHERE phase = 'drafted' AND closes_at <= ?", v.at(now))
    return [_week(row) for row in rows]


async def drafted_of(tx: Tx, person_id: int) -> list[Week]:
    """One seeker's drafts that wait for them."""
    rows = await tx.all("SELECT * FROM weeks WHERE person_id = ? AND phase = 'drafted'", person_id)
    return [_week(row) for row in rows]


async def newest(tx: Tx, person_id: int, phases: Collection[Phase], since: date) -> Week | None:
    """The last week in one of some phases, from the Monday `since` on; or None."""
    row = await tx.one(
        f"SELECT * FROM weeks WHERE person_id = ? AND monday_on >= ? AND phase IN ({v.marks(phases)})"
        " ORDER BY monday_on DESC LIMIT 1",
        person_id, since.isoformat(), *phases,
    )  # fmt: skip
    return None if row is None else _week(row)


async def posted_since(tx: Tx, since: datetime) -> list[Week]:
    """The weeks posted since an instant and still standing."""
    rows = await tx.all("SELECT * FROM weeks WHERE phase = 'posted' AND posted_at >= ?", v.at(since))
    return [_week(row) for row in rows]


async def all_posted(tx: Tx, person_id: int) -> list[Week]:
    """Every week of a seeker that stands in the channel."""
    rows = await tx.all("SELECT * FROM weeks WHERE person_id = ? AND phase = 'posted'", person_id)
    return [_week(row) for row in rows]


async def all_of(tx: Tx, person_id: int) -> list[Week]:
    """Every week of a seeker, the newest first."""
    rows = await tx.all("SELECT * FROM weeks WHERE person_id = ? ORDER BY monday_on DESC", person_id)
    return [_week(row) for row in rows]


def _week(row: Row) -> Week:
    return Week(
        id=row["id"],
        person_id=row["person_id"],
        monday=date.fromisoformat(row["monday_on"]),
        phase=Phase(row["phase"]),
        words=v.unseal(row["words"]),
        share_numbers=bool(row["share_numbers"]),
        share_mood=bool(row["share_mood"]),
        share_asks=bool(row["share_asks"]),
        share_opening=bool(row["share_opening"]),
        share_goals=bool(row["share_goals"]),
        share_rejections=bool(row["share_rejections"]),
        posts_at=v.maybe_instant(row["posts_at"]),
        posted_at=v.maybe_instant(row["posted_at"]),
        turn=row["turn"],
    )
