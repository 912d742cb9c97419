"""What the host is told, once each time: somebody or something that the bot cannot reach, a disk that fills."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Topic(StrEnum):
    """What an alert is about."""

    CLOSED = "closed"  # somebody's direct messages
    LOST = "lost"  # a circle's channel
    DISK_LOW = "disk-low"
    DISK_FULL = "disk-full"
    BACKUP = "backup"  # the daily copy could not be made
    REFUSALS = "refusals"  # the platform refuses too much; background sends rest


class Alert(NamedTuple):
    """One thing that the host is told. `over` once it works again."""

    delivery_id: str
    topic: Topic
    detail: str  # a channel's name, a number: what the words need
    raised_at: datetime
    over: bool = False


class Unreached(NamedTuple):
    """A line in a circle: somebody who wished so cannot be written to."""

    delivery_id: str
    name: str
