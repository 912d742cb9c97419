"""Taking a file into the search: it is read, looked at before anything is kept, and kept in one piece."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import importing as rules
from bot.core import text as texts
from bot.core.cells import Order, order_of
from bot.core.errors import Told
from bot.core.follow_up import Case, is_long_quiet
from bot.core.importing import Found, Incoming, Plan
from bot.core.journal import Gone, owned
from bot.core.layout import DAYS, MANY, Holds
from bot.core.people import Person, Seeker
from bot.core.search import NAME_LIMIT, took_place
from bot.core.sheet import Called, Choices, Column, columns_of, of_rows, stages_of
from bot.papers import sheet
from bot.store import archive as archives
from bot.store import board as board_rows
from bot.store import follow_up as follow_up_rows
from bot.store import importing as rows
from bot.store.db import Tx
from bot.store.importing import Sent
from bot.usecases import _waiting, search
from bot.usecases._changes import Change, changing
from bot.usecases._waiting import Pending
from bot.usecases.app import App
from bot.usecases.people import seeking

GONE = (
    "That file no longer waits: another came after it, it was decided about, or a day has passed. "
    "/search import takes it again."
)
OURS = (".csv", ".json")  # as a search is exported; a long one comes back
CHANGED = "That table has changed meanwhile. /search import takes it again."
READ_ANEW = "You chose meanwhile how to read that file. Look once more: nothing was imported yet."
NOTHING = "There is nothing in that file to be added as it is read now."
NOT_YOURS = "That file is somebody else's, so only they can import it."
Reread = Callable[[Pending], Choices]  # another way to read a file that waits


class NothingNew(Told):
    """A file of which nothing would be added."""


class ReadAnew(Told):
    """A file that somebody reads in another way while it is to be imported."""


class Shown(NamedTuple):
    """A file as it is looked at before it is imported."""

    id: int
    name: str
    plan: Plan = Plan()
    tab: str = ""
    layout: str = ""  # the tracker that it comes from
    heading: int = 0  # the line of the headings; 0 where there is none
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

    @property
    def first_is_day(self) -> bool:
        """Whether of two numbers the first is read as the day: as it was chosen, else as the table shows it."""
        return (self.order.day_first if self.day_first is None else self.day_first) is not False


class Imported(NamedTuple):
    """What was added."""

    applications: int
    events: int
    quiet: int = 0  # of them for so long that no morning asks about each
    last: int = 0  # the last event


# ------------------------------------------------------------------ looking


async def begin(app: App, who: Person, name: str, size: int, fetch: Callable[[], Awaitable[bytes]]) -> Shown:
    """Read a file of `size` bytes and let it wait; raises NotSeeking or BadFile, the first before it is fetched."""
    seeker = await seeking(app.db.reading, who)
    sheet.check_size(size, sheet.MOST_OF_OURS if name.casefold().endswith(OURS) else sheet.MOST_BYTES)
    name = texts.shorten(texts.clean(name), NAME_LIMIT)
    content, choices = await asyncio.to_thread(_waiting.read, await fetch(), name)
    async with app.db.writing() as tx:
        import_id = await rows.keep(tx, seeker.id, content, choices, app.now())
    return await shown(app, who, import_id)


async def shown(app: App, who: Person, import_id: int) -> Shown:
    """What a file that waits would add; raises NotSeeking, Gone or NotYours."""
    seeker, pending = await _own(app.db.reading, who, import_id)
    return await _looked_at(app, app.db.reading, seeker, import_id, pending)


async def choose(app: App, who: Person, import_id: int, reread: Reread) -> Shown:
    """Read a file in another way; raises NotSeeking, Gone or NotYours."""
    async with app.db.writing() as tx:
        _, pending = await _own(tx, who, import_id)
        await rows.choose(tx, import_id, _waiting.written(reread(pending)))
    return await shown(app, who, import_id)


def holding(column: int, holds: Holds) -> Reread:
    """A column holds something else; what only one can hold it takes from another."""

    def reread(pending: Pending) -> Choices:
        choices = pending.choices
        freed = [Holds.KEPT if one is holds and holds not in MANY else one for one in choices.columns]
        return choices._replace(columns=tuple(holds if at == column else one for at, one in enumerate(freed)))

    return reread


def calling(turn: int, stage: str) -> Reread:
    """What a stage is called, counted from 0 as they are shown, means another one; raises Gone."""

    def reread(pending: Pending) -> Choices:
        called = stages_of(pending.sheet.rows[1:], pending.choices) if pending.sheet else ()
        if turn >= len(called):
            raise Gone(CHANGED)
        return pending.choices._replace(stages={**pending.choices.stages, called[turn].words: stage})

    return reread


def with_day_first(day_first: bool) -> Reread:
    """Of two numbers the first is the day, or the month."""
    return lambda pending: pending.choices._replace(day_first=day_first)


# ------------------------------------------------------------------ deciding


async def keep(app: App, who: Person, import_id: int) -> Imported:
    """Import a file that waits; raises NotSeeking, Gone, NotYours, NothingNew or ReadAnew.

    To read a long one takes seconds, so that is done before others have to wait.
    """
    seeker, sent = await _sent(app.db.reading, who, import_id)
    pending = await asyncio.to_thread(_waiting.pending, sent.content, sent.choices)
    found, shown = await asyncio.to_thread(_judged, import_id, pending, search.local(app, seeker))
    if shown.lacks or shown.unclear:
        raise NothingNew(NOTHING)
    async with changing(app, who) as change:
        if (await _sent(change.tx, who, import_id))[1].choices != sent.choices:
            raise ReadAnew(READ_ANEW)
        plan = await asyncio.to_thread(rules.plan, found, await archives.whole(change.tx, change.seeker.id))
        if not plan.events:
            raise NothingNew(NOTHING)
        done = await _add(change, plan)
        await rows.let_go(change.tx, import_id)
    return done


async def let_go(app: App, who: Person, import_id: int) -> None:
    """Forget a file that waits; raises NotSeeking, Gone or NotYours."""
    async with app.db.writing() as tx:
        await _own(tx, who, import_id)
        await rows.let_go(tx, import_id)


async def _own(tx: Tx, who: Person, import_id: int) -> tuple[Seeker, Pending]:
    seeker, found = await _sent(tx, who, import_id)
    return seeker, await asyncio.to_thread(_waiting.pending, found.content, found.choices)


async def _sent(tx: Tx, who: Person, import_id: int) -> tuple[Seeker, Sent]:
    seeker, found = await seeking(tx, who), await rows.get(tx, import_id)
    return seeker, owned(found, lambda one: one.who == who, GONE, NOT_YOURS)


async def _add(change: Change, plan: Plan) -> Imported:
    """Keep what is new, in the order in which it was noted."""
    numbers = await _add_applications(change, plan)
    noted: dict[int | None, int] = {}
    for event in plan.events:
        of, about = numbers[event.application_id], noted.get(event.about)
        kept = await change.note(event._replace(person_id=change.seeker.id, application_id=of, about=about))
        noted[event.id] = kept.id
    quiet, last = 0, max(noted.values())
    for one in plan.added:
        number = numbers[one.application.id]
        assert number is not None
        if one.hushed:
            await follow_up_rows.hush(change.tx, number)
        if one.step:
            await board_rows.plan(change.tx, number, one.step)
        if _is_long_quiet(change.app, change.seeker, one):
            await follow_up_rows.let_rest(change.tx, number, last)
            quiet += 1
    return Imported(len(plan.added), len(plan.events), quiet, last)


async def _add_applications(change: Change, plan: Plan) -> dict[int | None, int | None]:
    """Their numbers, by those that they have in the file."""
    ideas, experiments = await rows.origins(change.tx, change.seeker.id)
    numbers: dict[int | None, int | None] = {None: None}
    for one in plan.added:
        idea, experiment = ideas.get(one.came_from.idea_at), experiments.get(one.came_from.experiment_at)
        made = one.application._replace(person_id=change.seeker.id, idea_id=idea, experiment_id=experiment)
        numbers[made.id] = (await change.add(made)).id
    return numbers


def _is_long_quiet(app: App, seeker: Seeker, one: Incoming) -> bool:
    case = Case(one.application.standing, took_place(one.events), (), ZoneInfo(seeker.zone), one.step, one.hushed)
    return is_long_quiet(case, search.local(app, seeker).date())


# ------------------------------------------------------------------ what it would add


async def _looked_at(app: App, tx: Tx, seeker: Seeker, import_id: int, pending: Pending) -> Shown:
    known = await archives.whole(tx, seeker.id)
    found, shown = await asyncio.to_thread(_judged, import_id, pending, search.local(app, seeker))
    return shown._replace(plan=await asyncio.to_thread(rules.plan, found, known))


def _judged(import_id: int, pending: Pending, now: datetime) -> tuple[Found, Shown]:
    """What stands in a file, and how it is read; of a long one it takes seconds."""
    shown = Shown(import_id, pending.name)
    if pending.reading:
        return rules.of_archive(pending.reading, now.date()), shown
    assert pending.sheet
    heading, *below = pending.sheet.rows
    choices = pending.choices
    shown = shown._replace(
        tab=pending.sheet.tab,
        layout=pending.layout,
        heading=heading.line,
        columns=columns_of(heading, below, choices.columns),
        stages=stages_of(below, choices),
        order=order_of(row.cells[at] for row in below for at, holds in enumerate(choices.columns) if holds in DAYS),
        day_first=choices.day_first,
    )
    read_by = choices._replace(day_first=shown.first_is_day)
    return of_rows(heading, below, read_by, now, _waiting.spelled(now)), shown
