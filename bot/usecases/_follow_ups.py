"""What is next with an application is set anew whenever something happens with it; and the messages of mornings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.core import follow_up as rules
from bot.core import rhythm as times
from bot.core.board import Step
from bot.core.delivery import Delivery, Kind
from bot.core.follow_up import Case, Coming, FollowUps, Reply, Sort
from bot.core.people import Seeker
from bot.core.search import Event, Standing, fold, took_place
from bot.store import follow_up as rows
from bot.store import search as search_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases._mornings import morning
from bot.usecases.app import App


async def arm(app: App, tx: Tx, seeker: Seeker, application_id: int) -> list[str]:
    """Set anew what is next with an application, and when it is named; the messages to refresh."""
    events = await search_rows.events_with(tx, application_id)
    return await follow(app, tx, seeker, application_id, fold(events, ZoneInfo(seeker.zone)), events)


async def follow(
    app: App, tx: Tx, seeker: Seeker, application_id: int, standing: Standing | None, events: Sequence[Event]
) -> list[str]:
    """The same, of an application that is known to stand so by these events; None where it goes."""
    if standing is None:
        gone = await rows.of_application(tx, application_id)
        return [key for one in gone for key in await mark(app, tx, one.morning_id)]
    case = await case_of(tx, seeker, application_id, standing, events)
    case, stale = await _open_again(app, tx, case)
    past = [one for one in case.reminders if one.reply is Reply.OPEN and rules.settles(case, one)]
    for one in past:
        await rows.answer(tx, one.id, Reply.PAST)
        stale += await mark(app, tx, one.morning_id)
    reminders = [one._replace(reply=Reply.PAST) if one in past else one for one in case.reminders]
    case = case._replace(reminders=reminders)
    await _set(app, tx, seeker, application_id, case)
    return stale


async def _open_again(app: App, tx: Tx, case: Case) -> tuple[Case, list[str]]:
    """What was answered, and taken back since, is open as before; the messages to refresh."""
    back = rules.taken_back(case)
    if back is None:
        return case, []
    await rows.answer(tx, back.id, Reply.OPEN)
    hand = Step(back.due_on, back.words) if back.sort is Sort.HAND else None
    case = case._replace(reminders=[*case.reminders[:-1], back._replace(reply=Reply.OPEN)], hand=case.hand or hand)
    return case, await mark(app, tx, back.morning_id)


async def case_of(tx: Tx, seeker: Seeker, application_id: int, standing: Standing, events: Sequence[Event]) -> Case:
    """All that decides what is next with an application that stands so by these events."""
    plan, reminders = await rows.plan_of(tx, application_id), await rows.of_application(tx, application_id)
    hand, hushed, history_to = (plan.hand, plan.hushed, plan.history_to) if plan else (None, False, 0)
    return Case(standing, took_place(events), reminders, ZoneInfo(seeker.zone), hand, hushed, history_to)


async def _set(app: App, tx: Tx, seeker: Seeker, application_id: int, case: Case) -> None:
    found = rules.coming(case, app.now())
    remind_at = _morning_of(app, seeker, found)
    waits = case.hand if case.standing.ended else None  # until it goes on after all
    await rows.set_next(tx, application_id, found.step if found else waits, remind_at)


def _morning_of(app: App, seeker: Seeker, found: Coming | None) -> datetime | None:
    if found is None or found.reminder is None:
        return None
    midnight = times.instant(found.reminder.on, time(), ZoneInfo(seeker.zone))
    return morning(app, seeker, max(midnight, found.after or midnight, app.now()))


async def due(app: App, tx: Tx, seeker: Seeker, application_id: int) -> Coming | None:
    """The reminder that is due by now of an application, judged anew; else it is armed anew, and None."""
    events = await search_rows.events_with(tx, application_id)
    standing = fold(events, ZoneInfo(seeker.zone))
    if standing is None:
        return None
    case = await case_of(tx, seeker, application_id, standing, events)
    found = rules.coming(case, app.now())
    today = times.local_date(app.now(), case.zone)
    if found and found.reminder and found.reminder.on <= today and (found.after or app.now()) <= app.now():
        return found
    await _set(app, tx, seeker, application_id, case)
    return None


async def arm_all(app: App, tx: Tx, seeker: Seeker) -> None:
    """A seeker's zone, hours or pauses are others now: all that is to be named is named by them."""
    for application_id in await rows.planned_of(tx, seeker.id):
        await arm(app, tx, seeker, application_id)


async def mark(app: App, tx: Tx, morning_id: int) -> list[str]:
    """A morning's message says something else now; its id, where it stands."""
    return await standing_rows.mark_about(tx, (Kind.FOLLOW_UPS,), morning_id, app.now())


# ------------------------------------------------------------------ the message


async def wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """Whether anything of it is still open, and the journey is not over."""
    if seeker.landed_at:
        return False
    lines = await rows.lines(app.db.reading, delivery.subject)
    return any(line.reminder.reply is Reply.OPEN and not line.application.standing.ended for line in lines)


async def follow_ups(app: App, delivery: Delivery) -> FollowUps | None:
    """What a morning's message says now; None where none of its applications is left."""
    on, lines = (
        await rows.morning_on(app.db.reading, delivery.subject),
        await rows.lines(app.db.reading, delivery.subject),
    )
    return FollowUps(delivery.id, on, tuple(lines)) if on and lines else None
