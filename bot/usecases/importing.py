"""Taking a file into the search: it is read, looked at before anything is kept, and kept in one piece."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from bot import when as dates
from bot.core import importing as rules
from bot.core import text as texts
from bot.core.archive import Archive, BadFile, Reading, Remark
from bot.core.cells import Day, Order, order_of
from bot.core.dates import BadDate
from bot.core.errors import Told
from bot.core.importing import Plan
from bot.core.journal import Gone, NotYours
from bot.core.layout import DAYS, MANY, NO_HEADING, Holds, layout_of
from bot.core.people import Person, Seeker
from bot.core.search import NAME_LIMIT
from bot.core.sheet import Called, Choices, Column, Row, Sheet, columns_of, of_rows, stages_of
from bot.papers import search_json, sheet, table
from bot.store import archive as archives
from bot.store import board as board_rows
from bot.store import follow_up as follow_up_rows
from bot.store import importing as rows
from bot.store import search as search_rows
from bot.store.db import Tx
from bot.usecases import _masks, search
from bot.usecases.app import App
from bot.usecases.people import seeking

GONE = "That file no longer waits: it was decided about, or a day has passed. /search import takes it again."
NOT_YOURS = "That file is somebody else's, so only they can import it."


class NothingNew(Told):
    """A file of which nothing would be added."""


class Shown(NamedTuple):
    """A file as it is looked at before it is imported."""

    id: int
    name: str
    plan: Plan
    tab: str = ""
    layout: str = ""  # the tracker that it comes from
    columns: tuple[Column, ...] = ()  # none of a file of our own
    stages: tuple[Called, ...] = ()
    order: Order = Order(True)  # of day and month, as the table shows it
    day_first: bool | None = None  # as it was chosen

    @property
    def lacks(self) -> tuple[Holds, ...]:
        """The columns without which nothing can be imported."""
        held = {column.holds for column in self.columns}
        return tuple(one for one in (Holds.COMPANY, Holds.ROLE) if self.columns and one not in held)

    @property
    def unclear(self) -> bool:
        """Whether it has to be asked which of two numbers is the day."""
        return self.order.day_first is None and self.day_first is None


class _Pending(NamedTuple):
    """A file that waits, as it was read."""

    name: str
    sheet: Sheet | None  # of a table of somebody else
    reading: Reading | None  # of a file of ours
    choices: Choices
    layout: str = ""


class Imported(NamedTuple):
    """What was added."""

    applications: int
    events: int


# ------------------------------------------------------------------ looking


async def begin(app: App, who: Person, name: str, size: int, fetch: Callable[[], Awaitable[bytes]]) -> Shown:
    """Read a file of `size` bytes and let it wait; raises NotSeeking or BadFile, the first before it is fetched."""
    seeker = await seeking(app.db.reading, who)
    sheet.check_size(size)
    name = texts.shorten(texts.clean(name), NAME_LIMIT)
    content, choices = await asyncio.to_thread(_read, await fetch(), name)
    async with app.db.writing() as tx:
        import_id = await rows.keep(tx, seeker.id, content, choices, app.now())
    return await shown(app, who, import_id)


async def shown(app: App, who: Person, import_id: int) -> Shown:
    """What a file that waits would add; raises NotSeeking, Gone or NotYours."""
    seeker, pending = await _own(app.db.reading, who, import_id)
    return await _looked_at(app, app.db.reading, seeker, import_id, pending)


async def choose(app: App, who: Person, import_id: int, change: Callable[[Choices], Choices]) -> Shown:
    """Read a file in another way; raises NotSeeking, Gone or NotYours."""
    async with app.db.writing() as tx:
        _, pending = await _own(tx, who, import_id)
        await rows.choose(tx, import_id, _written(change(pending.choices)))
    return await shown(app, who, import_id)


def holding(column: int, holds: Holds) -> Callable[[Choices], Choices]:
    """A change: a column holds something else; what only one can hold it takes from another."""

    def change(choices: Choices) -> Choices:
        freed = [Holds.KEPT if one is holds and holds not in MANY else one for one in choices.columns]
        return choices._replace(columns=tuple(holds if at == column else one for at, one in enumerate(freed)))

    return change


def calling(words: str, stage: str) -> Callable[[Choices], Choices]:
    """A change: what a stage is called means another one."""
    return lambda choices: choices._replace(stages={**choices.stages, words: stage})


def with_day_first(day_first: bool) -> Callable[[Choices], Choices]:
    """A change: of two numbers the first is the day, or the month."""
    return lambda choices: choices._replace(day_first=day_first)


# ------------------------------------------------------------------ deciding


async def keep(app: App, who: Person, import_id: int) -> Imported:
    """Import a file that waits; raises NotSeeking, Gone, NotYours or NothingNew."""
    async with app.db.writing() as tx:
        seeker, pending = await _own(tx, who, import_id)
        found = await _looked_at(app, tx, seeker, import_id, pending)
        if found.lacks or found.unclear or not (found.plan.added or found.plan.loose):
            raise NothingNew("There is nothing in that file to be added as it is read now.")
        await _add(app, tx, seeker, found.plan)
        await rows.let_go(tx, import_id)
        marked = await _masks.noted(app, tx, seeker, *found.plan.events, renamed=True)
    await _masks.revise(app, seeker, marked)
    return Imported(len(found.plan.added), len(found.plan.events))


async def let_go(app: App, who: Person, import_id: int) -> None:
    """Forget a file that waits; raises NotSeeking, Gone or NotYours."""
    async with app.db.writing() as tx:
        await _own(tx, who, import_id)
        await rows.let_go(tx, import_id)


async def _own(tx: Tx, who: Person, import_id: int) -> tuple[Seeker, _Pending]:
    seeker, found = await seeking(tx, who), await rows.get(tx, import_id)
    if found is None:
        raise Gone(GONE)
    if found.who != who:
        raise NotYours(NOT_YOURS)
    return seeker, await asyncio.to_thread(_pending, found.content, found.choices)


async def _add(app: App, tx: Tx, seeker: Seeker, plan: Plan) -> None:
    """Keep what is new, in the order in which it was noted, and say where each application stands."""
    ideas, experiments = await rows.origins(tx, seeker.id)
    numbers: dict[int | None, int | None] = {None: None}
    for one in plan.added:
        made = one.application._replace(person_id=seeker.id)
        made = made._replace(
            idea_id=made.idea_id if made.idea_id in ideas else None,
            experiment_id=made.experiment_id if made.experiment_id in experiments else None,
        )
        numbers[made.id] = await search_rows.add(tx, made)
    noted: dict[int | None, int] = {}
    for event in plan.events:
        of, about = numbers[event.application_id], noted.get(event.about)
        noted[event.id] = await search_rows.note(
            tx, event._replace(person_id=seeker.id, application_id=of, about=about)
        )
    for one in plan.added:
        number = numbers[one.application.id]
        assert number is not None
        if one.hushed:
            await follow_up_rows.hush(tx, number, hushed=True)
        if one.step:
            await board_rows.plan(tx, number, one.step)
        await search.refold(app, tx, seeker, number)


# ------------------------------------------------------------------ what waits, as it is stored


def _read(data: bytes, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a file holds, and how it is to be read; raises BadFile."""
    sheet.check_size(len(data))
    if name.casefold().endswith(".json"):
        return _stored(name, Reading(search_json.read(data))), {}
    found = sheet.read(data, name)
    cells = [row.cells for row in found.rows]
    layout = layout_of(cells)
    heading, rest = _heading(found, layout.heading), found.rows[layout.heading + 1 :]
    if not rest:
        raise BadFile("There is one row in that file, and nothing below it. Nothing was kept.")
    if table.is_ours(heading.cells):
        return _stored(name, table.read(heading.cells, rest)), {}
    content = {
        "name": name,
        "tab": found.tab,
        "layout": layout.name,
        "rows": [[row.line, *row.cells] for row in (heading, *rest)],
    }
    return content, _written(Choices(layout.columns))


