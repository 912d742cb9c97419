"""A second process on the same data folder, the short form."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.faults import second_instance
from tests.faults._table import Fault, measure

# the others are gone through in the long form, and a killed one is followed in test_kill too
SHORT = (second_instance.while_one_is_held, second_instance.two_at_once, second_instance.from_another_machine)


async def test_a_second_process_is_refused_and_disturbs_nobody(tmp_path: Path) -> None:
    found = await asyncio.gather(
        *(measure(Fault("", "", make), tmp_path / make.__name__, 1, "short") for make in SHORT)
    )
    assert [(one.arrived, one.wrong) for one in found] == [(second_instance.PEOPLE, ())] * len(SHORT)
