"""kill -9, the short form; and that the frame notices what is lost and what comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import kill
from tests.faults._bench import Bench, bench
from tests.faults._deaths import STEPS
from tests.faults._table import Fault, Make, measure
from tests.faults._tally import tally


async def _at_every_step(one: Bench) -> None:
    for step in STEPS:
        await kill.dies(one, step)
    await kill.settle(one)


async def test_killed_at_each_step_of_the_pump_it_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    found = await measure(Fault("each step", "", _at_every_step, factor=30), tmp_path / "run", 1, "short")
    assert (found.arrived, found.wrong) == (len(STEPS) * kill.PEOPLE, ())


@pytest.mark.parametrize("make", [kill.at_random_with_faulty_answers, kill.through_an_outage])
async def test_killed_while_answers_are_lost_it_loses_nothing_and_repeats_nothing(make: Make, tmp_path: Path) -> None:
    fault = Fault("faulty answers", "", make, factor=30, forgets=kill.FORGETS)
    found = await measure(fault, tmp_path / "run", 2, "short")
    assert (found.arrived, found.wrong) == (2 * kill.PEOPLE, ())


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
