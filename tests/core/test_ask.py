"""What may be asked for: one line, a few at a time; and on which morning a seeker is asked about it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import ask as rules
from bot.core.ask import (
    LIMIT,
    AlreadyAsked,
    AlreadyClosed,
    AskTooLong,
    NoSuchAsk,
    NoWords,
    Request,
    TooManyOpen,
    asked_at,
    check_new,
    checked_words,
    first_asked_at,
    meant,
    morning_in,
)
from bot.core.people import Quiet

BERLIN = ZoneInfo("Europe/Berlin")
NINE = time(9)
QUIET = Quiet(time(22), time(8))
NOW = datetime(2026, 1, 4, 17, tzinfo=UTC)  # 18:00 in Berlin


def request(number: int, words: str = "Read my CV", *, closed: bool = False) -> Request:
    return Request(number, 1, words, NOW, NOW, closed_at=NOW if closed else None)


# ------------------------------------------------------------------ words


def test_an_ask_is_one_line_without_what_nobody_can_see() -> None:
    assert checked_words("  Read\n my\u200b CV ") == "Read my CV"


@pytest.mark.parametrize("blank", ["", "  ", "\n\n", "\u200b", "\u2800"])
def test_an_ask_without_words_is_refused(blank: str) -> None:
    with pytest.raises(NoWords):
        checked_words(blank)


def test_an_ask_of_more_than_a_line_is_refused_with_its_length() -> None:
    assert checked_words("x" * LIMIT) == "x" * LIMIT
    with pytest.raises(AskTooLong, match="201 characters"):
        checked_words("x" * (LIMIT + 1))


@given(st.text(max_size=LIMIT))
def test_whatever_is_taken_is_one_line_that_is_taken_again_as_it_is(text: str) -> None:
    try:
        words = checked_words(text)
    except (NoWords, AskTooLong):
        return
    assert words
    assert "\n" not in words
    assert checked_words(words) == words


# ------------------------------------------------------------------ how many, and which one


def test_a_fourth_ask_is_refused_and_told_what_to_do() -> None:
    check_new("A walk", [request(1, "a"), request(2, "b")])
    with pytest.raises(TooManyOpen, match=r"Three asks are open already.*/ask close"):
        check_new("A walk", [request(1, "a"), request(2, "b"), request(3, "c")])


def test_the_same_words_are_not_asked_twice_at_once() -> None:
    with pytest.raises(AlreadyAsked):
        check_new("read my cv", [request(1)])


def test_without_a_wish_the_only_open_one_is_meant() -> None:
    assert meant("", [request(1, closed=True), request(2)]).id == 2


def test_an_ask_is_meant_by_its_number_or_its_words_and_an_open_one_first() -> None:
    own = [request(1, closed=True), request(2), request(3, "A walk")]

    assert meant("3", own).id == 3
    assert meant(" A  walk ", own).id == 3
    assert meant("Read my CV", own).id == meant("read my cv", own).id == 2


def test_nothing_is_meant_where_several_or_none_could_be() -> None:
    with pytest.raises(NoSuchAsk, match="More than one"):
        meant("", [request(1), request(2, "A walk")])
    with pytest.raises(NoSuchAsk, match="Nothing is open"):
        meant("", [request(1, closed=True)])
    with pytest.raises(NoSuchAsk, match="none of your asks"):
        meant("7", [request(1)])


def test_a_closed_ask_is_not_closed_again() -> None:
    with pytest.raises(AlreadyClosed):
        meant("1", [request(1, closed=True), request(2, "A walk")])


# ------------------------------------------------------------------ on which morning


def test_a_seeker_is_first_asked_on_the_morning_after_two_weeks() -> None:
    assert first_asked_at(NOW, NINE, QUIET, BERLIN) == datetime(2026, 1, 19, 9, tzinfo=BERLIN)


def test_two_weeks_later_it_is_the_same_morning_also_over_a_change_of_clocks() -> None:
    first = datetime(2026, 3, 20, 9, tzinfo=BERLIN)

    assert morning_in(14, first, NINE, QUIET, BERLIN) == datetime(2026, 4, 3, 9, tzinfo=BERLIN)


def test_a_morning_in_the_quiet_hours_begins_after_them() -> None:
    late = Quiet(time(22), time(10, 30))

    assert morning_in(14, NOW, NINE, late, BERLIN) == datetime(2026, 1, 18, 10, 30, tzinfo=BERLIN)


def test_what_is_due_goes_out_in_the_morning_where_the_seeker_is_now() -> None:
    due = datetime(2026, 1, 19, 9, tzinfo=BERLIN)
    ninety = due + timedelta(minutes=90)

    assert asked_at(due, due + timedelta(seconds=20), NINE, QUIET, BERLIN) == due
    assert asked_at(due, ninety, NINE, QUIET, BERLIN) == datetime(2026, 1, 20, 9, tzinfo=BERLIN)
    there = ZoneInfo("America/Los_Angeles")
    assert asked_at(due, due, NINE, QUIET, there) == datetime(2026, 1, 19, 9, tzinfo=there)


@given(st.integers(0, 60 * 24 * 365), st.integers(0, 60 * 24 * 40))
def test_it_is_never_asked_in_the_quiet_hours_nor_far_from_a_morning(due: int, minutes: int) -> None:
    next_at = NOW + timedelta(minutes=due)
    now = next_at + timedelta(minutes=minutes)

    at = asked_at(next_at, now, NINE, QUIET, BERLIN)

    assert at.astimezone(BERLIN).time() == NINE
    assert at >= now - rules.STILL_MORNING
    assert at - now <= timedelta(days=1, hours=1)
