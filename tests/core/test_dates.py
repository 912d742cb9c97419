"""Days, dates and times as people write them, and as they are told."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import dates
from bot.core.dates import BadDate, BadDays, BadTime
from bot.core.people import Quiet

MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("17:30", (17, 30)), ("17.30", (17, 30)), ("1730", (17, 30)), ("5pm", (17, 0)), ("5:30 pm", (17, 30)),
        ("12am", (0, 0)), ("12pm", (12, 0)), (" 7 ", (7, 0)), ("9h15", (9, 15)), ("0:00", (0, 0)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, at: tuple[int, int]) -> None:
    assert dates.parse_time(typed) == time(*at)


@pytest.mark.parametrize("typed", ["", "25:00", "17:60", "13pm", "0am", "soon", "17:3", "-1", "1:2:3", "5 o'clock"])
def test_what_is_no_time_is_told_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(BadTime, match="Write it like 17:30 or 5:30 pm"):
        dates.parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("weekdays", "01234"), ("Every day", "0123456"), ("Mon, Wed", "02"), ("tue-thu", "123"), ("fri-mon", "4560"),
        ("Mondays and Thursdays", "03"), ("mon – fri", "01234"), ("Mon to Wed", "012"), ("sun", "6"), ("weds", "2"),
        ("mon, wed and fri", "024"), ("never", ""), ("off", ""), ("weekends", "56"), ("tues & thurs", "13"),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed: str, days: str) -> None:
    assert dates.parse_days(typed) == frozenset(map(int, days))


@pytest.mark.parametrize("typed", ["", "m", "s", "someday", "mon-", "1", "mon, noday", "-"])
def test_what_is_no_day_is_told_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(BadDays, match="Write them like"):
        dates.parse_days(typed)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_days_said_in_words_are_read_back(days: frozenset[int]) -> None:
    assert dates.parse_days(dates.days_in_words(days)) == days


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2026-01-12", (1, 12)), ("tomorrow", (1, 6)), ("Friday", (1, 9)), ("fri", (1, 9)), ("monday", (1, 12)),
        ("Mon 12 January", (1, 12)), ("1 february", (2, 1)), ("February 1", (2, 1)),
    ],
)  # fmt: skip
def test_the_end_of_a_pause_is_read_as_people_write_it(typed: str, until: tuple[int, int]) -> None:
    assert dates.parse_until(typed, MONDAY) == date(2026, *until)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-01-05", "Mon 5 January is not in the future"),
        ("2025-12-24", "is not in the future"),
        ("9999-12-31", "too far ahead"),
        ("2028-02-01", "too far ahead"),
        ("soon", "I can't read “soon” as a date"),
        ("2026-02-30", "I can't read"),
        (" ", "I can't read"),
    ],
)
def test_an_end_that_cannot_be_is_told(typed: str, words: str) -> None:
    with pytest.raises(BadDate, match=words):
        dates.parse_until(typed, MONDAY)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("22:00-08:00", time(22), time(8)),
        ("10pm to 7am", time(22), time(7)),
        ("21–9", time(21), time(9)),
        (" Off ", time(), time()),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(text: str, start: time, end: time) -> None:
    assert dates.parse_quiet(text) == Quiet(start, end)


@pytest.mark.parametrize("text", ["22:00", "late", "22-lunch", ""])
def test_quiet_hours_that_cannot_be_read_are_told(text: str) -> None:
    with pytest.raises(BadTime):
        dates.parse_quiet(text)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([4], "Sun"),
        ([5, 6], "Mon and Tue"),
        ([2, 5, 6], "Fri, Mon and Tue"),
        ([-1, 0, 1], "Tue 30, Wed 31 December and Thu 1 January"),
        ([1, 2], "Thu 1 and Fri 2 January"),
        ([*range(-4, 8)], "Thu 1, Fri 2, Sat 3, Sun 4, Mon 5, Tue 6, Wed 7 January and 5 more days before"),
    ],
)
def test_missed_days_are_named_shortly_and_no_two_alike(days: list[int], words: str) -> None:
    missed = [date(2026, 1, 1) + timedelta(days=n - 1) for n in days]
    assert dates.missed_in_words(missed, date(2026, 1, 8)) == f"I could not ask on {words}."
