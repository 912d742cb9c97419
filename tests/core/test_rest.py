"""Weeks, and the days in them on which somebody rests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import pytest

from bot.core import rhythm
from bot.core.dates import WEEKDAYS

MONDAY = date(2026, 1, 5)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def rests(
    today: int = 6,
    *,
    pauses: Collection[tuple[date, date | None]] = (),
    started_on: date = date(2026, 1, 1),
    planned: Collection[date] = tuple(day(n) for n in range(5)),
    rested: Collection[date] = (),
) -> set[int]:
    """The days of rest, counted from Monday, of somebody who is asked on weekdays."""
    found = rhythm.rest_days(
        pauses, MONDAY, day(today), started_on=started_on, planned=planned, rested=rested, days=WEEKDAYS
    )
    return {(on - MONDAY).days for on in found}


def test_days_without_a_schedule_are_rest_and_a_day_without_an_answer_is_not() -> None:
    assert rests() == {5, 6}


def test_days_to_come_are_no_rest_yet() -> None:
    assert rests(today=2, planned={day(0), day(1)}) == set()
    assert rests(today=5) == {5}


def test_a_chosen_day_is_rest() -> None:
    assert rests(rested={day(2)}) == {2, 5, 6}


def test_several_pauses_of_one_week_all_count_up_to_the_day_that_is_asked_again() -> None:
    assert rests(pauses=[(day(0), day(1)), (day(2), day(4))]) == {0, 2, 3, 5, 6}
    assert rests(pauses=[(date(2025, 12, 1), day(1)), (day(3), None)]) == {0, 3, 4, 5, 6}


def test_a_pause_ended_on_its_first_day_rests_nothing() -> None:
    assert rests(pauses=[(day(1), day(1))]) == {5, 6}


def test_days_before_the_start_are_no_rest() -> None:
    assert rests(started_on=day(3), planned={day(3), day(4)}) == {5, 6}


def test_a_weekday_that_was_not_asked_is_rest_once_it_is_over() -> None:
    assert rests(planned={day(0), day(1)}, today=3) == {2}


@pytest.mark.parametrize("on", [7, 8, 9, 11, 12, 13])  # Wednesday, Thursday, Friday, Sunday, Monday, Tuesday
def test_a_summary_early_in_a_week_tells_of_the_one_before(on: int) -> None:
    assert rhythm.summary_monday(date(2026, 1, on)) == MONDAY


def test_weeks_are_counted_from_the_first() -> None:
    started = date(2026, 1, 8)
    assert [rhythm.week_number(MONDAY + timedelta(days=7 * n), started) for n in (-1, 0, 1, 52)] == [1, 1, 2, 53]


def test_the_weeks_of_a_journey_are_all_that_it_touches() -> None:
    assert rhythm.mondays(date(2026, 1, 11), date(2026, 1, 12)) == [MONDAY, date(2026, 1, 12)]
    assert rhythm.mondays(MONDAY, MONDAY) == [MONDAY]
