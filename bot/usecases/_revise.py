"""What stands is kept true: revised, or taken down, when the database says something else.

One message is revised once at a time, until that is written: else an older text could arrive behind a newer one, and
stay where the process dies before it notices.
"""

from __future__ import annotations

import logging
from asyncio import Lock
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.core import delivery as rules
from bot.core.delivery import Delivery, Kind, Later, Outcome, Sent, Unknown, Unreachable
from bot.store import delivery as rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.store.trouble import Refused
from bot.usecases import _compose, _weeks
from bot.usecases._attempt import MINE, in_time
from bot.usecases.app import App
from bot.usecases.bulkhead import Bulkhead

log = logging.getLogger(__name__)


async def revise_stale(app: App, by: float) -> None:
    """Revise or take down what no longer says the truth, as far as a round comes."""
    for delivery in await standing_rows.stale(app.db.reading, app.now()):
        if not await app.pace.turn(by=by):
            return
        await _refresh(app, delivery.id)


async def refresh_now(app: App, delivery_ids: Iterable[str]) -> None:
    """Revise or take down some messages at once; what fails stays stale and is tried again by a later round."""
    for delivery_id in delivery_ids:
        with kept_anyway():
            await _refresh(app, delivery_id)


@contextmanager
def kept_anyway() -> Generator[None]:
    """What somebody did is committed: what follows from it, and the database refuses now, is left to a later round."""
    try:
        yield
    except Refused as refusal:
        log.warning("what follows is done later: %s", refusal)


async def _refresh(app: App, delivery_id: str) -> None:
    """Make one message that is stale say what the database says; take it down where that is nothing."""
    async with _alone(app, delivery_id):
        delivery = await rows.get(app.db.reading, delivery_id)
        if delivery and delivery.post and delivery.stale:
            await _refresh_alone(app, delivery)


def _alone(app: App, delivery_id: str) -> Lock:
    """Held while a message is revised."""
    return app.revising.setdefault(delivery_id, Lock())


async def _refresh_alone(app: App, delivery: Delivery) -> None:
    taken_down, outcome = False, Unknown(MINE)  # where it fails: the change itself is kept, only its showing is late
    with Bulkhead(log, "delivery=%s kind=%s could not be revised; it is tried again", delivery.id, delivery.kind):
        taken_down, outcome = await _revise(app, delivery)
    now = app.now()
    async with app.db.writing(reserve=True) as tx:
        match outcome:
            case Sent() if not taken_down:
                if not await standing_rows.revised(tx, delivery.id, delivery.stale):
                    await standing_rows.mark(tx, delivery.id, now)
            case Sent():
                await standing_rows.forget_post(tx, delivery.id)
            case Unreachable(gone=True):
                if delivery.kind in (Kind.POST, Kind.COUNCIL):
                    await _weeks.gone(tx, delivery, now)
                await standing_rows.forget_post(tx, delivery.id)
            case Later(seconds):
                await standing_rows.mark(tx, delivery.id, now + timedelta(seconds=max(seconds, 1)))
            case Unreachable(why) | Unknown(why):
                await _stuck(tx, delivery, now, why, refused=isinstance(outcome, Unreachable))


async def _stuck(tx: Tx, delivery: Delivery, now: datetime, why: str, *, refused: bool) -> None:
    """A message could not be changed: it is tried again for two weeks, and then left, as its row and the log say."""
    since = await standing_rows.stuck_since(tx, delivery.id, now)
    again = rules.next_revision(since, delivery.stale, now, refused=refused)
    if again is None and await standing_rows.leave(tx, delivery.id, delivery.stale, f"left as it stands: {why}"):
        log.warning("delivery=%s kind=%s is left as it stands: %s", delivery.id, delivery.kind, why)
    else:
        await standing_rows.mark(tx, delivery.id, again or now)


async def show(app: App, delivery: Delivery) -> Outcome:
    """Make a standing message say what the database says, or take it down; what came of it."""
    async with _alone(app, delivery.id):
        return (await _revise(app, delivery))[1]


async def _revise(app: App, delivery: Delivery) -> tuple[bool, Outcome]:
    assert delivery.post is not None
    face = app.faces[delivery.to.platform]
    what = await _compose.thing(app, delivery)
    if what is None:
        return True, await in_time(face.retract(delivery.post))
    return False, await in_time(face.revise(delivery.post, what))
