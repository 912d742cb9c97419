"""kill -9, the short form; and that the frame notices what is lost and what comes twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import kill
from tests.faults._bench import Bench, bench
from tests.faults._deaths import STEPS
from tests.faults._table import Fault, measure
from tests.faults._tally import tally

EACH = kill.PEOPLE + kill.POSTS


async def _at_every_step(one: Bench) -> None:
    for step in STEPS:
        await kill.dies(one, step)
    await kill.settle(one)


async def test_killed_again_and_again_it_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    steps, faulty, outage = await asyncio.gather(
        measure(Fault("", "", _at_every_step), tmp_path / "steps", 1, "short"),
        measure(Fault("", "", kill.at_random_with_faulty_answers), tmp_path / "faulty", 2, "short"),
        measure(Fault("", "", kill.through_an_outage, forgets=90), tmp_path / "outage", 1, "short"),
    )
    assert (steps.arrived >= len(STEPS) * EACH, steps.wrong) == (True, ())
    assert (faulty.arrived, faulty.wrong) == (2 * EACH, ())
    assert (outage.arrived, outage.wrong) == (EACH, ())


async def test_what_is_lost_or_comes_twice_is_noticed(tmp_path: Path) -> None:
    async with bench(tmp_path / "run", 1, "short") as one:
        one.owe(3)
        await kill.settle(one)
        sound = tally(one)
        first, second, _ = one.discord.messages()
        one.discord.unsay(first["channel_id"], first["id"])
        one.discord.world.keep({**second, "id": one.discord.world.new_id()})
        one.wrong.append("lost: words that somebody wrote")
        found = tally(one)
    assert (sound.arrived, sound.wrong) == (3, ())
    assert (found.arrived, found.lost, found.twice) == (1, 2, 1)
