"""A second process on the same data folder, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import second_instance
from tests.faults._table import measure


async def test_a_second_process_is_refused_and_disturbs_nobody(tmp_path: Path) -> None:
    found = await asyncio.gather(
        *(measure(fault, tmp_path / f"{at}", 1, "short") for at, fault in enumerate(second_instance.FAULTS))
    )
    assert [(one.arrived, one.wrong) for one in found] == [(second_instance.PEOPLE, ())] * len(found)
