"""What goes out: how late the last of many comes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import lateness


@pytest.mark.parametrize(("count", "per_second", "seconds"), [(0, 30, 0), (1, 30, 0), (31, 30, 1), (3001, 30, 100)])
def test_the_last_of_many_comes_after_all_the_others_at_the_pace(count: int, per_second: float, seconds: int) -> None:
    assert lateness(count, per_second) == timedelta(seconds=seconds)
