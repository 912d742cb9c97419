"""Quiet hours: nothing is sent in them, and nothing expires for their sake."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import rhythm
from bot.core.dates import BadTime
from bot.core.people import Quiet
from tests.core._moments import BERLIN, WIDE, minutes, moments, utc

quiets = st.builds(
    Quiet, st.sampled_from([time(h) for h in range(18, 24)]), st.sampled_from([time(h) for h in range(10)])
)


@given(moments(), minutes, quiets)
def test_after_the_quiet_hours_it_is_later_and_loud(where: tuple[ZoneInfo, date], at: time, quiet: Quiet) -> None:
    zone, on = where
    moment = rhythm.instant(on, at, zone)
    ended = rhythm.after_quiet(moment, quiet, zone)
    assert ended >= moment
    assert not quiet.covers(ended.astimezone(zone).time())
    assert (ended == moment) is not quiet.covers(moment.astimezone(zone).time())


@pytest.mark.parametrize(
    ("local", "ends"),
    [
        ((5, 21, 59), (5, 21, 59)),
        ((5, 22, 0), (6, 8, 0)),
        ((5, 23, 30), (6, 8, 0)),
        ((6, 3, 0), (6, 8, 0)),
        ((6, 8, 0), (6, 8, 0)),
    ],
)
def test_quiet_hours_span_midnight(local: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    def there(day: int, hour: int, minute: int) -> datetime:
        return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)

    assert rhythm.after_quiet(there(*local), WIDE, BERLIN) == there(*ends)


def test_in_an_hour_that_comes_twice_the_second_one_is_quiet_too() -> None:
    second = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN, fold=1)
    assert rhythm.after_quiet(second, Quiet(time(22), time(2, 30)), BERLIN) == utc(2026, 10, 25, 1, 30)


def test_without_quiet_hours_nothing_waits() -> None:
    for hour in range(24):
        moment = utc(2026, 1, 5, hour)
        assert rhythm.after_quiet(moment, Quiet(time(), time()), BERLIN) == moment


@pytest.mark.parametrize(
    ("choice", "pressed", "again"),
    [
        ("20m", (17, 40), (5, 18, 0)),
        ("1h", (17, 40), (5, 18, 40)),
        ("3h", (17, 40), (5, 20, 40)),
        ("20m", (21, 50), (6, 8, 0)),
        ("3h", (23, 0), (6, 8, 0)),
        ("tomorrow", (23, 0), (6, 9, 0)),
    ],
)
def test_later_keeps_the_quiet_hours(choice: str, pressed: tuple[int, int], again: tuple[int, int, int]) -> None:
    now = datetime(2026, 1, 5, *pressed, tzinfo=BERLIN)
    day, hour, minute = again
    expected = datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)
    assert rhythm.snoozed_until(choice, now, time(9), WIDE, BERLIN) == expected


def test_later_tomorrow_keeps_quiet_hours_that_were_changed_meanwhile() -> None:
    now = datetime(2026, 1, 5, 17, 40, tzinfo=BERLIN)
    again = rhythm.snoozed_until("tomorrow", now, time(9), Quiet(time(22), time(10)), BERLIN)
    assert again == datetime(2026, 1, 6, 10, tzinfo=BERLIN)


def test_later_by_what_is_not_offered_is_told() -> None:
    with pytest.raises(BadTime, match="pick one of the times"):
        rhythm.snoozed_until("5y", utc(2026, 1, 5), time(17, 30), WIDE, BERLIN)


@given(moments(), minutes, st.sampled_from([time(7), time(9), time(11, 30)]), quiets)
def test_the_first_morning_lies_ahead_within_two_days_and_is_loud(
    where: tuple[ZoneInfo, date], at: time, morning: time, quiet: Quiet
) -> None:
    zone, on = where
    after = rhythm.instant(on, at, zone)
    due = rhythm.first_morning(after, morning, quiet, zone)
    assert after <= due <= after + timedelta(days=2)
    assert not quiet.covers(due.astimezone(zone).time())


def test_a_time_in_the_quiet_hours_is_told_with_the_hours() -> None:
    with pytest.raises(BadTime, match=r"23:00 is inside your quiet hours \(22:00 to 08:00\)"):
        rhythm.check_outside_quiet(time(23), WIDE)
    rhythm.check_outside_quiet(time(8), WIDE)
    rhythm.check_outside_quiet(time(23), Quiet(time(), time()))


def test_quiet_hours_that_a_late_question_waits_for_do_not_make_it_expire() -> None:
    due_at = rhythm.instant(date(2026, 1, 5), time(17, 30), BERLIN)

    until = rhythm.sendable_until(due_at, timedelta(hours=12), WIDE, BERLIN)

    assert until == rhythm.instant(date(2026, 1, 6), time(8, 30), BERLIN)
    assert rhythm.sendable_until(due_at, timedelta(hours=2), WIDE, BERLIN) == due_at + timedelta(hours=2)
