"""A table that somebody kept of their search: how each of its rows becomes an application and what happened with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import link as links
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.archive import Remark
from bot.core.cells import Day, Spelled, day_of
from bot.core.dates import day
from bot.core.importing import Found, Incoming, Refused, is_likely, named
from bot.core.layout import DAYS, STATUSES, Holds, Status, name_of, round_of, stage_of
from bot.core.search import NAME_LIMIT, WORDS_LIMIT, Act, Application, Event, Loss, Stage, fold

_EMPTY = {"n/a", "-", "–", "—", "null", "#n/a"}
_NO = {"no", "n", "false", "nein", "non", "0", "❌", "✗"}
_APPLIED = Status(Stage.APPLIED)
_SAMPLES = 3
_NUMBERED = 1000  # events of a row have numbers of their own: those of the line, and which one


class Row(NamedTuple):
    """A row that is not empty, and the line on which it begins, counted from 1."""

    line: int
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """A table's rows, all of them equally wide; `tab` is the name of the sheet where there are several."""

    rows: tuple[Row, ...]
    tab: str = ""


class Choices(NamedTuple):
    """How a table is to be read."""

    columns: tuple[Holds, ...]
    day_first: bool | None = None  # None: nobody can tell, and it was not asked yet
    stages: Mapping[str, str] = {}  # what a stage is called here, and its name in `STATUSES`


class Column(NamedTuple):
    """A column of a table: its heading, what stands in it first, and what it holds."""

    heading: str
    samples: tuple[str, ...]
    holds: Holds


class Called(NamedTuple):
    """What a stage is called in a table, how many rows say so, and its name in `STATUSES`; empty if nobody can tell."""

    words: str
    rows: int
    stage: str


def columns_of(heading: Row, rows: Iterable[Row], columns: Sequence[Holds]) -> tuple[Column, ...]:
    """The columns of a table, each with up to three of its cells."""
    below = zip(*(row.cells for row in rows), strict=True)
    return tuple(
        Column(name, tuple(dict.fromkeys(cell for cell in cells if cell))[:_SAMPLES], holds)
        for name, cells, holds in zip(heading.cells, below, columns, strict=True)
    )


def stages_of(rows: Iterable[Row], choices: Choices) -> tuple[Called, ...]:
    """What the stages of a table are called, those first that need to be asked about, then the most frequent."""
    if Holds.STATUS not in choices.columns:
        return ()
    at = choices.columns.index(Holds.STATUS)
    found = Counter(words for row in rows if (words := _said(row.cells[at])))
    called = [Called(words, number, _named(words, choices)) for words, number in found.items()]
    return tuple(sorted(called, key=lambda one: (stage_of(one.words) is not None, -one.rows)))


def _said(cell: str) -> str:
    words = texts.clean(cell)
    return "" if texts.is_blank(words) or words.casefold() in _EMPTY else words


def _named(words: str, choices: Choices) -> str:
    chosen = choices.stages.get(words, "")
    return chosen if chosen in STATUSES else name_of(stage_of(words))


class _Happened(NamedTuple):
    act: Act
    when: Day
    round: int = 0
    loss: Loss | None = None


def of_rows(heading: Row, rows: Iterable[Row], choices: Choices, now: datetime, spelled: Spelled) -> Found:
    """What stands in the rows below a heading; `now` carries the person's zone."""
    incoming: list[Incoming] = []
    refused: list[Remark] = []
    remarks: list[Remark] = []
    for row in rows:
        reading = _Reading(heading.cells, row, choices, now, spelled)
        try:
            incoming.append(reading.incoming())
        except Refused as why:
            refused.append(Remark(row.line, str(why)))
        else:
            remarks += [Remark(row.line, words) for words in reading.remarks]
    return Found(tuple(incoming), (), tuple(refused), tuple(remarks))


