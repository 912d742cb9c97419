"""The funnel's picture: every number is in it and in its words, nothing leaves the margins, and it adds up."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import funnel, render
from bot.charts._landscape import HEIGHT, MARGIN, WIDTH
from bot.core.funnel import ENDS, STAGES, FunnelCard, Node, flows, through
from tests.charts._svg import texts, width

FIRST, LAST = date(2026, 1, 5), date(2026, 6, 20)
WAYS = [(*STAGES[:reached], end) for reached in range(1, len(STAGES) + 1) for end in ENDS]
searches = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(1, 400)), min_size=1, max_size=12)


def card(*ways: tuple[tuple[Node, ...], int], name: str = "Maya") -> FunnelCard:
    return FunnelCard(name, flows(way for way, many in ways for _ in range(many)), FIRST, LAST)


@given(searches, st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_search_fits_into_the_picture_and_its_words(ways: list[tuple[tuple[Node, ...], int]], name: str) -> None:
    drawn = card(*ways, name=name)

    for text in texts(funnel.draw(drawn)):
        left = float(text.attrib["x"])
        assert float(text.attrib["font-size"]) >= 24
        assert MARGIN - 1 <= left <= left + width(text) <= WIDTH - MARGIN + 1
        assert float(text.attrib["y"]) <= HEIGHT - 24
    assert 0 < len(funnel.alt(drawn)) <= 1000


@given(searches)
@settings(max_examples=40, deadline=None)
def test_no_two_ends_lie_over_each_other_and_each_bar_is_as_high_as_it_is_many(
    ways: list[tuple[tuple[Node, ...], int]],
) -> None:
    drawn = card(*ways)

    places = funnel._places(drawn)

    ends = sorted((place.middle for node, place in places.items() if node in ENDS))
    assert all(lower - upper > funnel._LISTED for upper, lower in pairwise(ends))  # the height of their words
    each = places[Node.APPLIED].height / drawn.total
    for node, place in places.items():
        assert place.height == pytest.approx(max(each * through(drawn.flows, node), funnel._THINNEST))
        assert place.top + place.height <= HEIGHT - 24
    stages = [place.x for node, place in places.items() if node in STAGES]
    assert stages == sorted(set(stages))


@given(searches)
@settings(max_examples=40, deadline=None)
def test_what_comes_to_a_bar_and_what_leaves_it_fills_it(ways: list[tuple[tuple[Node, ...], int]]) -> None:
    drawn = card(*ways)
    places = funnel._places(drawn)
    branches = funnel._branches(drawn, places)

    for node, place in places.items():
        for edges in (
            sorted((one.ahead, drawn.flows[one.start, one.end]) for one in branches if one.start is node),
            sorted((one.behind, drawn.flows[one.start, one.end]) for one in branches if one.end is node),
        ):
            at = place.top
            for edge, many in edges:
                assert edge == pytest.approx(at)
                at += many * place.height / through(drawn.flows, node)
            assert not edges or at == pytest.approx(place.top + place.height)


def test_the_picture_and_its_words_tell_the_same() -> None:
    drawn = card(
        ((Node.APPLIED, Node.REJECTED), 18),
        ((Node.APPLIED, Node.OPEN), 10),
        ((Node.APPLIED, Node.FIRST, Node.OFFER, Node.ACCEPTED), 1),
    )

    assert [text.text for text in texts(funnel.draw(drawn))] == [
        *["29", "Applications", "1", "Round 1", "1", "Offer"],
        *["1", "Accepted", "10", "Still open", "18", "Rejected"],
        *["Maya’s search", "29 applications · 5 January – 20 June 2026"],
    ]
    assert funnel.alt(drawn) == (
        "Maya's search, 5 January – 20 June 2026, as a river that parts. Of 29 applications: 1 went on to round 1, "
        "10 still open and 18 rejected. Of 1 at round 1: 1 went on to offer. Of 1 at offer: 1 accepted."
    )


def test_a_flag_stands_where_something_was_accepted_alone() -> None:
    accepted, open_ = card(((*STAGES, Node.ACCEPTED), 1)), card(((*STAGES, Node.OPEN), 1))

    assert 'fill="#e07a4f"' in funnel.draw(accepted)
    assert 'fill="#e07a4f"' not in funnel.draw(open_)
    assert render(funnel.draw(open_)).startswith(b"\x89PNG")
