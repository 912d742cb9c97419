"""Jumps of the wall clock, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import clock
from tests.faults._table import measure


async def test_a_clock_that_jumps_loses_no_date_and_asks_none_twice(tmp_path: Path) -> None:
    names = [fault.name for fault in clock.FAULTS]
    made = (measure(fault, tmp_path / str(number), 1, "short") for number, fault in enumerate(clock.FAULTS))
    found = dict(zip(names, await asyncio.gather(*made), strict=True))
    assert {name: one.wrong for name, one in found.items() if one.wrong} == {}
    assert all(one.arrived >= 2 * clock.PEOPLE for one in found.values())
