"""Cancelled callers, the short form."""

from __future__ import annotations

from pathlib import Path

from tests.faults._table import measure
from tests.faults.cancelled import FAULTS


async def test_cancelled_callers_leave_nothing_by_halves_and_no_lock(tmp_path: Path) -> None:
    found = await measure(FAULTS[0], tmp_path / "run", 40, "short")
    assert found.wrong == ()
