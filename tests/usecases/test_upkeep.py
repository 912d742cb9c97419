"""What the bot does for itself: a copy a day, room on the disk, and going on once the database takes things again."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.core.alert import Alert, Topic
from bot.core.people import Person, Post, Said
from bot.store import alerts, backup, facts, room, taken
from bot.store.room import MIB, Ballast, Room
from bot.store.trouble import Busy, DiskFull
from bot.usecases import journal, people, privacy
from bot.usecases.upkeep import copies_forget_within, upkeep
from tests.usecases.conftest import MAYA, PAPER, Desk

HOST = Person(PAPER, "", "host")
GIB = 1024 * MIB
FOREST = "\N{EVERGREEN TREE}" * 990  # four bytes each: more than a page


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """A desk with a host to tell, and three daily copies to keep."""
    desk.app.settings = desk.app.settings._replace(host=HOST, backups=3)
    return desk


def folder(desk: Desk) -> Path:
    return desk.path.parent / "backups"


def copies(desk: Desk) -> list[datetime]:
    """When the copies were made, newest first."""
    return [copy.made_at for copy in backup.listed(folder(desk))]


async def after(desk: Desk, **span: float) -> bool:
    """Let time pass, and keep up."""
    desk.now += timedelta(**span)
    return await upkeep(desk.app)


async def lasting(desk: Desk) -> set[Topic]:
    """What the host is told that has not ended."""
    return {
        topic for topic in Topic for about in ("disk", "copy") if await alerts.lasts(desk.app.db.reading, topic, about)
    }


def told(desk: Desk) -> list[Topic]:
    return [sheet.what.topic for sheet in desk.paper.at(HOST) if isinstance(sheet.what, Alert)]


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let the disk have so much room, of 100 GiB."""
    monkeypatch.setattr(room, "look", lambda _: Room(free, 100 * GIB))


async def fill(desk: Desk) -> None:
    """Let the database's file grow no further, and use up all that is free in it: for SQLite the disk is full."""
    await desk.app.db._writer.execute_fetchall("PRAGMA max_page_count = 1")
    with contextlib.suppress(DiskFull):
        for number in itertools.count():
            async with desk.app.db.writing() as tx:
                await facts.put(tx, f"filler {number}", "x" * 3_000)


async def make_room(desk: Desk) -> None:
    await desk.app.db._writer.execute_fetchall("PRAGMA max_page_count = 1000000")


async def answer(desk: Desk, done: str) -> None:
    await journal.checkin(desk.app, MAYA, {"mood": "4", "energy": "6", "done": done}, {})


async def entries(desk: Desk) -> int:
    row = await desk.app.db.reading.one("SELECT count(*) AS many FROM entries")
    assert row is not None
    return row["many"]


# ------------------------------------------------------------------ the daily copy


async def test_a_copy_is_made_once_a_day_and_the_newest_are_kept(kept: Desk) -> None:
    first = kept.now
    for _ in range(5 * 24):
        await after(kept, hours=1)
    assert len(copies(kept)) == 3
    assert [newer - older for newer, older in zip(copies(kept), copies(kept)[1:], strict=False)] == [
        timedelta(days=1)
    ] * 2
    assert copies(kept)[0] - first > timedelta(days=4)
    assert await facts.get(kept.app.db.reading, facts.BACKED_UP_AT) == copies(kept)[0].isoformat()


async def test_without_copies_to_keep_none_is_made_and_old_ones_go(kept: Desk) -> None:
    await after(kept, minutes=1)
    assert len(copies(kept)) == 1
    kept.app.settings = kept.app.settings._replace(backups=0)
    await after(kept, days=1)
    assert copies(kept) == []


async def test_the_copy_waits_for_a_moment_in_which_nothing_is_due_but_no_longer_than_an_hour(kept: Desk) -> None:
    await after(kept, minutes=1)
    await kept.begin()
    kept.now += timedelta(days=1)
    due = "UPDATE deliveries SET state = 'owed', try_at = '2026-01-01' WHERE rowid = 1"
    async with kept.app.db.writing() as tx:
        assert await tx.run(due) == 1
    await after(kept, minutes=1)
    assert len(copies(kept)) == 1
    await after(kept, hours=1)
    assert len(copies(kept)) == 2


async def test_a_clock_that_was_a_year_ahead_does_not_stop_the_copies(kept: Desk) -> None:
    right = kept.now
    kept.now += timedelta(days=365)
    await after(kept, minutes=1)
    kept.now = right
    await after(kept, minutes=1)
    assert copies(kept) == [right + timedelta(days=365, minutes=1), right + timedelta(minutes=1)]
    await after(kept, days=1)
    assert copies(kept) == [right + timedelta(days=1, minutes=1), right + timedelta(minutes=1)]


@pytest.mark.parametrize("jump", [365, -365])
async def test_a_clock_that_is_wrong_for_a_while_takes_no_copy_along(kept: Desk, jump: int) -> None:
    for _ in range(2):
        await after(kept, days=1)
    right = kept.now
    kept.now += timedelta(days=jump)
    await after(kept, minutes=1)
    kept.now = right
    await after(kept, minutes=1)
    assert {right, right + timedelta(minutes=1)} <= set(copies(kept))


