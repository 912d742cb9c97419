"""Row, send, settle: claim what is owed, hand it to its face, write down what came of it.

A delivery whose answer never came is looked for in the channel's history before any other try.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import delivery as rules
from bot.core import rhythm as times
from bot.core.delivery import CannotTell, Delivery, Kind, Later, Outcome, Sent, State, Unknown, Unreachable
from bot.core.people import Post
from bot.store import circle as circle_rows
from bot.store import delivery as rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _compose, _weeks
from bot.usecases.app import App

LEASE = timedelta(minutes=1)
LOOK_BACK = timedelta(minutes=5)  # a platform's clock and ours may differ by this much
KEEPS_QUIET = (Kind.PROMPT, Kind.DRAFT, Kind.RECALL, Kind.NOTE)
SENDERS = 10


async def send_due(app: App) -> None:
    """Send all that is due; one delivery's failure never touches another's."""
    gate = asyncio.Semaphore(SENDERS)

    async def one(delivery: Delivery) -> None:
        async with gate:
            await send(app, delivery)

    waiting = await rows.due(app.db.reading, app.now())
    results = await asyncio.gather(*(one(delivery) for delivery in waiting), return_exceptions=True)
    errors = [result for result in results if isinstance(result, Exception)]
    if errors:
        raise ExceptionGroup("some deliveries could not be tried; they stay owed", errors)


async def send_now(app: App, delivery_ids: Iterable[str]) -> list[Outcome | None]:
    """Send some deliveries at once, in order; None where there was nothing to send."""
    outcomes: list[Outcome | None] = []
    for delivery_id in delivery_ids:
        delivery = await rows.get(app.db.reading, delivery_id)
        outcomes.append(await send(app, delivery) if delivery else None)
    return outcomes


async def send(app: App, delivery: Delivery) -> Outcome | None:
    """Row, send, settle for one delivery; None where it was not, or not yet, to be sent."""
    now = app.now()
    if await _set_aside(app, delivery, now):
        return None
    async with app.db.writing() as tx:
        if not await rows.claim(tx, delivery.id, now, LEASE):
            return None
        if delivery.kind is Kind.NOTE and delivery.state is State.OWED:
            await circle_rows.carry(tx, delivery.subject, delivery.person_id)
    what = await _compose.thing(app, delivery)
    if what is None:
        await _settle(app, delivery, None)
        return None
    outcome = await _look_first(app, delivery)
    if outcome is None:
        outcome = await _in_time(app.faces[delivery.to.platform].deliver(delivery.id, delivery.to, what))
    await _settle(app, delivery, outcome)
    return outcome


async def _set_aside(app: App, delivery: Delivery, now: datetime) -> bool:
    """Whether a delivery is over, or has to wait for the end of the quiet hours."""
    maybe_sent = delivery.state is not State.OWED
    if not maybe_sent and not await _compose.wanted(app, delivery):
        await _end(app, delivery, State.DROPPED, now)
        return True
    if not maybe_sent and delivery.expires_at and now >= delivery.expires_at:
        await _end(app, delivery, State.EXPIRED, now)
        return True
    if delivery.kind not in KEEPS_QUIET or maybe_sent:
        return False
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    until = times.after_quiet(now, seeker.quiet, ZoneInfo(seeker.zone)) if seeker else now
    if until > now:
        async with app.db.writing() as tx:
            await rows.put_off(tx, delivery.id, State.OWED, until, "quiet hours")
    return until > now


async def _end(app: App, delivery: Delivery, state: State, now: datetime) -> None:
    async with app.db.writing() as tx:
        await rows.settle(tx, delivery.id, state, now)
        if state is State.EXPIRED and delivery.kind is Kind.PROMPT and delivery.turn == 0:
            await rhythm_rows.set_state(tx, delivery.subject, "expired")


async def _look_first(app: App, delivery: Delivery) -> Outcome | None:
    """What became of an earlier try whose answer is not known; None when nothing of it stands there."""
    if delivery.state is State.OWED:
        return None
    since = (delivery.claimed_at or delivery.due_at) - LOOK_BACK
    found = await app.faces[delivery.to.platform].find(delivery.id, delivery.to, min(since, delivery.due_at))
    if isinstance(found, Post):
        return Sent(found)
    return Unknown(found.why) if isinstance(found, CannotTell) else None


async def _in_time(sending: Coroutine[Any, Any, Outcome]) -> Outcome:
    try:
        return await asyncio.wait_for(sending, rules.SEND_TIMEOUT.total_seconds())
    except TimeoutError:
        return Unknown("no answer in time")


async def _settle(app: App, delivery: Delivery, outcome: Outcome | None) -> None:
    now = app.now()
    async with app.db.writing() as tx:
        match outcome:
            case None:
                await rows.settle(tx, delivery.id, State.DROPPED, now)
            case Sent(post):
                state = State.LATE if rules.lateness_matters(delivery.due_at, now) else State.SENT
                await rows.settle(tx, delivery.id, state, now, post=post)
                if delivery.kind is Kind.DRAFT:
                    await _let_post_by_itself(app, tx, delivery, now)
            case Unreachable(why):
                await rows.settle(tx, delivery.id, State.UNREACHABLE, now, why=why)
                if delivery.kind is Kind.POST:
                    await _weeks.not_posted(tx, delivery, now)
            case Unknown(why):
                await rows.put_off(tx, delivery.id, State.UNKNOWN, rules.next_try(delivery.attempts, now), why)
            case Later(seconds):
                await rows.put_off(tx, delivery.id, State.OWED, now + timedelta(seconds=seconds), "asked to wait")


async def _let_post_by_itself(app: App, tx: Tx, delivery: Delivery, now: datetime) -> None:
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if seeker and seeker.autopost:
        await summary_rows.set_posts_at(tx, delivery.subject, now + times.POST_AFTER)
        await rows.mark_stale(tx, delivery.id, now)


async def revise_stale(app: App) -> None:
    """Revise or take down what no longer says the truth."""
    for delivery in await rows.stale(app.db.reading, app.now()):
        await refresh(app, delivery)


async def refresh_now(app: App, delivery_ids: Iterable[str]) -> None:
    """Revise or take down some messages at once; what fails stays stale and is tried again by the next round."""
    for delivery_id in delivery_ids:
        delivery = await rows.get(app.db.reading, delivery_id)
        if delivery and delivery.post:
            await refresh(app, delivery)


async def refresh(app: App, delivery: Delivery) -> None:
    """Make one standing message say what the database says; take it down where that is nothing."""
    assert delivery.post is not None
    face = app.faces[delivery.to.platform]
    what = await _compose.thing(app, delivery)
    outcome = await _in_time(face.retract(delivery.post) if what is None else face.revise(delivery.post, what))
    async with app.db.writing() as tx:
        match outcome:
            case Sent() if what is not None:
                await rows.revised(tx, delivery.id)
            case Sent() | Unreachable():
                await rows.forget_post(tx, delivery.id)
            case _:
                await rows.mark_stale(tx, delivery.id, app.now() + rules.RETRY_AFTER)
