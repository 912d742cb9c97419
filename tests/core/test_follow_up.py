"""Follow-ups: the rules as a table, and what a person's answers make of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board import Step
from bot.core.follow_up import Case, Coming, Reminder, Reply, Sort, coming, counted, settles, taken_back
from bot.core.search import Act, Event, Loss, fold
from tests._events import FIRST, happened, noon

BERLIN = ZoneInfo("Europe/Berlin")
APPLY, TALK, MEET, OFFERED, FOLLOWED, NOTED, WISHED, TAKEN = (
    Act.APPLIED, Act.CONVERSATION, Act.INTERVIEW, Act.OFFER, Act.FOLLOWED_UP, Act.NOTE, Act.WISHED, Act.ACCEPTED,
)  # fmt: skip
FOLLOW, THANKS, SILENT = Sort.FOLLOW, Sort.THANKS, Sort.SILENT


def reminder(day: float, sort: Sort = FOLLOW, due: int | None = None) -> Reminder:
    """A reminder of an evening."""
    due_on = FIRST + timedelta(days=int(day) if due is None else due)
    return Reminder(1, 1, 1, 1, sort, due_on, "Ask", noon(day) + timedelta(hours=6))


def case(*events: Event, reminders: tuple[Reminder, ...] = ()) -> Case:
    standing = fold(events)
    assert standing
    return Case(standing, events, reminders, BERLIN)


APPLIED = (happened(1, APPLY),)
TALKED = (*APPLIED, happened(2, MEET, 3)._replace(starts_at=noon(10)))
RULES = {
    "a week after applying": (APPLIED, (), 0, (7, FOLLOW)),
    "a week after a talk on the way": ((*APPLIED, happened(2, TALK, 3)), (), 3, (10, FOLLOW)),
    "a note begins nothing anew": ((*APPLIED, happened(2, NOTED, 3)), (), 3, (7, FOLLOW)),
    "two days after an offer": ((*APPLIED, happened(2, OFFERED, 5)), (), 5, (7, FOLLOW)),
    "thanks on the day of an interview that is planned": (TALKED, (), 3, (10, THANKS)),
    "thanks on the morning after one without a time": ((*APPLIED, happened(2, MEET, 3)), (), 3, (4, THANKS)),
    "no thanks when a day has passed, but a follow-up": (TALKED, (), 12, (14, FOLLOW)),
    "four days after an interview that was thanked for": (TALKED, (reminder(10.5, THANKS),), 11, (14, FOLLOW)),
    "four days after thanks that were sent": (
        (*TALKED, happened(3, FOLLOWED, 11)), (reminder(10.5, THANKS),), 11, (15, FOLLOW),
    ),
    "a second time a week after the first": (APPLIED, (reminder(7),), 8, (14, FOLLOW)),
    "a second time by the pattern, though the first was late": (APPLIED, (reminder(9, due=7),), 9, (14, FOLLOW)),
    "a second time after it was done": (
        (*APPLIED, happened(2, FOLLOWED, 8)), (reminder(7)._replace(reply=Reply.DONE),), 8, (15, FOLLOW),
    ),
    "no third time, but whether it ended": (APPLIED, (reminder(7), reminder(14)), 15, (21, SILENT)),
    "after the second was done, three weeks from then": (
        (*APPLIED, happened(2, FOLLOWED, 15)), (reminder(7), reminder(14)._replace(reply=Reply.DONE)), 15, (36, SILENT),
    ),
    "whether it ended at once, where it is old already": (APPLIED, (), 40, (21, SILENT)),
    "a note keeps it from being silent": (
        (*APPLIED, happened(2, NOTED, 20)), (reminder(7), reminder(14)), 20, (41, SILENT),
    ),
    "not yet: another three weeks": (
        APPLIED, (reminder(7), reminder(14), reminder(21, SILENT)._replace(reply=Reply.NOT_YET)), 22, (42, SILENT),
    ),
    "not yet of what was old already: another three weeks too": (
        APPLIED, (reminder(31, SILENT, due=21)._replace(reply=Reply.NOT_YET),), 32, (52, SILENT),
    ),
    "what happens begins anew": ((*APPLIED, happened(2, TALK, 16)), (reminder(7), reminder(14)), 16, (23, FOLLOW)),
    "later: on that day": (
        APPLIED, (reminder(7)._replace(reply=Reply.LATER, until=FIRST + timedelta(days=10)),), 7, (10, FOLLOW),
    ),
    "later moves one, not the pattern": (
        APPLIED,
        (reminder(7)._replace(reply=Reply.LATER, until=FIRST + timedelta(days=10)), reminder(10)._replace(again=True)),
        11, (14, FOLLOW),
    ),
    "two reminders are never close together": (
        APPLIED,
        (reminder(7)._replace(reply=Reply.LATER, until=FIRST + timedelta(days=14)), reminder(14)._replace(again=True)),
        15, (16, FOLLOW),
    ),
}  # fmt: skip
NOTHING = {
    "it ended well": case(*APPLIED, happened(2, TAKEN, 3)),
    "it was rejected": case(*APPLIED, happened(2, Act.LOST, 3)._replace(loss=Loss.REJECTED)),
    "it was rejected, though a day was set by hand": case(
        *APPLIED, happened(2, Act.LOST, 3)._replace(loss=Loss.REJECTED)
    )._replace(hand=Step(FIRST + timedelta(days=5))),
    "nobody has applied yet": case(happened(1, WISHED)),
    "it was asked to stop": case(*APPLIED)._replace(hushed=True),
}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_next_by_rule(rule: str) -> None:
    events, reminders, today, expected = RULES[rule]

    found = coming(case(*events, reminders=reminders), noon(today))

    assert found is not None
    assert found.reminder is not None
    assert ((found.reminder.on - FIRST).days, found.reminder.sort) == expected


@pytest.mark.parametrize("why", NOTHING)
def test_nothing_is_next_where(why: str) -> None:
    assert coming(NOTHING[why], noon(8)) is None


def test_an_unanswered_question_whether_it_ended_is_not_asked_again() -> None:
    asked = case(*APPLIED, reminders=(reminder(7), reminder(14), reminder(21, SILENT)))

    found = coming(asked, noon(60))

    assert found
    assert (found.step.sort, found.reminder) == (SILENT, None)


def test_a_day_set_by_hand_wins_and_is_named_once() -> None:
    hand = Step(FIRST + timedelta(days=2), "Send the portfolio")
    planned = case(*APPLIED)._replace(hand=hand, hushed=True)
    named = planned._replace(reminders=(reminder(2, Sort.HAND),))

    assert coming(planned, noon(0)) == Coming(hand, hand)
    assert coming(named, noon(3)) == Coming(hand, None)


def test_what_was_set_by_hand_is_past_when_something_happens_after_it_was_named() -> None:
    hand = Step(FIRST + timedelta(days=2), "Send the portfolio")
    found = coming(
        case(*APPLIED, happened(2, TALK, 3), reminders=(reminder(2, Sort.HAND),))._replace(hand=hand), noon(3)
    )

    assert found
    assert (found.step.sort, (found.step.on - FIRST).days) == (FOLLOW, 10)


def test_what_is_open_stays_due_until_the_next() -> None:
    found = coming(case(*APPLIED, reminders=(reminder(7),)), noon(9))

    assert found
    assert (found.step.on, found.reminder and found.reminder.on) == (
        FIRST + timedelta(days=7),
        FIRST + timedelta(days=14),
    )


def test_an_open_reminder_is_settled_by_what_happens_and_not_by_a_note() -> None:
    open_ = reminder(7)

    assert not settles(case(*APPLIED, happened(2, NOTED, 8), reminders=(open_,)), open_)
    assert settles(case(*APPLIED, happened(2, TALK, 8), reminders=(open_,)), open_)
    assert settles(case(*APPLIED, happened(2, Act.LOST, 8)._replace(loss=Loss.WITHDREW), reminders=(open_,)), open_)


def test_an_open_reminder_by_hand_is_settled_when_another_day_is_set() -> None:
    hand = Step(FIRST + timedelta(days=2), "Send the portfolio")
    open_ = reminder(2, Sort.HAND)
    planned = case(*APPLIED, reminders=(open_,))._replace(hand=hand)

    assert not settles(planned, open_)
    assert settles(planned._replace(hand=hand._replace(on=FIRST + timedelta(days=9))), open_)
    assert settles(planned._replace(hand=None), open_)


def test_the_last_reminder_is_open_again_when_what_it_noted_is_undone() -> None:
    done = reminder(7)._replace(reply=Reply.DONE)

    assert taken_back(case(*APPLIED, happened(2, FOLLOWED, 8), reminders=(done,))) is None
    assert taken_back(case(*APPLIED, reminders=(done,))) == done
    assert taken_back(case(*APPLIED, reminders=(done, reminder(14)))) is None
    assert taken_back(case(*APPLIED, reminders=(done._replace(reply=Reply.STOPPED),))) is None
    past = reminder(7)._replace(reply=Reply.PAST)
    assert taken_back(case(*APPLIED, happened(2, TALK, 8), reminders=(past,))) is None
    assert taken_back(case(*APPLIED, reminders=(past,))) == past


ACTS = st.sampled_from([act for act in Act if act not in (Act.CORRECTED, Act.AMENDED, Act.UNDONE)])


@given(st.lists(st.tuples(ACTS, st.integers(0, 30)), min_size=1, max_size=8), st.booleans())
def test_a_search_in_which_every_reminder_comes_has_at_most_two_in_a_row_and_none_when_it_ended(
    acts: list[tuple[Act, int]], done: bool
) -> None:
    acts.sort(key=lambda one: one[1])
    reminders: list[Reminder] = []
    for day in range(60):
        events = [
            happened(number, act, on)._replace(loss=Loss.REJECTED)
            for number, (act, on) in enumerate(acts, 1)
            if on <= day
        ]
        if not events:
            continue
        now = case(*events, reminders=tuple(reminders))
        found = coming(now, noon(day + 0.25))
        if now.standing.ended:
            assert found is None
        elif found and found.reminder and found.reminder.on <= noon(day).date():
            reply = Reply.DONE if done else Reply.OPEN
            sort = Sort(found.reminder.sort)
            reminders.append(reminder(day + 0.25, sort, (found.reminder.on - FIRST).days)._replace(reply=reply))
            assert len(counted(now._replace(reminders=reminders))) <= 2
    named = [one.at.date() for one in reminders]
    assert all(later - earlier >= timedelta(days=1) for earlier, later in pairwise(named))


def test_the_words_of_thanks_wait_until_the_interview_has_begun() -> None:
    found = coming(case(*TALKED), noon(3))

    assert found
    assert found.after == noon(10) + timedelta(hours=1)
