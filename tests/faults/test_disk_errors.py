"""A disk that errs, the short form: some of the writes of a day."""

from __future__ import annotations

from pathlib import Path

from tests.faults import disk_full
from tests.faults._platform import LINUX
from tests.faults._table import measure

RUNS = 2


@LINUX
async def test_on_a_disk_that_errs_people_are_told_and_all_goes_on_once_it_is_well(tmp_path: Path) -> None:
    found = await measure(disk_full.FAULTS[1], tmp_path / "run", RUNS, "short")
    assert (found.arrived, found.wrong) == (2 * RUNS, ())
