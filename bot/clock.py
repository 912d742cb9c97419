"""The heartbeat: APScheduler calls the rounds, one after the other; a watch on the monotonic clock re-arms it.

A job's next run is a wall-clock time: with the clock set back an hour it would not run for that hour. So wall and
monotonic clock are compared every few seconds, by the monotonic one (measured with APScheduler 3.11).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.usecases.bulkhead import Bulkhead

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.base import BaseTrigger

log = logging.getLogger(__name__)
JUMP = 5.0  # seconds by which wall and monotonic clock may drift apart between two looks
LOOK_EVERY = 10.0  # seconds
ARMED_AHEAD = 0.1  # seconds; a round that is just ending has ended by then, and while one runs no other is begun
STOPS_WITHIN = 6.0  # seconds; a container's engine kills after ten
JOB = "rounds"
logging.getLogger("apscheduler").setLevel(logging.ERROR)  # of each round it would write two lines, of a jump a warning


def utc_now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


class Clock:
    """Runs `work` every `seconds`, whatever the wall clock does; an error is logged and the next round comes.

    After a jump of the wall clock `put_right` runs before the next work.
    """

    def __init__(
        self,
        work: Callable[[], Awaitable[None]],
        seconds: float,
        put_right: Callable[[], Awaitable[None]],
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = work
        self._seconds = seconds
        self._put_right = put_right
        self._jumped = False
        self._wall = wall
        self._monotonic = monotonic
        self._scheduler: AsyncIOScheduler | None = None
        self._watch: asyncio.Task[None] | None = None
        self._running: asyncio.Task[None] | None = None
        self._offset = wall() - monotonic()

    def start(self) -> None:
        """Begin at once: what fell due while we were away goes first."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # 25 ms that no first answer waits for

        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._arm(0.001)
        self._scheduler.start()
        self._watch = asyncio.create_task(self._watching())

    async def stop(self) -> None:
        """Begin no further round and let the running one end; one that takes too long is cancelled, never left."""
        if self._scheduler is None or self._watch is None:
            return
        self._watch.cancel()
        self._scheduler.pause()
        if self._running:
            done, _ = await asyncio.wait({self._running}, timeout=STOPS_WITHIN)
            if not done:
                log.warning("the running round takes too long to wait for; what it was sending is looked up next time")
                self._running.cancel()
                await asyncio.wait({self._running})
        self._scheduler.shutdown(wait=False)

    def look(self) -> bool:
        """Compare the clocks; after a jump the job is armed anew, and the answer is true."""
        offset = self._wall() - self._monotonic()
        jumped = abs(offset - self._offset) > JUMP
        self._offset = offset
        if jumped:
            log.warning("the wall clock jumped; the heartbeat is armed anew")
            self._jumped = True
            self._arm(ARMED_AHEAD)
        return jumped

    def _arm(self, ahead: float) -> None:
        assert self._scheduler is not None
        self._scheduler.add_job(
            self._round,
            _every(self._seconds),
            id=JOB,
            replace_existing=True,
            next_run_time=datetime.now(UTC) + timedelta(seconds=ahead),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def _round(self) -> None:
        # a task of its own: APScheduler cancels what it runs itself when it is shut down
        self._running = asyncio.create_task(self._one_round())
        await asyncio.wait({self._running})

    async def _one_round(self) -> None:
        with Bulkhead(log, "a round failed; what is owed stays owed"):
            self.look()
            if self._jumped:
                await self._put_right()
                self._jumped = False
            await self._work()

    async def _watching(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.look()


def _every(seconds: float) -> BaseTrigger:
    """A trigger that leaves missed runs out; APScheduler's own counts them one by one: 3 million for a year's jump."""
    from apscheduler.triggers.base import BaseTrigger

    class Every(BaseTrigger):
        def get_next_fire_time(self, previous_fire_time: Any, now: Any) -> Any:
            return max(previous_fire_time + timedelta(seconds=seconds), now) if previous_fire_time else now

    return Every()
