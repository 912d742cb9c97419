"""One process per data folder: who is refused, what they are told, and who may take over."""

from __future__ import annotations

import asyncio
import errno
import os
import platform
import signal
import sqlite3
import stat
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.lease import BEAT_EVERY, AlreadyRunning, CannotLock, Superseded, held, take, watched
from bot.store import facts
from bot.store import lease as rows
from bot.store.db import Database, open_database
from bot.store.lease import Holder

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 21, 18, 4, tzinfo=UTC)
HOLD = """
import os, signal, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.lease import take

if __name__ == "__main__":
    lock = take(Path(sys.argv[1]), datetime(2026, 11, 21, 18, 4, tzinfo=UTC))
    {also}
    print("held", child, flush=True)
    signal.pause()
"""
CHILDREN = {
    "none": "child = 0",
    "forked": "child = os.fork() or (os.close(1), signal.pause())",
    "started": "child = subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL, close_fds=False).pid",
}


async def holding(folder: Path, child: str = "none") -> tuple[asyncio.subprocess.Process, int]:
    """Another process that holds the folder, and the id of its child."""
    program = HOLD.replace("{also}", CHILDREN[child])
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, folder, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    word, pid = (await other.stdout.readline()).split()
    assert word == b"held"
    return other, int(pid)


def test_a_folder_held_is_refused_with_who_and_since_when(tmp_path: Path) -> None:
    with take(tmp_path, NOW), pytest.raises(AlreadyRunning) as refused:
        take(tmp_path, NOW + timedelta(days=1))
    assert str(refused.value) == (
        f"Cairn runs on this data folder already: process {os.getpid()} on host {platform.node()}, "
        "since 21 November 18:04 UTC. Stop it first."
    )


async def test_another_process_holds_the_folder_until_it_is_killed(tmp_path: Path) -> None:
    other, _ = await holding(tmp_path)
    for _ in range(3):
        with pytest.raises(AlreadyRunning, match=f"process {other.pid} on host .*, since 21 November 18:04 UTC"):
            take(tmp_path, NOW)
    other.kill()
    await other.wait()
    take(tmp_path, NOW).release()


async def test_a_process_that_is_stopped_for_a_while_still_holds_the_folder(tmp_path: Path) -> None:
    other, _ = await holding(tmp_path)
    other.send_signal(signal.SIGSTOP)
    with pytest.raises(AlreadyRunning, match=f"process {other.pid} "):
        take(tmp_path, NOW)
    other.kill()
    await other.wait()


@pytest.mark.parametrize("child", ["forked", "started"])
async def test_a_child_that_outlives_its_parent_does_not_hold_the_folder(child: str, tmp_path: Path) -> None:
    parent, pid = await holding(tmp_path, child)
    parent.kill()
    await parent.wait()
    try:
        take(tmp_path, NOW).release()
    finally:
        os.kill(pid, signal.SIGKILL)  # ProcessLookupError if it had not outlived its parent


def test_a_lock_that_was_left_does_not_speak_for_the_next_one(tmp_path: Path) -> None:
    take(tmp_path, NOW).release()
    assert (tmp_path / "lock").read_bytes() == b""
    (tmp_path / "lock").write_text("{}" * 500, encoding="ascii")  # what a killed process may leave
    with take(tmp_path, NOW.astimezone(timezone(timedelta(hours=5)))), pytest.raises(AlreadyRunning, match="18:04 UTC"):
        take(tmp_path, NOW)


def test_a_lock_that_is_not_yet_signed_is_refused_without_a_name(tmp_path: Path) -> None:
    with take(tmp_path, NOW):
        (tmp_path / "lock").write_text("", encoding="ascii")
        with pytest.raises(AlreadyRunning, match=r"^Cairn runs on this data folder already\. Stop it first\.$"):
            take(tmp_path, NOW)


def test_releasing_twice_leaves_the_next_holder_alone(tmp_path: Path) -> None:
    first = take(tmp_path, NOW)
    first.release()
    with take(tmp_path, NOW):
        first.release()
        with pytest.raises(AlreadyRunning, match="process"):
            take(tmp_path, NOW)


def test_the_folder_is_made_where_it_is_missing_and_told_where_it_cannot_be(tmp_path: Path) -> None:
    take(tmp_path / "a" / "b", NOW).release()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    with pytest.raises(CannotLock, match=r"I can't write into the folder .* \(Not a directory\)\. Give me a folder"):
        take(tmp_path / "a" / "b" / "lock" / "c", NOW)


# ------------------------------------------------------------------ the row, for other machines

FAR = Holder("far", "another machine", "cellar", 7, NOW)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_database(tmp_path / "cairn.sqlite3")
    yield database
    await database.close()


async def held_from_afar(db: Database, holder: Holder = FAR) -> None:
    async with db.writing() as tx:
        await rows.claim(tx, holder, await rows.read(tx))


async def beat_from_afar(db: Database) -> None:
    async with db.writing() as tx:
        await rows.beat(tx, FAR.name)


class Pause:
    """Time that passes at once; what another machine does meanwhile is given."""

    def __init__(self, *meanwhile: Callable[[], Awaitable[None]]) -> None:
        self.passed: list[float] = []
        self._meanwhile = list(meanwhile)

    async def __call__(self, seconds: float) -> None:
        self.passed.append(seconds)
        if self._meanwhile:
            await self._meanwhile.pop(0)()


