"""Row, send, settle: claim what is owed, hand it to its face, write down what came of it.

A delivery whose answer never came is looked for in the channel's history before any other try. What cannot be tried
stays owed and never holds up what goes to somebody else.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import delivery as rules
from bot.core import rhythm as times
from bot.core.delivery import CannotTell, Delivery, Kind, Later, Outcome, Sent, State, Unknown, Unreachable
from bot.core.people import Person, Post, Space
from bot.store import circle as circle_rows
from bot.store import delivery as rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _compose, _weeks
from bot.usecases.app import App

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=1)
LOOK_BACK = timedelta(minutes=5)  # a platform's clock and ours may differ by this much
KEEPS_QUIET = (Kind.PROMPT, Kind.DRAFT, Kind.RECALL, Kind.NOTE)
SENDERS = 10
ROUND = 20.0  # seconds in which one round begins to send; the sign of life waits for the round's end
MINE = "an error on my side"


class Pace:
    """The turns of one round's background sends, evenly spaced; what finds the round over waits for the next."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock()
        self._ends = self._next + ROUND

    async def turn(self) -> bool:
        """Wait for the next turn; false where this round has none left."""
        now = self._clock()
        at = max(now, self._next)
        if at >= self._ends:
            return False
        self._next = at + self._gap
        if at > now:
            await self._sleep(at - now)
        return True


async def send_due(app: App, pace: Pace) -> None:
    """Send all that is due: to each place in order, to different places at once."""
    gate = asyncio.Semaphore(SENDERS)
    queues: dict[Person | Space, list[Delivery]] = {}
    for delivery in await rows.due(app.db.reading, app.now()):
        queues.setdefault(delivery.to, []).append(delivery)

    async def in_order(queue: Iterable[Delivery]) -> None:
        async with gate:
            for delivery in queue:
                if isinstance(await send(app, delivery, pace), Later | Unknown):
                    return

    ended = await asyncio.gather(*map(in_order, queues.values()), return_exceptions=True)
    errors = [error for error in ended if isinstance(error, Exception)]
    if errors:
        raise ExceptionGroup("some deliveries could not be settled; they are looked for later", errors)


async def send_now(app: App, delivery_ids: Iterable[str]) -> list[Outcome | None]:
    """Send some deliveries at once, in order and ahead of the background; None where there was nothing to send."""
    outcomes: list[Outcome | None] = []
    for delivery_id in delivery_ids:
        delivery = await rows.get(app.db.reading, delivery_id)
        owed = delivery is not None and delivery.state is State.OWED
        outcomes.append(await send(app, delivery) if delivery and owed else None)
    return outcomes


async def send(app: App, delivery: Delivery, pace: Pace | None = None) -> Outcome | None:
    """Row, send, settle for one delivery; None where it was not, or not yet, to be sent. An error leaves it waiting."""
    try:
        return await _send(app, delivery, pace)
    except Exception:  # one delivery's trouble is never another's
        log.exception("delivery=%s kind=%s failed; it is tried again", delivery.id, delivery.kind)
        await _settle(app, delivery, Unknown(MINE))
        return Unknown(MINE)


async def _send(app: App, delivery: Delivery, pace: Pace | None) -> Outcome | None:
    if delivery.state is not State.OWED:
        if not (await _turn(pace) and await _claim(app, delivery)):
            return None
        earlier = await look(app, delivery)
        if earlier is not None:
            await _settle(app, delivery, earlier)
            return earlier
        delivery = await _owed_again(app, delivery)
    if await _set_aside(app, delivery, app.now()) or not await _turn(pace):
        return None
    if not await _claim(app, delivery):
        return None
    what = await _compose.thing(app, delivery)
    if what is None:
        await _end(app, delivery, State.DROPPED, app.now())
        return None
    outcome = await in_time(app.faces[delivery.to.platform].deliver(delivery.id, delivery.to, what))
    await _settle(app, delivery, outcome)
    return outcome


async def _turn(pace: Pace | None) -> bool:
    """Whether there is time in this round to ask the platform for something; looking can take as long as sending."""
    return pace is None or await pace.turn()


