"""Everything that goes out: row, send, settle. What can come of a send, and what follows from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.people import Person, Post, Space

SEND_TIMEOUT = timedelta(seconds=20)  # an answer later than this is unknown, not failed
AT_FIRST = (timedelta(seconds=5), timedelta(seconds=20))  # while the platform may still know the key
RETRY_AFTER = timedelta(minutes=1)
LOST_AGAIN = timedelta(hours=6)  # where we may not write at present, a standing message is revised later
LEFT_AFTER = timedelta(days=14)  # a message that cannot be changed for so long is left as it is
LEFT_AFTER_TRIES = 10  # and not before: for most of that time nothing may have run
MOST_ATTEMPTS = 400  # days of trying, at half an hour each
OPENED_EVERY = timedelta(seconds=1)  # between two conversations that are opened anew


class Kind(StrEnum):
    """What a delivery carries."""

    HELLO = "hello"
    PROMPT = "prompt"
    DRAFT = "draft"
    RECALL = "recall"
    POST = "post"
    PART = "part"  # what of a posted week is meant for one friend, by direct message
    COUNCIL = "council"  # the joint post of a circle with three seekers or more
    INVITATION = "invitation"  # tells a seeker what others of their circle ask for
    NOTE = "note"
    STILL_OPEN = "still open"  # asks whether one of their asks is
    IDEA = "idea"  # brings a friend's idea or offer
    BECAME = "became"  # asks what became of it
    INTRODUCTION = "introduction"  # tells a friend that the introduction they offered is welcome
    CONSENT = "consent"  # the first message to a friend who accepted messages
    REPLY = "reply"  # what a seeker answers a friend, by direct message or in the channel
    SILENCE = "silence"  # asks a seeker who has gone silent how they are
    CONFIDED = "confided"  # to the one friend whom a seeker lets know of it
    TRIAL = "trial"  # asks whether an experiment happened
    FOLLOW_UPS = "follow ups"  # names what to follow up on, in the morning
    INTERVIEW = "interview"  # reminds of one, or asks how it was
    LANDING = "landing"  # a journey that ends or turns, to its seeker
    CLOSING = "closing"  # the post about it
    WELCOME = "welcome"
    ALERT = "alert"  # to the host
    UNREACHED = "unreached"  # to a circle: somebody's direct messages are closed, and they chose to hear of it there


class State(StrEnum):
    """Where a delivery stands. Every one ends in one of the last five."""

    OWED = "owed"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    LATE = "late"  # sent, but later than promised
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"  # nothing was left to say


# by direct message only while they accept it; the row is theirs
TO_FRIENDS = (Kind.CONSENT, Kind.REPLY, Kind.INTRODUCTION, Kind.CONFIDED, Kind.PART)
WAITING = (State.OWED, State.SENDING, State.UNKNOWN)
ARRIVED = (State.SENT, State.LATE)


class Delivery(NamedTuple):
    """One message owed. `id` is the idempotency key that the platform is given."""

    id: str
    kind: Kind
    to: Person | Space
    person_id: int  # whose data it carries
    subject: int  # the occurrence, week, note or circle that it is about
    part: int
    turn: int  # which asking or posting of the subject it is
    due_at: datetime
    expires_at: datetime | None
    try_at: datetime  # the next try; while it is being sent, when that one is given up
    state: State
    attempts: int  # how often its outcome stayed unknown
    claimed_at: datetime | None = None
    post: Post | None = None
    stale: int = 0  # how often the message fell out of date since it was last revised
    channel: str = ""  # where the conversation with the person is known to be
    hindered: bool = False  # nothing has reached the person since they were found to be closed

    @property
    def may_stand(self) -> bool:
        """Whether it may be read on the platform by now, so that a change concerns it."""
        return self.post is not None or self.state in (State.SENDING, State.UNKNOWN)


class Sent(NamedTuple):
    """It stands on the platform; or it stood there, and was deleted before its place was known: then None."""

    post: Post | None


class Later(NamedTuple):
    """The platform asks to wait; nothing was sent."""

    seconds: float


class Cause(StrEnum):
    """What stands in the way of a message."""

    CLOSED = "closed"  # the person does not let the bot write to them
    LOST = "lost"  # the channel is gone, or the bot may not write there
    REFUSED = "refused"  # this one message is refused


class Unreachable(NamedTuple):
    """It cannot arrive: closed direct messages, a lost channel, a missing permission."""

    why: str
    gone: bool = False  # the message, or its whole channel, is no longer there
    cause: Cause = Cause.REFUSED


class Unknown(NamedTuple):
    """It may have arrived or not: look before another try."""

    why: str


Outcome = Sent | Later | Unreachable | Unknown


class CannotTell(NamedTuple):
    """The platform does not let us look whether a message is there."""

    why: str


def lateness_matters(due_at: datetime, now: datetime) -> bool:
    """Whether something is late enough to be marked so: more than five minutes."""
    return now - due_at > timedelta(minutes=5)


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again after so many earlier attempts: in 5 s, in 20 s, in a minute, doubling up to half an hour."""
    if attempts < len(AT_FIRST):
        return now + AT_FIRST[attempts]
    return now + min(RETRY_AFTER * 2 ** min(attempts - len(AT_FIRST), 10), timedelta(minutes=30))


def next_revision(stuck_since: datetime, tries: int, now: datetime, *, refused: bool) -> datetime | None:
    """When to try again to change a standing message that could not be changed since an instant; None: leave it."""
    stuck_for = now - stuck_since
    if stuck_for >= LEFT_AFTER and tries >= LEFT_AFTER_TRIES:
        return None
    return now + (LOST_AGAIN if refused else min(max(stuck_for, RETRY_AFTER), timedelta(minutes=30)))


class Crowd(NamedTuple):
    """How many messages are due at one instant, and to how many people a conversation has to be opened for them."""

    at: datetime
    many: int
    opened: int = 0


def lateness(crowd: Crowd, per_second: float) -> timedelta:
    """How late the last of a crowd comes: all go at the pace, and those that open a conversation one a second."""
    opening = max(crowd.opened - 1, 0) * OPENED_EVERY
    return max(timedelta(seconds=max(crowd.many - 1, 0) / per_second), opening)
