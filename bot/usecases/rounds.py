"""One round of the heartbeat: plan what is due, turn the weeks, then let the pump send and revise."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.summary import Phase
from bot.store import held as held_rows
from bot.store import planning as planning_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.usecases import _ideas, _pump, ask, care, experiment, follow_up, interview, summary
from bot.usecases._planning import plan
from bot.usecases._pump import release
from bot.usecases._rearm import follow_tzdata, settle_clock
from bot.usecases._weeks import OF_WEEK
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered

__all__ = ["follow_tzdata", "plan", "release", "settle_clock", "tick"]
HELD_FOR = timedelta(days=7)


async def tick(app: App) -> None:
    """One round: plan, turn the weeks, send what is due, revise what is stale. An error is raised when all is done.

    A round with nothing to do costs one look into the indexes.
    """
    if not await planning_rows.anything_due(app.db.reading, app.now(), HELD_FOR):
        return
    by = app.pace.after(_pump.ROUND)
    errors: list[Exception] = []
    for stage in STAGES:
        with gathered(errors):
            await stage(app)
    for sending in (_pump.send_due, _pump.revise_stale):
        with gathered(errors):
            await sending(app, by)
    _raise(errors)


def _raise(errors: list[Exception]) -> None:
    if errors:
        raise ExceptionGroup("a part of this round failed; it is done again in the next", errors)


async def _turn_weeks(app: App) -> None:
    now, errors = app.now(), list[Exception]()
    for week in await summary_rows.closing(app.db.reading, now):
        with gathered(errors):
            await _close(app, week.id, now)
    for week in await summary_rows.posting(app.db.reading, now):
        with gathered(errors):
            await summary.post_by_itself(app, week)
    _raise(errors)


async def _close(app: App, week_id: int, now: datetime) -> None:
    async with app.db.writing() as tx:
        week = await summary_rows.get(tx, week_id)
        if week and week.phase is Phase.DRAFTED:
            await summary_rows.set_phase(tx, week_id, Phase.CLOSED)
            await standing_rows.mark_about(tx, OF_WEEK, week_id, now)


async def _let_go(app: App) -> None:
    """Forget words that nobody decided about; an idle round writes nothing."""
    now = app.now()
    if await held_rows.any_before(app.db.reading, now, HELD_FOR):
        async with app.db.writing() as tx:
            await held_rows.let_go_before(tx, now, HELD_FOR)


STAGES = (
    *(plan, _turn_weeks, ask.remind, experiment.ask, _ideas.ask, follow_up.remind, interview.remind),
    *(care.look, _let_go),
)