async def _claim(app: App, delivery: Delivery) -> bool:
    now = app.now()
    async with app.db.writing() as tx:
        claimed = await rows.claim(tx, delivery.id, now, LEASE)
        if claimed and delivery.kind is Kind.NOTE and delivery.state is State.OWED:
            await circle_rows.carry(tx, delivery.subject, delivery.person_id)
    return claimed


async def _owed_again(app: App, delivery: Delivery) -> Delivery:
    async with app.db.writing() as tx:
        await rows.put_off(tx, delivery.id, State.OWED, app.now(), "it did not arrive")
    return delivery._replace(state=State.OWED)


async def look(app: App, delivery: Delivery) -> Outcome | None:
    """What became of an earlier try whose answer is not known; None when nothing of it stands there."""
    since = min((delivery.claimed_at or delivery.due_at) - LOOK_BACK, delivery.due_at)
    face = app.faces[delivery.to.platform]
    try:
        found = await asyncio.wait_for(face.find(delivery.id, delivery.to, since), rules.SEND_TIMEOUT.total_seconds())
    except TimeoutError:
        found = CannotTell("no answer in time")
    match found:
        case Post():
            return Sent(found)
        case CannotTell(why):
            return Unknown(why)
        case None:
            return None


async def _set_aside(app: App, delivery: Delivery, now: datetime) -> bool:
    """Whether a delivery is over, or has to wait: for the end of the quiet hours, or for the part before it."""
    if not await _compose.wanted(app, delivery):
        return await _end(app, delivery, State.DROPPED, now)
    if delivery.expires_at and now >= delivery.expires_at:
        return await _end(app, delivery, State.EXPIRED, now)
    if delivery.part:
        return await _behind(app, delivery, now)
    if delivery.kind not in KEEPS_QUIET:
        return False
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    until = times.after_quiet(now, seeker.quiet, ZoneInfo(seeker.zone)) if seeker else now
    return until > now and await _wait(app, delivery, until, "quiet hours")


async def _behind(app: App, delivery: Delivery, now: datetime) -> bool:
    """Whether the first message of the same post does not stand (yet)."""
    of_same = [d for d in await rows.about(app.db.reading, delivery.kind, delivery.subject) if d.turn == delivery.turn]
    first = next((d for d in of_same if d.to == delivery.to and d.part == 0), None)
    if first and first.state in rules.ARRIVED:
        return False
    if first and first.state in rules.WAITING:
        return await _wait(app, delivery, now + rules.RETRY_AFTER, "the first part is on its way")
    return await _end(app, delivery, State.DROPPED, now)


async def _wait(app: App, delivery: Delivery, until: datetime, why: str) -> bool:
    async with app.db.writing() as tx:
        await rows.put_off(tx, delivery.id, State.OWED, until, why)
    return True


async def _end(app: App, delivery: Delivery, state: State, now: datetime, why: str = "") -> bool:
    async with app.db.writing() as tx:
        await rows.settle(tx, delivery.id, state, now, why=why)
        if state is State.EXPIRED and delivery.kind is Kind.PROMPT and delivery.turn == 0:
            await rhythm_rows.set_state(tx, delivery.subject, times.Standing.EXPIRED)
        if state in _weeks.NEVER_ARRIVED and delivery.kind is Kind.POST:
            await _weeks.not_posted(tx, delivery, now)
        if delivery.kind is Kind.NOTE:
            await circle_rows.put_back(tx, delivery.subject)
        await _tell_older(tx, delivery, now)
    log.info("delivery=%s kind=%s state=%s %s", delivery.id, delivery.kind, state, why)
    return True


async def in_time(sending: Coroutine[Any, Any, Outcome]) -> Outcome:
    """What a platform answers; unknown where that takes too long."""
    try:
        return await asyncio.wait_for(sending, rules.SEND_TIMEOUT.total_seconds())
    except TimeoutError:
        return Unknown("no answer in time")


