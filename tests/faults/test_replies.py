"""What people write while the bot is away or dies, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import replies
from tests.faults._bench import Bench
from tests.faults._table import Fault, measure


async def _one_after_another(bench: Bench, meanwhile: replies.Acts) -> None:
    await replies.not_told(bench, meanwhile, times_in_a_row=2)
    await replies.down(bench, meanwhile)
    await replies.killed_and_faulty(bench, meanwhile)


async def test_what_people_write_is_lost_by_no_fault_and_handled_once(tmp_path: Path) -> None:
    away, unheard = await asyncio.gather(
        measure(Fault("", "", replies.while_away(_one_after_another)), tmp_path / "away", 1, "short"),
        measure(Fault("", "", replies.to_questions_not_known_to_stand), tmp_path / "unheard", 1, "short"),
    )
    assert (away.arrived, away.wrong) == (replies.PEOPLE, ())
    assert (unheard.arrived, unheard.wrong) == (replies.PEOPLE, ())


async def test_what_is_lost_or_kept_twice_is_noticed(tmp_path: Path) -> None:
    found: list[str] = []

    async def spoil(bench: Bench) -> None:
        writers = replies.Writers(bench)
        writers.meet()
        await bench.bot.begin_and_be_ready()
        await bench.until_settled()
        while len(standing := [line for line in writers.lines if not line.gone]) < 3:
            writers.act()
        await bench.until(lambda: not replies.wrong(bench, writers.lines))
        await bench.bot.stop()
        standing[0].versions.append("never told")
        standing[1].versions.append(standing[2].versions[-1])
        found.extend(replies.wrong(bench, writers.lines))

    await measure(Fault("", "", spoil), tmp_path / "spoilt", 1, "short")
    assert [one.partition(":")[0] for one in found] == ["lost", "twice"]
