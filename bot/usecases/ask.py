"""What a seeker asks their friends for: asking, changing, closing, and being asked whether it is still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import ask as rules
from bot.core import rhythm as times
from bot.core.ask import Request
from bot.core.delivery import WAITING, Kind
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker
from bot.store import ask as rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _posted, _pump, summary
from bot.usecases._weeks import OF_WEEK
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered
from bot.usecases.people import seeking, sought, still_seeking

GONE = "That ask is no longer here. /ask list shows what is open."
NOT_YOURS = "That question was for somebody else, so only they can answer it."
AT_ONCE = 2  # of the weeks that show an ask, the newest; older posts are revised by the next round


class Shown(NamedTuple):
    """Where an ask that changed is shown: the weeks to settle and the messages to revise at once."""

    seeker: Seeker
    weeks: list[int]
    stale: list[str]


# ------------------------------------------------------------------ asking


async def add(app: App, who: Person, text: str) -> Request:
    """Ask for something new; raises NoWords, AskTooLong, AlreadyAsked or TooManyOpen."""
    words, now = rules.checked_words(text), app.now()
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        rules.check_new(words, await rows.opened(tx, seeker.id))
        first = rules.first_asked_at(now, app.settings.morning, seeker.quiet, ZoneInfo(seeker.zone))
        number = await rows.add(tx, seeker.id, words, first, now)
        shown = await _mark(tx, seeker, Request(number, seeker.id, words, now, first), now)
    await revise(app, shown)
    return await _now(app, number)


async def check_room(app: App, who: Person, week_id: int = 0) -> None:
    """Before somebody writes, from a week's draft or (0) from none, by one read.

    Raises Gone, NotYours, NotSeeking or TooManyOpen.
    """
    found, week_of, opened = await rows.before(app.db.reading, who, week_id)
    if week_id:
        owned(week_of, lambda number: found is not None and number == found.id, summary.GONE, summary.NOT_YOURS)
    still_seeking(found)
    rules.check_room(opened)


async def opened(app: App, who: Person) -> list[Request]:
    """A seeker's open asks, oldest first, also after they left."""
    seeker = await sought(app.db.reading, who)
    return await rows.opened(app.db.reading, seeker.id)


async def choices(app: App, who: Person) -> list[Request]:
    """The open asks that somebody can choose from; none for who never asked."""
    number = await people_rows.number_of(app.db.reading, who)
    return await rows.opened(app.db.reading, number) if number else []


async def close(app: App, who: Person, wish: str) -> Request:
    """Close one of a seeker's asks, by number or words, also after they left; raises NoSuchAsk or AlreadyClosed."""
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        request = rules.meant(wish, await rows.of_person(tx, seeker.id))
        shown = await _close(tx, seeker, request, app.now())
    await revise(app, shown)
    return await _now(app, request.id)


async def _close(tx: Tx, seeker: Seeker, request: Request, now: datetime) -> Shown:
    await rows.close(tx, request.id, now)
    return await _mark(tx, seeker, request, now)


# ------------------------------------------------------------------ the end of a journey, and when it was none


async def close_all(tx: Tx, seeker: Seeker, now: datetime) -> Shown:
    """Close all that a seeker asks for, as their journey ends."""
    opened = await rows.opened(tx, seeker.id)
    return _together(seeker, [await _close(tx, seeker, request, now) for request in opened])


async def open_again(app: App, tx: Tx, seeker: Seeker, closed_at: datetime) -> Shown:
    """What was closed at that instant is open again: the journey goes on after all."""
    closed = [request for request in await rows.of_person(tx, seeker.id) if request.closed_at == closed_at]
    for request in closed:
        await rows.open_again(tx, request.id)
        await _put_off(app, tx, seeker, request)
    return _together(seeker, [await _mark(tx, seeker, request, app.now()) for request in closed])


def _together(seeker: Seeker, shown: Iterable[Shown]) -> Shown:
    weeks, stale = dict[int, None](), list[str]()
    for one in shown:
        weeks |= dict.fromkeys(one.weeks)
        stale += one.stale
    return Shown(seeker, list(weeks), stale)


# ------------------------------------------------------------------ still open?


async def say_open(app: App, who: Person, delivery_id: str) -> None:
    """The answer to whether an ask is still open: it is; raises Gone, NotYours or AlreadyClosed."""
    async with app.db.writing() as tx:
        seeker, request = await _asked(tx, await seeking(tx, who), delivery_id)
        await _put_off(app, tx, seeker, request)
        shown = await _mark(tx, seeker, request, app.now())
    await revise(app, shown)


async def close_asked(app: App, who: Person, delivery_id: str) -> None:
    """The answer that it is not, also of who left; raises Gone, NotYours or AlreadyClosed."""
    async with app.db.writing() as tx:
        seeker, request = await _asked(tx, await sought(tx, who), delivery_id)
        shown = await _close(tx, seeker, request, app.now())
    await revise(app, shown)


async def change_asked(app: App, who: Person, delivery_id: str, text: str) -> None:
    """Other words for an ask that stays open; raises NoWords, AskTooLong, AlreadyAsked, Gone and the like."""
    words = rules.checked_words(text)
    async with app.db.writing() as tx:
        seeker, request = await _asked(tx, await seeking(tx, who), delivery_id)
        shown = await _reword(app, tx, seeker, request, words)
    await revise(app, shown)