async def test_an_old_copy_that_cannot_be_deleted_is_told_and_keeps_no_other(kept: Desk) -> None:
    await after(kept, minutes=1)
    stuck = folder(kept) / "cairn-20250101T000000Z-by-hand.sqlite3"
    (stuck / "in the way").mkdir(parents=True)
    for _ in range(6):
        await after(kept, days=1)
        await kept.tick()
    assert told(kept) == [Topic.BACKUP]
    assert len(copies(kept)) == 1 + 3


async def test_a_copy_that_fails_is_told_once_and_tried_again_after_an_hour(kept: Desk) -> None:
    folder(kept).write_text("in the way", encoding="utf-8")
    for minutes in (1, 59, 1):
        await after(kept, minutes=minutes)
        await kept.tick()
    assert await lasting(kept) == {Topic.BACKUP}
    assert told(kept) == [Topic.BACKUP]

    folder(kept).unlink()
    await after(kept, minutes=59)
    assert await lasting(kept) == {Topic.BACKUP}
    await after(kept, minutes=1)
    assert await lasting(kept) == set()
    assert len(copies(kept)) == 1


async def test_what_was_taken_two_months_ago_is_forgotten(kept: Desk) -> None:
    await kept.begin()
    await kept.until(2, 17, 30)
    async with kept.app.db.writing() as tx:
        assert await taken.take(tx, 1, Said(Post(PAPER, "", "dm", "1"), MAYA, "Maya", "a walk", kept.now), kept.now)
    for day in (1, 59, 3):
        left = await kept.app.db.reading.all("SELECT message FROM taken")
        assert [row["message"] for row in left] == ["1"]
        await after(kept, days=day)
    assert await kept.app.db.reading.all("SELECT message FROM taken") == []


def test_erasure_promises_what_rotation_keeps(kept: Desk) -> None:
    assert copies_forget_within(kept.app) == 31
    kept.app.settings = kept.app.settings._replace(backups=90)
    assert copies_forget_within(kept.app) == 91


# ------------------------------------------------------------------ room on the disk


async def test_the_host_is_told_once_that_room_gets_low_and_once_that_there_is_some(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[Topic]] = []
    for free in (11, 9, 8, 11, 13):
        leave(monkeypatch, free * GIB)
        await after(kept, minutes=1)
        await kept.tick()
        seen.append(await lasting(kept))
    low = {Topic.DISK_LOW}
    assert seen == [set(), low, low, low, set()]
    assert told(kept) == [Topic.DISK_LOW]


async def test_on_a_full_disk_words_are_refused_nothing_is_halved_and_all_goes_on_with_room(kept: Desk) -> None:
    await kept.begin()
    await kept.until(2, 17, 30)
    await after(kept, minutes=1)
    await fill(kept)
    with pytest.raises(DiskFull, match="I read it again"):
        await answer(kept, FOREST)
    assert await entries(kept) == 0
    assert (await kept.asked()) == {"2026-01-02": "open"}
    assert not await after(kept, minutes=1)

    await make_room(kept)
    assert await after(kept, minutes=1)
    assert not await after(kept, minutes=1)
    assert await lasting(kept) == set()
    await answer(kept, FOREST)
    assert await entries(kept) == 1


async def test_on_a_full_disk_everything_of_somebody_can_be_erased(kept: Desk) -> None:
    await kept.begin()
    await kept.until(2, 17, 30)
    await answer(kept, FOREST)
    await fill(kept)
    left = await people.leave(kept.app, MAYA)
    await privacy.erase(kept.app, MAYA, left.person_id)
    assert await entries(kept) == 0
    assert await kept.app.db.reading.all("SELECT 1 FROM people") == []


async def test_the_ballast_is_kept_for_what_must_be_written_and_comes_back_with_room(
    kept: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballast = kept.path.parent / "ballast"
    kept.app.db.ballast = Ballast(ballast, 4 * MIB)
    await after(kept, minutes=1)
    sizes = [ballast.stat().st_size]

    leave(monkeypatch, 0)
    kept.app.db.refused = DiskFull("full")
    assert not await after(kept, minutes=1)
    sizes.append(ballast.stat().st_size)
    async with kept.app.db.writing() as tx:
        await facts.put(tx, "a reply", "1")
    sizes.append(ballast.stat().st_size)
    async with kept.app.db.writing(reserve=True) as tx:
        await facts.put(tx, "an erasure", "1")
    sizes.append(ballast.stat().st_size)
    assert await lasting(kept) == {Topic.DISK_LOW, Topic.DISK_FULL}

    leave(monkeypatch, 50 * GIB)
    assert await after(kept, minutes=1)
    sizes.append(ballast.stat().st_size)
    assert await lasting(kept) == set()
    assert [size / MIB for size in sizes] == [4, 2, 2, 1, 4]


async def test_after_another_program_let_go_of_the_database_all_goes_on(kept: Desk) -> None:
    await after(kept, minutes=1)
    await kept.app.db._writer.execute_fetchall("PRAGMA busy_timeout = 0")
    with contextlib.closing(sqlite3.connect(kept.path, isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            await kept.begin()
        assert not await after(kept, minutes=1)
        rival.execute("ROLLBACK")
    assert await after(kept, minutes=1)
    assert await lasting(kept) == set()


async def test_what_was_erased_is_folded_away_later_where_a_reader_was_in_the_way(kept: Desk) -> None:
    kept.app.db.folded = False
    await after(kept, minutes=1)
    assert kept.app.db.folded
