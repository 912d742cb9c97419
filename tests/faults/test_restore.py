"""The restore drill, the short form."""

from __future__ import annotations

from pathlib import Path

from tests.faults import restore
from tests.faults._table import measure


async def test_after_a_restore_nothing_comes_twice_and_the_chats_are_read_again(tmp_path: Path) -> None:
    found = await measure(restore.FAULTS[0], tmp_path / "run", 1, "short")
    assert found.wrong == ()
    assert found.arrived > 2 * restore.PEOPLE
