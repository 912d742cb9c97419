"""Past weeks: how they are named by their dates, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.core.dates import DAY_NAMES
from bot.core.errors import Told
from bot.core.rhythm import monday_of
from bot.core.summary import Phase, span, sunday

_BETWEEN = {"to", "the", "of"}
_NEAR = {0: "this week", 1: "last week"}


class NoSuchWeek(Told):
    """A week was to be shown of which there is nothing, or that could be more than one."""


class Past(NamedTuple):
    """One of a seeker's weeks."""

    monday: date
    phase: Phase


def title(past: Past, today: date) -> str:
    """A week as the list names it: "16 – 22 November, posted"; of another year with that."""
    ends = sunday(past.monday)
    year = f" {ends.year}" if ends.year != today.year else ""
    return f"{span(past.monday)}{year}{', posted' if past.phase is Phase.POSTED else ''}"


def matching(weeks: Iterable[Past], typed: str, today: date) -> list[Past]:
    """The weeks that fit what was typed so far: a month, a day, dates, "last week"; the newest first."""
    newest = sorted(weeks, reverse=True)
    words = [word for written in typed.casefold().split() for word in _read(written)]
    asked = [word for word in words if word not in _BETWEEN]
    near = [past for past in newest if _near(past, today).startswith(" ".join(words))]
    if near or not asked:
        return near if asked else newest
    by_day = [past for past in newest if any(_fits(asked, _names(on)) for on in _days(past))]
    return by_day or [past for past in newest if _fits(asked, [name for on in _days(past) for name in _names(on)])]


def meant(weeks: Sequence[Past], typed: str, today: date) -> Past:
    """The week that was picked or typed; raises NoSuchWeek with what to do."""
    picked = [past for past in weeks if typed.strip().casefold() in (str(past.monday), title(past, today).casefold())]
    found = picked or matching(weeks, typed, today)
    if not found:
        raise NoSuchWeek(
            f"I have nothing of yours for “{typed.strip()[:40]}”. Pick a week from the list, or write a day in it, "
            "like 18 November."
        )
    if len(found) > 1:
        raise NoSuchWeek(f"More than one of your weeks fits “{typed.strip()[:40]}”. Pick one from the list.")
    return found[0]


def _read(written: str) -> list[str]:
    """What stands between two blanks, as words: "16-22" is two, and "18th" is 18; a date like 2026-11-18 stays one."""
    if re.fullmatch(r"\d{4}-[\d-]*", written):
        return [written]
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[-–—,.]", " ", written).split()


def _near(past: Past, today: date) -> str:
    """What a week is called where it is near: "last week"; else an empty text."""
    return _NEAR.get((monday_of(today) - past.monday).days // 7, "")


def _days(past: Past) -> list[date]:
    return [past.monday + timedelta(days=n) for n in range(7)]


def _names(on: date) -> list[str]:
    return [str(on.day), f"{on:%B}".casefold(), DAY_NAMES[on.weekday()].casefold(), str(on.year), on.isoformat()]


def _fits(words: Iterable[str], names: Sequence[str]) -> bool:
    """Whether each word is one of the names, or the beginning of one that is no number."""
    return all(any(word == name or (not word.isdigit() and name.startswith(word)) for name in names) for word in words)
