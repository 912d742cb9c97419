"""Follow-ups: a morning names what is due, at most five a day in one message, and each is answered by a press."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import follow_up as rules
from bot.core import rhythm as times
from bot.core.board import Step
from bot.core.delivery import WAITING, Kind
from bot.core.follow_up import Coming, Reminder, Reply, Sort
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker
from bot.core.search import Act, Event, Loss
from bot.store import board as board_rows
from bot.store import conversations
from bot.store import delivery as delivery_rows
from bot.store import follow_up as rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _follow_ups, _pump, _trials, search
from bot.usecases._changes import Change, changing
from bot.usecases._mornings import next_morning
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered
from bot.usecases.people import seeking
from bot.usecases.search import Logged

GONE = "That is no longer here. /search next shows what is due."
NOT_YOURS = "That is somebody else's search, so only they can answer it."


# ------------------------------------------------------------------ reminding


async def remind(app: App) -> None:
    """Owe each seeker the message of this morning; errors are raised when all is done."""
    errors = list[Exception]()
    for person_id in await rows.due(app.db.reading, app.now()):
        with gathered(errors):
            async with app.db.writing() as tx:
                await _remind(app, tx, person_id)
    if errors:
        raise ExceptionGroup("some follow-ups could not be named; they are in the next round", errors)


async def _remind(app: App, tx: Tx, person_id: int) -> None:
    """One message for a day, which is that of its sending; what it does not hold waits for the next morning."""
    seeker = await people_rows.seeker_by_id(tx, person_id)
    if seeker is None:
        return
    zone = ZoneInfo(seeker.zone)
    goes_at = times.after_quiet(app.now(), seeker.quiet, zone)
    due = await rows.due_of(tx, person_id, app.now())
    if await _may_name(tx, seeker, goes_at):
        named = await _name(app, tx, seeker, [number for number, _ in due])
        if named:
            await _owe(app, tx, seeker, times.local_date(goes_at, zone), named, min(at for _, at in due))
    await rows.put_off(tx, person_id, app.now(), next_morning(app, seeker, goes_at))


async def _may_name(tx: Tx, seeker: Seeker, goes_at: datetime) -> bool:
    """Whether something may be named on a day: none of rest, none that has a message, and none waits to be sent."""
    if seeker.left_at or seeker.landed_at or await conversations.closed(tx, [seeker.id]):
        return False
    if await _trials.rests(tx, seeker, goes_at):
        return False
    newest = await rows.newest_morning(tx, seeker.id)
    if newest is None:
        return True
    waits = any(one.state in WAITING for one in await delivery_rows.about(tx, Kind.FOLLOW_UPS, newest[0]))
    return not waits and newest[1] < times.local_date(goes_at, ZoneInfo(seeker.zone))


async def _name(app: App, tx: Tx, seeker: Seeker, numbers: list[int]) -> list[tuple[int, Coming]]:
    """The first of those that are still due, judged anew."""
    found: list[tuple[int, Coming]] = []
    for number in numbers:
        if len(found) < rules.MOST and (one := await _follow_ups.due(app, tx, seeker, number)):
            found.append((number, one))
    return found


async def _owe(app: App, tx: Tx, seeker: Seeker, on: date, named: list[tuple[int, Coming]], due_at: datetime) -> None:
    morning_id = await rows.add_morning(tx, seeker.id, on)
    for number, one in named:
        assert one.reminder
        (on_day, words, sort), now = one.reminder, app.now()
        named_now = Reminder(0, morning_id, seeker.id, number, Sort(sort), on_day, words, now, again=one.again)
        await rows.add(tx, named_now)
        await _follow_ups.arm(app, tx, seeker, number)
    await delivery_rows.owe(tx, Kind.FOLLOW_UPS, seeker.person, morning_id, due_at, person_id=seeker.id)


# ------------------------------------------------------------------ answering


async def done(app: App, who: Person, reminder_id: int) -> Logged:
    """It was followed up, which is noted; raises NotSeeking, Gone, NotYours or Answered."""
    async with changing(app, who) as change:
        one = await _open(change.tx, change.seeker, reminder_id)
        event = await _note(change, one, Reply.DONE, one.words if one.sort is Sort.HAND else "")
    return await search.standing_now(app, change.seeker, event)


async def ended(app: App, who: Person, reminder_id: int) -> Logged:
    """It ended in silence; raises NotSeeking, Gone, NotYours or Answered."""
    async with changing(app, who) as change:
        one = await _open(change.tx, change.seeker, reminder_id, Sort.SILENT)
        event = await _note(change, one, Reply.LOST)
    return await search.standing_now(app, change.seeker, event)


async def not_yet(app: App, who: Person, reminder_id: int) -> None:
    """It is asked again after another three weeks; raises NotSeeking, Gone, NotYours or Answered."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        one = await _open(tx, seeker, reminder_id, Sort.SILENT)
        stale = await _settle(app, tx, seeker, one, Reply.NOT_YET)
    await _pump.refresh_now(app, stale)


