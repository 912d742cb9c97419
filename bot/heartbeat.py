"""The running bot's sign of life: a small file that each round writes anew while the bot can hear people."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ALIVE_WITHIN = timedelta(seconds=90)
DEAF_AFTER = timedelta(minutes=10)  # a lost connection comes back by itself within this, or a restart may help


def beat(folder: Path, now: datetime) -> None:
    """Write `now` (aware) as the newest sign of life into the data folder; a reader never sees half of it."""
    new = folder / "heartbeat.new"
    new.write_text(now.isoformat(), encoding="ascii")
    os.replace(new, folder / "heartbeat")


def age(folder: Path, now: datetime) -> timedelta | None:
    """How long ago the newest sign of life was; None without one, negative after a clock was set back."""
    try:
        return now - datetime.fromisoformat((folder / "heartbeat").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError, TypeError):  # none yet, cut off, or without a zone
        return None


class Hearing:
    """Whether the bot can hear people: its connection stands, or broke so lately that it may come back."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lost_at: datetime | None = now()

    async def found(self) -> None:
        """The connection stands (again)."""
        self._lost_at = None

    async def lost(self) -> None:
        """It broke, or could not be made; the first time counts."""
        self._lost_at = self._lost_at or self._now()

    @property
    def hears(self) -> bool:
        """False once the connection has been away for too long to wait any more."""
        return self._lost_at is None or self._now() - self._lost_at <= DEAF_AFTER
