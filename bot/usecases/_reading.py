"""Where catching up stands in this process."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable


class Reading:
    """One run of catching up at a time. `done` is set after the first; `failed` counts failures by place."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.failed = Counter[str]()
        self._lock = asyncio.Lock()
        self._waiting = False

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work; asked for while it runs, it is done once more afterwards, however often it was asked for."""
        if self._waiting:
            return
        self._waiting = self._lock.locked()
        async with self._lock:
            self._waiting = False
            await work()
            self.done.set()
