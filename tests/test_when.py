"""Days and times as people write them: each read as it was meant, or asked about; never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.dates import BadDate, day
from bot.when import LONGEST, Unclear, When, in_words, read, read_day

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 5, 15, 37, 41, 123, tzinfo=BERLIN)  # a Thursday

DONE = {  # of what was done
    "": "2026-11-05",
    "today": "2026-11-05",
    "yesterday": "2026-11-04",
    "Yesterday morning": "2026-11-04",
    "day before yesterday": "2026-11-03",
    "this morning": "2026-11-05",
    "wed evening": "2026-11-04",
    "last night": "2026-11-04",
    "gestern Abend": "2026-11-04",
    "heute Morgen": "2026-11-05",
    "heute früh um 7": "2026-11-05 07:00",
    "Mittwoch Morgen": "2026-11-04",
    "Dienstag Nachmittag um 3": "2026-11-03 15:00",
    "hier soir": "2026-11-04",
    "ce matin": "2026-11-05",
    "ayer por la tarde": "2026-11-04",
    "esta mañana": "2026-11-05",
    "anoche": "2026-11-04",
    "vergangenen Freitag": "2026-10-30",
    "2 weeks ago": "2026-10-22",
    "two weeks ago at 14:00": "2026-10-22 14:00",
    "an hour ago": "2026-11-05 14:37",
    "fri": "2026-10-30",
    "on Friday": "2026-10-30",
    "tue": "2026-11-03",
    "last friday": "2026-10-30",
    "fri 14:00": "2026-10-30 14:00",
    "fri, 14.30": "2026-10-30 14:30",
    "3 Nov": "2026-11-03",
    "Nov 3rd": "2026-11-03",
    "the 3rd of November": "2026-11-03",
    "3 nov 14:00": "2026-11-03 14:00",
    "14:00, 3 nov": "2026-11-03 14:00",
    "Tue 3 November": "2026-11-03",
    "3.11.": "2026-11-03",
    "the 3rd": "2026-11-03",
    "3.11": "2026-11-03",
    "3.11.26": "2026-11-03",
    "03.11.2026, 14 Uhr": "2026-11-03 14:00",
    "2026-11-03": "2026-11-03",
    "2026/11/3": "2026-11-03",
    "2026-11-03T14:00": "2026-11-03 14:00",
    "13/4": "2026-04-13",
    "4/13/2026": "2026-04-13",
    "5/5": "2026-05-05",
    "24 dec": "2025-12-24",
    "29 feb": "2024-02-29",
    "5 nov": "2026-11-05",
    "6 nov": "2025-11-06",
    "12 mar": "2026-03-12",
    "mar": "2026-11-03",
    "noon": "2026-11-05 12:00",
    "9am": "2026-11-05 09:00",
    "at 9": "2026-11-05 09:00",
    "12:30 am": "2026-11-05 00:30",
    "gestern": "2026-11-04",
    "vorgestern 14 Uhr": "2026-11-03 14:00",
    "vor 3 Tagen": "2026-11-02",
    "Dienstag": "2026-11-03",
    "letzten Freitag": "2026-10-30",
    "3. März": "2026-03-03",
    "Di., 3.11.": "2026-11-03",
    "hier": "2026-11-04",
    "avant-hier": "2026-11-03",
    "il y a 2 jours": "2026-11-03",
    "mardi 3 novembre à 14h30": "2026-11-03 14:30",
    "24 août": "2026-08-24",
    "vendredi dernier": "2026-10-30",
    "ayer 15:00": "2026-11-04 15:00",
    "hace 3 días": "2026-11-02",
    "martes 3 de noviembre a las 14:00": "2026-11-03 14:00",
    "el 3 de marzo": "2026-03-03",
}
AHEAD = {  # of an interview
    "14:00": "2026-11-05 14:00",
    "tomorrow 9am": "2026-11-06 09:00",
    "tmrw at 14": "2026-11-06 14:00",
    "tomorrow noon": "2026-11-06 12:00",
    "day after tomorrow 10:15": "2026-11-07 10:15",
    "fri 14:00": "2026-11-06 14:00",
    "fri 14:00-15:30": "2026-11-06 14:00",
    "fri 2:30pm to 4:00pm": "2026-11-06 14:30",
    "fri 02:30": "2026-11-06 02:30",
    "tomorrow evening 7:30": "2026-11-06 19:30",
    "fri afternoon at 3": "2026-11-06 15:00",
    "fri morning": "2026-11-06",
    "morgen früh um 8": "2026-11-06 08:00",
    "demain après-midi à 3h": "2026-11-06 15:00",
    "mañana por la mañana a las 9": "2026-11-06 09:00",
    "mañana por la noche": "2026-11-06",
    "friday at 2pm": "2026-11-06 14:00",
    "next tue": "2026-11-10",
    "tuesday next week": "2026-11-10",
    "in 2 weeks": "2026-11-19",
    "in 2 hours": "2026-11-05 17:37",
    "3 dec 14:00": "2026-12-03 14:00",
    "3 nov": "2026-11-03",
    "12 mar": "2027-03-12",
    "10.12. 9 Uhr": "2026-12-10 09:00",
    "morgen 9:30": "2026-11-06 09:30",
    "übermorgen 14 Uhr": "2026-11-07 14:00",
    "nächsten Dienstag": "2026-11-10",
    "in drei Tagen": "2026-11-08",
    "demain 14h": "2026-11-06 14:00",
    "lundi prochain": "2026-11-09",
    "dans 3 jours": "2026-11-08",
    "mañana 9:00": "2026-11-06 09:00",
    "dentro de 3 días": "2026-11-08",
}
UNCLEAR = {
    "03/04": ("2026-04-03", "2026-03-04"),
    "4/5/26": ("2026-05-04", "2026-04-05"),
    "3-11-2026": ("2026-11-03", "2026-03-11"),
    "3/11/26 2pm": ("2026-11-03 14:00", "2026-03-11 14:00"),
    "thursday": ("2026-11-05", "2026-10-29"),
    "next friday": ("2026-11-06", "2026-11-13"),
    "last tuesday": ("2026-11-03", "2026-10-27"),
    "tomorrow at 3": ("2026-11-06 15:00", "2026-11-06 03:00"),
    "tomorrow 2:30": ("2026-11-06 14:30", "2026-11-06 02:30"),
    "3 o'clock": ("2026-11-05 15:00", "2026-11-05 03:00"),
}
UNREADABLE = [
    *("today 9", "14 tomorrow", "heute 9", "today at 24"),
    *("soon", "asap", "5", "2026", "1730", "may", "nov 2026", "30 feb", "31.11.", "99/99", "13.13.", "25:00", "9:75"),
    *("friday 13", "every day", "3 3 3", "\N{PARTY POPPER}", "@everyone", "tuesday in 2 months and a bit", "0.0.0000"),
    *("9" * 4000, "3 nov " * 700, "in " * 2000, "1" * LONGEST, "((((((((((", "\u202e3 vog"),
]
SPANS = [
    *("last week", "this week", "next month", "last year", "the weekend", "letzte Woche", "nächsten Monat"),
    *("la semaine dernière", "le mois prochain", "la semana pasada", "la semana que viene", "el próximo mes"),
]
FAR = ["1 jan 2035", "3.11.1999", "in 99 years", "2019-01-01"]


def written(when: When) -> str:
    """A date as ISO writes it, with the time of day where there is one."""
    return when.on.isoformat() + (f" {when.at:%H:%M}" if when.at else "")


@pytest.mark.parametrize(("typed", "meant"), DONE.items())
def test_what_was_done_is_dated_as_it_is_written(typed: str, meant: str) -> None:
    assert written(read(typed, NOW)) == meant


@pytest.mark.parametrize(("typed", "meant"), AHEAD.items())
def test_what_is_planned_is_read_as_still_to_come(typed: str, meant: str) -> None:
    assert written(read(typed, NOW, ahead=True)) == meant


@pytest.mark.parametrize(("typed", "ways"), UNCLEAR.items())
def test_what_can_be_read_in_two_ways_is_asked_about(typed: str, ways: tuple[str, ...]) -> None:
    with pytest.raises(Unclear, match="Which do you mean") as asked:
        read(typed, NOW)

    assert tuple(map(written, asked.value.choices)) == ways


def test_where_a_day_is_enough_its_hour_is_not_asked_about() -> None:
    assert read_day("yesterday at 3", NOW) == When(date(2026, 11, 4))
    assert read_day("yesterday 14:00", NOW) == When(date(2026, 11, 4), time(14))
    with pytest.raises(Unclear):
        read_day("3/4 at 3", NOW)


@pytest.mark.parametrize("typed", UNREADABLE, ids=lambda typed: typed[:12])
def test_what_cannot_be_read_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(BadDate, match=r"Write it like .*2026-11-05") as told:
        read(typed, NOW)

    assert len(str(told.value)) < 200


@pytest.mark.parametrize("typed", SPANS)
def test_of_a_week_or_a_month_the_day_is_asked_for(typed: str) -> None:
    with pytest.raises(BadDate, match=r"more than one day\. Which one do you mean") as told:
        read(typed, NOW)

    assert typed in str(told.value)


@pytest.mark.parametrize("typed", FAR)
def test_what_is_too_far_away_is_refused(typed: str) -> None:
    with pytest.raises(BadDate, match="five years"):
        read(typed, NOW)


def test_a_weekday_that_is_another_one_is_told() -> None:
    with pytest.raises(BadDate, match="That day is Tue 3 November"):
        read("wed 3 november", NOW)


def test_last_tuesday_on_a_monday_can_only_be_one() -> None:
    assert read("last tuesday", NOW - timedelta(days=3)) == When(date(2026, 10, 27))


def test_it_is_the_day_where_the_person_is() -> None:
    late = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)

    assert read("today", late.astimezone(BERLIN)).on == date(2026, 11, 6)
    assert read("yesterday", late.astimezone(ZoneInfo("America/New_York"))).on == date(2026, 11, 4)


def test_a_time_that_the_change_of_clocks_skips_moves_by_the_gap() -> None:
    assert read("29 March 2026 02:30", NOW) == When(date(2026, 3, 29), time(3, 30))
    assert read("25 October 2026 02:30", NOW) == When(date(2026, 10, 25), time(2, 30))


DAYS = st.integers(-1800, 1800).map(lambda days: NOW.date() + timedelta(days=days))
HOURS = st.none() | st.times(min_value=time(4)).map(lambda at: at.replace(second=0, microsecond=0))


@settings(deadline=None)
@given(DAYS, HOURS, st.booleans())
def test_what_is_echoed_is_read_again_as_the_same(on: date, at: time | None, ahead: bool) -> None:
    when = When(on, at)

    assert read(written(when), NOW, ahead=ahead) == when
    assert read(in_words(when, date(1, 1, 1)), NOW, ahead=ahead) == when
    assert read(in_words(when, NOW.date()), NOW, ahead=ahead) == when
    assert read(f"{on:%d.%m.%Y}", NOW, ahead=ahead) == When(on)


@settings(deadline=None)
@given(st.integers(0, 364))
def test_a_day_without_a_year_is_the_last_one(back: int) -> None:
    on = NOW.date() - timedelta(days=back)

    assert read(day(on), NOW) == When(on)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=70) | st.from_regex(re.compile(r"[0-9a-z .:/,-]{0,20}"), fullmatch=True), st.booleans())
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str, ahead: bool) -> None:
    found = _read(typed, ahead=ahead)
    if isinstance(found, BadDate):
        assert 0 < len(str(found)) < 300
    else:
        assert read(written(found), NOW) == found


def _read(typed: str, *, ahead: bool) -> When | BadDate:
    try:
        return read(typed, NOW, ahead=ahead)
    except BadDate as told:
        return told
