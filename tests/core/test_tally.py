"""What a week counts of the log and of check-ins: all of it, and nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.journal import Entry, Visibility
from bot.core.search import Act, Event, Loss, Stage
from bot.core.tally import by_day, of_week
from tests._events import FIRST as MONDAY
from tests._events import happened

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 11, 20, tzinfo=UTC)


def told(day: int, **numbers: int) -> Entry:
    """A check-in with counts for a day, which goes into the first week."""
    return Entry(1, 1, "checkin", MONDAY + timedelta(days=day), MONDAY, {}, numbers, Visibility.PRIVATE)


def week(events: list[Event], *entries: Entry) -> dict[str, int]:
    return of_week(MONDAY, entries, by_day(events, ZONE, NOW))


def applied(day: int, times: int) -> list[Event]:
    return [happened(100 * day + number, Act.APPLIED, day) for number in range(1, times + 1)]


@pytest.mark.parametrize(
    ("logged", "entries", "counted"),
    [
        ([], [told(0, applications=3)], 3),
        (applied(0, 3), [], 3),
        (applied(0, 3), [told(0, applications=3)], 3),
        (applied(0, 3), [told(0, applications=5)], 5),
        (applied(0, 3), [told(0, applications=1)], 3),
        (applied(1, 2), [told(0, applications=3)], 5),
        ([*applied(0, 1), *applied(1, 2)], [told(0, applications=2), told(1, applications=1)], 4),
    ],
)
def test_of_each_day_the_greater_count_is_taken(logged: list[Event], entries: list[Entry], counted: int) -> None:
    assert week(logged, *entries) == {"applications": counted}


def test_a_late_answer_counts_only_what_the_log_of_its_own_day_did_not() -> None:
    sunday_before = applied(-1, 2)

    assert week(sunday_before, told(-1, applications=3)) == {"applications": 1}
    assert week(sunday_before, told(-1, applications=2)) == {}
    assert week(sunday_before) == {}


def test_hours_and_what_the_log_alone_knows_stand_side_by_side() -> None:
    events = [
        happened(1, Act.OFFER, 2),
        happened(2, Act.OUTREACH, 3),
        happened(3, Act.FOLLOWED_UP, 3),
        happened(4, Act.LOST, 4)._replace(loss=Loss.REJECTED),
        happened(5, Act.LOST, 4)._replace(loss=Loss.GHOSTED),
        happened(6, Act.NOTE, 4),
    ]

    assert week(events, told(0, hours=3), told(1, hours=1)) == {
        "offers": 1, "hours": 4, "rejections": 1, "outreach": 1, "follow-ups": 1,
    }  # fmt: skip


def test_what_was_undone_is_not_counted_and_what_was_amended_counts_on_its_other_day() -> None:
    events = [*applied(0, 1), happened(7, Act.UNDONE, 0)._replace(about=1)]
    moved = [*applied(0, 1), happened(7, Act.AMENDED, -1)._replace(about=1)]

    assert week(events) == {}
    assert week(moved) == {}


def test_what_a_correction_says_did_not_happen_is_not_counted() -> None:
    events = [*applied(0, 1), happened(7, Act.INTERVIEW, 1), happened(8, Act.OFFER, 2)]
    other = happened(9, Act.INTERVIEW, 1)._replace(application_id=2)
    back = happened(10, Act.CORRECTED, 20)._replace(stage=Stage.APPLIED)
    anew = happened(11, Act.INTERVIEW, 3)

    assert week([*events, other, back]) == {"applications": 1, "interviews": 1}
    assert week([*events, back, happened(12, Act.UNDONE, 20)._replace(about=10)])["offers"] == 1
    assert week([*events, back._replace(on=anew.on), anew]) == {"applications": 1, "interviews": 1}


def test_an_interview_counts_on_its_own_day_where_the_seeker_is_and_once_it_has_come() -> None:
    agreed = happened(1, Act.INTERVIEW, -3)._replace(starts_at=datetime(2026, 1, 4, 23, 30, tzinfo=UTC))
    ahead = happened(2, Act.INTERVIEW, 1)._replace(starts_at=NOW + timedelta(hours=1))

    assert by_day([agreed, ahead], ZONE, NOW) == {date(2026, 1, 5): {"interviews": 1}}


counts = st.dictionaries(st.integers(0, 6), st.integers(0, 5))


@given(counts, counts)
def test_nothing_is_lost_and_nothing_counted_twice(logged: dict[int, int], said: dict[int, int]) -> None:
    events = [event for day, times in logged.items() for event in applied(day + 1, times)]
    entries = [told(day + 1, applications=count) for day, count in said.items() if day < 6]
    total = week([event for event in events if event.on < MONDAY + timedelta(days=7)], *entries).get("applications", 0)
    days = [(logged.get(day, 0), said.get(day, 0)) for day in range(6)]

    assert total == sum(max(one) for one in days)
