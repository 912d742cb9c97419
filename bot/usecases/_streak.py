"""How many days in a row a seeker has written something, up to the end of a week."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.people import Seeker
from bot.core.rhythm import Ask, local_date, monday_of, rest_days
from bot.core.streak import streak
from bot.core.summary import Week, sunday
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.usecases import _landing
from bot.usecases.app import App


async def up_to(app: App, tx: Tx, seeker: Seeker, week: Week) -> int:
    """The streak as it stood at the end of a week, or stands today within it."""
    today = local_date(app.now(), ZoneInfo(seeker.zone))
    last = min(today, sunday(week.monday))
    began = await _landing.began_on(tx, seeker, sunday(week.monday))
    schedules = await rhythm_rows.schedules(tx, seeker.id)
    pauses = await people_rows.pauses(tx, seeker.id)
    planned = await rhythm_rows.planned_on(tx, seeker.id, began, last)
    rested = await people_rows.rests(tx, seeker.id, began, last)
    days = frozenset[int]().union(*(s.days for s in schedules if s.ask is not Ask.WEEK))
    mondays = [week.monday - timedelta(days=7 * n) for n in range((week.monday - monday_of(began)).days // 7 + 1)]
    rests = [
        on
        for monday in mondays
        for on in rest_days(pauses, monday, last, started_on=began, planned=planned, rested=rested, days=days)
    ]
    return streak(await journal_rows.days(tx, seeker.id, began, last), frozenset(rests), last)
