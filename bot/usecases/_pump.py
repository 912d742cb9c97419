"""Row, send, settle: what is owed is claimed in batches, sent by ten at a time, and settled by group commit.

A delivery whose answer never came is tried under the same key while the platform knows it, and then looked for in the
channel's history before any other try. What cannot be tried stays owed and never holds up what goes to somebody else.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.core.delivery import Delivery, Kind, Later, Outcome, Sent, State, Unknown, Unreachable
from bot.core.journal import Prompt
from bot.store import delivery as rows
from bot.store.db import Tx
from bot.usecases import _prompts, _reach
from bot.usecases._attempt import FAILED, LEASE, MINE, attempt, in_time, look, opens, send, turn
from bot.usecases._lines import Lines, Place
from bot.usecases._prompts import Ready
from bot.usecases._revise import kept_anyway, refresh_now, revise_stale, show
from bot.usecases._settle import Ends, Finding, HandedBack, Ledger, Waits, settle
from bot.usecases.app import App, Thing
from bot.usecases.bulkhead import Bulkhead, gathered

__all__ = [
    "ROUND",
    "in_time",
    "kept_anyway",
    "look",
    "refresh_now",
    "release",
    "revise_stale",
    "send_due",
    "send_now",
    "show",
]

log = logging.getLogger(__name__)
SENDERS = 10
MOST = 100  # deliveries in one batch
AHEAD = 50  # made and not yet being sent, so that senders need not wait for the next batch
CLOSED = "direct messages are closed"
ROUND = 20.0  # seconds in which one round begins to send; the sign of life waits for the round's end


async def release(app: App) -> None:
    """At the start nobody else holds the database: what a killed process was sending is looked for at once."""
    async with app.db.writing() as tx:
        left = await rows.release(tx, app.now())
    if left:
        log.info("%d deliveries were on their way when this stopped; they are looked for", left)


async def send_now(app: App, delivery_ids: Iterable[str]) -> list[Outcome | None]:
    """Send some deliveries at once, in order and ahead of the background; None where there was nothing to send."""
    return [await _send_now(app, delivery_id) for delivery_id in delivery_ids]


async def _send_now(app: App, delivery_id: str) -> Outcome | None:
    delivery = await rows.get(app.db.reading, delivery_id)
    if delivery is None or delivery.state is not State.OWED:
        return None
    finding = await attempt(app, delivery)
    if finding is not None:
        with kept_anyway():
            await settle(app, delivery, finding)
    return finding if isinstance(finding, Sent | Later | Unreachable | Unknown) else None


async def send_due(app: App, by: float) -> None:
    """Send what is due until `by` (see `Pace.after`): to each place in order, everybody's first before any second."""
    lines = Lines(await rows.waiting(app.db.reading, app.now()))
    if lines.over:
        return
    async with Ledger(app) as ledger:
        await _Round(app, by, lines, ledger).run()
    if ledger.errors:
        raise ExceptionGroup("some deliveries could not be settled; they are looked for later", ledger.errors)


class _Job(NamedTuple):
    delivery: Delivery
    what: Thing | None = None  # where it is claimed and made already


