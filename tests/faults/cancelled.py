"""Callers that are cancelled at a random moment of their transaction: nothing is kept by halves, no lock is left.

In this process, against the database as the bot opens it: `python -m tests.faults.cancelled --runs 1000`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial

from bot.store import facts
from bot.store.db import Database, Tx, open_database
from tests.faults._bench import Bench
from tests.faults._table import Fault, main

AT_ONCE = 20  # callers who want the one writer
MOMENTS = 60  # turns of the event loop within which a caller is cancelled


async def at_random(one: Bench) -> None:
    """Cancel so many callers, each once or twice, among others who are left alone."""
    database = await open_database(one.bot.database)
    kept = set[str]()
    begun = cancelled = 0
    while cancelled < one.runs:
        names = [f"{begun + number}" for number in range(AT_ONCE)]
        begun += AT_ONCE
        ended = await _some_cancelled(one, database, names)
        kept |= {name for name, error in zip(names, ended, strict=True) if error is None}
        cancelled += sum(isinstance(error, asyncio.CancelledError) for error in ended)
        one.wrong += [f"lost: {name}: {error}" for name, error in zip(names, ended, strict=True) if _unasked(error)]
    await _check(one, database, kept)
    await database.close()


async def _two_rows(name: str, tx: Tx) -> None:
    await facts.put(tx, f"{name} one", "1")
    await facts.put(tx, f"{name} two", "1")


async def _step_by_step(database: Database, name: str) -> None:
    async with database.writing() as tx:
        await _two_rows(name, tx)


async def _at_once(database: Database, name: str) -> None:
    await database.at_once(partial(_two_rows, name))


async def _at_once_unsynced(database: Database, name: str) -> None:
    await database.at_once(partial(_two_rows, name), again=True)


async def _some_cancelled(one: Bench, database: Database, names: list[str]) -> list[BaseException | None]:
    ways = one.chance.choices((_step_by_step, _at_once, _at_once_unsynced), k=len(names))
    tasks = [asyncio.create_task(way(database, name)) for way, name in zip(ways, names, strict=True)]
    ends = Counter(one.chance.randrange(MOMENTS) for _ in tasks)
    for moment in range(MOMENTS):
        await asyncio.sleep(0)
        for _ in range(ends[moment]):
            one.chance.choice(tasks).cancel()
    return await asyncio.gather(*tasks, return_exceptions=True)


def _unasked(error: BaseException | None) -> bool:
    return error is not None and not isinstance(error, asyncio.CancelledError)


async def _check(one: Bench, database: Database, kept: set[str]) -> None:
    async with asyncio.timeout(10), database.writing() as tx:
        rows = await tx.all("SELECT name FROM facts WHERE name LIKE '% one' OR name LIKE '% two'")
    halves = Counter(row["name"].partition(" ")[0] for row in rows)
    one.wrong += [f"lost: half of {name}" for name, many in halves.items() if many != 2]
    one.wrong += [f"lost: {name}, of which its caller was told that it is kept" for name in kept - halves.keys()]


FAULTS = (
    Fault(
        "cancelled callers",
        f"each at a random moment of a transaction of two rows, {AT_ONCE} at once",
        at_random,
    ),
)


if __name__ == "__main__":
    main(FAULTS)
