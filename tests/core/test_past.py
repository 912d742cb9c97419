"""Past weeks by their dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.past import NoSuchWeek, Past, matching, meant, title
from bot.core.summary import Phase

TODAY = date(2026, 11, 22)  # a Sunday
WEEKS = [Past(date(2025, 11, 24) + timedelta(days=7 * n), Phase.POSTED if n % 2 else Phase.CLOSED) for n in range(52)]


def found(typed: str) -> list[str]:
    return [past.monday.isoformat() for past in matching(WEEKS, typed, TODAY)]


def test_a_week_is_named_by_its_dates_its_year_where_it_is_another_and_whether_it_stands() -> None:
    assert title(Past(date(2026, 11, 16), Phase.POSTED), TODAY) == "16 – 22 November, posted"
    assert title(Past(date(2026, 9, 28), Phase.CLOSED), TODAY) == "28 September – 4 October"
    assert title(Past(date(2025, 12, 29), Phase.CLOSED), TODAY) == "29 December – 4 January"
    assert title(Past(date(2025, 11, 24), Phase.TAKEN), TODAY) == "24 – 30 November 2025"


@pytest.mark.parametrize(
    ("typed", "mondays"),
    [
        ("this week", ["2026-11-16"]),
        ("Last", ["2026-11-09"]),
        ("18 november", ["2026-11-16"]),
        ("november 18", ["2026-11-16"]),
        ("Wed 18 Nov", ["2026-11-16"]),
        ("16 to 22 November", ["2026-11-16"]),
        ("16 – 22 nov", ["2026-11-16"]),
        ("16-22 november", ["2026-11-16"]),
        ("28 september–4 october", ["2026-09-28"]),
        ("november 18th", ["2026-11-16"]),
        ("2026-10-01", ["2026-09-28"]),
        ("4 october", ["2026-09-28"]),
        ("28 september – 4 october", ["2026-09-28"]),
        ("28 nov 2025", ["2025-11-24"]),
        ("june", ["2026-06-29", "2026-06-22", "2026-06-15", "2026-06-08", "2026-06-01"]),
        ("march 2024", []),
        ("1", None),
        ("nonsense", []),
    ],
)
def test_a_week_is_found_by_what_people_write(typed: str, mondays: list[str] | None) -> None:
    read = found(typed)

    assert read == mondays if mondays is not None else len(read) > 5


def test_all_weeks_are_offered_at_first_the_newest_on_top() -> None:
    assert found("") == [past.monday.isoformat() for past in reversed(WEEKS)]


@given(st.sampled_from(WEEKS), st.integers(0, 6))
def test_any_day_of_any_week_finds_it_and_so_do_its_name_and_its_pick(past: Past, day: int) -> None:
    on = past.monday + timedelta(days=day)

    for typed in (f"{on.day} {on:%B} {on.year}", on.isoformat(), title(past, TODAY), past.monday.isoformat()):
        assert meant(WEEKS, typed, TODAY) == past


@given(st.text(max_size=30))
def test_anything_may_be_typed(typed: str) -> None:
    assert set(matching(WEEKS, typed, TODAY)) <= set(WEEKS)


def test_what_is_not_one_week_is_told() -> None:
    with pytest.raises(NoSuchWeek, match="nothing of yours for “march 2024”"):
        meant(WEEKS, "march 2024", TODAY)
    with pytest.raises(NoSuchWeek, match="More than one of your weeks fits “June”"):
        meant(WEEKS, "June", TODAY)
    with pytest.raises(NoSuchWeek, match="nothing of yours"):
        meant([], "", TODAY)
