"""Where catching up stands in this process."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable


class Reading:
    """One run of catching up at a time. `done` is set after the first; `failed` counts failures by place.

    `marks` has the message behind which a long channel is read on, by channel, until a new session reads all anew.
    """

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.everything = False  # asked for; otherwise what failed is enough
        self.failed = Counter[str]()
        self.marks: dict[str, str] = {}
        self._lock = asyncio.Lock()
        self._waiting = False

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work; asked for while it runs, it is done once more afterwards, however often it was asked for."""
        if self._waiting:
            return
        self._waiting = True
        try:
            await self._lock.acquire()
        finally:
            self._waiting = False
        try:
            await work()
            self.done.set()
        finally:
            self._lock.release()
