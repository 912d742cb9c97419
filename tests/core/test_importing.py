"""What a file would add: whatever somebody changed in a file of ours is looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.archive import Archive, Reading
from bot.core.board import Step
from bot.core.importing import Found, of_archive, plan
from bot.core.search import Act, Application, Event, Loss, Stage, Standing, fold

TODAY = date(2026, 1, 10)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)
NOWHERE = Standing(Stage.WISHLIST, 0, None, Stage.WISHLIST, TODAY, TODAY)


def event(number: int, act: Act, **more: object) -> Event:
    return Event(number, 0, 1, act, TODAY, NOON)._replace(**more)  # type: ignore[arg-type]


def read(*events: Event, **more: object) -> Found:
    one = Application(1, 0, "Acme", "Baker", fold(events) or NOWHERE, NOON)._replace(**more)  # type: ignore[arg-type]
    lines = tuple((event.id, event.id + 1) for event in events)
    return of_archive(Reading(Archive((one,), tuple(events)), (), lines), TODAY)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ([event(1, Act.APPLIED, on=TODAY + timedelta(days=1))], "Sun 11 January 2026 is still to come (line 2)"),
        ([event(1, Act.APPLIED, on=date(1, 1, 1))], "a day that cannot be (line 2)"),
        ([event(1, Act.INTERVIEW, starts_at=NOON.replace(year=9998))], "a day that cannot be (line 2)"),
        ([event(1, Act.APPLIED, noted_at=NOON + timedelta(days=2))], "a day that cannot be (line 2)"),
        ([event(1, Act.APPLIED, words="a" * 4001)], "its note has 4,001 characters"),
        ([event(1, Act.APPLIED), event(2, Act.UNDONE, about=7)], "refer to others that are not there (line 3)"),
        ([event(1, Act.APPLIED), event(2, Act.AMENDED)], "refer to others that are not there (line 3)"),
        ([event(1, Act.APPLIED), event(1, Act.OFFER)], "refer to others that are not there"),
        ([event(1, Act.APPLIED), event(2, Act.CORRECTED)], "says no stage (line 3)"),
        ([event(1, Act.APPLIED), event(2, Act.CORRECTED, stage=Stage.LOST)], "says no stage (line 3)"),
    ],
)
def test_events_that_cannot_be_are_refused_with_their_line(events: Sequence[Event], why: str) -> None:
    found = read(*events)

    assert found.incoming == ()
    assert why in found.refused[0].why


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"company": " \u200b"}, "there is no company"),
        ({"role": "a" * 101}, "its role has 101 characters"),
        ({"link": "javascript:alert(1)"}, "no link"),
        ({"place": "a" * 101}, "its place has 101"),
    ],
)
def test_an_application_that_cannot_be_is_refused(more: dict[str, str], why: str) -> None:
    found = read(event(1, Act.APPLIED), **more)

    assert found.incoming == ()
    assert why in found.refused[0].why


def test_words_are_cleaned_on_their_way_in() -> None:
    (one,) = read(event(1, Act.NOTE, words="\u202eyes\r\n"), company="A\x00cme ").incoming

    assert (one.application.company, one.events[0].words) == ("Acme", "yes")


def test_a_next_step_set_by_hand_and_silence_are_kept_and_those_of_rules_are_not() -> None:
    applied, by_hand = event(1, Act.APPLIED), Step(TODAY, "Call Anna")
    one = Application(1, 0, "Acme", "Baker", fold([applied]) or NOWHERE, NOON)
    for step, kept in ((by_hand, by_hand), (by_hand._replace(sort="follow"), None)):
        archive = Archive((one,), (applied,), ((1, step),), frozenset({1}))
        (found,) = of_archive(Reading(archive), TODAY).incoming
        assert (found.step, found.hushed) == (kept, True)


def test_what_takes_an_application_up_again_after_its_end_is_told() -> None:
    lost = event(2, Act.LOST, loss=Loss.REJECTED)
    again = read(event(1, Act.APPLIED), lost, event(3, Act.INTERVIEW))
    assert [remark.line for remark in again.remarks] == [4]

    assert read(event(1, Act.APPLIED), lost._replace(loss=Loss.GHOSTED), event(3, Act.INTERVIEW)).remarks == ()
    assert read(event(1, Act.APPLIED), lost, event(3, Act.NOTE)).remarks == ()
    put_right = event(3, Act.CORRECTED, stage=Stage.APPLIED)
    assert read(event(1, Act.APPLIED), lost, put_right, event(4, Act.INTERVIEW)).remarks == ()


def test_two_of_one_name_in_a_file_of_ours_are_two() -> None:
    applied = event(1, Act.APPLIED)
    found = read(applied)
    twice = found._replace(incoming=(*found.incoming, found.incoming[0]._replace(line=9)))
    none = Archive((), ())

    assert len(plan(twice, none).added) == 2
    assert [remark.line for remark in plan(twice._replace(own=False), none).skipped] == [9]


def test_what_is_about_no_application_is_added_once() -> None:
    talk = event(1, Act.CONVERSATION, application_id=None, whom="Ben")
    found = of_archive(Reading(Archive((), (talk,))), TODAY)

    assert plan(found, Archive((), ())).loose == (talk,)
    assert plan(found, Archive((), (talk._replace(id=7, person_id=3),))).loose == ()
