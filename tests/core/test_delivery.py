"""What goes out: how late the last of many comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.delivery import Crowd, lateness

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("count", "per_second", "seconds"), [(0, 30, 0), (1, 30, 0), (31, 30, 1), (3001, 30, 100)])
def test_the_last_of_many_comes_after_all_the_others_at_the_pace(count: int, per_second: float, seconds: int) -> None:
    assert lateness(Crowd(NOW, count), per_second) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("opened", "seconds"), [(1, 1), (2, 1), (10, 9), (31, 30)])
def test_who_is_written_to_for_the_first_time_comes_one_a_second(opened: int, seconds: int) -> None:
    assert lateness(Crowd(NOW, 31, opened), 30) == timedelta(seconds=seconds)
