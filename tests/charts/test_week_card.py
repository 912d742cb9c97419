"""The week card: what it shows, what it never shows, and that all of it fits."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts import week_card
from bot.charts._cairn import MOODS, colour, pile
from bot.charts._landscape import HEIGHT, INK, MARGIN, PAPER, SOFT, WIDTH
from bot.core.week_card import Stone, WeekCard
from tests.charts._svg import texts, width

MONDAY = date(2026, 11, 16)
NUMBERS = ((5, "applications"), (3, "conversations"), (2, "interviews"))
GROUND_COLOUR = "#e4d9c2"


def week(*days: tuple[int, int] | str | None, monday: date = MONDAY) -> tuple[Stone, ...]:
    """Stones from Monday on: (mood, energy), "rest", "plain", or None for a day that is not there."""
    stones: list[Stone] = []
    for index, day in enumerate(days):
        on = monday + timedelta(index)
        if isinstance(day, tuple):
            stones.append(Stone(on, mood=day[0], energy=day[1]))
        elif day is not None:
            stones.append(Stone(on, rest=day == "rest"))
    return tuple(stones)


FULL = week((3, 5), (4, 6), (2, 3), (4, 7), (5, 9), "rest", (4, 6))
CARD = WeekCard("Maya", 6, MONDAY, FULL, NUMBERS)


def words(svg: str) -> list[str]:
    return [text.text or "" for text in texts(svg)]


@st.composite
def cards(draw: st.DrawFn) -> WeekCard:
    monday = date(2026, 1, 5) + timedelta(weeks=draw(st.integers(0, 200)))
    days = draw(st.sets(st.integers(0, 6)))
    stones = tuple(
        Stone(
            monday + timedelta(day),
            draw(st.booleans()),
            draw(st.none() | st.integers(1, 5)),
            draw(st.none() | st.integers(0, 10)),
        )
        for day in sorted(days)
    )
    numbers = draw(st.lists(st.tuples(st.integers(0, 10**12), st.text(max_size=60)), max_size=4))
    return WeekCard(draw(st.text(max_size=90)), draw(st.integers(1, 9999)), monday, stones, tuple(numbers))


@given(cards())
def test_any_card_is_valid_svg_with_all_text_inside_the_margins(card: WeekCard) -> None:
    for text in texts(week_card.draw(card)):
        left, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        assert left >= MARGIN
        assert left + width(text) <= WIDTH - MARGIN + 0.1
        assert float(text.attrib["y"]) - size / 2 >= MARGIN
        assert float(text.attrib["y"]) <= HEIGHT - MARGIN


@given(cards())
def test_no_text_is_smaller_than_24_pixels(card: WeekCard) -> None:
    assert all(float(text.attrib["font-size"]) >= 24 for text in texts(week_card.draw(card)))


@given(cards())
def test_alt_text_of_any_card_has_at_most_1000_characters(card: WeekCard) -> None:
    assert 0 < len(week_card.alt(card)) <= 1000


def test_alt_text_tells_each_mood_by_its_word_and_each_energy_by_its_number() -> None:
    assert week_card.alt(CARD) == (
        "Maya, week 6, 16 – 22 November. A cairn of seven stones under a low sun: six days out, one day of rest. "
        "Monday: mood steady, energy 5 of 10. Tuesday: mood light, energy 6 of 10. "
        "Wednesday: mood low, energy 3 of 10. Thursday: mood light, energy 7 of 10. "
        "Friday: mood bright, energy 9 of 10. Saturday: a day of rest. Sunday: mood light, energy 6 of 10. "
        "5 applications, 3 conversations, 2 interviews."
    )


def test_longest_alt_text_is_told_in_full() -> None:
    labels = tuple((999_999, "ü" * 200) for _ in range(4))
    told = week_card.alt(WeekCard("W" * 200, 9999, date(2026, 9, 28), week(*[(3, 10)] * 7), labels))
    assert told.count("energy 10 of 10") == 7
    assert told.endswith("….")
    assert len(told) <= 1000


@pytest.mark.parametrize("rests", [(), ("rest",)])
def test_a_card_without_mood_and_energy_shows_neither(rests: Sequence[str]) -> None:
    card = WeekCard("Maya", 6, MONDAY, week("plain", "plain", None, "plain", *rests), NUMBERS)
    svg, told = week_card.draw(card), week_card.alt(card)
    assert not re.search("energy|mood|heavy|steady|bright", svg + told)
    assert not any(mood in svg for mood in MOODS.values())


def test_plain_stones_are_all_of_one_height_and_colour() -> None:
    laid = pile(week("plain", "plain", "plain"), 232, 592)
    assert len({stone.height for stone in laid}) == 1
    assert len({colour(stone.stone) for stone in laid}) == 1


def test_more_energy_makes_a_higher_stone_and_rest_a_thin_one() -> None:
    laid = pile(week((3, 0), (3, 5), (3, 10), "rest"), 232, 592)
    low, middle, high, rest = (stone.height for stone in laid)
    assert rest < low < middle < high


def test_each_mood_has_its_own_colour_and_none_is_the_plain_one() -> None:
    stones = [Stone(MONDAY, mood=mood) for mood in MOODS]
    assert len({colour(stone) for stone in [*stones, Stone(MONDAY), Stone(MONDAY, rest=True)]}) == 7


def test_the_same_day_is_always_the_same_stone() -> None:
    assert week_card.draw(CARD) == week_card.draw(CARD)


def test_the_highest_cairn_stays_inside_the_margins() -> None:
    top = pile(week(*[(5, 10)] * 7), 232, 592)[-1]
    assert top.y - top.height / 2 >= MARGIN


def test_an_absent_day_is_named_nowhere() -> None:
    card = WeekCard("Maya", 6, MONDAY, week((3, 5), None, (4, 6), None, (5, 9)), NUMBERS)
    shown = " ".join(words(week_card.draw(card))) + week_card.alt(card)
    assert "three days out" in shown
    assert not re.search("Tue|Thu|Sat|Sun|miss|absent|no answer|skipped|only", shown)


def test_a_week_without_stones_is_a_quiet_one() -> None:
    shown = words(week_card.draw(WeekCard("Maya", 3, MONDAY, ())))
    assert shown == ["Maya, week 3", "16 – 22 November", "A quiet week."]


def test_a_week_of_rest_is_told_as_one() -> None:
    card = WeekCard("Maya", 3, MONDAY, week(*["rest"] * 7))
    assert "seven days of rest" in " ".join(words(week_card.draw(card)))
    assert "Mon · rest" in words(week_card.draw(card))


def test_the_energy_line_names_the_days_that_have_energy() -> None:
    shown = words(week_card.draw(CARD))
    assert "energy" in shown
    assert [word for word in shown if len(word) == 3] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sun"]


def test_four_large_numbers_stand_in_full() -> None:
    numbers = ((1200, "applications"), (5555, "conversations"), (2000, "interviews"), (4000, "hours"))
    shown = words(week_card.draw(WeekCard("Maya", 6, MONDAY, FULL, numbers)))
    assert {"1,200", "applications", "5,555", "conversations", "2,000", "interviews", "4,000", "hours"} <= set(shown)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Maya", ["Maya, week 6"]),
        ("", ["Week 6"]),
        ("ሰላም", ["Week 6"]),
        ("\u202e\x00\x07", ["Week 6"]),
        ("𝓜𝓪𝔂𝓪", ["Maya, week 6"]),
        ("山田", ["山田", ", week 6"]),
        ("محمد", ["\u2067محمد\u2069", "Week 6"]),
        ("Bartholomew Montgomery-Fairweather", ["Bartholomew", "Montgomery-Fairweather", "Week 6"]),
    ],
)
def test_the_title_has_what_can_be_drawn_of_a_name(name: str, title: list[str]) -> None:
    shown = words(week_card.draw(WeekCard(name, 6, MONDAY, FULL)))
    assert shown[: len(title)] == title


@pytest.mark.parametrize("backdrop", [PAPER, "#f6ddc1", "#ebe3d3", GROUND_COLOUR])
@pytest.mark.parametrize("ink", [INK, SOFT])
def test_text_stands_out_from_every_backdrop_by_4_5_to_1(ink: str, backdrop: str) -> None:
    assert (luminance(backdrop) + 0.05) / (luminance(ink) + 0.05) >= 4.5


def luminance(hexed: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = (value / 255 for value in bytes.fromhex(hexed[1:]))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
