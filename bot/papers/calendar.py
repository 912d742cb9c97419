"""Interviews and what is due as an iCalendar file (RFC 5545), which calendars import, and again when it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bot.core.archive import Archive, by_application
from bot.core.board import rounds
from bot.core.search import Act, Application, Event, took_place

if TYPE_CHECKING:
    from icalendar import Event as Entry

LASTS = timedelta(hours=1)
_NAMES = uuid5(NAMESPACE_URL, "urn:cairn:search")
_A_DAY = timedelta(days=1)
_FOLLOW_UP = "Follow up"


def write(archive: Archive, now: datetime) -> bytes:
    """The calendar; an interview is taken to last an hour, and what is due takes all day and no time.

    Instants are in UTC, so each calendar shows them on its own clock. Empty where nothing is planned.
    """
    from icalendar import Calendar

    entries = [*_interviews(archive, now), *_due(archive, now)]
    if not entries:
        return b""
    calendar = Calendar()
    for name, value in (("prodid", "-//Cairn//Search//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    calendar.add("x-wr-calname", "Job search")
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()


def _interviews(archive: Archive, now: datetime) -> Iterator[Entry]:
    of = {one.id: one for one in archive.applications}
    for number, events in by_application(took_place(archive.events)).items():
        if application := of.get(number or 0):
            yield from _interviews_of(application, events, now)


def _interviews_of(application: Application, events: Sequence[Event], now: datetime) -> Iterator[Entry]:
    round_of = rounds(events)
    for event in events:
        if event.act is Act.INTERVIEW and event.starts_at and _takes_place(event.starts_at, application, now):
            title = f"Interview {round_of[event.id]}: {_named(application)}"
            entry = _entry(f"interview {event.id} {_stamp(event.noted_at)}", title, now)
            entry.add("dtstart", event.starts_at.astimezone(UTC))
            entry.add("dtend", event.starts_at.astimezone(UTC) + LASTS)
            yield _described(entry, application, event.whom and f"With {_line(event.whom)}", event.words)


def _takes_place(starts_at: datetime, application: Application, now: datetime) -> bool:
    return starts_at <= now or not application.standing.ended


def _due(archive: Archive, now: datetime) -> Iterator[Entry]:
    of = {one.id: one for one in archive.applications if not one.standing.ended}
    for number, step in archive.steps:
        if application := of.get(number):
            title = f"{_line(step.words) or _FOLLOW_UP}: {_named(application)}"
            entry = _entry(f"next {number} {_stamp(application.made_at)}", title, now)
            entry.add("dtstart", step.on)
            entry.add("dtend", step.on + _A_DAY)
            entry.add("transp", "TRANSPARENT")
            yield _described(entry, application)


def _entry(key: str, title: str, now: datetime) -> Entry:
    """An entry with the same UID each time it is written, so that a calendar knows it again."""
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"{uuid5(_NAMES, key)}@cairn")
    entry.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    entry.add("summary", title)
    return entry


def _described(entry: Entry, application: Application, *words: str) -> Entry:
    told = [part for part in (*words, application.reach, application.link) if part]
    if told:
        entry.add("description", "\n".join(told))
    return entry


def _named(application: Application) -> str:
    return _line(application.name)


def _line(words: str) -> str:
    return " ".join(words.split())


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
