"""APScheduler's SQLAlchemyJobStore with many jobs, some of them due: what planning is measured against."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import shutil
import sqlite3
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import utc_now
from tests.benchmarks._watch import Spent, Watch

if TYPE_CHECKING:
    from sqlalchemy import Engine


def nothing() -> None:
    """What each job does."""


def seed(path: Path, jobs: int, due: int) -> None:
    """APScheduler's own table with so many jobs: daily ones, pickled as it pickles them."""
    from apscheduler.job import Job
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.triggers.interval import IntervalTrigger

    now = utc_now()
    job = Job.__new__(Job)
    job._jobstore_alias = None
    what = {"id": "0", "name": "nothing", "func": f"{nothing.__module__}:{nothing.__name__}", "args": (), "kwargs": {}}
    rules = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1, "executor": "default"}
    when = {"trigger": IntervalTrigger(days=1, start_date=now, timezone=UTC), "next_run_time": now}
    job.__setstate__({"version": 1, **what, **rules, **when})
    state = job.__getstate__()
    store = SQLAlchemyJobStore(engine=as_documented(path))
    store.jobs_t.create(store.engine, checkfirst=True)
    store.shutdown()
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        for n in range(jobs):
            at = now - timedelta(seconds=1) if n < due else now + timedelta(hours=1, minutes=n % 1430)
            pickled = pickle.dumps({**state, "id": str(n), "next_run_time": at}, pickle.HIGHEST_PROTOCOL)
            file.execute("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)", (str(n), at.timestamp(), pickled))


def as_documented(path: Path) -> Engine:
    """A SQLite file as APScheduler's documentation opens it: by its address alone."""
    from sqlalchemy import create_engine

    return create_engine(f"sqlite:///{path}")


def unsynced(path: Path) -> Engine:
    """A SQLite file with a log, whose commits wait for the disk as little as those of Cairn's planning."""
    from sqlalchemy import event

    engine = as_documented(path)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")

    return engine


async def worked_off(path: Path, due: int, *, synced: bool) -> tuple[float, float, float]:
    """The milliseconds until every due job was handed out and stored anew, those of work, and the longest stall."""
    from apscheduler.events import EVENT_JOB_SUBMITTED
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    handed_out, all_out = list[object](), asyncio.Event()

    def count(event: object) -> None:
        handed_out.append(event)
        if len(handed_out) == due:
            all_out.set()

    copy = path.with_suffix(".copy")
    shutil.copy(path, copy)
    os.sync()
    store = SQLAlchemyJobStore(engine=as_documented(copy) if synced else unsynced(copy))
    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.add_listener(count, EVENT_JOB_SUBMITTED)
    scheduler.start(paused=True)  # connected already, as Cairn is
    watch = Watch()
    await asyncio.sleep(0.05)
    spent = Spent()
    scheduler.resume()
    async with asyncio.timeout(300):
        await all_out.wait()
    ms, work = spent.so_far()
    stall = await watch.stop()
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)
    return ms, work, stall
