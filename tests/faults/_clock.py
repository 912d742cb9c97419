"""The time of everybody in one run: it goes fast while the bot waits, and the bot's wall clock may jump.

While the bot's event loop works, its time goes no faster than the world's, and it stands still where the stand-in gets
no turn: on a busy machine a run takes longer, and nobody's patience ends for that alone.
"""

from __future__ import annotations

import asyncio
import mmap
import selectors
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic as world_seconds
from unittest.mock import patch

BEGINS = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday, far from midnight and from any change of a zone
_FIELDS = struct.Struct("8d")  # as below, and before them the true time at the beginning and the factor
_MOMENT, _MOMENT_AT = struct.Struct("3d"), 16  # the world's seconds, the seconds passed by then, the pace from then on
_WORKS_AT, _SLEPT_AT, _JUMPED_AT = 40, 48, 56
TICK = 0.01  # the world's seconds between two decisions about the pace
MOST = 2 * TICK  # the world's seconds that pass without a decision


class Clock:
    """Time by a small file that every process of a run maps, so that all of them tell the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _FIELDS.size)
        self._true, self.factor = struct.unpack_from("2d", self._shared)
        self._newest = 0.0
        self._ticked = asyncio.Event()

    @classmethod
    def made(cls, path: Path, factor: float = 1.0, begins: datetime = BEGINS) -> Clock:
        """A new clock in a file, at most `factor` times as fast as the world; it goes while somebody keeps it going."""
        path.write_bytes(_FIELDS.pack(begins.timestamp(), factor, world_seconds(), 0.0, 1.0, 0.0, 0.0, 0.0))
        return cls(path)

    async def keep_going(self, runs: Callable[[], bool]) -> None:
        """Let time pass until cancelled; `runs` tells whether there is a bot, whose work is waited for."""
        while True:
            pace = 1.0 if runs() and self._told(_WORKS_AT) else self.factor
            _MOMENT.pack_into(self._shared, _MOMENT_AT, world_seconds(), self.monotonic(), pace)
            self._ticked.set()
            self._ticked.clear()
            await asyncio.sleep(TICK)

    async def wait(self, seconds: float) -> None:
        """Return when so many seconds of this clock have passed."""
        until = self.monotonic() + seconds
        while self.monotonic() < until:
            await self._ticked.wait()

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        moment = b""
        while moment != (moment := self._shared[_MOMENT_AT : _MOMENT_AT + _MOMENT.size]):
            pass  # it was being written
        at, passed, pace = _MOMENT.unpack(moment)
        self._newest = max(self._newest, passed + min(world_seconds() - at, MOST) * pace)
        return self._newest

    def true(self) -> float:
        """The seconds since 1970 that Discord knows, whatever the bot's machine believes."""
        return self._true + self.monotonic() + self._told(_SLEPT_AT)

    def wall(self) -> float:
        """The seconds since 1970 that the bot's machine believes."""
        return self.true() + self._told(_JUMPED_AT)

    def now(self) -> datetime:
        """What the bot's machine believes, in UTC."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def jump(self, by: timedelta) -> None:
        """Set the wall clock of the bot's machine forth or back, at once, in every process."""
        self._tell(_JUMPED_AT, self._told(_JUMPED_AT) + by.total_seconds())

    def put_right(self) -> None:
        """Set the wall clock of the bot's machine to the true time."""
        self._tell(_JUMPED_AT, 0.0)

    def sleep(self, by: timedelta) -> None:
        """Let time pass for the world and its wall clocks, and not for the bot's machine, which was suspended."""
        self._tell(_SLEPT_AT, self._told(_SLEPT_AT) + by.total_seconds())

    def expect_work(self) -> None:
        """A process of the bot is starting, which is work before it can tell so itself."""
        self._tell(_WORKS_AT, True)

    def rule(self) -> None:
        """Let this process live by this clock from now on: wall clock, monotonic clock and the event loop's waiting."""
        import time_machine

        travel = time_machine.travel(0).start()
        patch.object(travel, "time_ns", lambda: int(self.wall() * 1_000_000_000)).start()
        patch.object(time, "monotonic", self.monotonic).start()
        patch.object(selectors.DefaultSelector, "select", self._hurried(selectors.DefaultSelector.select)).start()

    def _hurried(self, select: Callable[..., object]) -> Callable[..., object]:
        def selecting(selector: object, timeout: float | None = None) -> object:
            self._tell(_WORKS_AT, False)
            try:
                return select(selector, timeout / self.factor if timeout and timeout > 0 else timeout)
            finally:
                self._tell(_WORKS_AT, True)

        return selecting

    def _told(self, field: int) -> float:
        return struct.unpack_from("d", self._shared, field)[0]

    def _tell(self, field: int, value: float) -> None:
        struct.pack_into("d", self._shared, field, value)
