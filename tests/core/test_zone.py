"""Time zones as people name them: found by what they type, and never guessed."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core._cities import ABBREVIATIONS, CITIES, COUNTRIES, SPREAD
from bot.core.errors import Told
from bot.core.zone import UnknownZone, parse, search, use_packaged_data

WINTER = datetime(2026, 11, 22, 17, 4, tzinfo=UTC)
SUMMER = datetime(2026, 7, 5, 17, 4, tzinfo=UTC)
KEYS = files("tzdata").joinpath("zones").read_text("utf-8").split()
COUNTRY_CODES = {
    line[:2] for line in files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines()
}


@pytest.fixture
def system_zones(tmp_path: Path) -> Iterator[Path]:
    """A system's own copy of the zones, of which every process but ours would read."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[tmp_path])
    ZoneInfo.clear_cache()
    yield tmp_path
    zoneinfo.reset_tzpath(to=before)
    ZoneInfo.clear_cache()


def places(query: str, now: datetime = WINTER) -> list[str]:
    return [choice.label.split(" \u00b7 ")[0] for choice in search(query, now)]


def zones(query: str, now: datetime = WINTER) -> list[str]:
    return [choice.zone for choice in search(query, now)]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("berlin", "Berlin, Germany"),
        ("  BERLIN ", "Berlin, Germany"),
        ("berl", "Berlin, Germany"),
        ("new york", "New York, United States"),
        ("nyc", "New York, United States"),
        ("munich", "Munich, Germany"),
        ("m\u00fcnchen", "Munich, Germany"),
        ("muenchen", "Munich, Germany"),
        ("s\u00e3o paulo", "S\u00e3o Paulo, Brazil"),
        ("sao paulo", "S\u00e3o Paulo, Brazil"),
        ("lodz", "\u0141\u00f3d\u017a, Poland"),
        ("izmir", "\u0130zmir, T\u00fcrkiye"),
        ("st johns", "St. John's, Canada"),
        ("port au prince", "Port-au-Prince, Haiti"),
        ("berlin, germany", "Berlin, Germany"),
        ("germany berlin", "Berlin, Germany"),
        ("tell city", "Tell City, Indiana, United States"),
        ("Europe/Berlin", "Berlin, Germany"),
        ("europe/ber", "Berlin, Germany"),
        ("US/Pacific", "Los Angeles, United States"),
        ("etc/gmt+5", "Etc/GMT+5"),
    ],
)
def test_a_place_is_found_first_by_what_people_call_it(query: str, place: str):
    assert places(query)[0] == place


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("berln", "Berlin, Germany"),
        ("brelin", "Berlin, Germany"),
        ("lonodn", "London, United Kingdom"),
        ("istambul", "Istanbul, T\u00fcrkiye"),
        ("san fransisco", "San Francisco, United States"),
        ("germny", "Berlin, Germany"),
    ],
)
def test_a_small_slip_is_forgiven(query: str, place: str):
    assert places(query)[0] == place


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("germany", "Germany"),
        ("uk", "United Kingdom"),
        ("turkey", "T\u00fcrkiye"),
        ("holland", "Netherlands"),
    ],
)
def test_a_country_shows_its_own_cities_first(query: str, country: str):
    assert [place.split(", ")[-1] for place in places(query)[:3]] == [country] * 3


def test_a_wide_country_shows_each_of_its_main_zones_first():
    first = zones("usa")[:8]
    assert len(set(first)) == 8
    assert {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"} <= set(first)


def test_cities_of_one_name_are_told_apart():
    assert places("portland") == ["Portland, Oregon, United States", "Portland, Maine, United States"]


@pytest.mark.parametrize(
    ("query", "hours"),
    [
        ("utc+2", 2),
        ("UTC +2", 2),
        ("gmt-3:30", -3.5),
        ("+5:30", 5.5),
        ("+0530", 5.5),
        ("+5:", 5),
        ("\u22128", -8),
        ("gmt+0", 0),
    ],
)
@pytest.mark.parametrize("now", [WINTER, datetime(2026, 1, 5, 3, 0, tzinfo=UTC)])
def test_an_offset_finds_zones_that_have_it_now(query: str, hours: float, now: datetime):
    found = zones(query, now)
    assert found
    assert {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in found} == {timedelta(hours=hours)}
    assert len(found) == len(set(found))


@pytest.mark.parametrize("query", ["UTC", "utc", "utc+", "gmt"])
def test_utc_comes_first_for_its_name(query: str):
    assert zones(query)[0] == "UTC"


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("cet", "Europe/Berlin"),
        ("cest", "Europe/Berlin"),
        ("est", "America/New_York"),
        ("EDT", "America/New_York"),
        ("pst", "America/Los_Angeles"),
        ("pt", "America/Los_Angeles"),
        ("ist", "Asia/Kolkata"),
        ("bst", "Europe/London"),
        ("jst", "Asia/Tokyo"),
        ("sgt", "Asia/Singapore"),
    ],
)
@pytest.mark.parametrize("now", [WINTER, SUMMER])
def test_an_abbreviation_finds_its_zone_in_winter_and_in_summer(query: str, zone: str, now: datetime):
    assert zones(query, now)[0] == zone


