"""What follows when an idea or offer is given or takes a step: its date, and the messages that tell of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import idea as rules
from bot.core.cheer import ideas_due
from bot.core.circle import UNNAMED
from bot.core.delivery import ARRIVED, WAITING, Delivery, Kind, State
from bot.core.idea import ENDS, Arrival, Idea, Step
from bot.core.journal import Gone, owned
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.store import delivery as delivery_rows
from bot.store import idea as rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _introductions, _landing, _replies, _trials
from bot.usecases._mornings import morning, next_morning
from bot.usecases.app import App

OF_IDEA = (Kind.IDEA, Kind.BECAME)
AN_HOUR = timedelta(hours=1)
GONE = "That is no longer here."


async def given(tx: Tx, seeker: Seeker, idea_id: int, after: str) -> Idea:
    """What a seeker was given; raises NotYours, and Gone where it was taken back: `after` ends its words."""
    return check_given(await rows.get(tx, idea_id), seeker.id, after)


def check_given(found: Idea | None, seeker_id: int, after: str) -> Idea:
    """The same, of what was found."""
    idea = owned(found, lambda one: one.seeker_id == seeker_id, GONE, "That was for somebody else.")
    if idea.step is Step.WITHDRAWN:
        raise Gone(f"{idea.friend or UNNAMED} took that back{after}")
    return idea


async def move(
    app: App, tx: Tx, idea: Idea, to: Step, *, next_at: datetime | None = None, hushed: bool = False
) -> list[str]:
    """Let an idea take a step; the messages to refresh once it is committed. Raises CannotStep.

    It is asked about at `next_at`, or at the step's own date. The step that it is at already is no step. With `hushed`
    the friend goes on reading what they read before; what they were told stays told.
    """
    if idea.step is not to or rules.may_step(idea, to):
        rules.check_step(idea, to)
        seeker = await people_rows.seeker_by_id(tx, idea.seeker_id)
        asked_at = next_at or (_asked_at(app, seeker, to) if seeker else None)
        await rows.take_step(tx, idea.id, to, asked_at, app.now(), hushed=idea.step if hushed else None)
        if to in rules.WITHOUT_A_TALK:
            await _trials.let_go_of_talk(tx, idea, app.now())
    elif idea.hushed and not hushed:
        await rows.take_step(tx, idea.id, to, idea.next_at, app.now())
    return await changed(app, tx, idea.id)


async def changed(app: App, tx: Tx, idea_id: int) -> list[str]:
    """Whatever tells of an idea is to be revised; those messages' ids."""
    stale = await standing_rows.mark_about(tx, OF_IDEA, idea_id, app.now())
    stale += await _replies.idea_changed(tx, idea_id, app.now())
    stale += await _introductions.changed(tx, idea_id, app.now())
    stale += await _landing.idea_changed(tx, idea_id, app.now())
    return stale + await _trials.of_idea(tx, idea_id, app.now())


def _asked_at(app: App, seeker: Seeker, step: Step) -> datetime | None:
    """The morning on which a seeker is asked about something that takes a step now; None at an end."""
    after = rules.next_at(step, app.now())
    return morning(app, seeker, after) if after else None


async def owe_arrival(app: App, tx: Tx, seeker: Seeker, idea_id: int) -> datetime:
    """Owe the message that brings an idea, as its seeker chose; when they are asked what became of it."""
    now = app.now()
    due_at = ideas_due(seeker, now, app.settings.morning) or now  # a pause without an end holds it back
    turn = len(await delivery_rows.about(tx, Kind.IDEA, idea_id))
    await delivery_rows.owe(tx, Kind.IDEA, seeker.person, idea_id, due_at, person_id=seeker.id, turn=turn)
    return morning(app, seeker, due_at + rules.ASKED_FIRST)


async def owe_news(app: App, tx: Tx, seeker: Seeker, idea_id: int) -> None:
    """Owe the message that says what its friend made known about an offer, as its seeker chose."""
    due_at = ideas_due(seeker, app.now(), app.settings.morning) or app.now()
    known = await delivery_rows.about(tx, Kind.BECAME, idea_id)
    if not any(one.state is State.OWED for one in known):  # which says it as well once it goes out
        turn = len(known)
        await delivery_rows.owe(tx, Kind.BECAME, seeker.person, idea_id, due_at, person_id=seeker.id, turn=turn)


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether an arrival, or the question what became of it, is still to be sent."""
    idea = await rows.get(app.db.reading, delivery.subject)
    if idea is None or idea.step is Step.WITHDRAWN:
        return False
    return delivery.kind is Kind.IDEA or idea.step not in ENDS or idea.step is Step.FELL


async def arrival(app: App, delivery: Delivery) -> Arrival | None:
    """What the message says; None where the idea is erased."""
    idea = await rows.get(app.db.reading, delivery.subject)
    return idea and Arrival(delivery.id, idea, asks=delivery.kind is Kind.BECAME)


async def ask(app: App) -> None:
    """Owe the question what became of each idea whose date has come: to each seeker one a day, and none in a pause."""
    for idea in await rows.to_be_asked(app.db.reading, app.now()):
        async with app.db.writing() as tx:
            now_is, seeker = await rows.get(tx, idea.id), await people_rows.seeker_by_id(tx, idea.seeker_id)
            if now_is and seeker and now_is.next_at == idea.next_at:
                await _ask(app, tx, now_is, seeker)


async def _ask(app: App, tx: Tx, idea: Idea, seeker: Seeker) -> None:
    now, zone = app.now(), ZoneInfo(seeker.zone)
    came = [d for d in await delivery_rows.about(tx, Kind.IDEA, idea.id) if d.state in (*ARRIVED, *WAITING)]
    asked = await delivery_rows.about(tx, Kind.BECAME, idea.id)
    last = await rows.last_asked(tx, seeker.id)
    if seeker.left_at:
        next_at = now + rules.ASKED_AFTER
    elif await _trials.rests(tx, seeker, now):
        next_at = morning(app, seeker, now + AN_HOUR)
    elif not came:
        next_at = await owe_arrival(app, tx, seeker, idea.id)
    elif last and local_date(last, zone) >= local_date(now, zone):
        next_at = next_morning(app, seeker, last)
    else:
        if not any(one.state in WAITING for one in asked):  # one that a pause held back comes now
            await delivery_rows.owe(tx, Kind.BECAME, seeker.person, idea.id, now, person_id=seeker.id, turn=len(asked))
        next_at = morning(app, seeker, now + rules.ASKED_AFTER)
    await rows.ask_at(tx, idea.id, next_at)
