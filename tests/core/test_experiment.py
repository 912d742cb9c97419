"""Experiments: which days can be written, and what is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.dates import BadDate
from bot.core.experiment import Experiment, Over, Phase, check_planned, read_date, write_date

TODAY = date(2026, 3, 5)  # a Thursday
NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("", date(2026, 3, 12)),
        ("  ", date(2026, 3, 12)),
        ("today", TODAY),
        ("Today", TODAY),
        ("2026-03-05", TODAY),
        ("thu 5 march", TODAY),
        ("tomorrow", date(2026, 3, 6)),
        ("friday", date(2026, 3, 6)),
        ("Thursday", date(2026, 3, 12)),
        ("12 March", date(2026, 3, 12)),
        ("March 12", date(2026, 3, 12)),
        ("1 March", date(2027, 3, 1)),
        ("2026-12-24", date(2026, 12, 24)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, on: date) -> None:
    assert read_date(typed, TODAY) == on


@pytest.mark.parametrize(
    "typed", ["2026-03-04", "2020-01-01", "2099-01-01", "soon", "31 February", "yesterday", "x" * 99]
)
def test_a_day_that_has_passed_or_cannot_be_read_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(BadDate, match=r"still to come.*2026-03-12"):
        read_date(typed, TODAY)


def test_every_day_that_a_form_shows_can_be_sent_back_unchanged() -> None:
    for ahead in range(730):
        on = TODAY + timedelta(days=ahead)
        assert read_date(write_date(on, TODAY), TODAY) == on


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.PLANNED])
def test_what_is_over_says_how_to_go_on(phase: Phase) -> None:
    done = Experiment(1, 1, None, "", "A walk", "", TODAY, phase, "", NOW, None, 0)

    assert done.ended
    with pytest.raises(Over, match="“"):
        check_planned(done)
