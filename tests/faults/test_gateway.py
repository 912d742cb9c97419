"""The gateway cut in every way, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import gateway
from tests.faults._table import measure


async def test_a_gateway_that_is_cut_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    made = (measure(fault, tmp_path / str(number), 1, "short") for number, fault in enumerate(gateway.FAULTS))
    found = await asyncio.gather(*made)
    assert [(one.arrived, one.wrong) for one in found] == [(gateway.PEOPLE, ())] * len(gateway.FAULTS)
