"""The heartbeat: it begins at once, outlives failing rounds and jumping clocks, and leaves no work behind."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock as clocks
from bot.clock import Clock

HOUR = 3600.0


class Rounds:
    """Rounds that can be waited for, held up, and made to fail."""

    def __init__(self) -> None:
        self.begun = asyncio.Semaphore(0)
        self.gate = asyncio.Event()
        self.gate.set()
        self.ended = 0
        self.cancelled = 0
        self.fails = False

    async def __call__(self) -> None:
        self.begun.release()
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.ended += 1
        if self.fails:
            raise RuntimeError("this round stumbled")


async def nothing() -> None:
    """What needs no putting right."""


class Wall:
    """A wall clock that can be set, beside a monotonic one that only goes on."""

    def __init__(self) -> None:
        self.wall = 1_000_000.0
        self.monotonic = 50.0

    def clock(self, work: Rounds, seconds: float = HOUR, put_right: Callable[[], Awaitable[None]] = nothing) -> Clock:
        return Clock(work, seconds, put_right, wall=lambda: self.wall, monotonic=lambda: self.monotonic)


async def test_the_first_round_comes_at_once() -> None:
    work = Rounds()
    clock = Clock(work, HOUR, nothing)
    clock.start()
    await work.begun.acquire()
    await clock.stop()
    assert work.ended == 1


@pytest.mark.parametrize("jump", [-HOUR, HOUR, 6.0, -6.0])
async def test_after_a_jump_of_the_wall_clock_a_round_comes_at_once(jump: float) -> None:
    work, wall = Rounds(), Wall()
    clock = wall.clock(work)
    clock.start()
    await work.begun.acquire()
    wall.wall += jump
    assert clock.look()
    await work.begun.acquire()
    assert not clock.look()
    await clock.stop()


async def test_what_a_jump_left_wrong_is_put_right_before_the_next_round(caplog: pytest.LogCaptureFixture) -> None:
    wall, happened, failed = Wall(), list[str](), asyncio.Event()

    async def put_right() -> None:
        happened.append("put right")
        if happened == ["round", "put right"]:
            failed.set()
            raise RuntimeError("the database was busy")

    class Told(Rounds):
        async def __call__(self) -> None:
            happened.append("round")
            await super().__call__()

    work = Told()
    clock = wall.clock(work, put_right=put_right)
    clock.start()
    await work.begun.acquire()
    wall.wall += HOUR
    clock.look()
    await failed.wait()
    for _ in range(9):  # APScheduler begins none while it still counts this one
        await asyncio.sleep(0)
    assert "a round failed" in caplog.text
    wall.wall += HOUR
    clock.look()
    await work.begun.acquire()
    await clock.stop()
    assert happened == ["round", "put right", "put right", "round"]


def test_runs_that_a_clock_set_forward_made_it_miss_are_left_out() -> None:
    trigger = clocks._every(10.0)
    at, now = datetime(2026, 1, 5, tzinfo=UTC), datetime(2056, 1, 5, tzinfo=UTC)
    assert trigger.get_next_fire_time(None, at) == at
    assert trigger.get_next_fire_time(at, at) == at + timedelta(seconds=10)
    assert trigger.get_next_fire_time(at, now) == now
    assert trigger.get_next_fire_time(now, now) == now + timedelta(seconds=10)


async def test_rounds_that_take_longer_than_their_interval_go_on_for_ever() -> None:
    work = Rounds()
    clock = Clock(work, 0.001, nothing)
    clock.start()
    for _ in range(20):
        work.gate.clear()
        await work.begun.acquire()
        await asyncio.sleep(0.005)  # several runs are missed meanwhile
        work.gate.set()
    await clock.stop()


async def test_time_that_passes_on_both_clocks_is_no_jump() -> None:
    wall = Wall()
    clock = wall.clock(Rounds())
    wall.wall, wall.monotonic = wall.wall + 7 * HOUR, wall.monotonic + 7 * HOUR - 1
    assert not clock.look()


async def test_the_clocks_are_compared_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "LOOK_EVERY", 0.0)
    work, wall = Rounds(), Wall()
    clock = wall.clock(work)
    clock.start()
    await work.begun.acquire()
    for _ in range(3):
        wall.wall -= HOUR
        await work.begun.acquire()
    await clock.stop()


async def test_a_failing_round_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    work, wall = Rounds(), Wall()
    work.fails = True
    clock = wall.clock(work)
    clock.start()
    await work.begun.acquire()
    wall.wall += HOUR
    clock.look()
    await work.begun.acquire()
    await clock.stop()
    assert "this round stumbled" in caplog.text
    assert work.ended == 2


async def test_stopping_waits_for_the_running_round() -> None:
    work = Rounds()
    work.gate.clear()
    clock = Clock(work, HOUR, nothing)
    clock.start()
    await work.begun.acquire()
    stopping = asyncio.create_task(clock.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    work.gate.set()
    await stopping
    assert (work.ended, work.cancelled) == (1, 0)


async def test_a_round_that_hangs_is_cancelled_before_the_stop_is_over(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clocks, "STOPS_WITHIN", 0.0)
    work = Rounds()
    work.gate.clear()
    clock = Clock(work, HOUR, nothing)
    clock.start()
    await work.begun.acquire()
    await clock.stop()
    assert (work.ended, work.cancelled) == (0, 1)
    assert "takes too long" in caplog.text


async def test_after_the_stop_no_round_and_no_task_is_left() -> None:
    work, wall = Rounds(), Wall()
    clock = wall.clock(work, 0.001)
    clock.start()
    for _ in range(3):
        await work.begun.acquire()
    await clock.stop()
    ended = work.ended
    await asyncio.sleep(0)
    assert work.ended == ended
    assert asyncio.all_tasks() <= {asyncio.current_task()}


async def test_the_log_is_not_filled_by_the_scheduler(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await test_the_first_round_comes_at_once()
    assert [record.name for record in caplog.records if record.name.startswith("apscheduler")] == []


def test_the_wall_clock_is_in_utc() -> None:
    assert clocks.utc_now().tzinfo is UTC
