"""The time of everybody in one run: it may go faster than the world, and the bot's wall clock may jump."""

from __future__ import annotations

import mmap
import selectors
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic as world_seconds

BEGINS = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday, far from midnight and from any change of a zone
_FIELDS = struct.Struct("5d")  # the world's seconds and the true time at the beginning, the factor, sleep, jumps
_SLEPT, _JUMPED = 24, 32


class Clock:
    """Time by a small file that every process of a run maps, so that all of them tell the same."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _FIELDS.size)
        self._origin, self._true, self.factor, _, _ = _FIELDS.unpack_from(self._shared)

    @classmethod
    def made(cls, path: Path, factor: float = 1.0, begins: datetime = BEGINS) -> Clock:
        """A new clock in a file, `factor` times as fast as the world."""
        path.write_bytes(_FIELDS.pack(world_seconds(), begins.timestamp(), factor, 0.0, 0.0))
        return cls(path)

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return (world_seconds() - self._origin) * self.factor

    def true(self) -> float:
        """The seconds since 1970 that Discord knows, whatever the bot's machine believes."""
        return self._true + self.monotonic() + self._told(_SLEPT)

    def wall(self) -> float:
        """The seconds since 1970 that the bot's machine believes."""
        return self.true() + self._told(_JUMPED)

    def now(self) -> datetime:
        """What the bot's machine believes, in UTC."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def jump(self, by: timedelta) -> None:
        """Set the wall clock of the bot's machine forth or back, at once, in every process."""
        self._tell(_JUMPED, self._told(_JUMPED) + by.total_seconds())

    def put_right(self) -> None:
        """Set the wall clock of the bot's machine to the true time."""
        self._tell(_JUMPED, 0.0)

    def sleep(self, by: timedelta) -> None:
        """Let time pass for the world and its wall clocks, and not for the bot's machine, which was suspended."""
        self._tell(_SLEPT, self._told(_SLEPT) + by.total_seconds())

    def world(self, seconds: float) -> float:
        """How many of the world's seconds these seconds take."""
        return seconds / self.factor

    def rule(self) -> None:
        """Let this process live by this clock from now on: wall clock, monotonic clock and the event loop's waiting."""
        import time_machine

        time_machine.travel(0).start().time_ns = lambda: int(self.wall() * 1_000_000_000)  # type: ignore[method-assign]
        time.monotonic = self.monotonic
        selectors.DefaultSelector.select = _hurried(selectors.DefaultSelector.select, self.factor)  # type: ignore[method-assign]

    def _told(self, field: int) -> float:
        return struct.unpack_from("d", self._shared, field)[0]

    def _tell(self, field: int, value: float) -> None:
        struct.pack_into("d", self._shared, field, value)


def _hurried(select: Callable[..., list[object]], factor: float) -> Callable[..., list[object]]:
    def selecting(selector: object, timeout: float | None = None) -> list[object]:
        return select(selector, timeout / factor if timeout and timeout > 0 else timeout)

    return selecting
