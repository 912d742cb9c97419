"""The board: order, pages, the two clocks, and what is looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.board import (
    MOVES,
    ON_PAGE,
    Look,
    arranged,
    clocks,
    interviews,
    moves,
    page_of,
    rounds,
    time_and_words,
    with_time,
)
from bot.core.search import LEADS_TO, Act, Application, Event, Known, Loss, Stage, Standing, begun
from tests._events import FIRST, happened, noon

TODAY = date(2026, 2, 1)


def known(number: int, stage: Stage, company: str = "Acme", role: str = "Engineer") -> Known:
    return Known(number, company, role, stage)


SOME = [known(number, stage) for number, stage in enumerate(Stage, 1)]


def test_what_is_furthest_comes_first_and_what_ended_is_folded() -> None:
    found, counts = arranged(SOME, Look())

    assert [one.stage for one in found] == [Stage.OFFER, Stage.INTERVIEWING, Stage.APPLIED, Stage.WISHLIST]
    assert dict(counts) == dict.fromkeys(Stage, 1)
    assert [one.stage for one in arranged(SOME, Look(ended=True))[0]] == [Stage.ACCEPTED, Stage.LOST]
    assert [one.stage for one in arranged(SOME, Look(Stage.LOST))[0]] == [Stage.LOST]


def test_within_a_stage_the_order_stays() -> None:
    found, _ = arranged([known(number, Stage.APPLIED) for number in (3, 1, 2)], Look())

    assert [one.id for one in found] == [3, 1, 2]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("acme", [1]),
        ("ENGI", [1, 2]),
        ("eng glob", [2]),
        ("straße", [3]),
        ("STRASSE", [3]),
        ("  ", [1, 2, 3]),
        ("q", []),
    ],
)
def test_each_word_is_looked_for_in_company_and_role(text: str, ids: list[int]) -> None:
    some = [known(1, Stage.APPLIED), known(2, Stage.APPLIED, "Globex"), known(3, Stage.APPLIED, "Straße", "Baker")]
    found, counts = arranged(some, Look(text=text))

    assert [one.id for one in found] == ids
    assert dict(counts).get(Stage.APPLIED, 0) == len(ids)


@pytest.mark.parametrize(
    ("waiting", "quiet", "words"),
    [
        (12, 3, "waiting 12 days · quiet 3 days"),
        (12, 0, "waiting 12 days · active today"),
        (2, 1, "waiting 2 days · quiet 1 day"),
        (1, 1, "waiting and quiet 1 day"),
        (0, 0, "since today"),
        (-1, -1, "since today"),
        (3, -2, "waiting 3 days · interview ahead"),
        (0, -2, "interview ahead"),
        (1200, 1, "waiting 1,200 days · quiet 1 day"),
    ],
)
def test_the_two_clocks_in_words(waiting: int, quiet: int, words: str) -> None:
    since, active = TODAY - timedelta(days=waiting), TODAY - timedelta(days=quiet)

    assert clocks(Standing(Stage.APPLIED, 0, None, Stage.APPLIED, since, active), TODAY) == words


@given(st.integers(0, 80), st.integers(0, 20))
def test_pages_hold_everything_once_and_there_is_always_one(number: int, asked: int) -> None:
    some = [known(one, Stage.APPLIED) for one in range(number)]
    _, page, pages = page_of(some, asked)

    assert 0 <= page < pages
    assert page == min(asked, pages - 1)
    assert [one for at in range(pages) for one in page_of(some, at)[0]] == some
    assert all(len(page_of(some, at)[0]) <= ON_PAGE for at in range(pages))


def test_rounds_go_on_from_the_one_that_was_named() -> None:
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    events = [Event(number, 1, 1, Act.INTERVIEW, TODAY, noon, round=named) for number, named in enumerate((0, 3, 0), 1)]

    assert rounds([*events, Event(4, 1, 1, Act.NOTE, TODAY, noon)]) == {1: 1, 2: 3, 3: 4}


def test_rounds_begin_anew_after_interviews_that_were_none() -> None:
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    acts = [Act.INTERVIEW, Act.INTERVIEW, Act.CORRECTED, Act.INTERVIEW]
    events = [Event(number, 1, 1, act, TODAY, noon, Stage.APPLIED) for number, act in enumerate(acts, 1)]

    assert rounds(events) == {1: 1, 2: 2, 4: 1}


def test_what_is_told_are_interviews_of_a_time_that_are_still_to_take_place_in_order() -> None:
    later, sooner = (happened(n, Act.INTERVIEW)._replace(starts_at=noon(day)) for n, day in ((2, 9), (3, 8)))
    bound, none = (happened(n, Act.INTERVIEW)._replace(starts_at=noon(day)) for n, day in ((4, 10), (5, 7)))
    put_right = happened(6, Act.CORRECTED, 1)._replace(stage=Stage.APPLIED)
    one = Application(1, 1, "Acme", "Baker", begun(FIRST), noon(0))
    ended = one._replace(standing=one.standing._replace(stage=Stage.LOST))
    events = [happened(1, Act.APPLIED), later, sooner, bound, none]

    found = interviews([(one, events), (one, [*events, put_right]), (ended, events)], noon(7.5), noon(10))

    assert [planned.starts_at for planned in found] == [noon(8), noon(9)]


def test_every_stage_and_every_loss_can_be_moved_to_by_what_leads_there() -> None:
    assert {LEADS_TO[way.act] for way in MOVES.values()} == set(Stage)
    assert {way.loss for way in MOVES.values()} == {None, *Loss}


def test_nobody_is_offered_to_move_to_where_it_is() -> None:
    applied = Standing(Stage.APPLIED, 0, None, Stage.APPLIED, TODAY, TODAY)
    lost = applied._replace(stage=Stage.LOST, loss=Loss.REJECTED)

    assert "applied" not in moves(applied)
    assert "interviewing" in moves(applied._replace(stage=Stage.INTERVIEWING, round=1))
    assert "rejected" not in moves(lost)
    assert {"ghosted", "applied"} <= set(moves(lost))


@pytest.mark.parametrize(
    ("at", "words"),
    [(None, ""), (None, "Call Anna"), (time(14), ""), (time(14), "Call\nAnna"), (None, "25:00 late")],
)
def test_a_next_step_begins_with_its_time_and_is_read_back(at: time | None, words: str) -> None:
    assert time_and_words(with_time(at, words)) == (at, words)
