"""Time that is spent, and stalls of the event loop."""

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


class Spent:
    """The milliseconds since it was made: on the clock, and those that the processor worked for this process."""

    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def so_far(self) -> tuple[float, float]:
        """Both of them; on a busy machine the second says more."""
        clock, work = self._began
        return (time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000
