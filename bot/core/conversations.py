"""Direct messages as the bot reads them back: what it knows of each, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.journal import Entry, Held, Kept
from bot.core.people import Person, Said


class Chat(NamedTuple):
    """Somebody's direct messages with the bot."""

    person_id: int
    person: Person
    channel: str
    seen: str  # the newest message up to which everything was read; empty before the first time
    since: datetime  # what was written before is not for the bot


class Known(NamedTuple):
    """One message that was taken."""

    said_at: datetime
    text: str | None  # what is kept of it or waits; None where nothing is
    gone: bool = False  # its deletion was noticed


class History(NamedTuple):
    """What people wrote, oldest first. `until` is the message at which a read was cut; empty where it was not."""

    said: Sequence[Said]
    until: str = ""


class Deleted(NamedTuple):
    """A message of an answer was deleted: shall its words go as well, or the whole answer if they were changed?"""

    entry: Entry
    channel: str
    message: str
    whole: bool


class Refusal(NamedTuple):
    """Why what somebody wrote could not be taken."""

    words: str


class CaughtUp(NamedTuple):
    """Many messages that were written while the bot was away, all kept."""

    kept: int


Answer = Kept | Held | Deleted | Refusal | CaughtUp


def key_of(what: Answer, message: str) -> str:
    """By which an answer to a message is sent once, and a question is found again."""
    match what:
        case Held():
            return what.id
        case Deleted():
            return f"g{what.message}"
        case Kept() | Refusal() | CaughtUp():
            return f"m{message}"