def test_an_abbreviation_of_several_zones_shows_them_all():
    assert {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"} <= set(zones("ist"))


@pytest.mark.parametrize(("query", "hours"), [("18:04", 1), ("6:04 pm", 1), ("6pm", 1), ("22:34", 5.5), ("4am", 11)])
def test_the_time_on_the_clock_finds_the_zones_where_it_is_so(query: str, hours: float):
    found = zones(query)
    assert found
    assert {WINTER.astimezone(ZoneInfo(zone)).utcoffset() for zone in found} <= {
        timedelta(hours=hours),
        timedelta(hours=hours - 24),
    }


def test_nothing_typed_shows_a_spread_over_the_world():
    choices = search("  ", WINTER)
    offsets = {WINTER.astimezone(ZoneInfo(choice.zone)).utcoffset() for choice in choices}
    assert len(choices) == 25
    assert len(offsets) >= 18
    assert {"Europe/Berlin", "America/New_York", "Asia/Kolkata"} <= {choice.zone for choice in choices}


@pytest.mark.parametrize("query", ["zzzzz", "+3:17", "+99", "25:99", "\U0001f389", "../../etc/passwd", "x" * 5000])
def test_what_is_no_place_finds_nothing(query: str):
    assert search(query, WINTER) == []


@pytest.mark.parametrize(
    ("query", "now", "label"),
    [
        ("berlin", WINTER, "Berlin, Germany \u00b7 now Sun 18:04 \u00b7 UTC+1"),
        ("berlin", SUMMER, "Berlin, Germany \u00b7 now Sun 19:04 \u00b7 UTC+2"),
        ("mumbai", WINTER, "Mumbai, India \u00b7 now Sun 22:34 \u00b7 UTC+5:30"),
        ("newfoundland", WINTER, "St. John's, Canada \u00b7 now Sun 13:34 \u00b7 UTC-3:30"),
        ("tokyo", WINTER, "Tokyo, Japan \u00b7 now Mon 02:04 \u00b7 UTC+9"),
        ("london", WINTER, "London, United Kingdom \u00b7 now Sun 17:04 \u00b7 UTC"),
    ],
)
def test_a_label_shows_the_place_and_its_time_now(query: str, now: datetime, label: str):
    assert search(query, now)[0].label == label


queries = st.one_of(
    st.text(max_size=12),
    st.text("abdeimnorstuy +-:0123456789/", max_size=8),
    st.sampled_from(KEYS),
    st.sampled_from(CITIES.split()),
)
moments = st.integers(946_684_800, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(queries, moments, st.integers(1, 25))
def test_any_query_gets_few_short_different_choices_that_are_zones(query: str, now: datetime, limit: int):
    choices = search(query, now, limit)
    assert len(choices) <= limit
    assert len({choice.label for choice in choices}) == len(choices)
    assert all(len(choice.label) <= 100 and parse(choice.zone).key == choice.zone for choice in choices)


def test_every_city_of_the_table_is_found_in_its_zone_by_each_of_its_names():
    rows = [row.split("|") for row in CITIES.strip().splitlines()]
    assert {code for _, code, *_ in rows} - {""} <= COUNTRY_CODES
    named = [(name, zone) for city, _, zone, others in rows for name in (city, *filter(None, others.split(",")))]
    assert [(name, zone) for name, zone in named if zone not in zones(name)] == []


def test_every_country_and_zone_of_the_other_tables_is_known():
    assert {row[:2] for row in COUNTRIES.strip().splitlines()} <= COUNTRY_CODES
    assert {*SPREAD, *(zone for several in ABBREVIATIONS.values() for zone in several)} <= set(KEYS)


def test_every_zone_of_the_database_is_parsed_to_itself():
    names = [key for key in KEYS if key != "Factory"]
    assert [parse(name).key for name in names] == names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("europe/berlin", "Europe/Berlin"),
        (" AMERICA/NEW YORK ", "America/New_York"),
        ("utc", "UTC"),
        ("Berlin", "Europe/Berlin"),
        ("m\u00fcnchen", "Europe/Berlin"),
    ],
)
def test_a_name_in_any_case_is_parsed_to_the_zones_own(name: str, key: str):
    assert parse(name).key == key


@pytest.mark.parametrize(
    "name",
    [
        "Berlinn",
        "San Jose",
        "../Europe/Berlin",
        "/etc/localtime",
        "Europe/",
        "Factory",
        "\x00",
        "a\x00b",
        "Germany",
    ],
)
def test_what_is_no_zone_is_refused_in_words(name: str):
    with pytest.raises(UnknownZone, match="Type a city, such as Berlin, and pick one from the list"):
        parse(name)


def test_the_refusal_names_what_was_typed_and_no_more_than_a_line_of_it():
    with pytest.raises(Told) as refused:
        parse("Berlinn")
    assert str(refused.value).startswith("I don't know the zone \u201cBerlinn\u201d. ")
    assert len(str(UnknownZone("x" * 5000))) < 150


@pytest.mark.parametrize("name", ["", "  "])
def test_no_name_at_all_is_asked_for(name: str):
    with pytest.raises(UnknownZone, match=r"I need your time zone\. Type a city"):
        parse(name)


def test_the_packaged_data_is_read_and_not_the_systems(system_zones: Path):
    wrong = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (system_zones / "Europe").mkdir()
    (system_zones / "Europe" / "Berlin").write_bytes(wrong)
    assert WINTER.astimezone(ZoneInfo("Europe/Berlin")).utcoffset() == timedelta(hours=9)
    use_packaged_data()
    assert WINTER.astimezone(ZoneInfo("Europe/Berlin")).utcoffset() == timedelta(hours=1)
    assert WINTER.astimezone(parse("Europe/Berlin")).utcoffset() == timedelta(hours=1)
