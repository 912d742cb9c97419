"""Many people who are to be asked in the same minute: on a stand-in of Discord that is a process of its own, and in a
database."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.store.db import open_database

NO_LIMIT = 10**9
AT_ONCE = 20  # calls of the control interface


class Discord:
    """The stand-in's process, by its control interface."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def do(self, verb: str, **arguments: Any) -> Any:
        """One of the stand-in's methods."""
        async with self._session.post(f"{self.url}/_control/{verb}", json=arguments) as answer:
            told = await answer.json()
            if answer.status != 200:
                raise RuntimeError(told)
            return told

    async def add_people(self, count: int) -> list[tuple[str, str]]:
        """New people, each as (id, channel of their direct messages)."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def add() -> tuple[str, str]:
            async with gate:
                user = await self.do("add_user", name="Ada")
                return user["id"], (await self.do("direct", user=user["id"]))["id"]

        return await asyncio.gather(*(add() for _ in range(count)))


@contextlib.asynccontextmanager
async def discord() -> AsyncIterator[Discord]:
    """A stand-in without rate limits, ended on leaving."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.standin", stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdout
    try:
        url = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:
            made = Discord(url, session)
            await made.do("limit", per_route=NO_LIMIT)
            yield made
    finally:
        process.terminate()
        await process.wait()


async def seed(path: Path, people: Sequence[tuple[str, str]], due_at: datetime) -> None:
    """A database in which all of these seekers are to be asked at the same instant, where they were asked before."""
    await (await open_database(path)).close()
    started_at, at = stored(due_at - timedelta(days=30)), due_at.astimezone(UTC)
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        for n, (user, channel) in enumerate(people, start=1):
            file.execute("INSERT INTO people VALUES (?, 'discord', '', ?, 'Ada')", (n, user))
            file.execute(
                "INSERT INTO seekers (person_id, zone, quiet_from, quiet_to, started_at)"
                " VALUES (?, 'UTC', '00:00', '00:00', ?)",
                (n, started_at),
            )
            file.execute("INSERT INTO conversations (person_id, channel) VALUES (?, ?)", (n, channel))
            file.execute(
                "INSERT INTO schedules (id, person_id, ask, days, at, next_on, next_at)"
                " VALUES (?1, ?1, 'checkin', '0123456', ?, ?, ?)",
                (n, f"{at:%H:%M}", at.date().isoformat(), stored(at)),
            )


def stored(moment: datetime) -> str:
    """An instant as the database keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
