"""Interviews: when each message about one comes, in every zone and whatever the quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.interview import Interview, Turn, course, next_of, turn_of
from bot.core.people import Quiet

NIGHT = Quiet(time(22), time(8))
NONE = Quiet(time(0), time(0))
BERLIN, TOKYO = "Europe/Berlin", "Asia/Tokyo"
EVE, SOON, AFTER = Turn.EVE, Turn.SOON, Turn.AFTER


def told(starts: str, zone: str, quiet: Quiet) -> dict[Turn, str]:
    """When the messages about an interview come, on the wall of a zone."""
    here = ZoneInfo(zone)
    starts_at = datetime.fromisoformat(starts).replace(tzinfo=here).astimezone(UTC)
    return {due.turn: f"{due.at.astimezone(here):%d %H:%M}" for due in course(starts_at, quiet, here)}


TABLE = {
    "in the afternoon": ("2026-01-09 14:00", BERLIN, NIGHT, {EVE: "08 17:00", SOON: "09 12:00", AFTER: "09 16:00"}),
    "early: the last reminder comes before the quiet hours": (
        "2026-01-09 09:00", BERLIN, NIGHT, {EVE: "08 17:00", SOON: "08 21:30", AFTER: "09 11:00"},
    ),
    "late: it is asked about when the quiet hours are over": (
        "2026-01-09 21:00", BERLIN, NIGHT, {EVE: "08 17:00", SOON: "09 19:00", AFTER: "10 08:00"},
    ),
    "quiet by day: both reminders fall together, and one comes": (
        "2026-01-09 15:00", BERLIN, Quiet(time(9), time(18)), {EVE: "08 08:30", SOON: "09 08:30", AFTER: "09 18:00"},
    ),
    "quiet from the afternoon on: one reminder alone": (
        "2026-01-09 09:00", BERLIN, Quiet(time(16), time(8)), {SOON: "08 15:30", AFTER: "09 11:00"},
    ),
    "no quiet hours": ("2026-01-09 01:30", BERLIN, NONE, {EVE: "08 17:00", SOON: "08 23:30", AFTER: "09 03:30"}),
    "elsewhere": ("2026-01-09 14:00", TOKYO, NIGHT, {EVE: "08 17:00", SOON: "09 12:00", AFTER: "09 16:00"}),
    "over the night in which clocks go forward": (
        "2026-03-29 14:00", BERLIN, NIGHT, {EVE: "28 17:00", SOON: "29 12:00", AFTER: "29 16:00"},
    ),
    "two hours are two hours when one is skipped": (
        "2026-03-29 04:00", BERLIN, NONE, {EVE: "28 17:00", SOON: "29 01:00", AFTER: "29 06:00"},
    ),
    "and when one comes twice": (
        "2026-10-25 04:00", BERLIN, NONE, {EVE: "24 17:00", SOON: "25 02:00", AFTER: "25 06:00"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", TABLE)
def test_when_the_messages_about_an_interview_come(which: str) -> None:
    starts, zone, quiet, expected = TABLE[which]

    assert told(starts, zone, quiet) == expected


CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@given(
    st.integers(0, 2 * 24 * 365),
    CLOCK, st.integers(1, 22), st.sampled_from([BERLIN, TOKYO, "America/New_York", "Australia/Lord_Howe"]),
)  # fmt: skip
def test_no_message_about_an_interview_is_due_in_quiet_hours(
    half_hours: int, begins: time, hours: int, zone: str
) -> None:
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + half_hours * timedelta(minutes=30)
    here, quiet = ZoneInfo(zone), Quiet(begins, time((begins.hour + hours) % 24, begins.minute))

    found = course(starts_at, quiet, here)

    assert [due.turn for due in found][-2:] == [SOON, AFTER]
    for due in found:
        assert not quiet.covers(due.at.astimezone(here).time())
        assert due.at < due.until
    assert [due.at for due in found] == sorted(due.at for due in found)


def test_each_message_has_a_turn_of_its_own_that_tells_which_it_is() -> None:
    starts_at = datetime(2026, 1, 9, 13, tzinfo=UTC)
    turns = {
        Interview(1, 1, 1, 1, starts_at, moved).turn(which): (moved, which) for moved in range(3) for which in Turn
    }

    assert len(turns) == 9
    assert {number: turn_of(number + 1) for number in turns} == turns


def test_what_has_passed_is_not_reminded_of() -> None:
    found = course(datetime(2026, 1, 9, 13, tzinfo=UTC), NIGHT, ZoneInfo(BERLIN))

    assert next_of(found, datetime(2026, 1, 9, 11, 30, tzinfo=UTC)) == found[-1].at
    assert next_of(found, found[-1].at + timedelta(seconds=1)) is None
