"""The one limiter of everything that the bot asks of a platform by itself; answers to people never wait for it."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable

from bot.core.delivery import OPENED_EVERY


class Pace:
    """Turns, evenly spaced; who opens a conversation waits for one of those besides. `math.inf` switches it off."""

    def __init__(
        self,
        per_second: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.per_second = per_second
        self._opened_every = 0 if per_second == math.inf else OPENED_EVERY.total_seconds()
        self._clock = clock
        self._sleep = sleep
        self._next = self._next_opening = clock()

    def after(self, seconds: float) -> float:
        """The instant so many seconds from now, by the clock of the turns."""
        return self._clock() + seconds

    async def turn(self, *, opens: bool = False, by: float | None = None) -> bool:
        """Wait for the next turn; false, and none is taken, where it would come at or after `by` (see `after`)."""
        now = self._clock()
        at = max(now, self._next, self._next_opening if opens else now)
        if by is not None and at >= by:
            return False
        self._next = max(now, self._next) + 1 / self.per_second
        if opens:
            self._next_opening = at + self._opened_every
        if at > now:
            await self._sleep(at - now)
        return True
