"""A machine lost under Litestream, the short form; skipped where the program is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import litestream
from tests.faults._table import measure


@pytest.mark.skipif(litestream.missing() != "", reason=litestream.missing())
async def test_what_was_synced_comes_back_on_another_machine(tmp_path: Path) -> None:
    found = await measure(litestream.FAULTS[0], tmp_path / "run", 2, "short")
    assert found.wrong == ()
