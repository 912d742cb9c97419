"""The rules of a joint post: when it goes out, and a fair share of its room for each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.council import (
    Drafting,
    Hour,
    NotOneDay,
    Section,
    after_drafts,
    fair,
    goes_out_at,
    in_words,
    parse_day,
    told_apart,
)
from bot.core.dates import BadDays
from bot.core.summary import Summary
from bot.core.week_card import WeekCard

MONDAY = date(2026, 1, 5)


SUNDAYS = Drafting(frozenset({6}), time(18), "Europe/Berlin")
FRIDAYS = Drafting(frozenset({4}), time(18), "Europe/Berlin")
EARLY = Drafting(frozenset({1}), time(8), "Europe/Berlin")  # on Tuesday about the week before


@pytest.mark.parametrize(
    ("day", "drafting", "goes_out"),
    [
        (6, [SUNDAYS], 11), (0, [SUNDAYS], 12), (2, [SUNDAYS], 14), (5, [SUNDAYS], 17),
        (5, [SUNDAYS, FRIDAYS], 10), (4, [FRIDAYS], 9), (6, [EARLY], 18), (1, [EARLY], 13), (2, [], 7), (0, [], 12),
    ],
)  # fmt: skip
def test_a_week_goes_out_at_the_first_hour_after_its_first_drafts(
    day: int, drafting: list[Drafting], goes_out: int
) -> None:
    hour = Hour(day, time(19), "Europe/Berlin")

    assert goes_out_at(hour, MONDAY, drafting) == datetime(2026, 1, goes_out, 18, tzinfo=UTC)


@pytest.mark.parametrize(("at", "hour"), [(time(18), (6, time(19))), (time(23, 30), (0, time(0, 30)))])
def test_until_a_circle_sets_its_hour_it_is_one_after_the_drafts_of_its_first_seeker(
    at: time, hour: tuple[int, time]
) -> None:
    assert after_drafts(SUNDAYS._replace(at=at)) == Hour(*hour, SUNDAYS.zone)


def test_an_hour_at_the_very_moment_of_the_drafts_is_theirs() -> None:
    hour = Hour(6, time(18), "Europe/Berlin")

    assert goes_out_at(hour, MONDAY, [SUNDAYS]) == datetime(2026, 1, 11, 17, tzinfo=UTC)


def test_an_hour_that_the_clocks_skip_goes_out_an_hour_later() -> None:
    hour = Hour(6, time(2, 30), "Europe/Berlin")

    assert goes_out_at(hour, date(2026, 3, 23), []) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_an_hour_is_told_as_people_say_it() -> None:
    assert in_words(Hour(6, time(19), "UTC")) == "on Sundays at 19:00 (UTC)"


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


def sections(*names: str) -> list[Section]:
    """A section for each name; whoever comes later in the list came to Cairn before the others."""
    card = WeekCard("", 1, MONDAY, ())
    told = [Summary(name, 1, MONDAY, "Words", (), {}, card._replace(name=name), {}) for name in names]
    return [Section(place, 100 - place, one) for place, one in enumerate(told)]


def test_two_of_one_name_are_told_apart_in_the_order_in_which_they_came_to_cairn() -> None:
    told = told_apart(sections("Maya", "Ana", " maya "))

    assert [one.summary.name for one in told] == ["Maya (2)", "Ana", "maya (1)"]
    assert [one.summary.card.name for one in told] == ["Maya (2)", "Ana", "maya (1)"]


def test_who_is_called_like_a_number_already_is_taken_for_nobody_else() -> None:
    told = told_apart(sections("Maya", "Maya (1)", "Maya"))

    assert [one.summary.name for one in told] == ["Maya (3)", "Maya (1)", "Maya (2)"]


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["Maya", "maya", "Maya (1)", "", "\u200b", "M" * 80, "M" * 90, "Ana"]), max_size=8))
def test_no_two_in_a_joint_post_look_alike(names: list[str]) -> None:
    told = told_apart(sections(*names))

    assert len({one.summary.name.casefold()[:60] for one in told}) == len(names)
