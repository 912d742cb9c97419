"""A full disk, the short form: some of the writes of a day."""

from __future__ import annotations

from pathlib import Path

from tests.faults import disk_full
from tests.faults._table import measure

RUNS = 2


async def test_on_a_full_disk_people_are_told_and_all_goes_on_once_there_is_room(tmp_path: Path) -> None:
    found = await measure(disk_full.FAULTS[0]._replace(factor=30), tmp_path / "run", RUNS, "short")
    assert (found.arrived > 2 * RUNS, found.wrong) == (True, ())
