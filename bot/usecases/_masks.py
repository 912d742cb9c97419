"""What stands is revised when other names are masked than before, or a log counts otherwise."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.delivery import Kind
from bot.core.hidden import Names, named
from bot.core.people import Seeker
from bot.core.rhythm import monday_of
from bot.core.search import Event
from bot.core.summary import Phase, Week, tellings
from bot.store import care as care_rows
from bot.store import hidden as rows
from bot.store import reply as reply_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _landing, _posted, _pump, _weeks
from bot.usecases._weeks import OF_DRAFT, OF_WEEK
from bot.usecases.app import App

AT_ONCE = 10  # messages that are revised while the seeker waits, the newest; the others follow with the rounds


class Marked(NamedTuple):
    """Posted weeks that read differently now, and the messages to revise, the newest first."""

    posted: tuple[int, ...] = ()
    stale: tuple[str, ...] = ()


async def noted(app: App, tx: Tx, seeker: Seeker, events: Collection[Event], *, renamed: bool) -> Marked:
    """Mark what is to follow a change of the log: events that were noted, undone, or worded anew, before and after.

    `renamed` says that companies may be others now. To be revised once it is committed: names are taken out at once,
    counts follow with the rounds.
    """
    names = renamed or any(event.whom for event in events)
    marked = await _mark_renamed(app, tx, seeker) if names else Marked()
    counted = await _mark_counted(app, tx, seeker, events) if events else []
    return Marked((*marked.posted, *counted), marked.stale)


async def _mark_renamed(app: App, tx: Tx, seeker: Seeker) -> Marked:
    """To look through all weeks takes long, so they are only where one of the names is written anywhere."""
    before, now_are = await rows.names(app.db.reading, seeker.id), await rows.names(tx, seeker.id)
    others = tuple(set(before.logged) ^ set(now_are.logged))
    if not others or not named(await rows.written(tx, seeker.id), (), others):
        return Marked()
    return await mark_changed(app, tx, seeker, before)


async def mark_changed(app: App, tx: Tx, seeker: Seeker, before: Names) -> Marked:
    """Mark the messages of each week that reads differently now."""
    posted: list[int] = []
    stale: list[str] = []
    for week in await summary_rows.all_of(tx, seeker.id):
        held = await _weeks.material(app, tx, seeker, week)
        then = held._replace(hidden=before.hidden, logged=before.logged)
        if tellings(week, then, app.exercises) != tellings(week, held, app.exercises):
            posted += [week.id] if week.phase is Phase.POSTED else []
            stale += await standing_rows.mark_about(tx, OF_WEEK, week.id, app.now())
    stale += await _mark_words_to_friends(tx, seeker, app.now())
    return Marked(tuple(posted), tuple(stale))


async def _mark_words_to_friends(tx: Tx, seeker: Seeker, now: datetime) -> list[str]:
    """Mark what a seeker wrote to friends beside their weeks: thanks, and the words to one who is to know."""
    stale: list[str] = []
    for reply in await reply_rows.of_seeker(tx, seeker.id):
        stale += await standing_rows.mark_about(tx, (Kind.REPLY,), reply.id, now)
    for told in await care_rows.confided_by(tx, seeker.id):
        stale += await standing_rows.mark_about(tx, (Kind.CONFIDED,), told.subject, now)
    return stale + await _landing.mark_all(tx, seeker.id, now)


async def _mark_counted(app: App, tx: Tx, seeker: Seeker, events: Collection[Event]) -> list[int]:
    """Mark the weeks and landings of what was noted; the weeks that are posted and tell counts."""
    posted, days = list[int](), _days(seeker, events)
    await _landing.mark_counted(tx, seeker, min(days), app.now())
    mondays = {monday_of(on) + timedelta(days=late) for on in days for late in (0, 7)}  # late answers go into the next
    for week in await summary_rows.of_mondays(tx, seeker.id, mondays):
        tells = week.phase is Phase.POSTED and _tells_counts(week)
        posted += [week.id] if tells else []
        await standing_rows.mark_about(tx, OF_WEEK if tells else OF_DRAFT, week.id, app.now())
    return posted


def _days(seeker: Seeker, events: Collection[Event]) -> set[date]:
    zone = ZoneInfo(seeker.zone)
    return {on for event in events for on in (event.on, event.day_in(zone))}


def _tells_counts(week: Week) -> bool:
    return week.share_numbers or week.share_goals or week.share_rejections


async def revise(app: App, seeker: Seeker, marked: Marked) -> None:
    """Once it is committed: let what stands say what it says now."""
    with _pump.kept_anyway():
        for week_id in _once(marked.posted):
            await _posted.settle_posts(app, seeker, week_id)
    await _pump.refresh_now(app, marked.stale[:AT_ONCE])


def _once(weeks: Collection[int]) -> list[int]:
    return list(dict.fromkeys(weeks))
