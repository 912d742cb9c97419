"""The rules of a joint post: when it goes out, and a fair share of its room for each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.council import DEFAULT, Hour, NotOneDay, fair, goes_out_at, in_words, parse_day
from bot.core.dates import BadDays

MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("day", "goes_out"),
    [(6, 11), (2, 7), (0, 12), (1, 13)],
)
def test_early_in_a_week_it_is_about_the_week_before(day: int, goes_out: int) -> None:
    assert goes_out_at(Hour(day, time(19), "Europe/Berlin"), MONDAY) == datetime(2026, 1, goes_out, 18, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_goes_out_an_hour_later() -> None:
    hour = Hour(6, time(2, 30), "Europe/Berlin")

    assert goes_out_at(hour, date(2026, 3, 23)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_hour_is_told_as_people_say_it() -> None:
    assert in_words(DEFAULT) == "on Sundays at 19:00 (UTC)"


@pytest.mark.parametrize(("text", "day"), [("Sunday", 6), ("sun", 6), (" tuesdays ", 1)])
def test_a_day_is_read_as_people_write_it(text: str, day: int) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["weekdays", "Mon, Wed", "never", "every day"])
def test_more_or_less_than_one_day_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(NotOneDay, match="Name one day"):
        parse_day(text)


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(BadDays):
        parse_day("soon")


@settings(max_examples=100)
@given(st.lists(st.integers(0, 5000), max_size=25), st.integers(0, 4000))
def test_nobody_gets_more_than_they_need_or_less_than_others_that_need_as_much(needs: list[int], room: int) -> None:
    shares = fair(needs, room)

    assert sum(shares) <= room
    assert all(share <= need for share, need in zip(shares, needs, strict=True))
    short = [share for share, need in zip(shares, needs, strict=True) if share < need]
    if short:
        assert max(shares) - min(short) <= 1
        assert sum(shares) == room
