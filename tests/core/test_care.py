"""Care's own rules: which days are silent, when to look again, and what a lighter rhythm is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import care
from bot.core.care import OutOfRange, TooManyWords
from bot.core.people import Quiet

FRIDAY = date(2026, 1, 2)
NIGHT = Quiet(time(22), time(8))
ZONES = st.sampled_from(["Europe/Berlin", "Pacific/Apia", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "UTC"])


def test_the_first_day_itself_is_no_day_of_silence() -> None:
    assert care.quiet_days(FRIDAY, FRIDAY, [], []) == 0
    assert care.quiet_days(FRIDAY, FRIDAY + timedelta(days=10), [], []) == 10
    assert care.quiet_days(FRIDAY, FRIDAY - timedelta(days=3), [], []) == 0


def test_pauses_and_rest_are_no_days_of_silence() -> None:
    pauses = [(date(2026, 1, 4), date(2026, 1, 7))]
    rested = {date(2026, 1, 8), date(2026, 1, 5), date(2025, 12, 24)}
    assert care.quiet_days(FRIDAY, date(2026, 1, 12), pauses, rested) == 6
    assert care.quiet_days(FRIDAY, date(2026, 3, 1), [(date(2026, 1, 4), None)], []) == 1


@given(st.integers(0, 2 * 365 * 24 * 60), st.integers(-5, 60), ZONES)
def test_to_look_again_is_on_the_morning_after_so_many_days_and_never_at_once(
    minutes: int, days: int, zone_name: str
) -> None:
    now, zone = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), ZoneInfo(zone_name)
    at = care.look_again(now, days, time(9), NIGHT, zone)
    assert at > now
    assert (at.astimezone(zone).date() - now.astimezone(zone).date()).days == max(days, 1)
    assert not NIGHT.covers(at.astimezone(zone).time())


@given(st.frozensets(st.integers(0, 6)))
def test_a_lighter_week_has_fewer_of_the_same_days_and_at_least_one(days: frozenset[int]) -> None:
    fewer = care.lighter(days)
    assert fewer <= days
    assert len(fewer) == (len(days) + 1) // 2


def test_five_weekdays_become_monday_wednesday_and_friday() -> None:
    assert care.lighter(range(5)) == {0, 2, 4}


def test_words_for_a_friend_are_one_short_line() -> None:
    assert care.check_words(" Ring\n me \u202e please ") == "Ring me please"
    assert care.check_words("\u200b \n") == ""
    with pytest.raises(TooManyWords, match="301 characters"):
        care.check_words("x" * 301)


@pytest.mark.parametrize("days", [0, 1, 60])
def test_days_within_range_are_taken(days: int) -> None:
    assert care.check_days(days, 60) == days


@pytest.mark.parametrize("days", [-1, 61])
def test_days_out_of_range_are_refused(days: int) -> None:
    with pytest.raises(OutOfRange):
        care.check_days(days, 60)
