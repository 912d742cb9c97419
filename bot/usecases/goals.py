"""Goals of a week: setting one, looking at them, easing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.core import goals as rules
from bot.core.goals import Activity, Goal, Goals
from bot.core.people import Person, Seeker
from bot.core.rhythm import local_date, monday_of
from bot.store import goals as rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _goals
from bot.usecases._weeks import OF_DRAFT
from bot.usecases.app import App
from bot.usecases.people import seeking


async def show(app: App, who: Person) -> Goals:
    """One's goals and how this week goes; raises NotSeeking."""
    return await _shown(app, await seeking(app.db.reading, who))


async def aim(app: App, who: Person, activity: Activity, per_week: int) -> Goals:
    """Aim for so much of an activity in each week; 0 ends it. Raises NotSeeking or BadGoal."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        goal = rules.changed(await rows.of_person(tx, seeker.id), activity, per_week, _today(app, seeker))
        await _keep(app, tx, seeker, [goal])
    return (await _shown(app, seeker))._replace(changed=(goal,))


async def ease(app: App, who: Person, activity: Activity | None, per_week: int | None) -> Goals:
    """Aim for less from next week on, half where not said; of every activity where none is named.

    Raises NotSeeking, BadGoal or NothingToEase.
    """
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        eased = rules.eased(await rows.of_person(tx, seeker.id), activity, per_week, _today(app, seeker))
        await _keep(app, tx, seeker, eased)
    return (await _shown(app, seeker))._replace(changed=tuple(eased), eased=True)


async def _keep(app: App, tx: Tx, seeker: Seeker, goals: Sequence[Goal]) -> None:
    """Keep goals; the draft of a week for which one binds at once tells it."""
    for goal in goals:
        await rows.aim(tx, seeker.id, goal)
    for week in await summary_rows.of_mondays(tx, seeker.id, {goal.from_on for goal in goals}):
        await standing_rows.mark_about(tx, OF_DRAFT, week.id, app.now())


async def _shown(app: App, seeker: Seeker) -> Goals:
    tx, monday = app.db.reading, monday_of(_today(app, seeker))
    return Goals(
        progress=await _goals.of_week(tx, seeker, monday, app.now()),
        coming=rules.coming(await rows.of_person(tx, seeker.id), monday),
        rests=await _goals.rests(tx, seeker, monday),
    )


def _today(app: App, seeker: Seeker) -> date:
    return local_date(app.now(), ZoneInfo(seeker.zone))
