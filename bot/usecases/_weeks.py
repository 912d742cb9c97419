"""What a week holds and what of it is told: shared by the week's use cases and by what is sent."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.people import Seeker
from bot.core.rhythm import Ask, local_date, rest_days, week_number
from bot.core.summary import Material, Phase, Summary, Week, summarise, sunday
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as rows
from bot.store.db import Tx
from bot.usecases.app import App


async def material(app: App, tx: Tx, seeker: Seeker, week: Week) -> Material:
    """All that a week holds, shared or not."""
    zone = ZoneInfo(seeker.zone)
    started_on = local_date(seeker.started_at, zone)
    first, last = week.monday, sunday(week.monday)
    schedules = await rhythm_rows.schedules(tx, seeker.id)
    rests = rest_days(
        await people_rows.pauses(tx, seeker.id),
        week.monday,
        local_date(app.now(), zone),
        started_on=started_on,
        planned=await rhythm_rows.planned_on(tx, seeker.id, first, last),
        rested=await people_rows.rests(tx, seeker.id, first, last),
        days=frozenset[int]().union(*(s.days for s in schedules if s.ask is not Ask.WEEK)),
    )
    entries = await journal_rows.of_week(tx, seeker.id, week.monday)
    answered = {entry.on for entry in entries}
    return Material(seeker.name, week_number(week.monday, started_on), tuple(entries), rests - answered)


async def told(app: App, tx: Tx, seeker: Seeker, week: Week) -> tuple[Material, Summary]:
    """What a week holds, and what friends see of it: once posted, only what was chosen then."""
    held = await material(app, tx, seeker, week)
    only = await rows.inside(tx, week.id) if week.phase is Phase.POSTED else None
    return held, summarise(week, held, app.exercises, only=only)
