"""A second process on the same data folder: it is refused with who runs and since when, and the first is not disturbed.

python -m tests.faults.second_instance --runs 100
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing

from tests.faults._bench import Bench
from tests.faults._bot import Bot
from tests.faults._table import Fault, main

PEOPLE = 5  # due at each run
ALREADY = "Cairn runs on this data folder already"
SUPERSEDED = "Another Cairn took this database over: process 7 on host cellar"
REFUSED = re.compile(rf"{ALREADY}: process (\d+) on host \S+, since \d+ \w+ \d\d:\d\d UTC\. Stop it first\.")


async def while_one_runs(one: Bench) -> None:
    """Start a second process while the first sends."""
    for number in range(one.runs):
        one.owe(PEOPLE)
        await one.bot.begin_and_be_ready()
        await _refused(one, f"second-{number}")
        await one.until_settled()
        await one.bot.stop()


async def while_one_is_held(one: Bench) -> None:
    """Start a second process while the first stands still and shows no sign of life."""
    for number in range(one.runs):
        one.owe(PEOPLE)
        await one.bot.begin_and_be_ready()
        one.bot.hold()
        await _refused(one, f"second-{number}")
        one.bot.let_go()
        await one.until_settled()
        await one.bot.stop()


async def after_one_was_killed(one: Bench) -> None:
    """Kill the first while it sends; the next one takes over and sends the rest."""
    for _ in range(one.runs):
        one.owe(PEOPLE)
        posted = one.posted + one.chance.randrange(PEOPLE)
        await one.bot.begin_and_be_ready()
        await one.until(lambda least=posted: one.posted >= least)
        await one.bot.kill()
        await one.bot.begin_and_be_ready()
        await one.until_settled()
        await one.bot.stop()


async def from_another_machine(one: Bench) -> None:
    """Let another machine's row stand in the database: the bot waits, follows it, and stops once it is followed."""
    for _ in range(one.runs):
        one.owe(PEOPLE)
        _another_machine_holds(one)
        await one.bot.begin_and_be_ready()
        await one.until_settled()
        _another_machine_holds(one)
        if await one.bot.ended() != 1 or SUPERSEDED not in one.bot.newest_words():
            one.wrong.append("twice: it went on after another machine had taken over")


def _another_machine_holds(one: Bench) -> None:
    row = ("theirs", "another machine", "cellar", 7, one.clock.now().isoformat(), 1)
    with closing(sqlite3.connect(one.bot.database)) as database, database:
        database.execute(
            "REPLACE INTO lease (id, name, machine, host, pid, since, beats) VALUES (1, ?, ?, ?, ?, ?, ?)", row
        )


async def two_at_once(one: Bench) -> None:
    """Start two processes at the same moment: one of them runs, the other is refused."""
    for number in range(one.runs):
        one.owe(PEOPLE)
        both = [_another(one, f"{name}-{number}") for name in ("left", "right")]
        one.chance.shuffle(both)
        await asyncio.gather(*(bot.begin() for bot in both))
        try:
            await _one_of_two(one, both)
        finally:
            await asyncio.gather(*(bot.kill() for bot in both))


async def _one_of_two(one: Bench, both: list[Bot]) -> None:
    ends = [asyncio.create_task(bot.ended()) for bot in both]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    one.bot, refused = sorted(both, key=lambda bot: bot.alive, reverse=True)
    if ALREADY not in refused.newest_words():  # who runs may not be signed yet
        one.wrong.append(f"twice: {refused.log.name} was not refused: {refused.newest_words(300)}")
    await one.until_settled()
    await one.bot.stop()
    await asyncio.gather(*ends)


async def _refused(one: Bench, name: str) -> None:
    identified = one.discord.gateway.identified
    second = _another(one, name)
    await second.begin()
    try:
        if await second.ended() != 1 or one.discord.gateway.identified != identified:
            one.wrong.append(f"twice: {second.log.name} ran as well")
        _check(one, second)
    finally:
        await second.kill()


def _another(one: Bench, name: str) -> Bot:
    """One more process for the same folder, with a log of its own."""
    bot = Bot(one.folder, one.discord, one.clock)
    bot.log = one.folder / f"{name}.log"
    return bot


def _check(one: Bench, refused: Bot) -> None:
    """Whether a process was told who runs, and since when."""
    told = REFUSED.search(refused.newest_words())
    holder = one.look("SELECT pid FROM lease")
    if told is None or [(int(told[1]),)] != holder:
        one.wrong.append(f"twice: {refused.log.name} was not told that {holder} runs: {refused.newest_words(300)}")


FAULTS = (
    Fault("a second instance", "another process is started on the same folder while the first sends", while_one_runs),
    Fault("a second instance beside one that hangs", "the first is held by SIGSTOP meanwhile", while_one_is_held),
    Fault("two instances at once", "both are started at the same moment", two_at_once),
    Fault(
        "another machine held the database, and takes it back",
        "its row is watched for 25 s and followed; later it stands there again",
        from_another_machine,
    ),
    Fault(
        "a killed instance is followed", "kill -9 while it sends, and the next one starts at once", after_one_was_killed
    ),
)


if __name__ == "__main__":
    main(FAULTS)
