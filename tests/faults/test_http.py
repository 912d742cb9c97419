"""Discord's API in trouble, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import http
from tests.faults._table import measure

FASTEST = 40.0  # beyond it a start on a busy machine makes a post so late that it waits two hours more


async def test_trouble_of_the_api_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    faults = [fault._replace(factor=min(fault.factor * 2, FASTEST)) for fault in http.FAULTS]
    made = (measure(fault, tmp_path / str(number), 1, "short") for number, fault in enumerate(faults))
    found = dict(zip((fault.name for fault in faults), await asyncio.gather(*made), strict=True))
    assert {name: one.wrong for name, one in found.items() if one.wrong} == {}
    assert found["closed direct messages"].told == http.PEOPLE
