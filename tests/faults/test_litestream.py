"""A machine lost under Litestream, the short form."""

from __future__ import annotations

from pathlib import Path

from tests.faults import litestream
from tests.faults._platform import LINUX_X86_64
from tests.faults._table import measure


@LINUX_X86_64
async def test_what_was_synced_comes_back_on_another_machine(tmp_path: Path) -> None:
    assert litestream.missing() == ""
    found = await measure(litestream.FAULTS[0], tmp_path / "run", 2, "short")
    assert found.wrong == ()
