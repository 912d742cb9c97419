"""The small lines beside a question and a rhythm: what was missed, and a time that the clocks skip."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.core.circle import Circle
from bot.core.exercise import CHECKIN
from bot.core.journal import Prompt
from bot.core.people import Person, Quiet, Seeker, Space
from bot.core.rhythm import Ask, Gap, Occurrence, Rhythm, Standing
from bot.usecases.people import Started
from cogs import _help, _render
from tests.cogs._made import KEY, LIBRARY, MONDAY, NOW, check_limits, text_of

GAP = Gap(date(2026, 3, 29), time(2, 30), time(3, 30))
IN_WORDS = "-# On Sun 29 March the clocks skip 02:30, so I ask at 03:30."
MISSED = tuple(MONDAY - timedelta(days=n) for n in (3, 4))


def prompt(state: Standing) -> Prompt:
    occurrence = Occurrence(1, 1, Ask.CHECKIN, CHECKIN, MONDAY, NOW, state)
    return Prompt(KEY, occurrence, LIBRARY[CHECKIN], missed=MISSED, gap=GAP)


def test_an_open_question_tells_what_was_missed_and_of_a_gap_ahead() -> None:
    view = _render.prompt(prompt(Standing.OPEN))
    check_limits(view)
    *_, missed, gap = text_of(view).splitlines()
    assert missed == "-# I could not ask on Thu and Fri."
    assert gap == IN_WORDS


def test_a_question_that_is_over_tells_neither() -> None:
    assert "-#" not in text_of(_render.prompt(prompt(Standing.SKIPPED)))


def test_the_rhythm_tells_of_each_gap_ahead() -> None:
    who = Person("discord", "", "1")
    seeker = Seeker(1, who, "Maya", "Europe/Berlin", Quiet(time(), time()), autopost=False, started_at=NOW)
    view = _render.rhythm(Rhythm(seeker, (), "friends", gaps=(GAP, GAP._replace(at=time(2, 45), instead=time(3, 45)))))
    check_limits(view)
    assert IN_WORDS in text_of(view).splitlines()
    assert "I ask at 03:45" in text_of(view)


def test_the_start_tells_of_each_gap_ahead() -> None:
    circle = Circle(1, "friends", Space("discord", "1", "2"))
    view = _help.started(Started("Europe/Berlin", (circle,), ((Ask.CHECKIN, NOW),), None, (GAP,)))
    check_limits(view)
    assert IN_WORDS in text_of(view).splitlines()
