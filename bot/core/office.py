"""The log for an employment office: what was done for the search from one day to another, and what came of it.

It is made for other eyes: notes, energy and where an idea came from stay out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from enum import StrEnum
from typing import NamedTuple

from bot.core.archive import Archive
from bot.core.search import UNANSWERED, Act, Loss, Stage, Standing, took_place

EFFORTS = (Act.APPLIED, Act.OUTREACH, Act.CONVERSATION, Act.INTERVIEW, Act.FOLLOWED_UP)


class Language(StrEnum):
    """The languages of the log's headings."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    ITALIAN = "it"
    DUTCH = "nl"


class DateStyle(StrEnum):
    """How a country writes a date in numbers, as `strftime` takes it."""

    DOTS = "%d.%m.%Y"
    SLASHES = "%d/%m/%Y"
    DASHES = "%d-%m-%Y"
    MONTH_FIRST = "%m/%d/%Y"
    ISO = "%Y-%m-%d"

    def written(self, on: date) -> str:
        """A date in this style, with all digits."""
        return on.strftime(self.value)


class Effort(NamedTuple):
    """One thing that was done, and where its application stands by now."""

    on: date
    act: Act
    employer: str = ""
    reach: str = ""  # address or phone
    contact: str = ""
    source: str = ""
    position: str = ""
    result: Stage | Loss | None = None  # None: of no application, or of one that is only wished for
    result_on: date | None = None  # since when, of an interview its day; None while nobody has answered


class OfficeLog(NamedTuple):
    """The whole log."""

    name: str
    first: date
    last: date
    made_on: date
    efforts: tuple[Effort, ...]  # the oldest first
    language: Language = Language.ENGLISH
    dates: DateStyle = DateStyle.ISO


# The CLDR's numeric dates: the countries that do not write 31/12/2026, by their codes of ISO 3166.
_COUNTRIES = {
    DateStyle.DOTS: (
        "AL AM AT AZ BA BG BY CH CZ DE DK EE FI GE HR IS KG KZ LI LU LV MD ME MK NO PL RO RS RU SI SK TJ TM TR UA XK"
    ),
    DateStyle.DASHES: "NL SR",
    DateStyle.MONTH_FIRST: "AS FM GU MH MP PH PR PW US VI",
    DateStyle.ISO: "BT CA CN HU IR JP KP KR LT MN SE TW ZA",
}
_STYLE_IN = {code: style for style, codes in _COUNTRIES.items() for code in codes.split()}
_LANGUAGES = {
    DateStyle.DOTS: "bg cs da de et fi hr lv no pl ro ru sk sl sr tr uk",
    DateStyle.DASHES: "nl",
    DateStyle.SLASHES: "el en-AU en-GB en-IE en-NZ es fr hi id it pt th vi",
}
_STYLE_OF = {code: style for style, codes in _LANGUAGES.items() for code in codes.split()}


def style(country: str, locale: str) -> DateStyle:
    """How dates are written in a country, else by those who speak a language ("de", "en-GB"); ISO where unknown."""
    if country:
        return _STYLE_IN.get(country, DateStyle.SLASHES)
    return _STYLE_OF.get(locale) or _STYLE_OF.get(locale.partition("-")[0], DateStyle.ISO)


def language(locale: str) -> Language:
    """The log's language for those who read a platform in another; English where there is none."""
    code = locale.partition("-")[0]
    return Language(code) if code in tuple(Language) else Language.ENGLISH


def efforts(archive: Archive, zone: tzinfo) -> tuple[Effort, ...]:
    """All that was done, the oldest first; an interview is of the day on which it is."""
    return tuple(sorted(_efforts(archive, zone), key=lambda effort: effort.on))


def _efforts(archive: Archive, zone: tzinfo) -> Iterator[Effort]:
    of, events = {one.id: one for one in archive.applications}, took_place(archive.events)
    met = {one.application_id: one.day_in(zone) for one in events if one.act is Act.INTERVIEW}
    for event in events:
        if event.act not in EFFORTS:
            continue
        effort = Effort(event.day_in(zone), event.act, contact=event.whom)
        if application := of.get(event.application_id or 0):
            standing = application.standing
            effort = effort._replace(
                employer=application.company,
                reach=application.reach,
                source=application.source,
                position=application.role,
                result=None if standing.stage is Stage.WISHLIST else standing.loss or standing.stage,
                result_on=_answered_on(standing, met.get(application.id)),
            )
        yield effort


def _answered_on(standing: Standing, met_on: date | None) -> date | None:
    if standing.stage in UNANSWERED:
        return None
    return met_on if met_on and standing.stage is Stage.INTERVIEWING else standing.stage_on
