"""How long the board takes: `python -m tests.benchmarks.board [--applications 1000]`.

From the question to the components that go to Discord: the first page, the last, one of what is looked for, and one
application with its history, and what is next; then all of it with five times as many applications. The baselines, in
the same run, are sqlite3 alone reading the same person's rows and json writing them, and for the stalls of the event
loop an idle one. Each time is the median, each stall the longest, which on a busy machine says little. Ends with status
1 when one of them takes over 50 ms with 1,000 applications.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from bot import bootstrap
from bot.config import Config, Data
from bot.core.board import Look
from bot.core.people import Person
from bot.core.search import Stage
from bot.usecases import application, board
from bot.usecases.app import App
from cogs import _application, _board
from tests.benchmarks._watch import Watch

RUNS, MOST_MS = 40, 50.0
MAYA = Person("discord", "", "1")
NOW = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
ROLES = ("Engineer", "Data analyst", "Product lead", "Tester", "Designer")
STAGES = tuple(Stage)
EVENTS = 4  # of each application

Act = Callable[[App], Awaitable[object]]


def seed(path: Path, applications: int) -> None:
    """A search of so many applications, at all stages."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        at = NOW.isoformat(timespec="milliseconds")
        file.execute("INSERT INTO people VALUES (1, 'discord', '', '1', 'A name')")
        file.execute(
            "INSERT INTO seekers (person_id, zone, quiet_from, quiet_to, started_at)"
            " VALUES (1, 'Europe/Berlin', '22:00', '06:00', ?)",
            (at,),
        )
        for number in range(1, applications + 1):
            on = str(date(2026, 1, 1) + timedelta(days=number % 60))
            file.execute(
                "INSERT INTO applications (id, person_id, company, role, made_at, stage, round, furthest, stage_on,"
                " active_on, applied_on) VALUES (?, 1, ?, ?, ?, ?, 1, 'applied', ?, ?, ?)",
                (number, f"Company {number} & Co", ROLES[number % 5], at, STAGES[number % 6], on, on, on),
            )
            file.executemany(
                "INSERT INTO events (person_id, application_id, act, happened_on, noted_at, words)"
                " VALUES (1, ?, 'note', ?, ?, ?)",
                ((number, on, at, "They called, and asked for more. " * 5) for _ in range(EVENTS)),
            )


async def page(app: App, look: Look) -> object:
    """A page of the board, as it goes to Discord."""
    return _board.board(await board.board(app, MAYA, look)).to_components()


async def history(app: App) -> object:
    """One application, as it goes to Discord."""
    return _application.shown(await application.named(app, MAYA, "#7")).to_components()


async def agenda(app: App) -> object:
    """What is next, as it goes to Discord."""
    return _board.agenda(await board.agenda(app, MAYA)).to_components()


ACTS: dict[str, Act] = {
    "the first page": lambda app: page(app, Look()),
    "the last page": lambda app: page(app, Look(page=10_000)),
    "looked for": lambda app: page(app, Look(text="analyst")),
    "one application": history,
    "what is next": agenda,
}


def bare(path: Path) -> float:
    """Milliseconds in which sqlite3 alone reads the rows, and json writes them."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        times: list[float] = []
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            json.dumps(file.execute("SELECT * FROM applications WHERE person_id = 1 ORDER BY active_on").fetchall())
            times.append((time.perf_counter() - start) * 1000)
    return median(times[1:])


async def measured(app: App, act: Act) -> tuple[float, float]:
    """The median milliseconds of an act, and the longest stall of the loop meanwhile; the first does not count."""
    await act(app)
    watch, times = Watch(), list[float]()
    for _ in range(RUNS):
        start = time.perf_counter()
        await act(app)
        times.append((time.perf_counter() - start) * 1000)
    return median(times), await watch.stop()


async def idle(_: App) -> None:
    """As long as a page may take, with nothing to do."""
    await asyncio.sleep(0.01)


async def all_of(applications: int) -> list[float]:
    """Measures and prints with so many applications."""
    with tempfile.TemporaryDirectory() as folder:
        async with bootstrap.opened(Config(data=Data(folder=Path(folder)))) as app:
            app.now = lambda: NOW
            seed(app.db.path, applications)
            gc.freeze()  # as the running bot does
            baseline = bare(app.db.path)
            print(f"{f'{applications:,} applications':24}{'ratio':>8}{'median':>12}{'stall':>12}")
            print(f"{'sqlite3 and json alone':24}{1:8.2f}{baseline:9.1f} ms")
            _, stall = await measured(app, idle)
            print(f"{'an idle loop':24}{stall:32.1f} ms")
            found: list[float] = []
            for name, act in ACTS.items():
                ms, stall = await measured(app, act)
                print(f"{name:24}{ms / baseline:8.2f}{ms:9.1f} ms{stall:9.1f} ms", flush=True)
                found.append(ms)
            return found


def main() -> int:
    """Read the command line, measure and judge; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.board", description=__doc__)
    parser.add_argument("--applications", type=int, default=1000)
    applications = parser.parse_args().applications
    found = asyncio.run(all_of(applications))
    asyncio.run(all_of(5 * applications))
    return int(max(found) > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
