"""kill -9: at random moments while questions go out, at each step of the pump, with faulty answers, with an outage."""

from __future__ import annotations

import asyncio

from tests.faults import _deaths
from tests.faults._bench import Bench
from tests.faults._table import Fault, main

PEOPLE, POSTS = 20, 2  # due at each run
FAULTY = {"error_share": 0.025, "dropped_share": 0.025, "lost_share": 0.05, "on": "POST /channels/.*/messages"}
FORGETS = 90.0


async def at_random(bench: Bench) -> None:
    """Kill it once some of those who are due were asked, at a moment that nothing chose."""
    for _ in range(bench.runs):
        await _killed_while_it_sends(bench)
    await settle(bench)


async def at_random_with_faulty_answers(bench: Bench) -> None:
    """The same, with every tenth answer faulty."""
    bench.discord.break_with(**FAULTY, seed=bench.chance.randrange(10**6))
    await at_random(bench)


async def through_an_outage(bench: Bench) -> None:
    """Lose some answers, kill it, let Discord be away for longer than it knows a nonce."""
    for _ in range(bench.runs):
        bench.discord.break_with(lost_share=0.3, on=FAULTY["on"], seed=bench.chance.randrange(10**6))
        await _killed_while_it_sends(bench)
        bench.discord.break_with()
        await bench.clock.wait(FORGETS * 1.1)
    await settle(bench)


def at_step(step: str) -> Fault:
    """The fault of dying at a step of the pump, at its first to fourth time."""

    async def make(bench: Bench) -> None:
        for _ in range(bench.runs):
            await dies(bench, step)
        await settle(bench)

    return Fault(f"kill -9 at the step: {step}", "the process kills itself there; the next one begins at once", make)


async def dies(bench: Bench, step: str) -> None:
    """Let people be due and the bot die when it comes to the step for the n-th time, or the first if it is too rare."""
    most = 1 if step in ("planned", "claimed") else 4
    for times in (bench.chance.randint(1, most), 1):
        _owe(bench)
        await bench.bot.begin("--die-at", f"{step}:{times}")
        if await bench.dies():
            return
        await bench.bot.kill()
    raise AssertionError(f"it never came to the step: {step}")


def _owe(bench: Bench) -> None:
    bench.owe(PEOPLE)
    bench.owe_posts(POSTS)


async def _killed_while_it_sends(bench: Bench) -> None:
    _owe(bench)
    posted = bench.posted + bench.chance.randrange(PEOPLE + POSTS)
    await bench.bot.begin_and_be_ready()
    await bench.until(lambda: bench.posted >= posted)
    await asyncio.sleep(bench.chance.uniform(0, 0.02))
    await bench.bot.kill()


async def settle(bench: Bench) -> None:
    """Start it a last time, with all well, and let it end its work."""
    bench.discord.break_with()
    await bench.bot.begin_and_be_ready()
    await bench.until_settled()
    await bench.bot.stop()


FAULTS = (
    Fault(
        "kill -9 at a random moment",
        f"while {PEOPLE} questions and {POSTS} weekly posts go out; then it is started again",
        at_random,
    ),
    *map(at_step, _deaths.STEPS),
    Fault(
        "kill -9 and 10% faulty answers",
        "half of them accepted, then the answer lost; the others refused or dropped",
        at_random_with_faulty_answers,
    ),
    Fault(
        "kill -9 and an outage longer than the nonce window",
        "30% of the answers are lost, then kill -9, then nothing runs until Discord has forgotten every nonce",
        through_an_outage,
        forgets=FORGETS,
    ),
)


if __name__ == "__main__":
    main(FAULTS)
