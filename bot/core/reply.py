"""What a seeker answers a friend: thanks, or kindly that an idea is not for them; and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.consent import Consent, stands
from bot.core.dates import day
from bot.core.delivery import ARRIVED, WAITING, State
from bot.core.errors import Told

KEPT_FOR = timedelta(days=28)  # for a friend to accept messages, or for a platform in trouble
PRIVATELY = "person"  # the way to the friend alone; any other is the number of a circle
UNSENT = (State.EXPIRED, State.UNREACHABLE, State.DROPPED, None)
KINDLY = "Thank you for thinking of me. This one is not for me just now, and I am glad that you offered it."


class NoWords(Told):
    """A reply without words."""


class SaidAlready(Told):
    """The same words again, to the same friend, about the same thing."""


class NoWay(Told):
    """A reply cannot go the way that was chosen."""


class Sort(StrEnum):
    """What a seeker says to a friend."""

    THANKS = "thanks"
    DECLINE = "decline"  # that an idea or offer is not for them


class Reply(NamedTuple):
    """Something that a seeker says to a friend, about an idea or about what was in a note."""

    id: int
    sort: Sort
    seeker_id: int
    seeker: str
    friend_id: int
    friend_named: str  # may be empty
    idea_id: int | None
    note_id: int | None
    in_circle: bool  # it stands in the channel, and names the friend
    unnamed: bool  # the friend is not to be named in the channel
    words: str
    made_at: datetime
    state: State | None = None  # of its delivery; None where that is gone
    consent: Consent = Consent.NEVER

    @property
    def friend(self) -> str:
        """The name they go by, as their seeker reads it."""
        return self.friend_named or "your friend"

    @property
    def kept_until(self) -> datetime:
        """When it is let go unless it arrived."""
        return self.made_at + KEPT_FOR


class Brought(NamedTuple):
    """A reply as it reaches the friend, or stands in the channel."""

    delivery_id: str
    reply: Reply
    about: str = ""  # the friend's idea, or who they offered to introduce; empty in the channel


class Way(NamedTuple):
    """One way that a reply can take, as the seeker chooses it."""

    value: str  # PRIVATELY, or the number of a circle
    circle: str = ""  # the name of its channel


class Addressee(NamedTuple):
    """Whom a reply is for, by number and name, what they said to being written to, and the ways there are to them."""

    friend_id: int
    name: str
    consent: Consent
    ways: tuple[Way, ...]
    kept_until: date  # a reply of today


def check_way(to: Addressee) -> Addressee:
    """Whom a reply is for; raises NoWay where no way leads to them."""
    if not to.ways:
        raise NoWay(f"{stands(to.consent, to.name)} So I have no way to carry that.")
    return to


def told(reply: Reply, kept_until: date) -> str:
    """What became of a reply, as its seeker reads it; `kept_until` is on their calendar."""
    if reply.state in ARRIVED:
        return _arrived(reply)
    thanks = reply.sort is Sort.THANKS
    if reply.state not in WAITING:
        return f"{'Your thanks were' if thanks else 'Your kind no was'} not sent: {_why_not(reply)}."
    if reply.in_circle or reply.consent is Consent.GIVEN:
        to = "the channel" if reply.in_circle else reply.friend
        return f"{'Your thanks are' if thanks else 'Your kind no is'} on the way to {to}."
    waits, it = ("Your thanks wait", "them") if thanks else ("Your kind no waits", "it")
    return f"{waits}: {reply.friend} has not accepted messages yet. I keep {it} until {day(kept_until)}."


def _arrived(reply: Reply) -> str:
    if reply.sort is Sort.DECLINE:
        return f"{reply.friend[:1].upper()}{reply.friend[1:]} was told kindly."
    return f"You thanked {reply.friend}{' in the channel' if reply.in_circle else ''}."


def _why_not(reply: Reply) -> str:
    if reply.in_circle:
        return (
            f"{reply.friend} is not to be named in the channel" if reply.unnamed else "I could not post in the channel"
        )
    if reply.state is State.EXPIRED:
        return f"{reply.friend} did not accept messages in time"
    if reply.consent is Consent.QUIET:
        return f"{reply.friend} wants no messages from me"
    if reply.state is State.UNREACHABLE:
        return f"{reply.friend}'s direct messages are closed to me, or they left"
    return "it was let go"
