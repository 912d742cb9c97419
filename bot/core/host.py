"""What the host sees of a running Cairn, without anybody's name or words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.alert import Topic
from bot.core.errors import Told

COUNTED = timedelta(hours=24)
BEHIND = timedelta(minutes=5)  # later than this a message counts as late
FOR_THE_HOST = frozenset(Topic) - {Topic.CLOSED}  # somebody's closed messages are theirs to open


class NotTheHost(Told):
    """Somebody else asked for what only the host sees."""


class Counts(NamedTuple):
    """How many messages are due, in doubt, and ended in the last 24 hours; how many people are closed to the bot."""

    due: int = 0
    oldest: datetime | None = None  # since when the longest due one could be tried
    unknown: int = 0
    sent: int = 0
    late: int = 0
    expired: int = 0
    unreachable: int = 0
    closed: int = 0
    left: int = 0  # messages that stand as they were, as the platform let nobody change them


class Trouble(NamedTuple):
    """One thing that the host was told and that lasts."""

    topic: Topic
    detail: str
    since: datetime


class Disk(NamedTuple):
    """Bytes: free where the database is, of how many, and how many it takes."""

    free: int
    total: int
    database: int


class Rush(NamedTuple):
    """The minute in which most is due, how much that is, and how late the last of it comes."""

    at: datetime
    many: int
    lateness: timedelta


class Line(NamedTuple):
    """The connection to the chat platform."""

    since: datetime | None  # since when it stands; None while it does not
    latency: float = 0.0  # seconds
    rests_until: datetime | None = None  # background sends rest: the platform refused too much


class Status(NamedTuple):
    """How all is."""

    at: datetime
    counts: Counts
    troubles: tuple[Trouble, ...]
    lost: tuple[str, ...]  # names of channels
    backed_up_at: datetime | None
    disk: Disk
    schema: int
    versions: tuple[tuple[str, str], ...]
    rush: Rush | None = None

    @property
    def behind(self) -> timedelta:
        """How long the oldest message that could go out has waited."""
        return max(self.at - self.counts.oldest, timedelta()) if self.counts.oldest else timedelta()

    @property
    def worries(self) -> tuple[Trouble, ...]:
        """What the host should look at, oldest first."""
        return tuple(sorted((t for t in self.troubles if t.topic in FOR_THE_HOST), key=lambda t: t.since))


def is_well(status: Status, line: Line | None) -> bool:
    """Whether nothing asks for the host: nothing lasts, nothing is behind, the connection stands."""
    if line is not None and (line.since is None or line.rests_until):
        return False
    return not status.worries and status.behind <= BEHIND