async def change(app: App, who: Person, number: int, text: str) -> Request:
    """Other words for an open ask of one's own; raises what `change_asked` does."""
    words = rules.checked_words(text)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        shown = await _reword(app, tx, seeker, await _own(tx, seeker, number), words)
    await revise(app, shown)
    return await _now(app, number)


async def words_of(app: App, who: Person, number: int) -> str:
    """What an open ask of one's own says so far, by one read; raises Gone, NotYours or AlreadyClosed."""
    return _words(await rows.owned(app.db.reading, number), who)


def _words(found: tuple[Person, Request] | None, who: Person) -> str:
    request = owned(found, lambda one: one[0] == who, GONE, NOT_YOURS)[1]
    rules.check_open(request)
    return request.words


async def _reword(app: App, tx: Tx, seeker: Seeker, request: Request, words: str) -> Shown:
    rules.check_new(words, [other for other in await rows.opened(tx, seeker.id) if other.id != request.id])
    await rows.reword(tx, request.id, words)
    await _put_off(app, tx, seeker, request)
    return await _mark(tx, seeker, request, app.now())


async def words_asked(app: App, who: Person, delivery_id: str) -> str:
    """What an ask says that its seeker was asked about, by one read; raises Gone, NotYours or AlreadyClosed."""
    return _words(await rows.questioned(app.db.reading, delivery_id), who)


async def remind(app: App) -> None:
    """Owe the question about every ask that stayed open for two weeks, for its seeker's morning."""
    errors: list[Exception] = []
    for number in await rows.due(app.db.reading, app.now()):
        with gathered(errors):
            async with app.db.writing() as tx:
                await _remind(app, tx, number, app.now())
    if errors:
        raise ExceptionGroup("some asks could not be asked about; it is done again in the next round", errors)


async def _remind(app: App, tx: Tx, number: int, now: datetime) -> None:
    """Owe one such question; in a pause it waits for the first morning after it, once they left for their return."""
    request = await rows.get(tx, number)
    seeker = await people_rows.seeker_by_id(tx, request.person_id) if request else None
    if request is None or seeker is None or request.closed_at or request.next_at > now:
        return
    morning, zone = app.settings.morning, ZoneInfo(seeker.zone)
    due_at = rules.asked_at(request.next_at, now, morning, seeker.quiet, zone)
    if seeker.left_at:
        after, days = now, rules.ASKED_AFTER_DAYS
    elif any(seeker.rests_on(times.local_date(moment, zone)) for moment in (now, due_at)):
        after, days = now, 1
    else:
        after, days = due_at, rules.ASKED_AFTER_DAYS
        asked = await delivery_rows.about(tx, Kind.STILL_OPEN, number)
        if not any(one.state in WAITING for one in asked):  # one that a pause held back comes now
            await delivery_rows.owe(
                tx, Kind.STILL_OPEN, seeker.person, number, due_at, person_id=seeker.id, turn=len(asked)
            )
    await rows.set_next(tx, number, rules.morning_in(days, after, morning, seeker.quiet, zone))


# ------------------------------------------------------------------ shared by these


async def _put_off(app: App, tx: Tx, seeker: Seeker, request: Request) -> None:
    zone, now = ZoneInfo(seeker.zone), app.now()
    next_at = rules.morning_in(rules.ASKED_AFTER_DAYS, now, app.settings.morning, seeker.quiet, zone)
    await rows.still_open(tx, request.id, next_at, now)


async def _asked(tx: Tx, seeker: Seeker, delivery_id: str) -> tuple[Seeker, Request]:
    """The seeker's own open ask that a delivery is about."""
    delivery = await delivery_rows.get(tx, delivery_id)
    asked = delivery is not None and delivery.kind is Kind.STILL_OPEN
    return seeker, await _own(tx, seeker, delivery.subject if delivery and asked else 0)


async def _own(tx: Tx, seeker: Seeker, number: int) -> Request:
    """The seeker's own open ask."""
    request = owned(await rows.get(tx, number), lambda one: one.person_id == seeker.id, GONE, NOT_YOURS)
    rules.check_open(request)
    return request


async def _mark(tx: Tx, seeker: Seeker, request: Request, now: datetime) -> Shown:
    """Whatever shows an ask is to be revised."""
    monday = times.monday_of(times.local_date(now, ZoneInfo(seeker.zone)))
    weeks = await rows.weeks_with(tx, request, monday - timedelta(days=7))
    stale = await standing_rows.mark_about(tx, (Kind.STILL_OPEN,), request.id, now)
    for place, week_id in enumerate(weeks):
        marked = await standing_rows.mark_about(tx, OF_WEEK, week_id, now)
        stale += marked if place < AT_ONCE else []
    return Shown(seeker, weeks[:AT_ONCE], stale)


async def revise(app: App, shown: Shown) -> None:
    """Once it is committed: whatever shows asks that changed is revised."""
    with _pump.kept_anyway():
        for week_id in shown.weeks:
            await _posted.settle_posts(app, shown.seeker, week_id)
    await _pump.refresh_now(app, shown.stale)


async def _now(app: App, number: int) -> Request:
    request = await rows.get(app.db.reading, number)
    if request is None:
        raise Gone(GONE)
    return request
