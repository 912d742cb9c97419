"""What is told of friends for whom alone an answer is: nothing that is not so, and each in plain words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.consent import Consent
from bot.core.delivery import State
from bot.core.reader import Handed, Reader, names, standing

JONAS = Reader(2, "Jonas", Consent.GIVEN)
NEVER = JONAS._replace(consent=Consent.NEVER)


@pytest.mark.parametrize(
    ("consent", "state", "how"),
    [
        (Consent.GIVEN, None, "to be sent by direct message, once you post."),
        (Consent.GIVEN, State.OWED, "on its way."),
        (Consent.GIVEN, State.LATE, "sent."),
        (Consent.CLOSED, State.SENT, "sent."),
        (Consent.QUIET, State.SENT, "no messages from me, as they wished, so nothing is sent to them."),
        (
            Consent.CLOSED,
            State.UNREACHABLE,
            "direct messages are closed to me, or they left, so nothing is sent to them.",
        ),
        (Consent.GIVEN, State.DROPPED, "nothing was sent to them."),
        (Consent.GIVEN, State.EXPIRED, "not accepted in time, so nothing was sent to them."),
    ],
)
def test_it_is_said_how_it_stands_with_each(consent: Consent, state: State | None, how: str) -> None:
    assert standing([Handed(JONAS._replace(consent=consent), state)])[0][1] == how


def test_who_has_not_accepted_is_told_until_when_they_may() -> None:
    [(_, before)], [(_, after)] = (
        standing([Handed(NEVER)]),
        standing([Handed(NEVER, State.OWED, date(2026, 2, 1))]),
    )

    assert before.startswith("not yet accepted, so nothing is sent to them.")
    assert after == "not yet accepted, so nothing is sent to them. It comes if they do by Sun 1 February."


def test_friends_with_whom_it_stands_alike_are_told_together() -> None:
    aisha = Reader(3, "", Consent.GIVEN)

    found = standing([Handed(JONAS, State.SENT), Handed(NEVER), Handed(aisha, State.SENT)])

    assert [names(readers) for readers, _ in found] == ["Jonas and A friend", "Jonas"]
    assert names([JONAS] * 7) == "Jonas, Jonas, Jonas, Jonas, Jonas and 2 more"
