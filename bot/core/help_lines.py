"""Where to turn when things are dark: lines that people can call, text or read, by country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bot.core import country


class HelpLine(NamedTuple):
    """One place to turn to; at least one of `call`, `text` and `web` is there."""

    name: str
    call: str
    text: str
    web: str
    hours: str
    language: str
    checked_on: date | None  # when somebody last saw that it is right


HelpLines = Mapping[str, tuple[HelpLine, ...]]  # by the country's code


class WhereToTurn(NamedTuple):
    """What somebody is told: the lines of their country, as far as it is known."""

    country: str  # its name, or empty
    lines: tuple[HelpLine, ...]
    guessed: bool = False  # from the zone, as they have not said


def where_to_turn(lines: HelpLines, named: str, zone: str) -> WhereToTurn:
    """The lines of the country that somebody named, by its code, or else of the one that their zone tells."""
    guess = "" if named else country.of_zone(zone)
    code = named or guess
    return WhereToTurn(country.name_of(code), lines.get(code, ()), guessed=bool(guess))
