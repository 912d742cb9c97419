"""Goals: when they bind, what rest does to them, and how they are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.goals import (
    Activity,
    BadGoal,
    Goal,
    NothingToEase,
    Progress,
    aim_in_words,
    aimed,
    changed,
    coming,
    eased,
    in_words,
    progress,
    rests,
)

MONDAY = date(2026, 1, 5)
THURSDAY = MONDAY + timedelta(days=3)
FRIDAY = MONDAY + timedelta(days=4)
NEXT = MONDAY + timedelta(days=7)
FIVE = Goal(Activity.APPLICATIONS, 5, MONDAY, MONDAY)
TWO = Goal(Activity.INTERVIEWS, 2, MONDAY, MONDAY)


def test_the_first_goal_of_an_activity_binds_at_once_and_a_change_from_monday_on() -> None:
    first = changed([], Activity.APPLICATIONS, 5, THURSDAY)
    higher = changed([first], Activity.APPLICATIONS, 8, FRIDAY)
    other = changed([first], Activity.OUTREACH, 3, FRIDAY)

    assert (first.per_week, first.from_on, higher.from_on, other.from_on) == (5, MONDAY, NEXT, MONDAY)
    assert aimed([first, higher], MONDAY) == {Activity.APPLICATIONS: 5}
    assert aimed([first, higher], NEXT) == {Activity.APPLICATIONS: 8}
    assert coming([first, higher], MONDAY) == (higher,)


def test_on_the_day_of_the_first_goal_a_slip_of_the_pen_is_put_right_at_once() -> None:
    slip = changed([], Activity.APPLICATIONS, 50, THURSDAY)
    right = changed([slip], Activity.APPLICATIONS, 5, THURSDAY)
    none = changed([right], Activity.APPLICATIONS, 0, THURSDAY)

    assert (right.from_on, none.from_on) == (MONDAY, MONDAY)
    assert changed([none], Activity.APPLICATIONS, 3, FRIDAY).from_on == MONDAY
    assert eased([slip], None, None, THURSDAY) == [Goal(Activity.APPLICATIONS, 25, NEXT, THURSDAY)]


def test_a_goal_of_nought_ends_it_and_one_set_again_waits_for_monday() -> None:
    ended = changed([FIVE], Activity.APPLICATIONS, 0, THURSDAY)
    again = changed([FIVE, ended], Activity.APPLICATIONS, 4, NEXT)

    assert aimed([FIVE, ended], NEXT) == {}
    assert again.from_on == NEXT + timedelta(days=7)
    with pytest.raises(BadGoal, match="no goal for outreach to end"):
        changed([FIVE], Activity.OUTREACH, 0, THURSDAY)
    with pytest.raises(BadGoal, match="from 0 to 99"):
        changed([FIVE], Activity.OUTREACH, 100, THURSDAY)


def test_easing_halves_what_would_bind_next_or_takes_what_is_said() -> None:
    assert eased([FIVE, TWO], None, None, THURSDAY) == [
        Goal(Activity.APPLICATIONS, 2, NEXT, THURSDAY),
        Goal(Activity.INTERVIEWS, 1, NEXT, THURSDAY),
    ]
    assert eased([FIVE, TWO], Activity.APPLICATIONS, 4, THURSDAY) == [Goal(Activity.APPLICATIONS, 4, NEXT, THURSDAY)]
    assert eased([FIVE, FIVE._replace(per_week=8, from_on=NEXT)], None, None, THURSDAY)[0].per_week == 4
    assert eased([TWO, TWO._replace(per_week=8, from_on=NEXT)], None, None, THURSDAY)[0].per_week == 2


@pytest.mark.parametrize(
    ("goals", "activity", "per_week", "told"),
    [
        ([], None, None, "There is no goal to ease"),
        ([FIVE], Activity.OUTREACH, None, "no goal for outreach to ease"),
        ([FIVE], None, 5, "would not make it smaller"),
        ([TWO._replace(per_week=1)], None, None, "as small as a goal gets"),
    ],
)
def test_what_cannot_be_eased_is_told(
    goals: list[Goal], activity: Activity | None, per_week: int | None, told: str
) -> None:
    with pytest.raises(NothingToEase, match=told):
        eased(goals, activity, per_week, THURSDAY)


@pytest.mark.parametrize(
    ("per_week", "resting", "target"),
    [(5, 0, 5), (5, 1, 4), (5, 2, 3), (7, 3, 4), (1, 6, 1), (1, 7, 0), (99, 6, 14)],
)
def test_days_of_rest_count_as_kept(per_week: int, resting: int, target: int) -> None:
    [found] = progress([FIVE._replace(per_week=per_week)], MONDAY, {}, resting)

    assert found.target == target


def test_days_of_rest_and_of_a_pause_count_once_also_those_to_come() -> None:
    wednesday = MONDAY + timedelta(days=2)

    assert rests(MONDAY, [], {MONDAY}) == 1
    assert rests(MONDAY, [(wednesday, THURSDAY)], {MONDAY, wednesday}) == 2
    assert rests(MONDAY, [(wednesday, None)], set()) == 5
    assert rests(NEXT, [(wednesday, None)], set()) == 7
    assert rests(NEXT, [(wednesday, NEXT)], set()) == 0


@pytest.mark.parametrize(
    ("done", "target", "words"),
    [
        (3, 5, "●●●○○ 3 of 5 applications"),
        (0, 5, "○○○○○ 5 applications planned"),
        (5, 5, "●●●●● 5 applications"),
        (7, 5, "●●●●● 7 applications"),
        (1, 1, "● 1 application"),
        (21, 40, "●●●●●○○○○○ 21 of 40 applications"),
        (2, 0, "2 applications, in a week of rest"),
        (0, 0, "Applications: a week of rest"),
    ],
)
def test_a_goal_is_told_by_what_is_there_and_never_by_what_is_missing(done: int, target: int, words: str) -> None:
    assert in_words(Progress(Activity.APPLICATIONS, done, target)) == words


def test_people_who_are_to_be_reached_out_to_have_not_been() -> None:
    goal = Goal(Activity.OUTREACH, 4, MONDAY, MONDAY)

    assert in_words(Progress(Activity.OUTREACH, 0, 1)) == "○ 1 person to reach out to"
    assert in_words(Progress(Activity.OUTREACH, 1, 4)) == "●○○○ 1 of 4 people reached out to"
    assert aim_in_words(goal) == "4 people to reach out to in a week"
