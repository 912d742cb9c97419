"""The messages that ask whether an experiment happened, and what follows for experiments when their idea changes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.delivery import ARRIVED, WAITING, Delivery, Kind
from bot.core.experiment import FORM, Phase, Trial
from bot.core.idea import Idea, Sort
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.store import delivery as delivery_rows
from bot.store import experiment as rows
from bot.store import held as held_rows
from bot.store import idea as idea_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases.app import App


async def wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """Whether it is still to be asked: planned, and not for a later day by now."""
    experiment = await rows.get(app.db.reading, delivery.subject)
    today = local_date(app.now(), ZoneInfo(seeker.zone))
    return experiment is not None and not experiment.ended and experiment.try_on <= today


async def rests(tx: Tx, seeker: Seeker, now: datetime) -> bool:
    """Whether a seeker rests on the day of an instant: in a pause, or by choice."""
    on = local_date(now, ZoneInfo(seeker.zone))
    return seeker.rests_on(on) or on in await people_rows.rests(tx, seeker.id, on, on)


async def trial(app: App, delivery: Delivery) -> Trial | None:
    """What the message says now; None where the experiment is no longer there."""
    found = await rows.owned(app.db.reading, delivery.subject)
    if found is None:
        return None
    _, zone, experiment = found
    asked = await delivery_rows.about(app.db.reading, Kind.TRIAL, experiment.id)
    again = any(other.turn > delivery.turn and other.state in (*WAITING, *ARRIVED) for other in asked)
    return Trial(delivery.id, experiment, local_date(delivery.due_at, ZoneInfo(zone)), again)


async def mark(tx: Tx, experiment_id: int, now: datetime) -> list[str]:
    """What asks about an experiment is to be revised; those messages' ids. What is still owed tells how it is then."""
    return await standing_rows.mark_about(tx, (Kind.TRIAL,), experiment_id, now)


async def of_idea(tx: Tx, idea_id: int, now: datetime) -> list[str]:
    """An idea says something else now: whatever asks about experiments with it is to be revised."""
    return [key for number in await rows.numbers_from(tx, idea_id) for key in await mark(tx, number, now)]


async def let_go_of_talk(tx: Tx, idea: Idea, now: datetime) -> None:
    """An offer is put aside: the talk that was planned with whom it leads to is let go."""
    planned = await rows.planned_from(tx, idea.id) if idea.sort is Sort.OFFER else None
    if planned:
        await rows.end(tx, planned.id, Phase.LET_GO, now)
        await delivery_rows.drop_waiting(tx, Kind.TRIAL, planned.id, now)


async def forget_words(tx: Tx, idea: Idea) -> None:
    """An idea is gone: a refused plan that waits, in what may be its friend's words, waits no longer."""
    await held_rows.let_go_forms(tx, idea.seeker_id, f"{FORM}:{idea.id}")


async def thanks_to(tx: Tx, friend_id: int, now: datetime) -> list[str]:
    """A friend is erased, and their words with them: whatever asks about experiments with those is to be revised."""
    for idea in await idea_rows.of_friend(tx, friend_id):
        await forget_words(tx, idea)
    return [key for number in await rows.numbers_thanks_to(tx, friend_id) for key in await mark(tx, number, now)]
