"""The search: where events leave an application, whatever their order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search import LADDER, Act, Backwards, Loss, Stage, check_forward, fold, told
from tests._events import FIRST, NOON, happened

APPLIED = happened(1, Act.APPLIED)
TALKED = happened(2, Act.INTERVIEW, 7)
REFUSED = happened(3, Act.LOST, 9)._replace(loss=Loss.REJECTED)


def test_a_rejection_never_erases_an_interview() -> None:
    standing = fold([APPLIED, TALKED, REFUSED])

    assert standing
    assert (standing.stage, standing.loss, standing.furthest) == (Stage.LOST, Loss.REJECTED, Stage.INTERVIEWING)


def test_the_two_clocks_begin_with_the_stage_and_with_the_last_word() -> None:
    standing = fold([APPLIED, TALKED, happened(3, Act.NOTE, 12)])

    assert standing
    assert (standing.stage_on, standing.active_on) == (FIRST + timedelta(days=7), FIRST + timedelta(days=12))


def test_an_interview_ends_the_quiet_on_the_day_on_which_it_is() -> None:
    late = datetime(2026, 1, 8, 3, tzinfo=UTC)
    planned = happened(2, Act.INTERVIEW, 1)._replace(starts_at=late)
    standing, seen_from_there = fold([APPLIED, planned]), fold([APPLIED, planned], ZoneInfo("America/New_York"))

    assert standing
    assert seen_from_there
    assert (standing.stage_on, standing.active_on) == (FIRST + timedelta(days=1), date(2026, 1, 8))
    assert seen_from_there.active_on == date(2026, 1, 7)


def test_an_interview_that_does_not_take_place_is_none_to_come() -> None:
    planned = happened(2, Act.INTERVIEW, 1)._replace(starts_at=NOON + timedelta(days=20))
    standing = fold([APPLIED, planned, happened(3, Act.CORRECTED, 2)._replace(stage=Stage.APPLIED)])

    assert standing
    assert standing.active_on == FIRST + timedelta(days=2)


def test_each_interview_is_a_round() -> None:
    standing = fold([APPLIED, TALKED, happened(3, Act.INTERVIEW, 12), happened(4, Act.INTERVIEW, 20)._replace(round=5)])

    assert standing
    assert standing.round == 5


def test_what_is_noted_later_about_before_is_history() -> None:
    assert fold([TALKED._replace(id=1), APPLIED._replace(id=2)]) == fold([APPLIED, TALKED])


def test_what_is_undone_did_not_happen() -> None:
    undone = happened(4, Act.UNDONE, 9)._replace(about=3)

    assert fold([APPLIED, TALKED, REFUSED, undone]) == fold([APPLIED, TALKED])
    assert fold([APPLIED, happened(2, Act.UNDONE)._replace(about=1)]) is None


def test_an_event_says_what_it_was_last_amended_to() -> None:
    amended = happened(4, Act.AMENDED, 8)._replace(about=2, words="They want a case study.", energy=1)

    assert [event.words for event in told([APPLIED, TALKED, amended])] == ["", "They want a case study."]
    assert fold([APPLIED, TALKED, amended]) == fold([APPLIED, TALKED._replace(on=FIRST + timedelta(days=8))])


def test_a_correction_says_that_it_never_came_further() -> None:
    standing = fold([APPLIED, TALKED, happened(3, Act.CORRECTED, 8)._replace(stage=Stage.APPLIED)])

    assert standing
    assert (standing.stage, standing.furthest, standing.round) == (Stage.APPLIED, Stage.APPLIED, 0)
    assert (standing.applied_on, standing.answered_on) == (FIRST, None)


def test_a_correction_forwards_is_as_far_as_it_came() -> None:
    standing = fold([APPLIED, happened(2, Act.CORRECTED, 8)._replace(stage=Stage.OFFER)])

    assert standing
    assert (standing.stage, standing.furthest) == (Stage.OFFER, Stage.OFFER)


def test_a_move_back_is_asked_about_unless_it_is_history() -> None:
    standing = fold([APPLIED, TALKED])

    assert standing
    with pytest.raises(Backwards, match="interviewing"):
        check_forward(standing, Act.APPLIED, FIRST + timedelta(days=8))
    check_forward(standing, Act.APPLIED, FIRST + timedelta(days=2))
    check_forward(standing, Act.LOST, FIRST + timedelta(days=8))
    check_forward(standing, Act.NOTE, FIRST + timedelta(days=8))


def test_a_talk_beside_an_offer_moves_nothing_unless_somebody_moves_it_there() -> None:
    offered = fold([APPLIED, happened(2, Act.OFFER, 5)])
    talked = fold([APPLIED, happened(2, Act.OFFER, 5), happened(3, Act.INTERVIEW, 8)])

    assert offered
    assert talked == offered._replace(round=1, active_on=FIRST + timedelta(days=8))
    check_forward(offered, Act.INTERVIEW, FIRST + timedelta(days=8))
    with pytest.raises(Backwards, match="at “interviewing”"):
        check_forward(offered, Act.INTERVIEW, FIRST + timedelta(days=8), moved=True)


ACTS = st.sampled_from([act for act in Act if act not in (Act.CORRECTED, Act.AMENDED, Act.UNDONE)])


@given(st.lists(st.tuples(ACTS, st.integers(0, 40)), min_size=1, max_size=12))
def test_the_present_stage_is_never_beyond_the_furthest(what: list[tuple[Act, int]]) -> None:
    standing = fold(happened(number, act, day) for number, (act, day) in enumerate(what, 1))

    assert standing
    assert standing.furthest in LADDER
    assert standing.stage is Stage.LOST or LADDER.index(standing.stage) <= LADDER.index(standing.furthest)
    assert standing.stage_on <= standing.active_on