async def nothing() -> None:
    pass


def now() -> datetime:
    return NOW + timedelta(hours=1)


async def test_another_machine_that_still_beats_is_not_disturbed(db: Database, tmp_path: Path) -> None:
    await held_from_afar(db)
    with take(tmp_path, NOW) as lock, pytest.raises(AlreadyRunning) as refused:
        await watched(db.path, lock, Pause(lambda: beat_from_afar(db)))
    assert str(refused.value) == (
        "Cairn runs on this data folder already: process 7 on host cellar, since 21 November 18:04 UTC. Stop it first."
    )


async def test_another_machine_that_beats_no_more_is_followed_after_two_beats(db: Database, tmp_path: Path) -> None:
    await held_from_afar(db)
    pause = Pause()
    with take(tmp_path, NOW) as lock:
        before = await watched(db.path, lock, pause)
    async with held(db, before, now):
        assert (found := await rows.read(db.reading)) is not None
        assert (found.pid, found.since) == (os.getpid(), now())
        assert await facts.get(db.reading, facts.LOOK_BEFORE) == "2026-11-21T19:04:00.000+00:00"
    assert (before, len(pause.passed), pause.passed[0] > 2 * BEAT_EVERY) == (FAR, 1, True)


async def test_one_that_comes_between_the_watch_and_the_claim_is_not_disturbed(db: Database, tmp_path: Path) -> None:
    await held_from_afar(db)
    with take(tmp_path, NOW) as lock:
        before = await watched(db.path, lock, Pause())
    await held_from_afar(db, FAR._replace(name="farther", host="barn"))
    with pytest.raises(AlreadyRunning, match="process 7 on host barn"):
        async with held(db, before, now):
            raise AssertionError("held all the same")


async def test_on_the_same_machine_the_lock_says_enough_and_nobody_waits(db: Database, tmp_path: Path) -> None:
    async with held(db, None, now):
        killed = await rows.read(db.reading)
    assert killed is not None
    await held_from_afar(db, killed)
    pause = Pause()
    with take(tmp_path, NOW) as lock:
        before = await watched(db.path, lock, pause)
    async with held(db, before, now):
        assert (before, pause.passed) == (killed, [])
        assert await facts.get(db.reading, facts.LOOK_BEFORE) is None


async def test_where_files_cannot_be_locked_even_this_machine_is_watched(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with held(db, None, now):
        ours = await rows.read(db.reading)
    assert ours is not None
    await held_from_afar(db, ours._replace(name=FAR.name))

    def no_locks(_: BinaryIO) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("bot.lease._lock", no_locks)
    with take(tmp_path, NOW) as lock, pytest.raises(AlreadyRunning, match=f"process {os.getpid()} on host"):
        await watched(db.path, lock, Pause(lambda: beat_from_afar(db)))


async def test_a_clean_stop_leaves_nobody_to_wait_for(db: Database, tmp_path: Path) -> None:
    async with held(db, None, now):
        assert await rows.read(db.reading) is not None
    pause = Pause()
    with take(tmp_path, NOW) as lock:
        assert await watched(db.path, lock, pause) is None
    assert pause.passed == []


async def test_one_that_stopped_while_it_was_watched_is_followed(db: Database, tmp_path: Path) -> None:
    async def stop() -> None:
        async with db.writing() as tx:
            await rows.drop(tx, FAR.name)

    await held_from_afar(db)
    with take(tmp_path, NOW) as lock:
        assert await watched(db.path, lock, Pause(stop)) is None


async def test_one_that_was_taken_over_stops_at_its_next_beat_and_leaves_the_row(db: Database) -> None:
    pause = Pause(nothing, nothing, lambda: held_from_afar(db))
    with pytest.raises(Superseded, match=r"^Another Cairn took this database over: process 7 on host cellar, since"):
        async with held(db, None, now) as ours:
            await ours.keep(pause)
    assert (await rows.read(db.reading), pause.passed) == (FAR, [BEAT_EVERY] * 3)


async def test_one_that_was_taken_over_during_its_start_stops_at_once(db: Database) -> None:
    pause = Pause()
    async with held(db, None, now) as ours:
        await held_from_afar(db)
        with pytest.raises(Superseded):
            await ours.keep(pause)
    assert pause.passed == []


async def test_one_whose_row_is_gone_stops_too(db: Database) -> None:
    async def takeover_that_ended() -> None:
        await held_from_afar(db)
        async with db.writing() as tx:
            await rows.drop(tx, FAR.name)

    async with held(db, None, now) as ours:
        with pytest.raises(Superseded, match=r"^Another Cairn took this database over\. I stop"):
            await ours.keep(Pause(takeover_that_ended))


async def test_a_beat_that_cannot_be_written_is_tried_again(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    async with db.writing() as tx:
        await tx.run("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(db.path, isolation_level=None)) as other:

        async def another_program_writes() -> None:
            other.execute("BEGIN IMMEDIATE")

        async def it_took_over() -> None:
            other.execute("UPDATE lease SET name = 'far'")
            other.commit()

        async with held(db, None, now) as ours:
            with pytest.raises(Superseded):
                await ours.keep(Pause(another_program_writes, it_took_over))
    assert "the lease could not be renewed: I could not keep that" in caplog.text
