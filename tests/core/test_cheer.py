"""When what friends left comes to a seeker, and what a cheer has to hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cheer import Cheered, NotAround, Nothing, Wish, checked, ideas_due, meant, next_digest
from bot.core.exercise import TooLong
from bot.core.people import Comes, IdeasCome, Person, Quiet, Seeker

BERLIN = ZoneInfo("Europe/Berlin")
MORNING = time(9)
NIGHT = Quiet(time(22), time(8))
WEDNESDAY = datetime(2026, 1, 7, 15, 30, tzinfo=BERLIN)


def seeker(comes: Comes = Comes.WEEKLY, quiet: Quiet = NIGHT, **more: Any) -> Seeker:
    person = Person("discord", "", "1")
    return Seeker(1, person, "Maya", "Europe/Berlin", quiet, False, datetime(2026, 1, 1, tzinfo=UTC), **more)._replace(
        cheers_come=comes
    )


def berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


def test_once_a_week_is_on_monday_morning() -> None:
    assert next_digest(seeker(), WEDNESDAY, MORNING) == berlin(1, 12, 9)


def test_what_comes_on_monday_after_the_morning_waits_for_the_next_one() -> None:
    assert next_digest(seeker(), berlin(1, 5, 8, 59), MORNING) == berlin(1, 5, 9)
    assert next_digest(seeker(), berlin(1, 5, 9), MORNING) == berlin(1, 12, 9)


def test_daily_is_on_the_next_morning() -> None:
    assert next_digest(seeker(Comes.DAILY), WEDNESDAY, MORNING) == berlin(1, 8, 9)


def test_a_morning_in_the_quiet_hours_comes_at_their_end() -> None:
    assert next_digest(seeker(quiet=Quiet(time(22), time(10))), WEDNESDAY, MORNING) == berlin(1, 12, 10)


def test_at_once_is_within_a_minute_and_after_the_quiet_hours() -> None:
    assert next_digest(seeker(Comes.AT_ONCE), WEDNESDAY, MORNING) == WEDNESDAY + timedelta(minutes=1)
    assert next_digest(seeker(Comes.AT_ONCE), berlin(1, 7, 23), MORNING) == berlin(1, 8, 8)


@pytest.mark.parametrize(
    ("comes", "due"),
    [(Comes.WEEKLY, berlin(1, 19, 9)), (Comes.DAILY, berlin(1, 13, 9)), (Comes.AT_ONCE, berlin(1, 13, 9))],
)
def test_a_pause_holds_it_until_the_first_morning_after(comes: Comes, due: datetime) -> None:
    paused = seeker(comes, paused_from=date(2026, 1, 6), paused_until=date(2026, 1, 13))
    assert next_digest(paused, WEDNESDAY, MORNING) == due
    assert ideas_due(paused._replace(ideas_come=IdeasCome.WITH_CHEERS), WEDNESDAY, MORNING) == due
    assert ideas_due(paused, WEDNESDAY, MORNING) == berlin(1, 13, 9)


def test_a_pause_without_an_end_has_no_next_morning() -> None:
    paused = seeker(Comes.DAILY, paused_from=date(2026, 1, 6))
    assert next_digest(paused, WEDNESDAY, MORNING) is None
    assert ideas_due(paused, WEDNESDAY, MORNING) is None


def test_ideas_come_at_once_outside_quiet_hours_or_with_the_cheers() -> None:
    assert ideas_due(seeker(), WEDNESDAY, MORNING) == WEDNESDAY
    assert ideas_due(seeker(), berlin(1, 7, 23), MORNING) == berlin(1, 8, 8)
    assert ideas_due(seeker()._replace(ideas_come=IdeasCome.WITH_CHEERS), WEDNESDAY, MORNING) == berlin(1, 12, 9)


instants = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(
    instants,
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
    st.sampled_from(Comes),
    st.builds(Quiet, times, times),
    times,
)
def test_it_lies_ahead_within_eight_days_and_is_loud(
    now: datetime, zone: str, comes: Comes, quiet: Quiet, morning: time
) -> None:
    due = next_digest(seeker(comes, quiet)._replace(zone=zone), now, morning)

    assert due
    assert now < due <= now + timedelta(days={Comes.WEEKLY: 8}.get(comes, 2))
    assert not quiet.covers(due.astimezone(ZoneInfo(zone)).time())


def test_an_emoji_or_a_line_is_enough_and_neither_is_told() -> None:
    assert checked(Wish("🎉", "  ")) == Wish("🎉", "")
    assert checked(Wish("", " Well done ")) == Wish("", "Well done")
    with pytest.raises(Nothing, match="either is plenty"):
        checked(Wish("", "\u200b \n"))
    with pytest.raises(TooLong, match=r"“Your line” has 1,001 characters"):
        checked(Wish("🎉", "y" * 1001))


def test_somebody_is_meant_by_number_or_by_a_name_that_is_theirs_alone() -> None:
    around = [Cheered(1, "Maya"), Cheered(2, "Aisha"), Cheered(3, "Aisha")]
    assert meant(around, "3") == Cheered(3, "Aisha")
    assert meant(around, " maya ") == Cheered(1, "Maya")
    for typed in ("Aisha", "4", "", "May"):
        with pytest.raises(NotAround, match="Pick a name"):
            meant(around, typed)
