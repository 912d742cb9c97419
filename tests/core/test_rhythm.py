"""When somebody is asked: over every zone, through changes of clocks, travel and pauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import rhythm
from bot.core.dates import EVERY_DAY, WEEKDAYS
from bot.core.people import Seeker
from bot.core.rhythm import Ask, Rule, Schedule
from tests.core._moments import BERLIN, KEYS, NIGHT, SEEKER, WIDE, changes, minutes, moments, utc, zones

MINUTE = timedelta(minutes=1)


def on_the_wall(zone: ZoneInfo, on: date, at: time) -> datetime:
    """The first UTC minute at which the wall shows a date and time; for one that is skipped, as much after the gap."""
    naive = datetime.combine(on, at)
    first = naive.replace(tzinfo=UTC) - timedelta(hours=16)
    shown = [(first + n * MINUTE).astimezone(zone).replace(tzinfo=None) for n in range(32 * 60)]
    if naive in shown:
        return first + shown.index(naive) * MINUTE
    after = next(n for n, wall in enumerate(shown) if wall > naive)
    gap = shown[after] - shown[after - 1] - MINUTE
    moved = naive + gap
    return first + shown.index(moved) * MINUTE


@given(moments(), st.sampled_from(NIGHT) | minutes)
def test_a_local_date_and_time_is_the_instant_that_the_wall_shows_first(where: tuple[ZoneInfo, date], at: time) -> None:
    zone, on = where
    expected = on_the_wall(zone, on, at)
    assert rhythm.instant(on, at, zone) == expected
    before = expected - timedelta(hours=30)
    assert rhythm.next_due(EVERY_DAY, at, zone, before, on - timedelta(days=1)) == (on, expected)


def test_every_zone_asks_once_for_each_date_around_every_change_of_2026() -> None:
    for zone in map(ZoneInfo, KEYS):
        for day in changes(zone, 2026):
            for at in NIGHT:
                after, last_on, asked = rhythm.instant(day - timedelta(days=3), at, zone), None, list[date]()
                for _ in range(6):
                    due = rhythm.next_due(EVERY_DAY, at, zone, after, last_on)
                    assert due
                    last_on, after = due
                    asked.append(last_on)
                assert asked == [day + timedelta(days=n) for n in range(-2, 4)], (zone, day, at)


def test_a_time_that_is_skipped_moves_forward_by_the_gap_and_one_that_comes_twice_takes_the_first() -> None:
    new_york, cairo = ZoneInfo("America/New_York"), ZoneInfo("Africa/Cairo")
    assert rhythm.instant(date(2026, 3, 8), time(2, 30), new_york).astimezone(new_york).time() == time(3, 30)
    assert rhythm.instant(date(2026, 4, 24), time(0, 0), cairo).astimezone(cairo).time() == time(1, 0)
    assert rhythm.instant(date(2026, 10, 25), time(2, 30), BERLIN) == utc(2026, 10, 25, 0, 30)


@given(
    st.lists(st.tuples(zones, minutes, st.booleans(), st.integers(0, 40)), min_size=2, max_size=12),
    st.integers(0, 50_000).map(lambda hours: utc(2024, 1, 1) + timedelta(hours=hours)),
)
def test_travel_and_new_times_never_ask_twice_for_one_date(
    steps: list[tuple[ZoneInfo, time, bool, int]], now: datetime
) -> None:
    last_on: date | None = None
    asked: list[date] = []
    for zone, at, stays, hours in steps:
        due = rhythm.next_due(EVERY_DAY, at, zone, now, last_on)
        assert due
        assert due[1] > now
        if stays:
            last_on, now = due
            asked.append(last_on)
        else:
            now += timedelta(hours=hours)
    assert asked == sorted(set(asked))


def test_without_days_nothing_is_due() -> None:
    assert rhythm.next_due(frozenset(), time(17, 30), BERLIN, utc(2026, 1, 1), None) is None


def test_only_the_chosen_days_are_due() -> None:
    due = rhythm.next_due({2}, time(19), BERLIN, utc(2026, 1, 1), None)
    assert due == (date(2026, 1, 7), utc(2026, 1, 7, 18))


# ------------------------------------------------------------------ what a schedule brings by now


def ruled(on: date) -> Rule:
    """A check-in at 17:30 in Berlin on each day, next due on a date."""
    at = time(17, 30)
    return Rule(
        Ask.CHECKIN, None, EVERY_DAY, at, "Europe/Berlin", WIDE,
        paused_from=None, paused_until=None, last_on=None, next_on=on, next_at=rhythm.instant(on, at, BERLIN),
    )  # fmt: skip


def brought(rule: Rule, now: datetime) -> list[tuple[int, bool]]:
    """The days of January that a rule brings by now, and whether it is too late to ask."""
    course = rhythm.course(rule, BERLIN, timedelta(hours=12), now)
    return [(turn.on.day, turn.too_late) for turn in course.turns]


def test_only_the_newest_of_what_is_due_may_still_come_and_not_for_long() -> None:
    rule = ruled(date(2026, 1, 5))
    assert brought(rule, utc(2026, 1, 5, 16)) == []
    assert brought(rule, utc(2026, 1, 5, 17)) == [(5, False)]
    assert brought(rule, utc(2026, 1, 7, 17)) == [(5, True), (6, True), (7, False)]
    assert brought(rule, utc(2026, 1, 7, 12)) == [(5, True), (6, True)]


def test_a_pause_is_left_out_and_passed_over() -> None:
    rule = ruled(date(2026, 1, 5))._replace(paused_from=date(2026, 1, 6), paused_until=date(2026, 1, 8))
    course = rhythm.course(rule, BERLIN, timedelta(hours=12), utc(2026, 1, 7, 17))
    assert [turn.on.day for turn in course.turns] == [5]
    assert course.last_on == date(2026, 1, 7)
    assert course.coming == (date(2026, 1, 8), utc(2026, 1, 8, 16, 30))


def test_a_long_time_away_is_gone_through_in_steps_that_leave_out_nothing() -> None:
    rule, now, days = ruled(date(2026, 1, 1)), utc(2026, 3, 1), list[date]()
    while rule.next_at and rule.next_at <= now:
        course = rhythm.course(rule, BERLIN, timedelta(hours=12), now)
        assert 0 < len(course.turns) <= rhythm.MOST_TURNS
        assert course.coming
        days += [turn.on for turn in course.turns]
        rule = rule._replace(last_on=course.last_on, next_on=course.coming[0], next_at=course.coming[1])
    assert days == [date(2026, 1, 1) + timedelta(days=n) for n in range(59)]


def test_a_schedule_that_is_switched_off_brings_nothing() -> None:
    assert brought(ruled(date(2026, 1, 5))._replace(next_on=None, next_at=None), utc(2026, 2, 1)) == []


# ------------------------------------------------------------------ gaps


@given(moments(), st.sampled_from(NIGHT) | minutes)
def test_a_gap_is_told_exactly_where_the_wall_never_shows_the_time(where: tuple[ZoneInfo, date], at: time) -> None:
    zone, on = where
    asked_at = on_the_wall(zone, on, at).astimezone(zone).time()
    assert rhythm.gap(on, at, zone) == (None if asked_at == at else asked_at)


def test_a_gap_is_told_in_plain_words() -> None:
    gap = rhythm.gap_ahead(date(2026, 3, 29), time(2, 30), BERLIN, date(2026, 3, 22))
    assert gap
    assert rhythm.gap_in_words(gap) == "On Sun 29 March the clocks skip 02:30, so I ask at 03:30."
    assert rhythm.gap_ahead(date(2026, 3, 29), time(2, 30), BERLIN, date(2026, 3, 21)) is None


# ------------------------------------------------------------------ a clock that was wrong


def test_after_a_wrong_clock_the_first_date_that_was_not_asked_for_is_next() -> None:
    schedule = Schedule(1, 1, Ask.CHECKIN, EVERY_DAY, time(17, 30), None, date(2027, 1, 4), date(2027, 1, 5), None)
    asked = {date(2026, 1, 5), date(2026, 1, 6), date(2027, 1, 4)}
    right = rhythm.put_right(schedule, SEEKER, BERLIN, now := utc(2026, 1, 5, 12), asked, now)
    assert (right.last_on, right.next_on) == (date(2026, 1, 6), date(2026, 1, 7))
    assert right.next_at == utc(2026, 1, 7, 16, 30)


def test_a_clock_before_the_start_asks_for_nothing_before_it() -> None:
    schedule = Schedule(1, 1, Ask.CHECKIN, EVERY_DAY, time(17, 30), None, None, date(2026, 1, 5), None)
    started = SEEKER._replace(started_at=utc(2026, 1, 3, 20))
    assert rhythm.put_right(schedule, started, BERLIN, now := utc(2025, 6, 1), (), now).next_on == date(2026, 1, 4)


# ------------------------------------------------------------------ pauses


CHECKIN = Schedule(1, 1, Ask.CHECKIN, WEEKDAYS, time(17, 30), None, None, None, None)


def paused(first: date, until: date | None, left_at: datetime | None = None) -> Seeker:
    return SEEKER._replace(paused_from=first, paused_until=until, left_at=left_at)


@pytest.mark.parametrize(
    ("seeker", "on"),
    [
        (SEEKER, date(2026, 1, 5)),
        (paused(date(2026, 1, 5), date(2026, 1, 8)), date(2026, 1, 8)),
        (paused(date(2026, 1, 1), date(2026, 1, 3)), date(2026, 1, 5)),
        (paused(date(2026, 1, 5), None), None),
        (paused(date(2026, 1, 1), date(2026, 1, 3), left_at=utc(2026, 1, 4)), None),
    ],
)
def test_what_is_next_leaves_pauses_out(seeker: Seeker, on: date | None) -> None:
    due = rhythm.next_unpaused(CHECKIN, seeker, BERLIN, utc(2026, 1, 5, 10))
    assert (due and due[0]) == on


def test_a_pause_that_ends_today_still_asks_today() -> None:
    due = rhythm.next_unpaused(CHECKIN, paused(date(2026, 1, 2), date(2026, 1, 5)), BERLIN, utc(2026, 1, 5, 10))
    assert due == (date(2026, 1, 5), utc(2026, 1, 5, 16, 30))
