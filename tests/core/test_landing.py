"""A journey in numbers and stones: what is told, what stays the seeker's, and what never is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.journal import Entry, Visibility
from bot.core.landing import Journey, Landing, Sort, figures, let_out, piled, stones

MONDAY = date(2026, 1, 5)
JOURNEY = Journey(MONDAY, date(2026, 1, 18), 2, 3, 4, 1, 1, 1, 0, {"applications": 1, "hours": 8})
NOW = datetime(2026, 1, 18, tzinfo=UTC)
ENDED = Landing(1, 1, Sort.LANDED, "", NOW, NOW, 1)


def entry(day: int, *, shared: bool, mood: int | None = 4, numbers: dict[str, int] | None = None) -> Entry:
    seen = Visibility.FRIENDS if shared else Visibility.PRIVATE
    answers = {"done": "A walk"} | ({"mood": mood, "energy": 7} if mood else {})
    return Entry(day, 1, "checkin", date(2026, 1, day), MONDAY, answers, numbers or {}, seen)


def test_the_picture_tells_of_the_search_only_where_it_is_let_out_and_never_of_nothing() -> None:
    assert figures(let_out(ENDED._replace(share_numbers=True), JOURNEY)) == (
        (2, "weeks"), (1, "application"), (2, "ideas and offers"), (1, "cheer"),
    )  # fmt: skip
    assert figures(let_out(ENDED, JOURNEY)) == ((2, "weeks"), (2, "ideas and offers"), (1, "cheer"))


@given(st.booleans(), st.booleans())
def test_friends_hear_how_long_it_was_and_what_they_gave_and_the_rest_where_it_is_let_out(
    numbers: bool, mood: bool
) -> None:
    own = JOURNEY._replace(entries=5, rests=3, tried=2)

    heard = let_out(ENDED._replace(share_numbers=numbers, share_mood=mood), own)

    assert heard[:3] == own[:3]
    assert (heard.cheers, heard.ideas, heard.offers) == (own.cheers, own.ideas, own.offers)
    assert (heard.entries, heard.tried, heard.numbers) == ((5, 2, own.numbers) if numbers else (0, 0, {}))
    assert heard.rests == (3 if mood else 0)


@pytest.mark.parametrize(
    ("ideas", "offers", "named"),
    [(1, 0, (1, "idea")), (3, 0, (3, "ideas")), (0, 1, (1, "offer")), (1, 1, (2, "ideas and offers"))],
)
def test_the_picture_names_what_friends_gave_by_what_it_was(ideas: int, offers: int, named: tuple[int, str]) -> None:
    assert figures(JOURNEY._replace(numbers={}, ideas=ideas, offers=offers))[1] == named


def test_friends_see_plain_stones_of_shared_days_alone_unless_moods_are_let_out() -> None:
    entries, rests = [entry(5, shared=True), entry(6, shared=False)], [date(2026, 1, 10)]

    plain = stones(entries, rests, with_mood=False)
    whole = stones(entries, rests, with_mood=True)

    assert [(on.day, stone.mood) for on, stone in plain.items()] == [(5, None)]
    assert {on.day: (stone.mood, stone.rest) for on, stone in whole.items()} == {
        5: (4, False),
        6: (4, False),
        10: (None, True),
    }
    assert [[stone.on.day for stone in week] for _, week in piled(whole, [MONDAY, date(2026, 1, 12)])] == [
        [5, 6, 10],
        [],
    ]
