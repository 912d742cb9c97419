"""Interviews follow their events: planned, moved or taken back; and the messages about each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import interview as rules
from bot.core.board import rounds
from bot.core.delivery import Delivery, Kind
from bot.core.interview import Due, Interview, Turn, Upcoming
from bot.core.people import Seeker
from bot.core.search import Act, Event, took_place
from bot.store import delivery as delivery_rows
from bot.store import interview as rows
from bot.store import search as search_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _trials
from bot.usecases.app import App

RECENT = timedelta(days=3)  # what lies further back is not told of any more


async def follow(app: App, tx: Tx, seeker: Seeker, application_id: int, events: Sequence[Event]) -> list[str]:
    """Let the interviews of an application be as its events say; the messages to refresh."""
    planned = {one.id: one for one in took_place(events) if one.act is Act.INTERVIEW and one.starts_at}
    known, stale = await rows.of_application(tx, application_id), list[str]()
    for interview in known:
        event = planned.pop(interview.event_id, None)
        if event is None or event.starts_at is None:
            await _take_back(app, tx, interview)
        elif event.starts_at != interview.starts_at:
            next_at = rules.next_of(_course(seeker, event.starts_at), app.now())
            await _drop_waiting(app, tx, interview)
            await rows.move(tx, interview.id, event.starts_at, next_at)
        if event is None or max(interview.starts_at, event.starts_at or interview.starts_at) > app.now() - RECENT:
            stale += await mark(app, tx, interview.id)
    for event in planned.values():
        await _plan(app, tx, seeker, application_id, event)
    return stale


async def _plan(app: App, tx: Tx, seeker: Seeker, application_id: int, event: Event) -> None:
    assert event.starts_at
    next_at = rules.next_of(_course(seeker, event.starts_at), app.now())
    if next_at:
        await rows.add(tx, Interview(0, seeker.id, application_id, event.id, event.starts_at, next_at=next_at))


async def _take_back(app: App, tx: Tx, interview: Interview) -> None:
    await _drop_waiting(app, tx, interview)
    await rows.drop(tx, interview.id)


async def _drop_waiting(app: App, tx: Tx, interview: Interview) -> None:
    await delivery_rows.drop_waiting(tx, Kind.INTERVIEW, interview.id, app.now())


def _course(seeker: Seeker, starts_at: datetime) -> tuple[Due, ...]:
    return rules.course(starts_at, seeker.quiet, ZoneInfo(seeker.zone))


async def arm_all(app: App, tx: Tx, seeker: Seeker) -> None:
    """A seeker's zone or hours are others now: what is to come about interviews comes by them."""
    for one in await rows.awaited(tx, seeker.id):
        await rows.set_next(tx, one.id, rules.next_of(_course(seeker, one.starts_at), app.now()))


async def owe(app: App, tx: Tx, seeker: Seeker, interview: Interview) -> None:
    """Owe the message about an interview that is due: of several the last, and none that is of no use any more."""
    now, course = app.now(), _course(seeker, interview.starts_at)
    due = [one for one in course if one.at <= now < one.until]
    if due:
        last = due[-1]
        await delivery_rows.owe(
            tx, Kind.INTERVIEW, seeker.person, interview.id, last.at,
            person_id=seeker.id, turn=interview.turn(last.turn), expires_at=last.until,
        )  # fmt: skip
    await rows.set_next(tx, interview.id, rules.next_of(course, now))


async def mark(app: App, tx: Tx, interview_id: int) -> list[str]:
    """What tells of an interview is to be revised; those messages' ids."""
    return await standing_rows.mark_about(tx, (Kind.INTERVIEW,), interview_id, app.now())


# ------------------------------------------------------------------ the messages


async def wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """Whether it is still of use: of an interview of something open, at the time that the message is about.

    Reminders go on in a pause; how it was is not asked then, nor where that is known already.
    """
    what = await upcoming(app, delivery)
    if what is None or what.moved or what.application.standing.ended:
        return False
    if what.turn is not Turn.AFTER:
        return app.now() < what.interview.starts_at
    return what.event.energy is None and not await _trials.rests(app.db.reading, seeker, app.now())


async def upcoming(app: App, delivery: Delivery) -> Upcoming | None:
    """What the message says now; None where there is no such interview any more."""
    tx = app.db.reading
    interview = await rows.get(tx, delivery.subject)
    application = await search_rows.get(tx, interview.application_id) if interview else None
    if interview is None or application is None:
        return None
    events = took_place(await search_rows.events_with(tx, application.id))
    event = next((one for one in events if one.id == interview.event_id), None)
    if event is None:
        return None
    moved, turn = rules.turn_of(delivery.turn)
    round_ = rounds(events)[event.id]
    return Upcoming(delivery.id, turn, interview, event, application, round_, moved=moved != interview.moved)
