"""Goals: how much of an activity somebody aims for in a week.

The first goal of an activity binds at once, and on that day it can be set again; each later change binds from the next
Monday on, so that nobody has to catch up and no week is judged by what was set after it. Days of rest and of a pause
count as kept: the goal of a week shrinks by their share.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.errors import Told
from bot.core.journal import counted
from bot.core.rhythm import monday_of

MOST = 99
_WEEK = 7
_CELLS = 10  # of a bar


class Activity(StrEnum):
    """What the log counts, and a goal may be set for."""

    APPLICATIONS = "applications"
    OUTREACH = "outreach"
    CONVERSATIONS = "conversations"
    INTERVIEWS = "interviews"
    FOLLOW_UPS = "follow-ups"


class BadGoal(Told):
    """A number that no week holds, or an activity that there is not."""


class NothingToEase(Told):
    """There is no goal, or none that could be smaller."""


class Goal(NamedTuple):
    """So much in each week from a Monday on; 0: it ends."""

    activity: Activity
    per_week: int
    from_on: date
    set_on: date


class Progress(NamedTuple):
    """What was done of an activity in a week, and what was aimed for after days of rest."""

    activity: Activity
    done: int
    target: int


class Goals(NamedTuple):
    """One's own goals, and how this week goes."""

    progress: tuple[Progress, ...] = ()
    coming: tuple[Goal, ...] = ()  # what binds from next week on
    rests: int = 0  # days of this week for rest
    changed: tuple[Goal, ...] = ()  # what was just set
    eased: bool = False


def aimed(goals: Iterable[Goal], monday: date) -> dict[Activity, int]:
    """What is aimed for in the week of a Monday."""
    since = sorted((goal for goal in goals if goal.from_on <= monday), key=lambda goal: goal.from_on)
    last = {goal.activity: goal.per_week for goal in since}
    return {activity: last[activity] for activity in Activity if last.get(activity)}


def coming(goals: Iterable[Goal], monday: date) -> tuple[Goal, ...]:
    """What changes after the week of a Monday."""
    return tuple(goal for goal in goals if goal.from_on > monday)


def changed(goals: Collection[Goal], activity: Activity, per_week: int, today: date) -> Goal:
    """A goal as it is set today; raises BadGoal."""
    if not 0 <= per_week <= MOST:
        raise BadGoal(f"A goal is a number from 0 to {MOST} for each week; 0 ends it.")
    known = [goal for goal in goals if goal.activity is activity]
    if not (known or per_week):
        raise BadGoal(f"There is no goal for {activity} to end.")
    is_first = all(goal.set_on == today or not goal.per_week for goal in known)
    return Goal(activity, per_week, monday_of(today) if is_first else _next_monday(today), today)


def _next_monday(today: date) -> date:
    return monday_of(today) + timedelta(days=_WEEK)


def eased(goals: Collection[Goal], activity: Activity | None, per_week: int | None, today: date) -> list[Goal]:
    """Smaller goals for one activity or for all: this one, or half of what it is; raises NothingToEase."""
    now, following = aimed(goals, monday_of(today)), aimed(goals, _next_monday(today))
    half = {one: max(1, min(then // 2, now.get(one, then))) for one, then in following.items()}
    smaller = half if per_week is None else dict.fromkeys(following, per_week)
    meant = [one for one in following if activity in (None, one) and smaller[one] < following[one]]
    if not meant:
        raise NothingToEase(_nothing_to_ease(following, activity, per_week))
    return [changed(goals, one, smaller[one], today)._replace(from_on=_next_monday(today)) for one in meant]


def _nothing_to_ease(following: Mapping[Activity, int], activity: Activity | None, per_week: int | None) -> str:
    if not following or activity not in (None, *following):
        return f"There is no goal{f' for {activity}' if activity else ''} to ease. That is easy enough already."
    if per_week is None:
        return "One a week is as small as a goal gets. /goals set with 0 lets it go."
    return "That would not make it smaller. /goals set sets any number."


def rests(monday: date, pauses: Iterable[tuple[date, date | None]], rested: Collection[date]) -> int:
    """How many days of a week are for rest, or in a pause, also those that are still to come."""
    known = list(pauses)
    week = [monday + timedelta(days=n) for n in range(_WEEK)]
    return sum(on in rested or any(a <= on and (b is None or on < b) for a, b in known) for on in week)


def progress(goals: Iterable[Goal], monday: date, done: Mapping[str, int], rests: int) -> tuple[Progress, ...]:
    """How far a week is, by activity."""
    return tuple(
        Progress(activity, done.get(activity, 0), _scaled(per_week, rests))
        for activity, per_week in aimed(goals, monday).items()
    )


def _scaled(per_week: int, rests: int) -> int:
    """Rounded down, but one as long as there is a day that is not for rest."""
    return max(1, per_week * (_WEEK - rests) // _WEEK) if rests < _WEEK else 0


def in_words(one: Progress) -> str:
    """A bar and what it means: "●●●○○ 3 of 5 applications"; nothing says that anything is missing."""
    if not one.target:
        done = f"{counted(one.activity, one.done)}, in" if one.done else f"{one.activity.capitalize()}:"
        return f"{done} a week of rest"
    if not one.done:
        return f"{_bar(one)} {_planned(one.activity, one.target)}"
    if one.done >= one.target:
        return f"{_bar(one)} {counted(one.activity, one.done)}"
    return f"{_bar(one)} {one.done} of {counted(one.activity, one.target)}"


def aim_in_words(goal: Goal) -> str:
    """What a goal asks of a week: "5 applications a week"."""
    if not goal.per_week:
        return f"no goal for {goal.activity}"
    if goal.activity is Activity.OUTREACH:
        return f"{_planned(goal.activity, goal.per_week)} in a week"
    return f"{counted(goal.activity, goal.per_week)} a week"


def _planned(activity: Activity, number: int) -> str:
    if activity is Activity.OUTREACH:
        return f"{number} {'person' if number == 1 else 'people'} to reach out to"
    return f"{counted(activity, number)} planned"


def _bar(one: Progress) -> str:
    cells = min(one.target, _CELLS)
    full = min(one.done, one.target) * cells // one.target
    return "●" * full + "○" * (cells - full)