class _Round:
    """One round's sending: batches are claimed and made just ahead of ten senders.

    A sender of its own opens conversations, one a second, so that nobody whose conversation is known waits for them.
    """

    def __init__(self, app: App, by: float, lines: Lines, ledger: Ledger) -> None:
        self._app, self._by, self._lines, self._ledger = app, by, lines, ledger
        self._jobs: asyncio.Queue[_Job | None] = asyncio.Queue(AHEAD)
        self._openings: asyncio.Queue[_Job | None] = asyncio.Queue()
        self._size = min(MOST, max(SENDERS, math.ceil(min(app.pace.per_second, MOST))))

    async def run(self) -> None:
        """Serve the lines until they or the round are over."""
        async with asyncio.TaskGroup() as group:
            for queue in (*[self._jobs] * SENDERS, self._openings):
                group.create_task(self._serve(queue))
            with gathered(self._ledger.errors):  # what is on its way is settled all the same
                await self._feed()
            for queue in (*[self._jobs] * SENDERS, self._openings):
                await queue.put(None)

    async def _feed(self) -> None:
        while not self._lines.over and self._app.pace.after(0) < self._by:
            places = self._lines.take(self._size)
            if not places:
                await self._lines.moved.wait()
            for job in await self._batch(places) if places else ():
                await (self._openings if opens(job.delivery) else self._jobs).put(job)

    async def _batch(self, places: Mapping[str, Place]) -> list[_Job]:
        """What is to be sent of a batch: first tries of questions claimed and made together, others left to be."""
        found, closed, claimed = await self._app.db.at_once(partial(self._claim, places))
        made = await self._make([found[delivery_id] for delivery_id in claimed]) if claimed else {}
        jobs: list[_Job] = []
        for delivery_id, place in places.items():
            delivery = found.get(delivery_id)
            if delivery is None or (_in_bulk(delivery) and delivery_id not in claimed | closed):
                self._lines.back(place, goes_on=True)  # settled meanwhile
            elif delivery_id in closed:
                self._found(delivery, Ends(State.UNREACHABLE, CLOSED))
            elif isinstance(finding := made.get(delivery_id), Ends | Waits | Unknown):
                self._found(delivery, finding)
            else:
                jobs.append(_Job(delivery, finding))
        return jobs

    async def _claim(self, ids: Collection[str], tx: Tx) -> tuple[dict[str, Delivery], set[str], set[str]]:
        """The deliveries of a batch; which need not be tried, as their person is closed; which are claimed."""
        found = {delivery.id: delivery for delivery in await rows.read(tx, ids)}
        closed = await _reach.blocked(tx, [one for one in found.values() if one.state is State.OWED])
        bulk = [one.id for one in found.values() if _in_bulk(one) and one.id not in closed]
        claimed = await rows.claim(tx, bulk, self._app.now(), LEASE) if bulk else set[str]()
        return found, closed, claimed

    async def _make(self, deliveries: list[Delivery]) -> dict[str, Prompt | Ends | Waits | Unknown]:
        """What some questions say, or what becomes of them instead; one that cannot be made spoils no other."""
        try:
            ready = await _prompts.ready(self._app, deliveries)
        except Exception:  # whichever it is: each is made by itself
            if len(deliveries) > 1:
                apart = [await self._make([delivery]) for delivery in deliveries]
                return {delivery_id: made for one in apart for delivery_id, made in one.items()}
            log.exception("delivery=%s kind=prompt could not be made; it is tried again", deliveries[0].id)
            return {deliveries[0].id: Unknown(MINE)}
        now = self._app.now()
        return {delivery.id: _verdict(delivery, ready.get(delivery.id), now) for delivery in deliveries}

    async def _serve(self, queue: asyncio.Queue[_Job | None]) -> None:
        while (job := await queue.get()) is not None:
            self._found(job.delivery, await self._try(job))

    async def _try(self, job: _Job) -> Finding | None:
        app, (delivery, what) = self._app, job
        if what is None:
            return await attempt(app, delivery, self._by)
        with Bulkhead(log, FAILED, delivery.id, delivery.kind):
            return await send(app, delivery, what) if await turn(app, delivery, self._by) else HandedBack()
        return Unknown(MINE)

    def _found(self, delivery: Delivery, finding: Finding | None) -> None:
        """Write what came of one; its place goes on when that is committed, unless it has to wait."""
        if finding is None:
            self._lines.back(delivery.to, goes_on=False)
            return
        goes_on = not isinstance(finding, Later | Unknown | HandedBack)
        written = self._ledger.add(delivery, finding)
        written.add_done_callback(lambda done: self._lines.back(delivery.to, goes_on=goes_on and done.result()))


def _in_bulk(delivery: Delivery) -> bool:
    return delivery.kind is Kind.PROMPT and delivery.state is State.OWED


def _verdict(delivery: Delivery, ready: Ready | None, now: datetime) -> Prompt | Ends | Waits:
    if ready is None:
        return Ends(State.DROPPED)
    if delivery.expires_at and now >= delivery.expires_at:
        return Ends(State.EXPIRED)
    return Waits(ready.until, "quiet hours") if ready.until > now else ready.prompt
