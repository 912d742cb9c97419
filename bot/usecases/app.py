"""The App that every use case takes, and what the core asks of a chat platform."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple, Protocol
from weakref import WeakValueDictionary

from bot.charts import Studio
from bot.core.alert import Alert, Unreached
from bot.core.ask import StillOpen
from bot.core.care import Confided, StillThere
from bot.core.circle import Note, Welcome
from bot.core.consent import Greeting
from bot.core.conversations import Answer, History
from bot.core.council import Invitation, JointPost
from bot.core.delivery import CannotTell, Outcome
from bot.core.exercise import Library
from bot.core.experiment import Trial
from bot.core.follow_up import FollowUps
from bot.core.help_lines import HelpLines
from bot.core.idea import Arrival
from bot.core.interview import Upcoming
from bot.core.introduction import Introduction
from bot.core.journal import Prompt
from bot.core.landing import ClosingPost, LandingDraft
from bot.core.people import Person, Post, Profile, Quiet, Space
from bot.core.reply import Brought
from bot.core.rhythm import Hello, Plan
from bot.core.summary import Draft, Portion, Summary, WeekPost
from bot.store.db import Database
from bot.usecases._reading import Reading
from bot.usecases.pace import Pace
from bot.usecases.tried import Tried

Thing = (
    Hello
    | Prompt
    | Draft
    | WeekPost
    | Portion
    | JointPost
    | Invitation
    | Note
    | Arrival
    | Introduction
    | Greeting
    | Brought
    | StillThere
    | Confided
    | Welcome
    | Alert
    | Unreached
    | StillOpen
    | Trial
    | FollowUps
    | Upcoming
    | LandingDraft
    | ClosingPost
)


class Face(Protocol):
    """A chat platform. No button, form or message type crosses this line: things go out, outcomes come back."""

    @property
    def remembers(self) -> timedelta:
        """For how long the platform answers a repeated key with the message that stands already."""
        ...

    async def deliver(self, key: str, to: Person | Space, what: Thing, channel: str = "") -> Outcome:
        """Send; `key` is given to the platform as idempotency key and can be found again in its history.

        `channel` is where a person's conversation is known to be; where it is empty, one is opened.
        """
        ...

    async def find(self, key: str, to: Person | Space, since: datetime, channel: str = "") -> Post | CannotTell | None:
        """The message of a delivery in the channel's history: among the newest, and further back to an instant."""
        ...

    async def written(
        self, to: Person | Space, channel: str, after: str, since: datetime | None = None
    ) -> History | None:
        """What people wrote in a channel, as far as one read goes; None where it cannot be read.

        It begins after the message `after`, or at `since` where that is earlier; an empty `after` leaves the instant.
        """
        ...

    async def answer(self, key: str, to: Person, channel: str, what: Answer) -> Outcome:
        """Say in a conversation what came of a message there; `key` as for what is delivered."""
        ...

    async def revise(self, post: Post, what: Thing) -> Outcome:
        """Make a standing message say something else."""
        ...

    async def retract(self, post: Post) -> Outcome:
        """Take a message down; one that is gone already counts as taken down."""
        ...

    async def profile(self, who: Person) -> Profile | None:
        """What the platform knows of a person."""
        ...

    async def reactions(self, post: Post) -> Sequence[tuple[Person, str, str]] | None:
        """Who reacted to a message, as (person, name, emoji), the bot left out; None where it cannot be read."""
        ...

    def messages(self, summary: Summary) -> int:
        """How many messages a weekly post takes on this platform."""
        ...


class Settings(NamedTuple):
    """What the host may set that the rules need."""

    plans: tuple[Plan, ...]
    quiet: Quiet
    morning: time
    late: timedelta  # a prompt later than this is not sent any more
    host: Person | None = None
    per_second: float = 30  # background sends
    backups: int = 7  # daily copies of the database that are kept; 0: none are made
    help_lines: HelpLines = MappingProxyType({})


@dataclass(slots=True)
class App:
    """All that a use case needs; time is asked of `now`, never of the machine."""

    db: Database
    now: Callable[[], datetime]
    exercises: Library
    studio: Studio
    settings: Settings
    pace: Pace
    faces: dict[str, Face] = field(default_factory=dict[str, Face])
    reading: Reading = field(default_factory=Reading)
    tried: Tried = field(default_factory=Tried)
    revising: WeakValueDictionary[str, Lock] = field(default_factory=WeakValueDictionary[str, Lock])  # by delivery
