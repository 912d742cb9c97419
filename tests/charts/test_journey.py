"""The journey's picture: all weeks in a row, readable on a phone, whatever there is to show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import journey, render
from bot.charts._landscape import HEIGHT, MARGIN, WIDTH
from bot.core.landing import JourneyCard
from bot.core.week_card import Stone
from tests.charts._svg import texts, width

FIRST = date(2025, 6, 2)
FIGURES = ((60, "weeks"), (999, "applications"), (12, "ideas and offers"), (31, "cheers"))


def card(weeks: int, days: int = 7, name: str = "Maya", figures: tuple[tuple[int, str], ...] = FIGURES) -> JourneyCard:
    mondays = [FIRST + timedelta(weeks=n) for n in range(weeks)]
    return JourneyCard(
        name=name,
        began_on=FIRST,
        ended_on=mondays[-1] + timedelta(days=4),
        weeks=tuple((m, tuple(Stone(m + timedelta(d), d > 4, 3, 10) for d in range(days))) for m in mondays),
        figures=figures,
        landed=True,
    )


@pytest.mark.parametrize("weeks", [1, 4, 26, 31, 52, 60, 110, 260])
def test_every_week_has_its_place_and_no_word_is_small_or_leaves_the_picture(weeks: int) -> None:
    drawn = card(weeks)

    places = journey._places(drawn, journey._FIGURES)
    words = texts(journey.draw(drawn))

    assert len({(place.x, place.foot) for place in places}) == weeks
    assert all(MARGIN <= place.x <= WIDTH - MARGIN and place.foot <= HEIGHT for place in places)
    assert min(place.top for place in places) >= journey._TOP + 152
    for word in words:
        left = float(word.attrib["x"])
        assert float(word.attrib["font-size"]) >= 24
        assert MARGIN - 1 <= left <= left + width(word) <= WIDTH - MARGIN + 1


@given(name=st.text(max_size=80), weeks=st.integers(1, 70), days=st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_any_name_is_drawn_and_told(name: str, weeks: int, days: int) -> None:
    drawn = card(weeks, days, name)

    assert texts(journey.draw(drawn))
    assert 0 < len(journey.alt(drawn)) <= 1000


def test_a_journey_without_a_stone_is_quiet_hills() -> None:
    empty = JourneyCard("Maya", FIRST, FIRST, ((FIRST, ()),))

    assert render(journey.draw(empty)).startswith(b"\x89PNG")
    assert journey.alt(empty) == "Maya's journey, 2 June 2025. Quiet hills under a low sun."
    assert journey.alt(empty._replace(landed=True)).endswith("low sun. A small flag stands by the path.")


def test_the_words_tell_what_the_picture_shows_and_nothing_that_is_missing() -> None:
    told = journey.alt(card(2, 6, figures=((2, "weeks"), (3, "cheers"))))

    assert told == (
        "Maya's journey, 2 – 13 June 2025. Two weeks as cairns in a row, a stone for each day: ten days out, two days "
        "of rest. A small flag stands on the last one. 2 weeks, 3 cheers."
    )
