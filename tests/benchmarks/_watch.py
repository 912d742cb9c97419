"""Stalls of the event loop."""

from __future__ import annotations

import asyncio
import time


class Watch:
    """Feels how late the event loop comes back to it, in milliseconds; it yields without ever waiting."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._task = asyncio.create_task(self._feel())

    async def stop(self) -> float:
        """The longest stall so far."""
        await asyncio.sleep(0.01)
        self._task.cancel()
        return self.longest

    async def _feel(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self.longest = max(self.longest, (now - last) * 1000 - 1)
            last = now
