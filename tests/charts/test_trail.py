"""The trail: what the picture shows of any ways, and that all of it fits."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import render, trail
from bot.charts._landscape import HEIGHT, MARGIN, WIDTH
from bot.core.trail import ON_PAGE, Standing, Stop, TrailCard, Way, folded
from tests.charts._svg import texts, width

TODAY = date(2026, 11, 22)
GIVEN, YES = Stop("given", date(2026, 11, 3)), Stop("you said yes")
TO_TRY = Stop("to try", date(2026, 12, 1), Standing.AHEAD)
COFFEE = Way("Jonas", "Have a coffee with somebody who builds robots", (GIVEN, TO_TRY))
some = settings(max_examples=25, deadline=None)


def card(*ways: Way, total: int = 0, page: int = 0, given: str = "One idea", led: str = "") -> TrailCard:
    return TrailCard(ways, given, led, page, total or len(ways), TODAY)


def words(made: TrailCard) -> list[str]:
    return [text.text or "" for text in texts(trail.draw(made))]


stops = st.builds(
    Stop,
    st.sampled_from(["given", "you said yes", "waits for your word", "learned", "to try", "thanked", "w" * 90]),
    st.none() | st.integers(-900, 400).map(lambda days: TODAY + timedelta(days)),
    st.sampled_from(Standing),
)
ways = st.builds(Way, st.text(max_size=90), st.text(max_size=300), st.lists(stops, min_size=1, max_size=12).map(folded))
cards = st.builds(
    TrailCard,
    st.lists(ways, min_size=1, max_size=ON_PAGE).map(tuple),
    st.sampled_from(["One idea", "48 ideas, 24 offers and 1,200,000 of your own " * 2]),
    st.sampled_from(["", "you learned from twelve and thanked for 24 " * 3]),
    st.integers(0, 9),
    st.integers(1, 9999),
    st.just(TODAY),
)


@some
@given(cards)
def test_any_trail_is_valid_svg_with_all_text_inside_the_margins_and_no_smaller_than_24_pixels(made: TrailCard) -> None:
    for text in texts(trail.draw(made)):
        left, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        assert size >= 24
        assert left >= MARGIN
        assert left + width(text) <= WIDTH - MARGIN + 0.1
        assert float(text.attrib["y"]) - size / 2 >= MARGIN
        assert float(text.attrib["y"]) <= HEIGHT - MARGIN


@some
@given(cards)
def test_alt_text_of_any_trail_has_at_most_1000_characters(made: TrailCard) -> None:
    assert 0 < len(trail.alt(made)) <= 1000


def test_the_longest_ways_are_all_told_in_the_alt_text() -> None:
    longest = Way("W" * 200, "ü" * 900, (GIVEN, Stop("12 more"), *[Stop("left open", date(2024, 11, 28))] * 3))
    told = trail.alt(card(*[longest] * ON_PAGE, total=9999, page=500))
    assert told.count("left open 28 Nov 2024") == 3 * ON_PAGE


def test_alt_text_tells_whose_what_and_each_stop_with_its_day() -> None:
    own = Way("You", "Draw before breakfast", (Stop("planned", date(2025, 11, 3)), YES))
    assert trail.alt(card(COFFEE, own)) == (
        "The trail of your ideas. Jonas: Have a coffee with somebody who builds… (given 3 Nov, to try 1 Dec). "
        "You: Draw before breakfast (planned 3 Nov 2025, you said yes)."
    )


def test_the_picture_tells_the_same_in_words() -> None:
    shown = words(card(COFFEE, total=80, led="you thanked for one"))
    assert shown == [
        "One idea",
        "you thanked for one · the newest 1 of 80",
        "Jonas",
        "Have a coffee with somebody who builds robots",
        "given 3 Nov",
        "to try 1 Dec",
    ]


def test_where_all_days_have_no_room_those_in_the_middle_are_left_out_first() -> None:
    led = [Stop("learned", date(2025, 11, 17)), Stop("thanked", date(2025, 11, 30)), Stop("applied", date(2025, 12, 1))]
    shown = words(card(Way("Jonas", "A walk", (Stop("given", date(2025, 11, 3)), *led, Stop("landed", TODAY)))))
    assert shown[-5:] == ["given 3 Nov 2025", "learned", "thanked", "applied", "landed 22 Nov"]


def test_a_stop_ahead_is_an_outline_and_one_at_rest_flatter_than_one_that_is_done() -> None:
    rests = Stop("let go", date(2026, 11, 9), Standing.RESTS)
    done, ahead, flat = (trail.draw(card(Way("Jonas", "A walk", (stop,)))) for stop in (GIVEN, TO_TRY, rests))
    assert ("stroke-dasharray" in done, "stroke-dasharray" in ahead, "stroke-dasharray" in flat) == (False, True, False)
    assert foot(flat) < foot(done)


def foot(svg: str) -> float:
    """How far down a single stone reaches, by its shadow."""
    [shadow] = re.findall('<ellipse cx="[0-9.]+" cy="([0-9.]+)"', svg)
    return float(shadow)


def test_up_to_two_ideas_have_two_lines_each_and_more_have_one() -> None:
    long = COFFEE._replace(what="Have a coffee with somebody who builds robots, " * 9)
    roomy, full = words(card(long, long)), words(card(long, long, long))
    assert [line.endswith("…") for line in roomy[2:4]] == [False, True]
    assert full[2].endswith("…")


def test_a_long_name_leaves_room_for_the_idea() -> None:
    _, name, what, *_ = words(card(COFFEE._replace(whose="Bartholomew Montgomery-Fairweather")))
    assert (name[:11], name[-1], what) == ("Bartholomew", "…", COFFEE.what)


@pytest.mark.parametrize("name", ["محمد", "דנה", "山田", "🧗‍♀️", "", "\u202e\x00\x07", "ሰላም"])
def test_any_name_is_drawn_as_far_as_the_fonts_have_it(name: str) -> None:
    made = card(Way(name, name, (GIVEN,)))
    assert render(trail.draw(made)).startswith(b"\x89PNG")
    assert "given 3 Nov" in words(made)
