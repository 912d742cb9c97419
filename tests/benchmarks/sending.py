"""Durable sending beside a bare loop: `python -m tests.benchmarks.sending [--runs 5] [--messages 1000]`.

Both send the same messages to the same direct messages of a stand-in that is a process of its own, ten at a time and
without a pace: the bare loop by discord.py's `channel.send` of messages that were made beforehand; Cairn from rows that
are owed to rows that are settled and committed, making each message on the way. They run in turn, each with a new
client. What is in memory by then is frozen for both, as the bot's own start does: else Cairn alone, which makes its
messages meanwhile, would pay for collections of all that the benchmark has loaded. Ends with status 1 where Cairn's
throughput is less than 0.9 of the bare loop's at 50 ms of latency, or less than 0.5 without any.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import math
import sys
import tempfile
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

import discord

from bot import bootstrap
from bot.config import Config, Data
from bot.core.delivery import Delivery
from bot.store import delivery as rows
from bot.usecases import _prompts, _pump, rounds
from bot.usecases.app import App
from bot.usecases.pace import Pace
from cogs import _render
from tests.benchmarks import _owed
from tests.benchmarks._watch import Watch
from tests.standin import TOKEN
from tests.standin.launch import point_at

SENDERS = 10
LEAST = {0: 0.5, 50: 0.9}  # of the bare loop's throughput, by milliseconds of latency
NOW = datetime(2026, 3, 10, 17, 30, tzinfo=UTC)
People = Sequence[tuple[str, str]]


class Sent(NamedTuple):
    """Messages a second, and the longest stall of the event loop in milliseconds."""

    per_second: float
    stall: float


@contextlib.asynccontextmanager
async def owing(people: People) -> AsyncIterator[tuple[App, list[Delivery]]]:
    """Cairn with a question owed to each of the people, and those deliveries."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=Data(folder=Path(folder)))
        await _owed.seed(config.data.database, people, NOW)
        async with bootstrap.opened(config, lambda: NOW) as app:
            app.pace = Pace(math.inf)
            await rounds.plan(app)
            owed = await rows.read(app.db.reading, [one for one, _ in await rows.waiting(app.db.reading, NOW)])
            assert len(owed) == len(people)
            yield app, owed


async def durably(people: People) -> Sent:
    """Cairn's pump, from owed to settled."""
    async with owing(people) as (app, owed), bootstrap.bot_for(app, Config()) as bot:
        await bot.login(TOKEN)
        freeze()
        watch = Watch()
        began = time.perf_counter()
        await _pump.send_due(app, math.inf)
        seconds = time.perf_counter() - began
        stall = await watch.stop()
        row = await app.db.reading.one("SELECT count(*) AS sent FROM deliveries WHERE state = 'sent'")
        assert row
        assert row["sent"] == len(owed)
        return Sent(len(owed) / seconds, stall)


async def bare(people: People) -> Sent:
    """The same messages, made beforehand, by discord.py alone."""
    async with owing(people) as (app, owed), discord.Client(intents=discord.Intents.none()) as client:
        prompts = await _prompts.prompts(app, owed)
        made = deque((d.channel, d.id, _render.message(prompts[d.id])) for d in owed)
        await client.login(TOKEN)

        async def send() -> None:
            while made:
                channel, key, message = made.popleft()
                place = client.get_partial_messageable(int(channel))
                await place.send(view=message.view, files=message.files, nonce=key)

        freeze()
        watch = Watch()
        began = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(SENDERS)))
        seconds = time.perf_counter() - began
        return Sent(len(owed) / seconds, await watch.stop())


def freeze() -> None:
    """Leave what is in memory out of all further collections."""
    gc.collect()
    gc.freeze()


def middle(sent: Sequence[Sent]) -> Sent:
    """The median throughput and the longest stall."""
    return Sent(median(one.per_second for one in sent), max(one.stall for one in sent))


async def compare(there: _owed.Discord, people: People, runs: int, ms: int) -> bool:
    """Measure and print both at one latency; whether Cairn keeps its promise. The first run of each is not counted."""
    await there.do("break_with", latency=ms / 1000)
    loops, pumps = list[Sent](), list[Sent]()
    for _ in range(runs + 1):
        loops.append(await bare(people))
        pumps.append(await durably(people))
    loop, pump = middle(loops[1:]), middle(pumps[1:])
    ratio = pump.per_second / loop.per_second
    print(f"{ms} ms of latency, {len(people)} messages, {SENDERS} at a time")
    print(f"  bare loop {loop.per_second:8.0f}/s   longest stall {loop.stall:5.1f} ms")
    print(f"  Cairn     {pump.per_second:8.0f}/s   longest stall {pump.stall:5.1f} ms")
    print(f"  ratio     {ratio:8.2f}     at least {LEAST[ms]}", flush=True)
    return ratio >= LEAST[ms]


async def keeps_promises(messages: int, runs: int) -> bool:
    """Whether both promises are kept."""
    async with _owed.discord() as there:
        point_at(there.url)
        people = await there.add_people(messages)
        return all([await compare(there, people, runs, ms) for ms in LEAST])


def main() -> int:
    """Read the command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sending", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured")
    parser.add_argument("--messages", type=int, default=1000)
    given = parser.parse_args()
    return 0 if asyncio.run(keeps_promises(given.messages, given.runs)) else 1


if __name__ == "__main__":
    sys.exit(main())
