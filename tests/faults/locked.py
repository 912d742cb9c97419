"""Another program holds the database, and for longer than the bot waits for it, while it asks and people answer.

The bot's clock and its patience with a held database (`busy_timeout`, five seconds) go at the pace of the run.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

from tests.faults._bench import Bench
from tests.faults._disk import Disk
from tests.faults._people import REFUSED, Chat
from tests.faults._sound import answers_of, unsound
from tests.faults._table import Fault, main

PEOPLE = 4  # who write, and as many who fill the form, and as many who are due a little later
PATIENCE = 5000  # milliseconds that the bot waits for a held database
AHEAD = 25.0  # seconds from the seeding; the process needs a few for its start
WORDS = "Held on to it"
FORM = {"mood": ["4"], "done": WORDS}


def held(seconds: float) -> Callable[[Bench], Awaitable[None]]:
    """Hold the database for so many seconds in each run."""

    async def make(bench: Bench) -> None:
        for _ in range(bench.runs):
            await _once(bench, seconds)
        bench.wrong += unsound(bench)

    return make


async def _once(bench: Bench, seconds: float) -> None:
    writing = [Chat(bench.discord, one.user) for one in bench.owe(PEOPLE)]
    filling = [Chat(bench.discord, one.user) for one in bench.owe(PEOPLE)]
    later = [Chat(bench.discord, one.user) for one in bench.owe(PEOPLE, late=-AHEAD)]
    Disk(bench.folder / "disk", busy_timeout=round(PATIENCE / bench.clock.factor))
    before = bench.posted
    await bench.bot.begin_and_be_ready("--disk", str(bench.folder / "disk"))
    await bench.until(lambda: bench.posted > before)
    free = asyncio.Event()
    async with asyncio.TaskGroup() as together:
        together.create_task(_hold(bench, seconds, free))
        for chat in (*writing, *later):
            together.create_task(_write(bench, chat))
        for chat in filling:
            together.create_task(_fill(bench, chat, free))
    await bench.until_settled()
    await bench.bot.stop()
    for chats, answer in ((writing + later, {"done": WORDS}), (filling, {"done": WORDS, "mood": 4})):
        for chat in chats:
            if (found := answers_of(bench, chat.user)) != [answer]:
                bench.wrong.append(f"{'twice' if len(found) > 1 else 'lost'}: instead of {answer} there is {found}")


async def _hold(bench: Bench, seconds: float, free: asyncio.Event) -> None:
    """Be the other program."""
    with closing(sqlite3.connect(bench.bot.database, isolation_level=None, timeout=0)) as other:
        await bench.until(lambda: _has_begun(other))
        await bench.clock.wait(seconds)
        other.execute("ROLLBACK")
    free.set()


def _has_begun(other: sqlite3.Connection) -> bool:
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


async def _write(bench: Bench, chat: Chat) -> None:
    """Write back; who is refused does nothing more."""
    await chat.until("answer")
    told = await chat.write(WORDS)
    _expect(bench, told, "Kept")
    if REFUSED in told:
        await bench.until(lambda: answers_of(bench, chat.user))


async def _fill(bench: Bench, chat: Chat, free: asyncio.Event) -> None:
    """Fill the form; who is refused sends it again once the database is free."""
    question = await chat.until("answer")
    told = await chat.fill(question, "answer", FORM)
    _expect(bench, told, WORDS)
    if REFUSED in told:
        await free.wait()
        _expect(bench, await chat.fill(question, "answer", FORM), WORDS)


def _expect(bench: Bench, told: str, words: str) -> None:
    if words not in told and REFUSED not in told:
        bench.wrong.append(f"lost: somebody who waited for “{words}” read “{told.strip()}”")


FAULTS = tuple(
    Fault(
        f"database held for {seconds} s",
        "another program holds the write lock while questions go out and people answer",
        held(seconds),
        factor=20,  # SQLite itself waits by the world's clock
    )
    for seconds in (1, 10, 60)
)

if __name__ == "__main__":
    main(FAULTS)