async def _settle(app: App, delivery: Delivery, outcome: Outcome) -> None:
    now = app.now()
    match outcome:
        case Sent(post):
            await _arrived(app, delivery, post, now)
        case Unreachable(why):
            await _end(app, delivery, State.UNREACHABLE, now, why)
        case Unknown(why) if delivery.expires_at and now >= delivery.expires_at:
            await _end(app, delivery, State.EXPIRED, now, why)
        case Unknown(why) if delivery.attempts >= rules.MOST_ATTEMPTS:
            await _end(app, delivery, State.UNREACHABLE, now, why)
        case Unknown(why):
            await _try_again(app, delivery, State.UNKNOWN, rules.next_try(delivery.attempts, now), why)
        case Later(seconds):
            await _try_again(app, delivery, State.OWED, now + timedelta(seconds=max(seconds, 1)), "asked to wait")


async def _arrived(app: App, delivery: Delivery, post: Post, now: datetime) -> None:
    state = State.LATE if rules.lateness_matters(delivery.due_at, now) else State.SENT
    async with app.db.writing() as tx:
        await rows.settle(tx, delivery.id, state, now, post=post)
        if delivery.kind is Kind.DRAFT:
            await _let_post_by_itself(tx, delivery, now)
        await _tell_older(tx, delivery, now)
    log.info("delivery=%s kind=%s state=%s tries=%d", delivery.id, delivery.kind, state, delivery.attempts + 1)


async def _tell_older(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """The messages that asked the same before say what became of asking again."""
    if delivery.kind is Kind.PROMPT and delivery.turn:
        for older in await rows.about(tx, Kind.PROMPT, delivery.subject):
            if older.may_stand and older.turn < delivery.turn:
                await rows.mark_stale(tx, older.id, now)


async def _try_again(app: App, delivery: Delivery, state: State, try_at: datetime, why: str) -> None:
    async with app.db.writing() as tx:
        await rows.put_off(tx, delivery.id, state, try_at, why)
    log.warning("delivery=%s kind=%s state=%s until=%s: %s", delivery.id, delivery.kind, state, try_at, why)


async def _let_post_by_itself(tx: Tx, delivery: Delivery, now: datetime) -> None:
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if seeker and seeker.autopost:
        posts_at = times.after_quiet(now + times.POST_AFTER, seeker.quiet, ZoneInfo(seeker.zone))
        await summary_rows.set_posts_at(tx, delivery.subject, posts_at)
        await rows.mark_stale(tx, delivery.id, now)


async def revise_stale(app: App, pace: Pace) -> None:
    """Revise or take down what no longer says the truth."""
    for delivery in await rows.stale(app.db.reading, app.now()):
        if not await pace.turn():
            return
        await _refresh(app, delivery)


async def refresh_now(app: App, delivery_ids: Iterable[str]) -> None:
    """Revise or take down some messages at once; what fails stays stale and is tried again by a later round."""
    for delivery_id in delivery_ids:
        delivery = await rows.get(app.db.reading, delivery_id)
        if delivery and delivery.post and delivery.stale:
            await _refresh(app, delivery)


async def _refresh(app: App, delivery: Delivery) -> None:
    """Make one standing message say what the database says; take it down where that is nothing."""
    try:
        taken_down, outcome = await _revise(app, delivery)
    except Exception:  # the change itself is kept; only its showing is late
        log.exception("delivery=%s kind=%s could not be revised; it is tried again", delivery.id, delivery.kind)
        taken_down, outcome = False, Unknown(MINE)
    now = app.now()
    async with app.db.writing() as tx:
        match outcome:
            case Sent() if not taken_down:
                if not await rows.revised(tx, delivery.id, delivery.stale):
                    await rows.mark_stale(tx, delivery.id, now)
            case Sent() | Unreachable(gone=True):
                await rows.forget_post(tx, delivery.id)
            case Unreachable():
                await rows.mark_stale(tx, delivery.id, now + rules.LOST_AGAIN)
            case Later(seconds):
                await rows.mark_stale(tx, delivery.id, now + timedelta(seconds=max(seconds, 1)))
            case Unknown():
                await rows.mark_stale(tx, delivery.id, now + rules.RETRY_AFTER)


async def _revise(app: App, delivery: Delivery) -> tuple[bool, Outcome]:
    assert delivery.post is not None
    face = app.faces[delivery.to.platform]
    what = await _compose.thing(app, delivery)
    if what is None:
        return True, await in_time(face.retract(delivery.post))
    return False, await in_time(face.revise(delivery.post, what))
