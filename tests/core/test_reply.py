"""What became of a reply, as its seeker reads it: a sentence for every end, and none that tells a falsehood."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest

from bot.core.consent import Consent, own, stands
from bot.core.delivery import State
from bot.core.reply import Reply, Sort, told

MADE = datetime(2026, 1, 4, 18, tzinfo=UTC)
UNTIL = date(2026, 2, 1)
REPLY = Reply(1, Sort.THANKS, 1, "Maya", 2, "Jonas", 3, None, False, False, "Thank you", MADE)

ALL = list(product(Sort, [*State, None], Consent, (False, True), (False, True)))


@pytest.mark.parametrize(("sort", "state", "consent", "in_circle", "unnamed"), ALL)
def test_every_reply_is_told_in_one_short_sentence_or_two(
    sort: Sort, state: State | None, consent: Consent, in_circle: bool, unnamed: bool
) -> None:
    reply = REPLY._replace(sort=sort, state=state, consent=consent, in_circle=in_circle, unnamed=unnamed)

    words = told(reply, UNTIL)

    assert words.endswith(".")
    assert len(words) < 120
    assert "!" not in words


def test_what_arrived_and_what_did_not_are_told_apart() -> None:
    sent = REPLY._replace(state=State.SENT)
    lost = REPLY._replace(state=State.UNREACHABLE, consent=Consent.CLOSED)

    assert told(sent, UNTIL) == "You thanked Jonas."
    assert told(sent._replace(in_circle=True), UNTIL) == "You thanked Jonas in the channel."
    assert told(sent._replace(sort=Sort.DECLINE), UNTIL) == "Jonas was told kindly."
    assert told(lost, UNTIL) == "Your thanks were not sent: Jonas's direct messages are closed to me, or they left."
    assert told(lost._replace(sort=Sort.DECLINE), UNTIL).startswith("Your kind no was not sent")


def test_what_waits_for_a_yes_says_until_when() -> None:
    waiting = REPLY._replace(state=State.OWED)

    assert told(waiting, UNTIL).endswith("has not accepted messages yet. I keep them until Sun 1 February.")
    assert told(waiting._replace(consent=Consent.GIVEN), UNTIL) == "Your thanks are on the way to Jonas."


def test_a_friend_without_a_name_is_a_friend() -> None:
    assert told(REPLY._replace(friend_named="", state=State.SENT), UNTIL) == "You thanked your friend."


def test_a_reply_is_kept_for_four_weeks() -> None:
    assert REPLY.kept_until == datetime(2026, 2, 1, 18, tzinfo=UTC)


@pytest.mark.parametrize("consent", Consent)
def test_what_somebody_said_is_told_to_them_and_to_others(consent: Consent) -> None:
    assert "Jonas" in stands(consent, "Jonas")
    assert own(consent).endswith(".")
