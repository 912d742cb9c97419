"""The calendar, read by another library: right instants, the same entries each time, and plain words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from hypothesis import given, settings

from bot.core.archive import Archive
from bot.core.board import Step
from bot.core.search import Act, Event, Loss, Stage
from bot.papers import calendar
from tests._events import FIRST, NOON, happened
from tests.papers._archives import ODD, application, archive, archives

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


def entries(found: Archive, now: datetime = NOW) -> list[Any]:
    """The entries, as a calendar that imports them sees them."""
    content = calendar.write(found, now)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "RFC 5545 folds longer lines"
    return list(vobject.readOne(content.decode()).vevent_list) if content else []


def interview(number: int, at: datetime, of: int = 1) -> Event:
    return happened(number, Act.INTERVIEW, of=of)._replace(starts_at=at)


def test_interviews_keep_their_hour_across_a_change_of_clocks() -> None:
    winter, summer = (datetime(2026, 3, day, 14, tzinfo=BERLIN).astimezone(UTC) for day in (28, 30))
    found = archive([application()], [happened(1, Act.APPLIED), interview(2, winter), interview(3, summer)])

    first, second = entries(found)

    assert [first.dtstart.value, second.dtstart.value] == [winter, summer]
    assert (winter.hour, summer.hour) == (13, 12)
    assert first.dtstart.value.astimezone(BERLIN).hour == second.dtstart.value.astimezone(BERLIN).hour == 14
    assert first.dtend.value - first.dtstart.value == calendar.LASTS
    assert [one.summary.value for one in (first, second)] == [
        "Interview 1: Engineer at Acme",
        "Interview 2: Engineer at Acme",
    ]


def test_what_is_due_takes_a_day_and_no_time() -> None:
    step = Step(date(2026, 3, 29), "Call Anna")
    found = archive([application()], [happened(1, Act.APPLIED)])._replace(steps=((1, step),))

    [due] = entries(found)

    assert (due.dtstart.value, due.dtend.value) == (date(2026, 3, 29), date(2026, 3, 30))
    assert (due.summary.value, due.transp.value) == ("Call Anna: Engineer at Acme", "TRANSPARENT")


def test_a_calendar_knows_an_entry_again_when_it_has_moved() -> None:
    before, after = NOW + timedelta(days=3), NOW + timedelta(days=5)
    noted = [happened(1, Act.APPLIED), interview(2, before)]
    moved = [*noted, happened(3, Act.AMENDED)._replace(about=2, starts_at=after)]
    found = [
        archive([application()], events)._replace(steps=((1, Step(FIRST + timedelta(days=days))),))
        for days, events in enumerate((noted, moved))
    ]

    first, second = (entries(one, NOW + timedelta(hours=at)) for at, one in enumerate(found))

    assert [one.uid.value for one in first] == [one.uid.value for one in second]
    assert len({one.uid.value for one in first}) == 2
    assert (first[0].dtstart.value, second[0].dtstart.value) == (before, after)
    assert first[0].dtstamp.value < second[0].dtstamp.value


def test_nothing_is_planned_of_what_was_undone_or_has_ended() -> None:
    undone = [
        happened(1, Act.APPLIED),
        interview(2, NOW + timedelta(days=1)),
        happened(3, Act.UNDONE)._replace(about=2),
    ]
    ended = [
        happened(4, Act.APPLIED, of=2),
        happened(5, Act.INTERVIEW, of=2)._replace(starts_at=NOW + timedelta(days=1)),
        happened(6, Act.INTERVIEW, of=2)._replace(starts_at=NOW - timedelta(days=1)),
        happened(7, Act.INTERVIEW, of=2),  # nobody said at what time
        happened(8, Act.LOST, of=2)._replace(loss=Loss.WITHDREW),
    ]
    found = archive([application(), application(2)], [*undone, *ended])._replace(steps=((2, Step(FIRST)),))

    assert [one.dtstart.value for one in entries(found)] == [NOW - timedelta(days=1)]
    assert calendar.write(archive([application()], undone), NOW) == b""


def test_no_interview_is_in_it_that_a_correction_says_is_none() -> None:
    moved = interview(2, NOW + timedelta(days=1)), happened(3, Act.CORRECTED)._replace(stage=Stage.APPLIED)
    assert calendar.write(archive([application()], [happened(1, Act.APPLIED), *moved]), NOW) == b""


def test_words_of_people_stay_words() -> None:
    odd = [application(number, words[:100], "Engineer")._replace(reach=words) for number, words in enumerate(ODD, 1)]
    told = [interview(one.id, NOON, one.id)._replace(words=one.reach, whom="a;b\nEND:VEVENT") for one in odd]

    found = entries(archive(odd, told))

    assert len(found) == len(ODD)
    for one, entry in zip(odd, found, strict=True):
        assert entry.summary.value == f"Interview 1: {' '.join(one.name.split())}"
        assert entry.description.value == "\n".join(["With a;b END:VEVENT", one.reach, one.reach])


@given(archives())
@settings(max_examples=100, deadline=None)
def test_any_search_makes_a_calendar_that_another_library_reads(found: Archive) -> None:
    uids = [one.uid.value for one in entries(found)]

    assert len(set(uids)) == len(uids)
