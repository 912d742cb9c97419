"""Planning what is due among many schedules: `python -m tests.benchmarks.planning [--schedules 100000] [--due 1000]`.

The baseline is APScheduler's SQLAlchemyJobStore in the same run: as many jobs, as many of them due. Its jobs do
nothing; Cairn writes down what it owes besides. It is measured twice: with a SQLite file as its documentation opens
one, which is the baseline of the promise, and with one whose commits wait for the disk as little as our planning's do.
Below both stands what the same rows cost sqlite3 alone. All are connected before. Each time is the median of the runs,
each stall of the event loop the longest; *work* is what the processor did for it, on a busy machine the better
measure. Ends with status 1 when a promise for 100,000 schedules of which 1,000 are
due is broken: planned in 50 ms and 20 times faster than the baseline, no stall over 50 ms, an idle round under 1 ms,
memory grown by less than 10 MB, a start longer by less than 100 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import bootstrap
from bot.config import Config, Data
from bot.store.db import open_database
from bot.usecases import rounds
from bot.usecases.app import App
from tests.benchmarks import _floor, _jobs
from tests.benchmarks._watch import Spent, Watch

NOW = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)  # a Tuesday
ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Africa/Cairo", "America/Sao_Paulo", "Asia/Tokyo"),
    *("Australia/Sydney", "Europe/London", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "Africa/Lagos"),
)
KINDS = ("checkin", "reflection", "week")
HISTORY = 30  # days that everybody who is due has been asked and has answered
IDLE_ROUNDS = 200
MOST_MS, MOST_STALL_MS, LEAST_TIMES, MOST_IDLE_MS, MOST_MIB, MOST_START_MS = 50.0, 50.0, 20.0, 1.0, 10.0, 100.0


class Planned(NamedTuple):
    """One planning: milliseconds in all, those of the processor, and the longest stall of the event loop meanwhile."""

    ms: float
    work: float
    stall: float


class Held(NamedTuple):
    """A fresh process: milliseconds until its first idle round is over, and MiB resident after planning."""

    ms: float
    mib: float


# ------------------------------------------------------------------ schedules


async def seed(path: Path, schedules: int, due: int, *, mixed: bool = False, days: int = 0) -> None:
    """A database of so many schedules, one for each person; `due` of them, all over it, are due, `days` before NOW."""
    await (await open_database(path)).close()
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        numbers = range(1, schedules + 1)
        called = set(numbers[:: schedules // due])
        file.executemany("INSERT INTO people VALUES (?, 'discord', '', ?, 'A name')", ((n, str(n)) for n in numbers))
        file.executemany(
            "INSERT INTO seekers (person_id, zone, quiet_from, quiet_to, started_at)"
            " VALUES (?, ?, '22:00', '06:00', ?)",
            ((n, zone_of(n), stored(NOW - timedelta(days=HISTORY))) for n in numbers),
        )
        file.executemany(
            "INSERT INTO schedules (id, person_id, ask, days, at, last_on, next_on, next_at)"
            " VALUES (?, ?, ?, '0123456', ?, ?, ?, ?)",
            (schedule(n, n in called, KINDS[n % 3] if mixed and n in called else "checkin", days) for n in numbers),
        )
        for n in () if days else called:
            file.executemany(
                "INSERT INTO occurrences (person_id, schedule_id, ask, exercise, local_on, due_at, state)"
                " VALUES (?1, ?1, 'checkin', 'checkin', ?2, ?2, 'answered')",
                ((n, (NOW - timedelta(days=day)).date().isoformat()) for day in range(2, HISTORY)),
            )
            file.executemany(
                "INSERT INTO entries (person_id, exercise, entry_on, week_on, answers, numbers, visibility, created_at,"
                " updated_at) VALUES (?1, 'checkin', ?2, ?2, '{}', '{}', 'private', ?2, ?2)",
                ((n, (NOW - timedelta(days=day)).date().isoformat()) for day in range(2, HISTORY)),
            )


def zone_of(number: int) -> str:
    """A zone for each person, all in turn."""
    return ZONES[number % len(ZONES)]


def schedule(number: int, is_due: bool, ask: str, days: int) -> tuple[object, ...]:
    """A row of the table, due some days before NOW, or spread over the day that follows it."""
    next_at = NOW - timedelta(days=days) if is_due else NOW + timedelta(minutes=1 + number % 1430)
    local = next_at.astimezone(ZoneInfo(zone_of(number)))
    on = local.date()
    return number, number, ask, f"{local:%H:%M}", str(on - timedelta(days=1)), str(on), stored(next_at)


def stored(moment: datetime) -> str:
    """An instant as the database keeps it."""
    return moment.isoformat(timespec="milliseconds")


# ------------------------------------------------------------------ Cairn


@contextlib.asynccontextmanager
async def opened(path: Path, now: datetime) -> AsyncIterator[App]:
    """Cairn on a database, at an instant."""
    config = Config(data=Data(folder=path.parent))
    shutil.copy(path, config.data.database)
    os.sync()  # else the first commit would wait for the copy's bytes
    async with bootstrap.opened(config, lambda: now) as app:
        yield app
    config.data.database.unlink()


@contextlib.asynccontextmanager
async def running(path: Path) -> AsyncIterator[App]:
    """Cairn on a database, at NOW, after a round that found nothing to do, as nearly every round does."""
    async with opened(path, NOW - timedelta(days=HISTORY + 1)) as app:
        await rounds.tick(app)
        app.now = lambda: NOW
        yield app


async def planned(path: Path, due: int) -> Planned:
    """Plan everything that is due, once for the time and once for the stalls: feeling for these takes time itself."""
    return Planned(*await plan_ms(path, due), await plan_stall(path))


async def plan_stall(path: Path) -> float:
    """The longest stall while everything that is due is planned."""
    async with running(path) as app:
        watch = Watch()
        await asyncio.sleep(0.05)
        await rounds.plan(app)
        return await watch.stop()


async def plan_ms(path: Path, due: int) -> tuple[float, float]:
    """The milliseconds in which everything that is due is planned, and those of work."""
    async with running(path) as app:
        spent = Spent()
        await rounds.plan(app)
        both = spent.so_far()
        assert await app.db.reading.one("SELECT 1 FROM schedules WHERE next_at <= ?", stored(NOW)) is None
        assert len(await app.db.reading.all("SELECT 1 FROM deliveries")) >= due
        return both


async def floor(path: Path) -> Planned:
    """Sqlite3 alone, writing the same rows."""
    async with running(path) as app:
        await rounds.plan(app)
        rows = await _floor.planned_at(app.db.reading, stored(NOW))
    async with opened(path, NOW) as app:
        return Planned(*_floor.written(app.db.path, rows), 0)


async def idle_ms(path: Path) -> float:
    """The median milliseconds of a round with nothing to do."""
    async with opened(path, NOW - timedelta(hours=1)) as app:
        times: list[float] = []
        for _ in range(IDLE_ROUNDS):
            began = time.perf_counter()
            await rounds.tick(app)
            times.append((time.perf_counter() - began) * 1000)
        return median(times)


def held(path: Path) -> Held:
    """What a fresh process takes to start and to hold; it plans once, so that the same code is loaded."""
    return asyncio.run(_held(path))


async def _held(path: Path) -> Held:
    began = time.perf_counter()
    async with opened(path, NOW - timedelta(hours=1)) as app:
        await rounds.tick(app)
        ms = (time.perf_counter() - began) * 1000
        app.now = lambda: NOW
        await rounds.plan(app)
        return Held(ms, resident_mib())


def resident_mib() -> float:
    """The resident memory of this process."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def fresh(path: Path, runs: int) -> Held:
    """The medians of some processes, each started anew."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        found = [processes.submit(held, path).result() for _ in range(runs)]
    return Held(median(one.ms for one in found), median(one.mib for one in found))


# ------------------------------------------------------------------ all of it


def middle(planned: list[Planned]) -> Planned:
    """The median times and the longest stall."""
    return Planned(
        median(one.ms for one in planned), median(one.work for one in planned), max(one.stall for one in planned)
    )


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def keeps_promises(schedules: int, due: int, runs: int, folder: Path) -> bool:
    """Measures, prints and judges."""
    large, small, various, away, jobs = (folder / name for name in ("large", "small", "various", "away", "jobs"))
    asyncio.run(seed(large, schedules, due))
    asyncio.run(seed(small, due, due))
    asyncio.run(seed(various, schedules, due, mixed=True))
    asyncio.run(seed(away, due, due, days=HISTORY))
    gc.collect()
    gc.freeze()  # as the running bot does, for all that is measured
    _jobs.seed(jobs, schedules, due)
    cairn = middle([asyncio.run(planned(large, due)) for _ in range(runs)])
    mixed = middle([asyncio.run(planned(various, due)) for _ in range(runs)])
    backlog = asyncio.run(planned(away, due))
    documented, unsynced = (
        middle([Planned(*asyncio.run(_jobs.worked_off(jobs, due, synced=synced))) for _ in range(min(runs, 3))])
        for synced in (True, False)
    )
    alone = middle([asyncio.run(floor(large)) for _ in range(runs)])
    idle, times = asyncio.run(idle_ms(large)), documented.ms / cairn.ms
    few, many = fresh(small, runs), fresh(large, runs)
    print(f"{schedules} schedules, {due} due")
    print(f"Cairn              {cairn.ms:9.1f} ms   at most {MOST_MS:.0f}; work {cairn.work:.1f} ms")
    print(f"  longest stall    {cairn.stall:9.1f} ms   at most {MOST_STALL_MS:.0f}")
    print(f"  of mixed kinds   {mixed.ms:9.1f} ms   work {mixed.work:.1f} ms, longest stall {mixed.stall:.1f} ms")
    print(f"  a month of them  {backlog.ms:9.1f} ms   work {backlog.work:.1f} ms, longest stall {backlog.stall:.1f} ms")
    print(f"APScheduler        {documented.ms:9.1f} ms   {times:.1f} times; at least {LEAST_TIMES:.0f}")
    print(f"  longest stall    {documented.stall:9.1f} ms")
    print(f"  not synced       {unsynced.ms:9.1f} ms   {unsynced.ms / cairn.ms:.1f} times; work {unsynced.work:.1f} ms")
    print(f"sqlite3 alone      {alone.ms:9.1f} ms   Cairn's rows, given; work {alone.work:.1f} ms")
    print(f"  not synced       {unsynced.ms / alone.ms:9.1f} times as long: more than that is not to be had")
    print(f"idle round         {idle:9.3f} ms   at most {MOST_IDLE_MS:.0f}")
    print(f"memory             {many.mib - few.mib:+9.1f} MiB  at most {MOST_MIB:.0f}   beside {due} schedules")
    print(f"start              {many.ms - few.ms:+9.1f} ms   at most {MOST_START_MS:.0f}   beside {due} schedules")
    return (
        cairn.ms <= MOST_MS
        and max(cairn.stall, mixed.stall, backlog.stall) <= MOST_STALL_MS
        and times >= LEAST_TIMES
        and idle <= MOST_IDLE_MS
        and many.mib - few.mib <= MOST_MIB
        and many.ms - few.ms <= MOST_START_MS
    )


def main() -> int:
    """Read the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.planning", description=__doc__)
    parser.add_argument("--schedules", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    given = parser.parse_args()
    if find_spec("sqlalchemy") is None:
        print("The baseline needs SQLAlchemy; it is in the extra “dev”: pip install -e '.[dev]'", file=sys.stderr)
        return 1
    with room() as folder:
        return 0 if keeps_promises(given.schedules, given.due, given.runs, folder) else 1


if __name__ == "__main__":
    sys.exit(main())
