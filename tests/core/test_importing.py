"""What a file would add: whatever somebody changed in a file of ours is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest

from bot.core.archive import Archive, Reading
from bot.core.board import STEP_LIMIT, Step, with_time
from bot.core.importing import Found, of_archive, plan
from bot.core.search import Act, Application, Event, Loss, Stage, begun, fold
from tests._events import FIRST as TODAY
from tests._events import NOON, happened

NOWHERE = begun(TODAY)
ACME = Application(1, 0, "Acme", "Baker", NOWHERE, NOON)


def read(*events: Event, of: Application = ACME) -> Found:
    lines = tuple((event.id, event.id + 1) for event in events)
    return of_archive(Reading(Archive((of._replace(standing=fold(events) or NOWHERE),), events), (), lines), TODAY)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        (
            [happened(1, Act.APPLIED)._replace(on=TODAY + timedelta(days=1))],
            "Tue 6 January 2026 is still to come (line 2)",
        ),
        ([happened(1, Act.APPLIED)._replace(on=date(1, 1, 1))], "a day that cannot be (line 2)"),
        ([happened(1, Act.INTERVIEW)._replace(starts_at=NOON.replace(year=9998))], "a day that cannot be (line 2)"),
        ([happened(1, Act.APPLIED)._replace(noted_at=NOON + timedelta(days=2))], "a day that cannot be (line 2)"),
        ([happened(1, Act.APPLIED)._replace(words="a" * 4001)], "its note has 4,001 characters"),
        (
            [happened(1, Act.APPLIED), happened(2, Act.UNDONE)._replace(about=7)],
            "refer to others that are not there (line 3)",
        ),
        ([happened(1, Act.APPLIED), happened(2, Act.AMENDED)], "refer to others that are not there (line 3)"),
        ([happened(1, Act.APPLIED), happened(1, Act.OFFER)], "refer to others that are not there"),
        ([happened(1, Act.APPLIED), happened(2, Act.CORRECTED)], "says no stage (line 3)"),
        ([happened(1, Act.APPLIED), happened(2, Act.CORRECTED)._replace(stage=Stage.LOST)], "says no stage (line 3)"),
    ],
)
def test_events_that_cannot_be_are_refused_with_their_line(events: Sequence[Event], why: str) -> None:
    found = read(*events)

    assert found.incoming == ()
    assert why in found.refused[0].why


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (ACME._replace(company=" \u200b"), "there is no company"),
        (ACME._replace(role="a" * 101), "its role has 101 characters"),
        (ACME._replace(link="javascript:alert(1)"), "no link"),
        (ACME._replace(place="a" * 101), "its place has 101"),
    ],
)
def test_an_application_that_cannot_be_is_refused(odd: Application, why: str) -> None:
    found = read(happened(1, Act.APPLIED), of=odd)

    assert found.incoming == ()
    assert why in found.refused[0].why


def test_words_are_cleaned_on_their_way_in() -> None:
    (one,) = read(happened(1, Act.NOTE)._replace(words="\u202eyes\r\n"), of=ACME._replace(company="A\x00cme ")).incoming

    assert (one.application.company, one.events[0].words) == ("Acme", "yes")


def test_a_next_step_set_by_hand_and_silence_are_kept_and_those_of_rules_are_not() -> None:
    applied, by_hand = happened(1, Act.APPLIED), Step(TODAY, "Call Anna")
    one = ACME._replace(standing=fold([applied]) or NOWHERE)
    for step, kept in ((by_hand, by_hand), (by_hand._replace(sort="follow"), None)):
        archive = Archive((one,), (applied,), ((1, step),), frozenset({1}))
        (found,) = of_archive(Reading(archive), TODAY).incoming
        assert (found.step, found.hushed) == (kept, True)


def test_what_takes_an_application_up_again_after_its_end_is_told() -> None:
    lost = happened(2, Act.LOST)._replace(loss=Loss.REJECTED)
    again = read(happened(1, Act.APPLIED), lost, happened(3, Act.INTERVIEW))
    assert [remark.line for remark in again.remarks] == [4]

    assert read(happened(1, Act.APPLIED), lost._replace(loss=Loss.GHOSTED), happened(3, Act.INTERVIEW)).remarks == ()
    assert read(happened(1, Act.APPLIED), lost, happened(3, Act.NOTE)).remarks == ()
    put_right = happened(3, Act.CORRECTED)._replace(stage=Stage.APPLIED)
    assert read(happened(1, Act.APPLIED), lost, put_right, happened(4, Act.INTERVIEW)).remarks == ()


def test_two_of_one_name_in_a_file_of_ours_are_two() -> None:
    applied = happened(1, Act.APPLIED)
    found = read(applied)
    twice = found._replace(incoming=(*found.incoming, found.incoming[0]._replace(line=9)))
    none = Archive((), ())

    assert len(plan(twice, none).added) == 2
    assert [remark.line for remark in plan(twice._replace(own=False), none).skipped] == [9]


def test_what_is_about_no_application_is_added_once() -> None:
    talk = happened(1, Act.CONVERSATION)._replace(application_id=None, whom="Ben")
    found = of_archive(Reading(Archive((), (talk,))), TODAY)

    assert plan(found, Archive((), ())).loose == (talk,)
    assert plan(found, Archive((), (talk._replace(id=7, person_id=3),))).loose == ()


def test_the_longest_next_step_comes_back_with_its_time() -> None:
    step = Step(TODAY, with_time(time(14), "a" * STEP_LIMIT))
    events = (happened(1, Act.APPLIED),)
    kept = Archive((ACME._replace(standing=fold(events) or NOWHERE),), events, ((1, step),))

    assert [one.step for one in of_archive(Reading(kept), TODAY).incoming] == [step]