def _heading(found: Sheet, at: int) -> Row:
    """The heading of a table; one without any gets letters, as a spreadsheet gives them."""
    if at != NO_HEADING:
        return found.rows[at]
    return Row(0, tuple(f"Column {chr(65 + turn)}" if turn < 26 else "" for turn in range(len(found.rows[0].cells))))


def _stored(name: str, reading: Reading) -> dict[str, Any]:
    return {
        "name": name,
        "archive": search_json.write(reading.archive).decode(),
        "refused": reading.refused,
        "lines": reading.lines,
    }


def _written(choices: Choices) -> dict[str, Any]:
    return {"columns": choices.columns, "day_first": choices.day_first, "stages": dict(choices.stages)}


def _pending(content: Mapping[str, Any], choices: Mapping[str, Any]) -> _Pending:
    if "archive" in content:
        refused = tuple(Remark(*one) for one in content["refused"])
        lines = tuple((number, line) for number, line in content["lines"])
        reading = Reading(search_json.read(content["archive"].encode()), refused, lines)
        return _Pending(content["name"], None, reading, Choices(()))
    found = tuple(Row(line, tuple(cells)) for line, *cells in content["rows"])
    columns = tuple(Holds(one) for one in choices["columns"])
    read_by = Choices(columns, choices["day_first"], choices["stages"])
    return _Pending(content["name"], Sheet(found, content["tab"]), None, read_by, content["layout"])


# ------------------------------------------------------------------ what it would add


async def _looked_at(app: App, tx: Tx, seeker: Seeker, import_id: int, pending: _Pending) -> Shown:
    known = await archives.whole(tx, seeker.id)
    return await asyncio.to_thread(_judged, import_id, pending, known, search.local(app, seeker))


def _judged(import_id: int, pending: _Pending, known: Archive, now: datetime) -> Shown:
    if pending.reading:
        return Shown(import_id, pending.name, rules.plan(rules.of_archive(pending.reading, now.date()), known))
    assert pending.sheet
    heading, *below = pending.sheet.rows
    choices = pending.choices
    order = order_of(row.cells[at] for row in below for at, holds in enumerate(choices.columns) if holds in DAYS)
    read_by = choices._replace(day_first=order.day_first if choices.day_first is None else choices.day_first)
    found = of_rows(heading, below, read_by, now, _spelled(now))
    return Shown(
        import_id,
        pending.name,
        rules.plan(found, known),
        pending.sheet.tab,
        pending.layout,
        columns_of(heading, below, choices.columns),
        stages_of(below, choices),
        order,
        choices.day_first,
    )


def _spelled(now: datetime) -> Callable[[str], Day | None]:
    """Reads days in words as somebody types them; the same words are read once."""

    @cache
    def read(cell: str) -> Day | None:
        try:
            found = dates.read(cell, now)
        except BadDate:
            return None
        return Day(found.on, found.at)

    return read
