"""The running bot's sign of life: a small file that each tick writes anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

ALIVE_WITHIN = timedelta(seconds=90)


def beat(folder: Path, now: datetime) -> None:
    """Write `now` (aware) as the newest sign of life into the data folder."""
    (folder / "heartbeat").write_text(now.isoformat(), encoding="ascii")


def age(folder: Path, now: datetime) -> timedelta | None:
    """How long ago the newest sign of life was; None without one, negative after a clock was set back."""
    try:
        return now - datetime.fromisoformat((folder / "heartbeat").read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None
