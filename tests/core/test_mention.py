"""What a check-in mentions: whole names of the log and plain words of what happened, and never more than a few."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.journal import Gone
from bot.core.mention import MOST, Mention, mentions, parse
from bot.core.search import Act, Known, Stage

ON = date(2026, 1, 5)
KNOWN = [
    Known(3, "Acme", "Engineer", Stage.APPLIED),
    Known(2, "Next", "Baker", Stage.APPLIED),
    Known(1, "Acme", "Designer", Stage.LOST),
    Known(4, "Müller & Söhne 🎉", "Clerk", Stage.APPLIED),
    Known(5, "(a+)+ **Bold**", "Clerk", Stage.APPLIED),
]


def told(*texts: str) -> list[tuple[Act, int]]:
    return [(one.act, one.application_id) for one in mentions(texts, KNOWN, ON)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wrote to Acme", [(Act.NOTE, 3)]),
        ("First interview at ACME, it went well", [(Act.INTERVIEW, 3)]),
        ("Acme rejected me after the interview", [(Act.LOST, 3)]),
        ("Acmeville is a nice town", []),
        ("The next thing is rest", []),
        ("Applied at Next", [(Act.APPLIED, 2)]),
        ("Heute eine Absage", [(Act.LOST, 0)]),
        ("Vorstellungsgespräch bei Müller & Söhne 🎉", [(Act.INTERVIEW, 4)]),
        ("Habe mich beworben", [(Act.APPLIED, 0)]),
        ("No interview today, and I haven't applied", []),
        ("Noch nicht beworben, kein Gespräch", []),
        ("Acme had no job offer, but an interview", [(Act.INTERVIEW, 3)]),
        ("Next offered me the job", [(Act.OFFER, 2)]),
        ("Everyone offered me coffee", []),
        ("Walked along the river, and baked bread", []),
        ("Reinterviewed the misapplied", []),
        ("Interview at Acme. Applied at Next.", [(Act.INTERVIEW, 3), (Act.APPLIED, 2)]),
        ("Applied twice. Applied at Next", [(Act.APPLIED, 2)]),
        ("", []),
    ],
)
def test_a_mention_is_a_whole_name_or_a_plain_word(text: str, found: list[tuple[Act, int]]) -> None:
    assert told(text) == found


def test_only_a_few_are_offered_each_once() -> None:
    said = "Acme called. Acme called! Next called\nMüller & Söhne 🎉 called; an interview; a rejection"
    assert len(told(said, said)) == MOST


def test_a_button_refers_to_what_was_mentioned() -> None:
    one = Mention(Act.LOST, 7, "Acme", ON)
    assert parse(one.key) == (7, Act.LOST, ON)
    for garbled in ("7.lost.2026-02-31", "7.lost", "", "x.lost.2026-02-01", "7.moon.2026-02-01"):
        with pytest.raises(Gone):
            parse(garbled)
