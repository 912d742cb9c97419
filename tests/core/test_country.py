"""Countries as people name them, and the one that a zone tells."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import country
from bot.core.country import UnknownCountry

ZONES = files("tzdata").joinpath("zones").read_text("utf-8").split()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("DE", "DE"), ("de", "DE"), ("Germany", "DE"), (" germany ", "DE"), ("UK", "GB"), ("usa", "US")],
)
def test_a_country_is_known_by_its_code_and_its_names(typed: str, code: str) -> None:
    assert country.parse(typed) == code


@pytest.mark.parametrize("typed", ["Atlantis", "", "  ", "x" * 300, "ZZ", "|"])
def test_what_is_no_country_is_refused_in_words(typed: str) -> None:
    with pytest.raises(UnknownCountry, match="pick it from the list") as refused:
        country.parse(typed)
    assert len(str(refused.value)) < 200


@given(st.text(max_size=40))
def test_whatever_is_typed_finds_at_most_so_many_and_each_can_be_taken(typed: str) -> None:
    found = country.search(typed)
    assert len(found) <= 25
    for one in found:
        assert country.parse(one.code) == one.code
        assert 0 < len(one.name) <= 100


def test_the_best_match_comes_first() -> None:
    assert country.search("ger")[0].code == "DE"
    assert country.search("ireland")[0].code == "IE"


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Dublin", "IE"),
        ("US/Pacific", "US"),
        ("Asia/Bangkok", ""),  # our table has Hanoi there too
        ("UTC", ""),
        ("Etc/GMT+5", ""),
    ],
)
def test_a_zone_tells_a_country_only_where_it_is_one_alone(zone: str, code: str) -> None:
    assert country.of_zone(zone) == code


def test_no_zone_is_too_strange() -> None:
    assert all(country.of_zone(zone) == "" or country.name_of(country.of_zone(zone)) for zone in ZONES)
