"""Days in a row: what counts, what is a pause in them, and what ends them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.streak import streak

TODAY = date(2026, 1, 20)


def drawn(days: str) -> int:
    """The streak of some days up to today: x has an answer, r is for rest, - had neither."""
    dates = [TODAY - timedelta(days=n) for n in range(len(days))][::-1]
    answered, rests = ({on for on, day in zip(dates, days, strict=True) if day == mark} for mark in "xr")
    return streak(answered, rests, TODAY)


@pytest.mark.parametrize(
    ("days", "many"),
    [
        ("", 0),
        ("---", 0),
        ("xxx", 3),
        ("x-xxx", 3),
        ("xxrrxxx", 5),  # a weekend is a pause
        ("xxxrr", 3),  # and so is one that goes on
        ("xxx-", 3),  # today may still bring one
        ("xxx--", 0),
        ("xxx-r", 0),
        ("rrr", 0),
    ],
)
def test_rest_is_a_pause_and_a_day_without_a_word_an_end(days: str, many: int) -> None:
    assert drawn(days) == many


@given(st.text("xr-", max_size=40), st.integers(0, 40))
def test_a_day_of_rest_anywhere_changes_nothing(days: str, place: int) -> None:
    kept = f"{days}x"
    rested = kept[:place] + "r" + kept[place:]
    assert drawn(f"{rested}x") == drawn(f"{kept}x")
