"""Days in cells: by ISO, by numbers in either order, in words."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.core.cells import Day, day_of, order_of

BERLIN = ZoneInfo("Europe/Berlin")
THIRD = date(2025, 11, 3)


def read(cell: str, *, day_first: bool = True) -> Day | None:
    return day_of(cell, BERLIN, lambda _: None, day_first=day_first)


@pytest.mark.parametrize(
    "cell",
    [
        *("2025-11-03", "2025/11/3", "3.11.2025", "03.11.25", "3/11/2025", "3-11-25", "3. 11. 2025"),
        *("3 Nov 2025", "Nov 3, 2025", "3. November 2025", "3-Nov-2025", "3rd November 2025", "November 3rd, 2025"),
        *("3 novembre 2025", "3 de noviembre de 2025"),
    ],
)
def test_a_day_is_read_however_it_is_written(cell: str) -> None:
    assert read(cell) == Day(THIRD)


@pytest.mark.parametrize(
    ("cell", "on"),
    [("5. März 2026", (3, 5)), ("12 août 2026", (8, 12)), ("1er juin 2026", (6, 1)), ("1 de enero de 2026", (1, 1))],
)
def test_months_have_their_names_in_four_languages(cell: str, on: tuple[int, int]) -> None:
    assert read(cell) == Day(date(2026, *on))


def test_a_time_of_day_is_kept_and_one_with_an_offset_is_on_the_persons_clock() -> None:
    assert read("3.11.2025 14:30") == Day(THIRD, time(14, 30))
    assert read("11/3/2025 2:30 PM", day_first=False) == Day(THIRD, time(14, 30))
    assert read("2025-11-02T23:30:00.000Z") == Day(THIRD, time(0, 30))


def test_numbers_are_read_in_the_order_of_the_table_unless_that_is_no_day() -> None:
    assert read("3/4/2026") == Day(date(2026, 4, 3))
    assert read("3/4/2026", day_first=False) == Day(date(2026, 3, 4))
    assert read("3.4.2026", day_first=False) == Day(date(2026, 4, 3))
    assert read("25/4/2026", day_first=False) == Day(date(2026, 4, 25))


@pytest.mark.parametrize("cell", ["31/02/2026", "soon", "45000", "", "2026-13-01", "3 Foo 2026", "3.11.2025 99:99"])
def test_what_is_no_day_is_none(cell: str) -> None:
    assert read(cell) is None


def test_a_table_shows_its_order_by_what_can_be_read_in_one_way() -> None:
    assert order_of(["3/4/2026", "25/4/2026"]).day_first is True
    assert order_of(["3/4/2026", "4/25/2026"]).day_first is False
    assert order_of(["2026-04-03", "3.4.2026", "4/4/2026", ""]).day_first is True


@pytest.mark.parametrize("cells", [["3/4/26"], ["25/4/2026", "4/25/2026", "3/4/26"]])
def test_a_table_that_does_not_show_it_is_asked_about(cells: list[str]) -> None:
    found = order_of(cells)

    assert (found.day_first, found.cell) == (None, "3/4/26")
    assert (found.with_day_first, found.with_month_first) == (date(2026, 4, 3), date(2026, 3, 4))
