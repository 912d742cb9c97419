"""Countries as people name them, by their codes of ISO 3166."""

from __future__ import annotations

from typing import NamedTuple

from bot.core import text
from bot.core._places import countries, fold, homes, links
from bot.core.errors import Told


class UnknownCountry(Told):
    """A name that is no country; says what to type instead."""

    def __init__(self, name: str) -> None:
        shown = text.shorten(text.clean(name), 40)
        super().__init__(f"I don't know the country “{shown}”. Type its name in English, and pick it from the list.")


class Choice(NamedTuple):
    """A country's code and name."""

    code: str
    name: str


def parse(name: str) -> str:
    """The code of a country by its code or one of its names, in any case; raises UnknownCountry."""
    wanted = fold(name)
    found = [code for code in countries() if wanted == fold(code)]
    found = found or [code for code in countries() if wanted and wanted in _names(code)]
    if not found:
        raise UnknownCountry(name)
    return found[0]


def search(typed: str, limit: int = 25) -> list[Choice]:
    """Countries of which a name, or a word of one, begins with what was typed; those that begin with it first."""
    wanted = fold(typed)
    ranked: list[tuple[bool, str, str]] = []
    for code, (name, _) in countries().items():
        words = [word for known in _names(code) for word in (known, *known.split())]
        if any(word.startswith(wanted) for word in words) or wanted == fold(code):
            ranked.append((not fold(name).startswith(wanted), name, code))
    return [Choice(code, name) for _, name, code in sorted(ranked)[:limit]]


def name_of(code: str) -> str:
    """A country's English name; empty for an unknown code."""
    return countries()[code][0] if code in countries() else ""


def of_zone(zone: str) -> str:
    """The code of the one country whose people live by a zone; empty where it is not one alone."""
    codes = homes().get(zone) or homes().get(links().get(zone, ""), frozenset[str]())
    return next(iter(codes)) if len(codes) == 1 else ""


def _names(code: str) -> list[str]:
    name, others = countries()[code]
    return [fold(known) for known in (name, *others)]
