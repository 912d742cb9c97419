"""Changes of clocks, the short form."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from tests.faults._table import measure
from tests.faults.zones import FAULTS, TELLING, compared, computed, expected


async def test_no_night_is_missed_or_asked_for_twice_where_the_clocks_change(tmp_path: Path) -> None:
    found = await measure(FAULTS[0], tmp_path / "run", len(TELLING), "short")
    assert found.wrong == ()


async def test_what_the_bot_plans_misses_no_night_either(tmp_path: Path) -> None:
    found = await measure(FAULTS[1], tmp_path / "run", len(TELLING) // 2, "short")
    assert found.wrong == ()


def test_a_night_that_is_missed_moved_or_asked_for_twice_is_noticed() -> None:
    wanted, got = (f("Europe/Berlin", 2026, time(2, 30)) for f in (expected, lambda *a: dict(computed(*a))))
    on, other = date(2026, 3, 29), date(2026, 10, 25)
    assert list(compared("", wanted, got.items())) == []
    assert len(list(compared("", wanted, [one for one in got.items() if one[0] != on]))) == 1
    assert len(list(compared("", wanted, (got | {other: got[other] + 3600}).items()))) == 1
    assert len(list(compared("", wanted, [*got.items(), (on, got[on])]))) == 1


def test_the_table_of_what_is_right_knows_gaps_and_hours_that_come_twice() -> None:
    def shown(key: str, on: date, at: time) -> int:
        return expected(key, 2026, at)[on]

    assert shown("Europe/Berlin", date(2026, 3, 29), time(2, 30)) == 1774747800  # 01:30 UTC, 03:30 on the wall
    assert shown("Europe/Berlin", date(2026, 10, 25), time(2, 30)) == 1792888200  # 00:30 UTC, the first of two
    assert shown("Africa/Cairo", date(2026, 4, 24), time(0, 0)) == 1776981600  # 22:00 UTC the day before
