"""The board: applications by stage, how long each waits and is quiet, what of it is looked at, and what is next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from bot.core import text as texts
from bot.core.search import ENDED, LADDER, UNANSWERED, Act, Application, Event, Known, Loss, Stage, Standing, took_place

ON_PAGE = 10
STEP_LIMIT = 200  # characters of what is next, beside its time of day
OPEN = tuple(stage for stage in reversed(LADDER) if stage not in ENDED)  # what is furthest comes first
BY_HAND = "hand"  # the sort of a next step that was set by a person and no rule


class Look(NamedTuple):
    """What of the board is looked at."""

    stage: Stage | None = None  # None: all that is open, or all that ended
    ended: bool = False
    text: str = ""  # of company or role
    page: int = 0
    key: str = ""  # where the text waits for another page

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that are shown, in order."""
        if self.stage:
            return (self.stage,)
        return ENDED if self.ended else OPEN


class Step(NamedTuple):
    """What is next with an application."""

    on: date
    words: str = ""
    sort: str = BY_HAND


def with_time(at: time | None, words: str) -> str:
    """The words of a next step, begun with the time of day where there is one."""
    return " ".join(part for part in (f"{at:%H:%M}" if at else "", words) if part)


def time_and_words(words: str) -> tuple[time | None, str]:
    """The time of day with which the words of a next step begin, and the others."""
    found = re.fullmatch(r"(\d\d:\d\d)(?: (.*))?", words, re.DOTALL | re.ASCII)
    try:
        return (time.fromisoformat(found[1]), found[2] or "") if found else (None, words)
    except ValueError:
        return None, words


class Card(NamedTuple):
    """An application, and what is next with it."""

    application: Application
    step: Step | None = None


class Board(NamedTuple):
    """A page of the board."""

    look: Look  # its page is one that there is
    cards: tuple[Card, ...]
    counts: tuple[tuple[Stage, int], ...]  # of all pages, also of the stages that are not shown
    pages: int
    today: date

    @property
    def ended(self) -> int:
        """How many have ended."""
        return sum(number for stage, number in self.counts if stage in ENDED)


class Planned(NamedTuple):
    """An interview that is to come."""

    application: Application
    starts_at: datetime
    whom: str


class Agenda(NamedTuple):
    """What is to come within a week, and what is due since before."""

    today: date
    interviews: tuple[Planned, ...]
    due: tuple[Card, ...]  # the oldest first
    more: int  # that are due besides


def arranged(known: Iterable[Known], look: Look) -> tuple[list[Known], tuple[tuple[Stage, int], ...]]:
    """What is looked at, in the order of the stages, and how many there are at each stage of what is looked for."""
    at: dict[Stage, list[Known]] = {stage: [] for stage in (*OPEN, *ENDED)}
    sought = texts.clean(look.text).casefold().split()
    for one in known:
        if not sought or _holds(one, sought):
            at[one.stage].append(one)
    counts = tuple((stage, len(found)) for stage, found in at.items() if found)
    return [one for stage in look.stages for one in at[stage]], counts


def _holds(one: Known, sought: Sequence[str]) -> bool:
    words = f"{one.company} {one.role}".casefold()
    return all(word in words for word in sought)


def page_of(found: Sequence[Known], page: int) -> tuple[Sequence[Known], int, int]:
    """What stands on a page, the number of that page, counted from 0, and of all pages; beyond the end is the last."""
    pages = max(1, -(-len(found) // ON_PAGE))
    page = min(page, pages - 1)
    return found[page * ON_PAGE : (page + 1) * ON_PAGE], page, pages


def clocks(standing: Standing, today: date) -> str:
    """How long it waits in its stage, and since when nothing happened: "waiting 12 days · quiet 3 days"."""
    waiting, quiet = (max(0, (today - since).days) for since in (standing.stage_on, standing.active_on))
    if standing.stage_on <= today < standing.active_on:
        return f"waiting {_days(waiting)} · interview ahead" if waiting else "interview ahead"
    if waiting == quiet:
        return f"waiting and quiet {_days(quiet)}" if quiet else "since today"
    return f"waiting {_days(waiting)} · {f'quiet {_days(quiet)}' if quiet else 'active today'}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def rounds(events: Iterable[Event]) -> dict[int, int]:
    """Which round each interview was, by the number of its event; `events` are told ones, in order."""
    found: dict[int, int] = {}
    last = 0
    for event in events:
        if event.act is Act.INTERVIEW:
            found[event.id] = event.round or last + 1
            last = max(last, found[event.id])
        elif event.act is Act.CORRECTED and event.stage in UNANSWERED:
            last = 0  # what was said to be interviews was none
    return found


def interviews(
    applications: Iterable[tuple[Application, Iterable[Event]]], since: datetime, until: datetime
) -> tuple[Planned, ...]:
    """The interviews of open applications that start between two instants, the first one first; by their events."""
    found = [
        Planned(application, event.starts_at, event.whom)
        for application, events in applications
        if not application.standing.ended
        for event in took_place(events)
        if event.act is Act.INTERVIEW and event.starts_at and since <= event.starts_at < until
    ]
    return tuple(sorted(found, key=lambda one: one.starts_at))


class Move(NamedTuple):
    """Where an application can be moved by hand."""

    act: Act
    loss: Loss | None = None


MOVES = {
    **{str(stage): Move(act) for stage, act in zip(LADDER, (
        Act.WISHED, Act.APPLIED, Act.INTERVIEW, Act.OFFER, Act.ACCEPTED
    ), strict=True)},
    **{str(loss): Move(Act.LOST, loss) for loss in Loss},
}  # fmt: skip


def moves(standing: Standing) -> tuple[str, ...]:
    """Where an application can be moved from where it stands: all but there, and to one more interview."""
    there = standing.loss or standing.stage
    return tuple(way for way in MOVES if way != there or way == Stage.INTERVIEWING)
