"""Whether a friend lets the bot write to them: accepted once, in the circle, and ended at any time."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from bot.core.errors import Told


class Consent(StrEnum):
    """What a friend said to being written to by direct message."""

    NEVER = "never"  # they have not said anything
    GIVEN = "given"
    QUIET = "quiet"  # they ended it
    CLOSED = "closed"  # a message did not reach them: their direct messages are closed, or they left


class OnlyInTheCircle(Told):
    """Somebody accepts messages for the first time elsewhere than in a circle."""


ENDED = (Consent.QUIET, Consent.CLOSED)


class Greeting(NamedTuple):
    """The first message to a friend who accepted messages; once they end them it says that."""

    delivery_id: str
    name: str
    consent: Consent


def stands(consent: Consent, friend: str) -> str:
    """What a friend said, as somebody reads it who would write to them."""
    return {
        Consent.NEVER: f"{friend} has not accepted messages from me yet.",
        Consent.GIVEN: f"{friend} accepts messages from me.",
        Consent.QUIET: f"{friend} wants no messages from me.",
        Consent.CLOSED: f"I can't write to {friend}: their direct messages are closed to me, or they left.",
    }[consent]


def why_not(consent: Consent, friend: str) -> str:
    """Why a friend is not written to, as the seeker reads it who wanted to; empty where they accept messages."""
    if consent is Consent.GIVEN:
        return ""
    if consent is Consent.NEVER:
        return f"{friend} has not yet accepted that I write to them, so I cannot. They can accept it in the circle."
    return stands(consent, friend)


def own(consent: Consent) -> str:
    """What a friend said, as they read it themselves."""
    return {
        Consent.NEVER: "I don't write to you until you press “Yes, write to me” in the circle.",
        Consent.GIVEN: "I bring you by direct message what people answer you. /circle quiet ends that.",
        Consent.QUIET: "I don't write to you: you ended that.",
        Consent.CLOSED: "I can't write to you: your direct messages are closed to me.",
    }[consent]
