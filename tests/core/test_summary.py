"""What goes into a week's post and its picture, and what stays out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.exercise import CHECKIN, NOTE
from bot.core.journal import Entry, Visibility
from bot.core.reader import Reader
from bot.core.summary import Draft, Material, Phase, Week, portions, span, summarise, sunday
from bot.core.week_card import Stone

MONDAY = date(2026, 1, 5)
FRIENDS = [Reader(2, "Jonas"), Reader(3, "Aisha"), Reader(4, "Omar")]
DAYS = [MONDAY + timedelta(days=n) for n in range(7)]


def entry(
    number: int, on: date, *, shared: bool, exercise: str = CHECKIN, mood: int | None = 4, **counts: int
) -> Entry:
    answers: dict[str, str | int] = {"done": f"words {number}"}
    if mood is not None and exercise == CHECKIN:
        answers |= {"mood": mood, "energy": 7}
    seen = Visibility.FRIENDS if shared else Visibility.PRIVATE
    return Entry(number, 1, exercise, on, MONDAY, answers, counts, seen)


def week(phase: Phase = Phase.DRAFTED, words: str = "", *, numbers: bool = False, mood: bool = False) -> Week:
    return Week(1, 1, MONDAY, phase, words, share_numbers=numbers, share_mood=mood)


def material(*entries: Entry, rests: frozenset[date] = frozenset()) -> Material:
    return Material("Maya", 3, entries, rests)


def test_without_mood_and_energy_each_shared_day_is_a_plain_stone_and_no_other_is_drawn() -> None:
    held = material(
        entry(1, DAYS[0], shared=True), entry(2, DAYS[1], shared=False), rests=frozenset({DAYS[5], DAYS[6]})
    )

    assert summarise(week(), held, {}).card.stones == (Stone(DAYS[0]),)


def test_mood_and_energy_draw_every_mood_and_the_days_of_rest() -> None:
    held = material(entry(1, DAYS[0], shared=True, mood=2), entry(2, DAYS[1], shared=False), rests=frozenset({DAYS[5]}))

    assert summarise(week(mood=True), held, {}).card.stones == (
        Stone(DAYS[0], mood=2, energy=7),
        Stone(DAYS[1], mood=4, energy=7),
        Stone(DAYS[5], rest=True),
    )


def test_a_private_note_is_no_stone_even_where_mood_is_shared() -> None:
    held = material(entry(1, DAYS[0], shared=True), entry(2, DAYS[3], shared=False, exercise=NOTE))

    assert [stone.on for stone in summarise(week(mood=True), held, {}).card.stones] == [DAYS[0]]


def test_a_private_note_leaves_a_day_of_rest_one() -> None:
    held = material(entry(2, DAYS[5], shared=False, exercise=NOTE), rests=frozenset({DAYS[5]}))

    assert summarise(week(mood=True), held, {}).card.stones == (Stone(DAYS[5], rest=True),)


def test_a_shared_note_on_a_day_of_rest_is_a_stone() -> None:
    held = material(entry(2, DAYS[5], shared=True, exercise=NOTE), rests=frozenset({DAYS[5]}))

    assert summarise(week(mood=True), held, {}).card.stones == (Stone(DAYS[5]),)


def test_a_note_beside_a_check_in_leaves_the_days_mood() -> None:
    held = material(entry(1, DAYS[0], shared=True), entry(2, DAYS[0], shared=True, exercise=NOTE))

    assert summarise(week(mood=True), held, {}).card.stones == (Stone(DAYS[0], mood=4, energy=7),)


def test_numbers_are_added_up_over_the_week_and_named_by_how_many() -> None:
    held = material(
        entry(1, DAYS[0], shared=False, applications=1, hours=0), entry(2, DAYS[1], shared=True, interviews=1)
    )

    told = summarise(week(numbers=True), held, {})

    assert told.numbers == {"applications": 1, "interviews": 1}
    assert told.card.numbers == ((1, "application"), (1, "interview"))
    assert summarise(week(), held, {}).numbers == {}


def test_a_week_of_noughts_has_no_numbers_to_tell() -> None:
    held = material(entry(1, DAYS[0], shared=False, applications=0, interviews=0, hours=0))

    told = summarise(week(numbers=True), held, {})

    assert (told.numbers, told.card.numbers, told.empty) == ({}, (), True)


@given(st.lists(st.frozensets(st.sampled_from(FRIENDS)), max_size=6), st.booleans())
def test_each_named_friend_gets_what_is_for_them_and_nothing_else(meant: list[frozenset[Reader]], all_: bool) -> None:
    entries = [entry(n, DAYS[n % 7], shared=all_ and not who, applications=3) for n, who in enumerate(meant)]
    held = material(*entries)._replace(readers={n: tuple(who) for n, who in enumerate(meant)})
    told = week(words="For all", numbers=True, mood=True)

    found = portions(told, held, {})

    for friend in FRIENDS:
        theirs = [n for n, who in enumerate(meant) if friend in who]
        assert [one.id for one in found[friend].entries] == theirs if theirs else friend not in found
    for part in found.values():
        assert (part.words, part.numbers, part.asks, part.opening) == ("", {}, (), "")
        assert not any(stone.mood or stone.rest for stone in part.card.stones)


@given(
    shared=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 6)), max_size=20),
    rests=st.frozensets(st.sampled_from(DAYS)),
    mood=st.booleans(),
    numbers=st.booleans(),
)
def test_nothing_private_is_ever_told(
    shared: list[tuple[bool, bool, int]], rests: frozenset[date], mood: bool, numbers: bool
) -> None:
    entries = [
        entry(n, DAYS[day], shared=seen, exercise=CHECKIN if checkin else NOTE)
        for n, (seen, checkin, day) in enumerate(shared)
    ]

    told = summarise(week(mood=mood, numbers=numbers), material(*entries, rests=rests), {})

    assert all(one.shared for one in told.entries)
    open_days = {one.on for one in entries if one.shared}
    if mood:
        open_days |= rests | {one.on for one in entries if one.exercise == CHECKIN}
    else:
        assert all(stone == Stone(stone.on) for stone in told.card.stones)
    assert {stone.on for stone in told.card.stones} == open_days
    assert list(told.card.stones) == sorted(told.card.stones, key=lambda stone: stone.on)


@pytest.mark.parametrize(
    ("chosen", "empty"),
    [
        (week(), True),
        (week(mood=True), True),
        (week(numbers=True), True),
        (week(words="A line"), False),
    ],
)
def test_a_week_of_rest_without_words_is_nothing_to_post(chosen: Week, empty: bool) -> None:
    told = summarise(chosen, material(rests=frozenset(DAYS)), {})

    assert told.empty is empty


def test_a_weeks_dates_name_both_months_where_it_crosses_one() -> None:
    assert span(date(2026, 1, 5)) == "5 – 11 January"
    assert span(date(2025, 12, 29)) == "29 December – 4 January"
    assert sunday(MONDAY) == date(2026, 1, 11)


def test_mood_is_offered_only_where_it_would_be_drawn() -> None:
    other = entry(1, DAYS[0], shared=False, exercise=NOTE)._replace(answers={"mood": 4})
    late = entry(2, MONDAY - timedelta(days=1), shared=False)

    for held, offered in ((material(other, late), False), (material(entry(3, DAYS[2], shared=False)), True)):
        told = summarise(week(mood=True), held, {})
        assert Draft("", week(), held, told).has_mood is offered
        assert any(stone.mood for stone in told.card.stones) is offered
