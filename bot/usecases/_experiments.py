"""The steps of an experiment within a transaction: planned for a date, ended, and its idea with it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.core import experiment as rules
from bot.core import idea as idea_rules
from bot.core import rhythm as times
from bot.core.delivery import Kind
from bot.core.experiment import Experiment, Phase, TooMany
from bot.core.idea import Step
from bot.core.journal import owned
from bot.core.people import Person, Seeker
from bot.store import delivery as delivery_rows
from bot.store import experiment as rows
from bot.store import idea as idea_rows
from bot.store.db import Tx
from bot.usecases import _ideas, _trials
from bot.usecases._mornings import morning
from bot.usecases.app import App
from bot.usecases.people import seeking

GONE = "That is no longer here. /experiment list shows what you have planned."
NOT_YOURS = "That is somebody else's, so only they can try it."


async def own(tx: Tx, who: Person, experiment_id: int) -> tuple[str, Experiment]:
    """One's own experiment, and the zone one is in; raises Gone or NotYours."""
    found = await rows.owned(tx, experiment_id)
    return owned(found, lambda one: one[0] == who, GONE, NOT_YOURS)[1:]


async def of(tx: Tx, who: Person, experiment_id: int) -> tuple[Seeker, Experiment]:
    """A seeker and their own experiment; raises NotSeeking, Gone or NotYours."""
    seeker = await seeking(tx, who)
    return seeker, (await own(tx, who, experiment_id))[1]


async def check_room(tx: Tx, seeker: Seeker) -> None:
    """Raises TooMany."""
    if len(await rows.planned(tx, seeker.id)) >= rules.MOST_PLANNED:
        raise TooMany("Twelve things are planned already. Let one of them go first: /experiment list shows them.")


async def plan(app: App, tx: Tx, seeker: Seeker, experiment_id: int, on: date) -> tuple[Experiment, list[str]]:
    """Set the date; its idea is being tried. The messages to refresh once it is committed."""
    now, ask_at = app.now(), asked_on(app, seeker, on)
    await rows.move(tx, experiment_id, on, ask_at)
    await delivery_rows.drop_waiting(tx, Kind.TRIAL, experiment_id, now)
    experiment = await _read_back(tx, experiment_id)
    stale = await _follow(app, tx, experiment, Step.TRYING)
    return experiment, [*stale, *await _trials.mark(tx, experiment_id, now)]


async def plan_again(app: App, tx: Tx, seeker: Seeker, ended_at: datetime) -> list[str]:
    """What was let go at that instant is planned as it was; the messages to refresh once it is committed."""
    stale: list[str] = []
    for one in await rows.of_seeker(tx, seeker.id):
        if one.phase is Phase.LET_GO and one.ended_at == ended_at:
            stale += (await plan(app, tx, seeker, one.id, one.try_on))[1]
    return stale


def asked_on(app: App, seeker: Seeker, on: date) -> datetime:
    """The seeker's morning of a date, or the first that is still to come."""
    midnight = times.instant(on, time(), ZoneInfo(seeker.zone))
    return morning(app, seeker, max(midnight, app.now()))


async def end(
    app: App, tx: Tx, experiment: Experiment, phase: Phase, step: Step, learned: str = ""
) -> tuple[Experiment, list[str]]:
    """End it so, its idea with it where it was planned. The messages to refresh once it is committed."""
    now = app.now()
    await rows.end(tx, experiment.id, phase, now, learned)
    await delivery_rows.drop_waiting(tx, Kind.TRIAL, experiment.id, now)
    was_planned = experiment.phase is Phase.PLANNED  # else its words change alone: the idea may be tried anew by now
    stale = await _follow(app, tx, experiment, step) if was_planned else []
    return await _read_back(tx, experiment.id), [*stale, *await _trials.mark(tx, experiment.id, now)]


async def _follow(app: App, tx: Tx, experiment: Experiment, to: Step) -> list[str]:
    """Let the idea of an experiment take a step as well, where that follows; the messages to refresh."""
    idea = await idea_rows.get(tx, experiment.idea_id) if experiment.idea_id else None
    step = idea_rules.after_experiment(idea.sort, to) if idea else None
    if idea is None or step is None or not idea_rules.may_step(idea, step):
        return []
    return await _ideas.move(app, tx, idea, step, next_at=experiment.ask_at if to is Step.TRYING else None)


async def _read_back(tx: Tx, experiment_id: int) -> Experiment:
    experiment = await rows.get(tx, experiment_id)
    assert experiment is not None
    return experiment
