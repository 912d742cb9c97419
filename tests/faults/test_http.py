"""Discord's API in trouble, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import http
from tests.faults._table import measure


async def test_trouble_of_the_api_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    faults = [fault._replace(factor=120) for fault in http.FAULTS]
    made = (measure(fault, tmp_path / str(number), 1, "short") for number, fault in enumerate(faults))
    found = dict(zip((fault.name for fault in faults), await asyncio.gather(*made), strict=True))
    assert {name: one.wrong for name, one in found.items() if one.wrong} == {}
    assert found["closed direct messages"].told == http.PEOPLE
