"""The places that the search for a zone knows, read from the tzdata package when first asked for.

The core's one file that reads files: they are data of a package and never change, and most starts need none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.core._cities import CITIES, COUNTRIES

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_QUIET = "[.'\u2019]"
_GAP = r"[\W_]+"


class Place(NamedTuple):
    """A city with its zone; what is compared is folded and set between bars, as in `|munich|munchen|`."""

    title: str
    zone: str
    key: str  # the zone's name
    names: str
    countries: str
    words: str  # all of these and the region, as single words


def fold(text: str) -> str:
    """The text as it is compared: lower case, no accents, one space for all that is no letter or digit."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char)).translate(_LETTERS)
    return re.sub(_GAP, " ", re.sub(_QUIET, "", bare)).strip()


@cache
def keys() -> dict[str, str]:
    """Every zone of the tzdata package, by its name in lower case."""
    names = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.casefold(): name for name in names if name != "Factory"}


@cache
def places() -> tuple[Place, ...]:
    """All places, the best known first: the cities of our table, then those of the tz database."""
    listed = list(_listed())
    taken = {(place.zone, name) for place in listed for name in unbarred(place.names)}
    others = (place for place in _of_the_database() if (place.zone, *unbarred(place.names)) not in taken)
    return (*listed, *others)


@cache
def chief() -> dict[str, Place]:
    """The best known place of each zone that has one."""
    first: dict[str, Place] = {}
    for place in places():
        first.setdefault(place.zone, place)
    return first


@cache
def distinct() -> dict[str, Place]:
    """The chief place of each zone that people tell apart: of our table's, and of those in zonenow.tab."""
    wanted = {row[2] for row in _rows("zonenow.tab")} | {place.zone for place in _listed()}
    return {zone: place for zone, place in chief().items() if zone in wanted}


@cache
def nicknames() -> dict[str, tuple[Place, ...]]:
    """Places by each of their names, and by these with one letter left out: what finds a small slip."""
    found: dict[str, dict[Place, None]] = {}
    for place in places():
        for name in (*unbarred(place.names), *unbarred(place.countries)):
            for slip in slips(name):
                found.setdefault(slip, {})[place] = None
    return {slip: tuple(near) for slip, near in found.items()}


def unnamed(key: str) -> Place:
    """A zone without a place, such as Etc/GMT+5, under its own name."""
    return _place(key, "", key, ())


def unbarred(names: str) -> list[str]:
    """The single names of a place."""
    return [name for name in names.split("|") if name]


def slips(name: str) -> Iterator[str]:
    """The name itself and, from five letters on, the name with any one letter left out."""
    yield name
    if len(name) >= 5:
        yield from (name[:at] + name[at + 1 :] for at in range(len(name)))


@cache
def links() -> dict[str, str]:
    """Other names of zones and the zones that they mean, such as US/Pacific."""
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text("utf-8").splitlines()
    pairs = (line.split()[1:3] for line in lines if line.startswith("L "))
    return {name: target for target, name in pairs}


def _listed() -> Iterator[Place]:
    for row in CITIES.strip().splitlines():
        city, code, zone, others = row.split("|")
        yield _place(city, code, zone, _several(others))


def _of_the_database() -> Iterator[Place]:
    for code, _, zone, *_ in _rows("zone.tab"):
        yield _place(_city(code, zone), code, zone, ())


def _place(city: str, code: str, zone: str, others: tuple[str, ...]) -> Place:
    country, also = countries().get(code, ("", ()))
    names = [fold(name) for name in (city.split(",")[0], *others)]
    lands = [fold(name) for name in (country, *also, code) if name]
    words = dict.fromkeys(" ".join((*names, fold(city), *lands)).split())
    title = f"{city}, {country}" if country and country != city else city
    return Place(title, zone, f"|{fold(zone)}|", _barred(names), _barred(lands), _barred(words))


def _barred(names: Iterable[str]) -> str:
    return f"|{'|'.join(names)}|"


def _city(code: str, zone: str) -> str:
    """The city of a zone's name; with the state where the name has one (America/Indiana/Knox)."""
    _, *region, city = zone.replace("_", " ").split("/")
    return ", ".join((city, *region)) if code == "US" else city


@cache
def homes() -> dict[str, frozenset[str]]:
    """The codes of the countries whose people live by each zone that is one country's, or a listed city's."""
    found: dict[str, set[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        found.setdefault(zone, set()).add(code)
    for _, code, zone, _ in (row.split("|") for row in CITIES.strip().splitlines()):
        found.setdefault(zone, set()).update({code} - {""})
    return {zone: frozenset(codes) for zone, codes in found.items()}


@cache
def countries() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The name shown and the other names of each country, by its ISO 3166 code."""
    official = {code: name for code, name, *_ in _rows("iso3166.tab")}
    ours = {
        code: (name, _several(others))
        for code, name, others in (row.split("|") for row in COUNTRIES.split("\n") if row)
    }
    empty: tuple[str, tuple[str, ...]] = ("", ())
    return {code: (ours.get(code, empty)[0] or name, ours.get(code, empty)[1]) for code, name in official.items()}


def _several(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _rows(table: str) -> Iterator[list[str]]:
    lines = files("tzdata").joinpath("zoneinfo", table).read_text("utf-8").splitlines()
    return (line.split("\t") for line in lines if line and not line.startswith("#"))