class _Reading:
    """One row while it is read: what fits nowhere is gathered for the note, so that nothing is lost."""

    def __init__(self, heading: Sequence[str], row: Row, choices: Choices, now: datetime, spelled: Spelled) -> None:
        self._line, self._choices, self._now, self._spelled = row.line, choices, now, spelled
        self._zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
        self._today = now.date()
        self._notes: list[str] = []
        self.remarks: list[str] = []
        self._cells: dict[Holds, list[tuple[str, str]]] = {}
        for name, cell, holds in zip(heading, row.cells, choices.columns, strict=True):
            if words := _said(cell):
                self._cells.setdefault(holds, []).append((texts.clean(name), words))

    def incoming(self) -> Incoming:
        """The application and its events; raises Refused."""
        company = named(" ".join(self._words(Holds.COMPANY)), "company")
        role = named(" ".join(self._words(Holds.ROLE)), "role")
        events = self._events()
        standing = fold(events)
        if standing is None:
            raise Refused("nothing happened with it")
        one = Application(self._line, 0, company, role, standing, self._now)
        one = one._replace(
            link=self._link(),
            source=self._short(Holds.SOURCE),
            kind=self._short(Holds.KIND),
            place=self._short(Holds.PLACE),
            reach=self._short(Holds.REACH),
        )
        return Incoming(self._line, one, tuple(self._with_notes(events)))

    # -------------------------------------------------------------- words

    def _words(self, holds: Holds) -> list[str]:
        return [words for _, words in self._cells.get(holds, ())]

    def _short(self, holds: Holds) -> str:
        """The cells of that kind in one line; what is too long goes to the note."""
        joined = ", ".join(dict.fromkeys(self._words(holds)))
        if len(joined) <= NAME_LIMIT:
            return joined
        self._keep(holds)
        return ""

    def _keep(self, holds: Holds) -> None:
        for name, words in self._cells.get(holds, ()):
            self._note(name, words)

    def _note(self, name: str, words: str) -> None:
        self._notes.append(f"{name}: {words}" if name else words)

    def _link(self) -> str:
        """The first link; others, and what is none, go to the note."""
        found = ""
        for name, words in self._cells.get(Holds.LINK, ()):
            link = _link(words)
            if link and not found:
                found = link
            else:
                self._note(name, words)
        return found

    def _with_notes(self, events: Sequence[Event]) -> Iterator[Event]:
        """The events, the first with the contact and the note, and notes of their own for what is longer."""
        self._keep(Holds.KEPT)
        whom = self._short(Holds.WHOM)
        notes = "\n".join([*self._words(Holds.NOTE), *self._notes])
        first, *others = texts.split(notes, WORDS_LIMIT) or [""]
        yield events[0]._replace(whom=whom, words=first)
        yield from events[1:]
        for at, words in enumerate(others):
            yield events[0]._replace(id=events[0].id + len(events) + at, act=Act.NOTE, words=words)

    # -------------------------------------------------------------- days

    def _days(self, holds: Holds, *, told: bool = False) -> list[Day]:
        """The days in the cells of that kind; what is none goes to the note, and is told, where it was not before."""
        found: list[Day] = []
        for name, cell in self._cells.get(holds, ()):
            when = day_of(cell, self._zone, self._spelled, day_first=self._choices.day_first is not False)
            when = when if when and is_likely(when.on, self._today) else None
            if when and (when.on <= self._today or (holds is Holds.INTERVIEW and when.at)):
                found.append(when)
            elif when and holds is not Holds.INTERVIEW:
                raise Refused(f"{name or holds}: {day(when.on)} {when.on.year} is still to come")
            elif not told:
                why = "is to come, and has no time of day" if when else "is no day that I can read"
                self.remarks.append(f"{name or holds}: “{texts.shorten(cell, 40)}” {why}; kept in the note")
                self._note(name, cell)
        return found

    def _day(self, holds: Holds) -> date | None:
        return next((one.on for one in self._days(holds)), None)

    # -------------------------------------------------------------- what happened

    def _status(self) -> tuple[Status | None, int]:
        words = " ".join(self._words(Holds.STATUS))
        if not words:
            return None, 0
        found = STATUSES.get(_named(words, self._choices))
        if found is None:
            self._keep(Holds.STATUS)
            return _APPLIED, 0
        return found, round_of(words) if found.stage is Stage.INTERVIEWING else 0

    def _events(self) -> list[Event]:
        """What the row says that happened, in order."""
        status, rounds = self._status()
        applied, added, changed = (self._day(holds) for holds in (Holds.APPLIED, Holds.ADDED, Holds.CHANGED))
        offered, ended, interviews = self._day(Holds.OFFER), self._day(Holds.ENDED), self._days(Holds.INTERVIEW)
        status = status or self._meant(applied, offered, ended, interviews)
        days = [on for on in (applied, added, offered, ended, changed, *(one.on for one in interviews)) if on]
        begun = applied or added or min([self._today, *days])
        if not days:
            self.remarks.append("it has no day, so it is kept as of today")
        if status.stage is Stage.WISHLIST:
            wished = [_Happened(Act.WISHED, Day(begun))]
            self._keep_unused(wished, DAYS)
            return self._numbered(wished)
        found = [_Happened(Act.WISHED, Day(added))] if added and added < begun else []
        found.append(_Happened(Act.APPLIED, Day(begun)))
        later = max(begun, changed or begun)
        if status.stage is Stage.INTERVIEWING and not interviews:
            interviews = [Day(later)]
        found += [_Happened(Act.INTERVIEW, one, rounds if len(interviews) == 1 else 0) for one in interviews]
        if offered or status.stage is Stage.OFFER:
            found.append(_Happened(Act.OFFER, Day(offered or later)))
        if status.stage is Stage.ACCEPTED:
            found.append(_Happened(Act.ACCEPTED, self._last(found, ended, later)))
        elif status.stage is Stage.LOST or ended:
            found.append(_Happened(Act.LOST, self._last(found, ended, later), loss=status.loss or Loss.REJECTED))
        self._keep_unused(found, (Holds.ADDED, Holds.CHANGED))
        return self._numbered(found)

    def _keep_unused(self, found: Sequence[_Happened], among: Iterable[Holds]) -> None:
        """Days on which nothing is known to have happened go to the note."""
        known = {one.when.on for one in found}
        for holds in among:
            if not {when.on for when in self._days(holds, told=True)} <= known:
                self._keep(holds)

    def _meant(
        self, applied: date | None, offered: date | None, ended: date | None, interviews: Sequence[Day]
    ) -> Status:
        """Where an application stands that does not say so."""
        sent = self._words(Holds.SENT)
        if ended:
            return Status(Stage.LOST, Loss.REJECTED)
        if offered:
            return Status(Stage.OFFER)
        if interviews:
            return Status(Stage.INTERVIEWING)
        return Status(Stage.WISHLIST) if not applied and sent and sent[0].casefold() in _NO else _APPLIED

    def _last(self, found: Sequence[_Happened], ended: date | None, later: date) -> Day:
        """The day it ended, which is none before what happened."""
        last = max(min(one.when.on, self._today) for one in found)
        if ended and ended < last:
            self.remarks.append(f"it ended on {day(ended)}, before what else happened; kept as of {day(last)}")
        return Day(max(last, ended or later))

    def _numbered(self, found: Iterable[_Happened]) -> list[Event]:
        return [
            Event(
                id=self._line * _NUMBERED + at,
                person_id=0,
                application_id=self._line,
                act=one.act,
                on=min(one.when.on, self._today),
                noted_at=self._now,
                round=one.round,
                loss=one.loss,
                starts_at=self._instant(one),
            )
            for at, one in enumerate(found)
        ]

    def _instant(self, one: _Happened) -> datetime | None:
        if one.act is not Act.INTERVIEW or one.when.at is None:
            return None
        return times.instant(one.when.on, one.when.at, self._zone)


def _link(words: str) -> str:
    try:
        return links.read(words)
    except links.BadLink:
        return ""
