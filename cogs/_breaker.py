"""A circuit breaker: background requests rest long before Discord would block this address.

Discord blocks an address after 10,000 answers of 401, 403 or 429 within ten minutes (Discord's documentation on
invalid requests).
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

log = logging.getLogger(__name__)
REFUSALS = frozenset({401, 403, 429})
SPAN = 600.0  # seconds in which Discord counts
MOST = 1000  # refusals within them; a tenth of what blocks the address
GRAIN = 1.0  # seconds whose refusals are counted together


class Breaker:
    """Counts refusals. From a thousand on it asks to rest until half of them are ten minutes old."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: deque[tuple[float, int]] = deque()
        self._resting = False

    def trace(self) -> aiohttp.TraceConfig:
        """What shows this breaker the status of every answer."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._ended)
        return config

    async def _ended(
        self, _: aiohttp.ClientSession, context: SimpleNamespace, answered: aiohttp.TraceRequestEndParams
    ) -> None:
        self.count(answered.response.status)

    def count(self, status: int) -> None:
        """Take note of an answer's status."""
        if status not in REFUSALS:
            return
        now = self._clock()
        if self._counts and now - self._counts[-1][0] < GRAIN:
            at, number = self._counts.pop()
            self._counts.append((at, number + 1))
        else:
            self._counts.append((now, 1))
        if not self._resting and self._within(now) >= MOST:
            self._resting = True
            log.error("Discord refused %d requests in ten minutes; what goes out by itself rests for a while", MOST)

    def rest(self) -> float:
        """For how many seconds nothing is to be asked in the background; 0 where all is well."""
        now = self._clock()
        if not self._resting or self._within(now) < MOST // 2:
            self._resting = False
            return 0.0
        left, until = self._within(now), now
        for at, number in self._counts:
            left, until = left - number, at + SPAN
            if left < MOST // 2:
                break
        return until - now

    def _within(self, now: float) -> int:
        while self._counts and now - self._counts[0][0] >= SPAN:
            self._counts.popleft()
        return sum(number for _, number in self._counts)