async def later(app: App, who: Person, reminder_id: int, days: int) -> date:
    """Name this one again in some days, and when that is; raises NotSeeking, Gone, NotYours or Answered."""
    if days not in rules.LATER:
        raise Gone("I can't put it off by that. Press “Later” again and pick one of the days.")
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        one = await _open(tx, seeker, reminder_id)
        until = search.local(app, seeker).date() + timedelta(days=days)
        if one.sort is Sort.HAND:
            await board_rows.plan(tx, one.application_id, Step(until, one.words))
        stale = await _settle(app, tx, seeker, one, Reply.LATER, until)
    await _pump.refresh_now(app, stale)
    return until


async def stop(app: App, who: Person, reminder_id: int) -> None:
    """Name this application no more, unless a day is set by hand; raises NotSeeking, Gone, NotYours or Answered."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        one = await _open(tx, seeker, reminder_id)
        await rows.hush(tx, one.application_id)
        stale = await _settle(app, tx, seeker, one, Reply.STOPPED)
    await _pump.refresh_now(app, stale)


async def go_on(app: App, who: Person, reminder_id: int) -> None:
    """Name an application again after all; raises NotSeeking, Gone or NotYours."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        one = await _own(tx, seeker, reminder_id)
        if one.reply is Reply.STOPPED:
            await rows.unhush(tx, one.application_id)
            planned = await rows.plan_of(tx, one.application_id)
            if one.sort is Sort.HAND and planned and planned.hand is None:
                await board_rows.plan(tx, one.application_id, Step(one.due_on, one.words))
            stale = await _settle(app, tx, seeker, one, Reply.OPEN)
        else:
            stale = await _follow_ups.mark(app, tx, one.morning_id)
    await _pump.refresh_now(app, stale)


async def check(app: App, who: Person, reminder_id: int) -> None:
    """Raises NotSeeking, Gone, NotYours or Answered where a reminder cannot be answered."""
    await _open(app.db.reading, await seeking(app.db.reading, who), reminder_id)


async def _own(tx: Tx, seeker: Seeker, reminder_id: int) -> Reminder:
    return owned(await rows.get(tx, reminder_id), lambda one: one.person_id == seeker.id, GONE, NOT_YOURS)


async def _open(tx: Tx, seeker: Seeker, reminder_id: int, sort: Sort | None = None) -> Reminder:
    one = await _own(tx, seeker, reminder_id)
    one.check_open()
    if sort and one.sort is not sort:
        raise Gone(GONE)
    return one


async def _settle(
    app: App, tx: Tx, seeker: Seeker, one: Reminder, reply: Reply, until: date | None = None
) -> list[str]:
    """Keep what became of a reminder, and what is next then; the messages to refresh."""
    await rows.answer(tx, one.id, reply, until)
    stale = await _follow_ups.arm(app, tx, seeker, one.application_id)
    return [*stale, *await _follow_ups.mark(app, tx, one.morning_id)]


async def _note(change: Change, one: Reminder, reply: Reply, words: str = "") -> Event:
    """Note what a reply says that happened, and settle its reminder."""
    now = change.app.now()
    act, today = rules.NOTED[reply], times.local_date(now, ZoneInfo(change.seeker.zone))
    loss = Loss.GHOSTED if act is Act.LOST else None
    event = Event(0, change.seeker.id, one.application_id, act, today, now, loss=loss, words=words)
    await rows.answer(change.tx, one.id, reply)
    if one.sort is Sort.HAND:
        await board_rows.plan(change.tx, one.application_id, None)
    change.stale += await _follow_ups.mark(change.app, change.tx, one.morning_id)
    return await change.note(event)
