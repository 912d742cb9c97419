"""Row, then send, for one delivery: claimed, looked for where its fate is unknown, made from the database, sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import delivery as rules
from bot.core import rhythm as times
from bot.core.delivery import CannotTell, Delivery, Kind, Outcome, Sent, State, Unknown
from bot.core.people import Person, Post
from bot.store import delivery as rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.usecases import _compose, _digest, _replies
from bot.usecases._settle import Ends, Finding, Found, HandedBack, Waits
from bot.usecases.app import App, Thing
from bot.usecases.bulkhead import Bulkhead

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=1)  # what is claimed is made and sent within it, or handed back
MAKING = LEASE - rules.SEND_TIMEOUT
LOOK_BACK = timedelta(minutes=5)  # a platform's clock and ours may differ by this much
KEEPS_QUIET = (
    *(Kind.PROMPT, Kind.DRAFT, Kind.RECALL, Kind.NOTE, Kind.TRIAL, Kind.FOLLOW_UPS, Kind.INTERVIEW),
    *(Kind.STILL_OPEN, Kind.IDEA, Kind.BECAME, Kind.SILENCE, Kind.INVITATION),
)
MINE = "an error on my side"
FAILED = "delivery=%s kind=%s failed; it is tried again"
EARLIER = "an earlier try may have arrived"  # which a refusal of this one does not rule out


async def attempt(app: App, delivery: Delivery, by: float | None = None) -> Finding | None:
    """What came of a delivery; None where it was not tried. With `by` it waits for its turn in the background."""
    with Bulkhead(log, FAILED, delivery.id, delivery.kind):
        return await _attempt(app, delivery, by)
    return Unknown(MINE)


async def _attempt(app: App, delivery: Delivery, by: float | None) -> Finding | None:
    if delivery.state is not State.OWED and not await _may_repeat(app, delivery):
        if not (await turn(app, delivery, by) and await _claim(app, delivery)):
            return None
        earlier = await look(app, delivery)
        if earlier is not None:
            return Found(earlier.post) if isinstance(earlier, Sent) and earlier.post else earlier
        delivery = await _owed_again(app, delivery)
    if (instead := await _instead(app, delivery)) is not None:
        return instead
    if not (await turn(app, delivery, by) and await _claim(app, delivery)):
        return None
    finding = await _made_and_sent(app, delivery)
    return finding if delivery.state is State.OWED or isinstance(finding, Sent | HandedBack) else Unknown(EARLIER)


async def _made_and_sent(app: App, delivery: Delivery) -> Finding:
    try:
        async with asyncio.timeout(MAKING.total_seconds()):
            what = await _compose.thing(app, delivery)
    except TimeoutError:
        log.warning("delivery=%s kind=%s took too long to make; it is made again", delivery.id, delivery.kind)
        return HandedBack()
    return Ends(State.DROPPED) if what is None else await send(app, delivery, what)


async def turn(app: App, delivery: Delivery, by: float | None) -> bool:
    """Whether there is time in this round to ask the platform for something; looking can take as long as sending."""
    return by is None or await app.pace.turn(opens=opens(delivery), by=by)


def opens(delivery: Delivery) -> bool:
    """Whether a conversation has to be opened for it."""
    return isinstance(delivery.to, Person) and not delivery.channel


async def send(app: App, delivery: Delivery, what: Thing) -> Outcome:
    """Hand a message to its platform."""
    app.tried.begin(delivery.id)
    face = app.faces[delivery.to.platform]
    outcome = await in_time(face.deliver(delivery.id, delivery.to, what, delivery.channel))
    if not isinstance(outcome, Unknown):
        app.tried.end(delivery.id)
    return outcome


async def in_time(sending: Coroutine[Any, Any, Outcome]) -> Outcome:
    """What a platform answers; unknown where that takes too long."""
    try:
        async with asyncio.timeout(rules.SEND_TIMEOUT.total_seconds()):
            return await sending
    except TimeoutError:
        return Unknown("no answer in time")


async def look(app: App, delivery: Delivery) -> Outcome | None:
    """What became of an earlier try whose answer is not known; None when nothing of it stands there."""
    since = min((delivery.claimed_at or delivery.due_at) - LOOK_BACK, delivery.due_at)
    looking = app.faces[delivery.to.platform].find(delivery.id, delivery.to, since, delivery.channel)
    try:
        found = await asyncio.wait_for(looking, rules.SEND_TIMEOUT.total_seconds())
    except TimeoutError:
        found = CannotTell("no answer in time")
    match found:
        case Post():
            app.tried.end(delivery.id)
            return Sent(found)
        case CannotTell(why):
            return Unknown(why)
        case None:
            return None


async def _may_repeat(app: App, delivery: Delivery) -> bool:
    """Whether the platform still knows the key, so that sending again cannot make a second message."""
    remembers = app.faces[delivery.to.platform].remembers
    return app.tried.within(delivery.id, remembers) and await _instead(app, delivery) is None


async def _claim(app: App, delivery: Delivery) -> bool:
    async with app.db.writing() as tx:
        claimed = await rows.claim(tx, [delivery.id], app.now(), LEASE)
        if claimed and delivery.kind is Kind.NOTE and delivery.state is State.OWED:
            await note_rows.carry(tx, delivery.subject, delivery.person_id)
    return bool(claimed)


async def _owed_again(app: App, delivery: Delivery) -> Delivery:
    app.tried.end(delivery.id)
    async with app.db.writing() as tx:
        await rows.put_off(tx, delivery.id, State.OWED, app.now(), "it did not arrive")
    return delivery._replace(state=State.OWED)


async def _instead(app: App, delivery: Delivery) -> Ends | Waits | None:
    """What becomes of a delivery that is not to be sent now: it is over, or waits for an hour or for another part."""
    now = app.now()
    if not await _compose.wanted(app, delivery):
        return Ends(State.DROPPED)
    if delivery.expires_at and now >= delivery.expires_at:
        return Ends(State.EXPIRED)
    if until := await _replies.waits_until(app.db.reading, delivery, now):
        return Waits(until, "their friend has not accepted messages yet")
    if delivery.part:
        return await _behind(app, delivery, now)
    if delivery.kind not in KEEPS_QUIET:
        return None
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    if seeker and (held_until := await _digest.held_until(app, seeker, delivery.kind)):
        return Waits(held_until, "a pause")
    until = times.after_quiet(now, seeker.quiet, ZoneInfo(seeker.zone)) if seeker else now
    return Waits(until, "quiet hours") if until > now else None


async def _behind(app: App, delivery: Delivery, now: datetime) -> Ends | Waits | None:
    """What becomes of a further part whose first message does not stand (yet)."""
    of_same = [d for d in await rows.about(app.db.reading, delivery.kind, delivery.subject) if d.turn == delivery.turn]
    first = next((d for d in of_same if d.to == delivery.to and d.part == 0), None)
    if first and first.state in rules.ARRIVED:
        return None
    if first and first.state in rules.WAITING:
        return Waits(now + rules.RETRY_AFTER, "the first part is on its way")
    return Ends(State.DROPPED)
