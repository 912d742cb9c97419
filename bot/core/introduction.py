"""Introductions: what a friend hears once a seeker said yes to their offer, and what its seeker reads of that."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.core.consent import Consent
from bot.core.dates import day
from bot.core.delivery import ARRIVED, WAITING, State
from bot.core.errors import Told
from bot.core.idea import Idea, Step

UNDER_WAY = (Step.ACCEPTED, Step.INTRODUCED, Step.FELL)  # steps from which its friend may say what came of it


class NothingMore(Told):
    """A friend says what came of an introduction that is no longer asked for."""


class Introduction(NamedTuple):
    """The message that tells a friend that the introduction they offered is welcome, and then what came of it."""

    delivery_id: str
    idea: Idea


def heard(friend: str, state: State | None, consent: Consent, kept_until: date) -> str:
    """Whether a friend has heard the yes, as its seeker reads it; `state` is None where nothing was ever owed."""
    seen = "/circle mine shows them your yes."
    if state in ARRIVED:
        return f"{friend} has heard your yes."
    if state in WAITING and consent is Consent.GIVEN:
        return f"Your yes is on the way to {friend}."
    if state in WAITING:
        return f"{friend} has not accepted messages yet. I keep your yes until {day(kept_until)}; {seen}"
    if consent is Consent.QUIET:
        return f"{friend} wants no messages from me; {seen}"
    if consent is Consent.CLOSED:
        return f"I can't write to {friend}: their direct messages are closed to me. But {seen}"
    return f"I could not bring it to {friend}; {seen}"
