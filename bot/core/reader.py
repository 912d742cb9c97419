"""Named friends: who alone is to read an answer, and how it stands with each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.consent import Consent
from bot.core.dates import day
from bot.core.delivery import ARRIVED, WAITING, State
from bot.core.errors import Told

MOST_NAMES = 5  # in one line


class NotAFriend(Told):
    """Somebody was named who is not known in the seeker's circles."""


class NobodyToSend(Told):
    """A week was to be posted of which nothing may be sent to anybody."""


class Reader(NamedTuple):
    """A friend who is to read an answer, by direct message alone."""

    id: int
    named: str  # may be empty
    consent: Consent = Consent.NEVER

    @property
    def name(self) -> str:
        """The name they go by."""
        return self.named or UNNAMED


class Handed(NamedTuple):
    """How it stands with what of a week is meant for one friend."""

    reader: Reader
    state: State | None = None  # of its delivery, once the week is posted
    kept_until: date | None = None  # until then they may accept messages and get it


def names(readers: Iterable[Reader]) -> str:
    """Who they are: "Jonas", "Jonas and Aisha"; of many the first, and how many more."""
    known = [reader.name for reader in readers]
    if len(known) > MOST_NAMES:
        known = [*known[:MOST_NAMES], f"{len(known) - MOST_NAMES} more"]
    return texts.listing(known)


def standing(handed: Sequence[Handed]) -> list[tuple[list[Reader], str]]:
    """How it stands, as (friends, how): those with whom it stands alike are told together."""
    alike: dict[str, list[Reader]] = {}
    for one in handed:
        alike.setdefault(_how(one), []).append(one.reader)
    return [(readers, how) for how, readers in alike.items()]


def _how(one: Handed) -> str:
    if one.reader.consent is Consent.QUIET:
        return "no messages from me, as they wished, so nothing is sent to them."
    if one.state in ARRIVED:
        return "sent."
    if one.reader.consent is Consent.CLOSED or one.state is State.UNREACHABLE:
        return "direct messages are closed to me, or they left, so nothing is sent to them."
    if one.state is State.EXPIRED:
        return "not accepted in time, so nothing was sent to them."
    if one.reader.consent is Consent.GIVEN:
        return _to_be_sent(one.state)
    if one.kept_until:
        return f"not yet accepted, so nothing is sent to them. It comes if they do by {day(one.kept_until)}."
    return "not yet accepted, so nothing is sent to them. “Yes, write to me” in the circle changes that."


def _to_be_sent(state: State | None) -> str:
    if state is None:
        return "to be sent by direct message, once you post."
    return "on its way." if state in WAITING else "nothing was sent to them."
