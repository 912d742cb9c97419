"""A whole search as it goes out into a file and comes back: applications, and all that was noted of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.core.board import Step
from bot.core.errors import Told
from bot.core.search import Application, Event, fold


class BadFile(Told):
    """A file that cannot be read."""


class CameFrom(NamedTuple):
    """What an application came from, by when that was made: the same in every database, where numbers are others."""

    idea_at: datetime | None = None  # when the friend's idea or offer was given
    experiment_at: datetime | None = None  # when the experiment was planned


class Archive(NamedTuple):
    """Applications and events; numbers and persons mean something within it alone."""

    applications: tuple[Application, ...]
    events: tuple[Event, ...]  # in the order in which they were noted, also what was undone
    steps: tuple[tuple[int, Step], ...] = ()  # what is next, by the number of its application
    hushed: frozenset[int] = frozenset()  # applications of which no reminder is wanted
    came_from: tuple[tuple[int, CameFrom], ...] = ()  # by the number of an application that came from something


def by_application(events: Iterable[Event]) -> dict[int | None, list[Event]]:
    """Events by the number of the application that they are about, None where it is none; in the order given."""
    found: dict[int | None, list[Event]] = {}
    for event in events:
        found.setdefault(event.application_id, []).append(event)
    return found


def folded(applications: Iterable[Application], events: Iterable[Event]) -> Archive:
    """The applications of which something happened, with where they stand, and all events in the order of theirs."""
    by_number = tuple(sorted(events, key=lambda event: event.id))
    of = by_application(by_number)
    standings = [(one, fold(of.get(one.id, ()))) for one in applications]
    return Archive(tuple(one._replace(standing=at) for one, at in standings if at), by_number)


class Remark(NamedTuple):
    """What is to be said of a line of a file; 0 where it has no lines."""

    line: int
    why: str


class Reading(NamedTuple):
    """What was read of a file, and what could not be."""

    archive: Archive
    refused: tuple[Remark, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()  # the number of each event, and the line on which it stands
