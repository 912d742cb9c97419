"""A database that another program holds, the short form: for longer than the bot waits."""

from __future__ import annotations

from pathlib import Path

from tests.faults import locked
from tests.faults._platform import LINUX
from tests.faults._table import measure


@LINUX
async def test_while_another_program_holds_the_database_people_are_told_and_nothing_is_lost(tmp_path: Path) -> None:
    found = await measure(locked.FAULTS[1], tmp_path / "run", 1, "short")
    assert (found.arrived, found.wrong) == (3 * locked.PEOPLE, ())
