"""Ideas and offers: which step follows from which, when each is asked about, and who reads what of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.idea import ENDS, STEPS, CannotStep, Idea, Sort, Step, check_step, may_step, next_at, stands, told

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def idea(step: Step = Step.NEW, sort: Sort = Sort.IDEA, *, hushed: Step | None = None) -> Idea:
    return Idea(1, sort, 2, "Jonas", 3, "Maya", None, "Teach", "You are patient", False, False, step, NOW, None, hushed)


@pytest.mark.parametrize("step", Step)
def test_every_step_either_ends_or_has_a_date(step: Step) -> None:
    assert (next_at(step, NOW) is None) is (step in ENDS)


def test_what_waits_for_a_word_is_asked_about_after_a_week_and_the_rest_after_four() -> None:
    assert next_at(Step.NEW, NOW) == NOW + timedelta(days=7)
    assert {next_at(step, NOW) for step in Step if step not in ENDS and step is not Step.NEW} == {
        NOW + timedelta(days=28)
    }


@pytest.mark.parametrize("sort", Sort)
def test_an_end_can_be_reached_from_every_step(sort: Sort) -> None:
    for step, following in STEPS[sort].items():
        assert step in ENDS or following & ENDS


def test_a_step_that_does_not_follow_is_refused_in_words() -> None:
    check_step(idea(), Step.KEPT)
    with pytest.raises(CannotStep, match="Jonas took this back"):
        check_step(idea(Step.WITHDRAWN), Step.KEPT)
    with pytest.raises(CannotStep):
        check_step(idea(sort=Sort.OFFER), Step.TRYING)


def test_nothing_follows_from_what_was_taken_back() -> None:
    assert not any(may_step(idea(Step.WITHDRAWN, sort), to) for sort in Sort for to in Step)


@pytest.mark.parametrize("step", Step)
def test_friend_and_seeker_can_read_where_it_is_at_every_step(step: Step) -> None:
    assert told(idea(step))
    assert stands(idea(step)).endswith(".")


@pytest.mark.parametrize("before", [Step.NEW, Step.KEPT, Step.ACCEPTED])
def test_a_friend_goes_on_reading_what_they_read_before_a_no_that_was_not_told(before: Step) -> None:
    assert told(idea(Step.DECLINED, hushed=before)) == told(idea(before))
    assert told(idea(Step.DECLINED)) != told(idea(before))


def test_a_friend_reads_that_they_were_thanked() -> None:
    assert told(idea(Step.TALKED)._replace(thanked=True, thanks_came=True)) == "they have talked. You were thanked"
    assert told(idea(Step.TALKED)._replace(thanked=True)) == "they have talked. A word of thanks waits for you"


def test_what_is_being_tried_is_neither_kept_nor_declined_but_let_go() -> None:
    with pytest.raises(CannotStep, match="Let it go"):
        check_step(idea(Step.TRYING), Step.DECLINED)
