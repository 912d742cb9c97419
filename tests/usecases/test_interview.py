"""Interviews on paper: reminded of in time, also in a pause, and asked about when each is over."""

from __future__ import annotations

import pytest

from bot.core.interview import Turn
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.search import Act, Stage
from bot.store import search as rows
from bot.usecases import interview, rhythm, search
from bot.usecases.rhythm import Change
from bot.usecases.search import Logged
from tests.usecases._follow_up import applied_at, told
from tests.usecases._search import logged
from tests.usecases.conftest import MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")


async def planned(desk: Desk, when: str = "9 January 14:00") -> Logged:
    """Maya has applied at Acme, and is to talk with them on Friday the ninth."""
    await applied_at(desk, "Acme")
    return await logged(desk, Act.INTERVIEW, "Acme", when=when, whom="Anna")


async def through(desk: Desk, first: int, last: int) -> list[tuple[str, str]]:
    """Let some days pass hour by hour: what came about interviews, as (day and hour, which message)."""
    came: list[tuple[str, str]] = []
    for day in range(first, last + 1):
        for hour in range(24):
            before = len(told(desk))
            await desk.until(day, hour, 30 if hour == 21 else 0)
            came += [(f"{day} {hour:02}", str(one.turn)) for one in told(desk)[before:]]
    return came


async def test_it_is_reminded_of_the_day_before_and_two_hours_before_and_asked_about(desk: Desk) -> None:
    await planned(desk)

    assert await through(desk, 2, 12) == [("8 17", "eve"), ("9 12", "soon"), ("9 16", "after")]
    assert set(await desk.states("interview")) == {"sent"}
    assert (told(desk)[0].application.company, told(desk)[0].event.whom) == ("Acme", "Anna")


async def test_a_reminder_that_would_fall_into_quiet_hours_comes_before_them(desk: Desk) -> None:
    await planned(desk, "9 January 9:30")

    assert await through(desk, 8, 9) == [("8 17", "eve"), ("8 21", "soon"), ("9 12", "after")]


async def test_reminders_go_on_in_a_pause_and_how_it_was_is_not_asked_then(desk: Desk) -> None:
    await planned(desk)
    await rhythm.pause(desk.app, MAYA, "")

    assert await through(desk, 2, 12) == [("8 17", "eve"), ("9 12", "soon")]


async def test_one_that_is_moved_is_reminded_of_anew_and_what_stands_says_so(desk: Desk) -> None:
    found = await planned(desk)
    assert await through(desk, 8, 8) == [("8 17", "eve")]
    await search.amend(desk.app, MAYA, found.event.id, {"when": "13 January 16:00"})
    await desk.tick()

    assert (told(desk)[0].moved, told(desk)[0].interview.starts_at.hour) == (True, 15)
    assert await through(desk, 9, 14) == [("12 17", "eve"), ("13 14", "soon"), ("13 18", "after")]


async def test_one_that_is_taken_back_is_told_of_no_more_and_what_stands_comes_down(desk: Desk) -> None:
    found = await planned(desk)
    await through(desk, 8, 8)
    await search.undo(desk.app, MAYA, found.event.id)

    assert await through(desk, 9, 10) == []
    assert told(desk) == []


async def test_one_that_a_correction_says_there_was_none_of_is_told_of_no_more(desk: Desk) -> None:
    await planned(desk)
    await logged(desk, Act.APPLIED, "#1", right=True)

    assert await through(desk, 8, 9) == []


async def test_it_stays_gone_when_another_is_planned(desk: Desk) -> None:
    await planned(desk)
    await logged(desk, Act.APPLIED, "#1", right=True)
    await logged(desk, Act.INTERVIEW, "Acme", when="13 January 14:00")

    assert await through(desk, 8, 13) == [("12 17", "eve"), ("13 12", "soon"), ("13 16", "after")]
    assert {one.round for one in told(desk)} == {1}


async def test_of_what_has_ended_nothing_is_reminded(desk: Desk) -> None:
    await planned(desk)
    await logged(desk, Act.LOST, "Acme")

    assert await through(desk, 8, 10) == []
    assert set(await desk.states("interview")) == {"dropped"}


async def test_after_downtime_the_last_reminder_comes_and_no_burst(desk: Desk) -> None:
    await planned(desk)
    await desk.until(9, 13)

    assert [one.turn for one in told(desk)] == [Turn.SOON]
    assert await desk.states("interview") == ["late"]


async def test_once_it_has_begun_it_is_not_reminded_of(desk: Desk) -> None:
    await planned(desk)
    await desk.until(9, 14, 1)

    assert told(desk) == []


async def test_the_eve_is_that_of_the_zone_that_one_is_in_by_then(desk: Desk) -> None:
    await planned(desk, "9 January 18:00")
    await rhythm.change(desk.app, MAYA, Change(zone="America/New_York"))

    assert await through(desk, 8, 9) == [("8 23", "eve"), ("9 16", "soon"), ("9 20", "after")]


async def test_a_change_of_zone_lets_nothing_come_twice(desk: Desk) -> None:
    await planned(desk)
    await desk.until(8, 17)
    await rhythm.change(desk.app, MAYA, Change(zone="Europe/Lisbon"))
    await desk.until(8, 18)

    assert [one.turn for one in told(desk)] == [Turn.EVE]


async def test_where_the_hour_before_the_quiet_hours_was_missed_it_comes_after_them(desk: Desk) -> None:
    await planned(desk, "9 January 9:30")
    await desk.until(9, 3)
    assert told(desk) == []
    await desk.until(9, 8)

    assert [one.turn for one in told(desk)] == [Turn.SOON]


async def test_how_it_was_is_kept_and_shown_and_can_be_said_otherwise(desk: Desk) -> None:
    found = await planned(desk)
    await desk.until(9, 16)
    (asked,) = told(desk)
    await interview.felt(desk.app, MAYA, asked.interview.id, 1)
    assert told(desk)[0].event.energy == 1

    await interview.felt(desk.app, MAYA, asked.interview.id, -1)
    assert told(desk)[0].event.energy == -1
    about = await rows.about(desk.app.db.reading, found.event.id)
    assert [one.energy for one in about] == [None, 1, -1]


async def test_how_it_was_is_not_asked_where_that_is_known(desk: Desk) -> None:
    found = await planned(desk)
    await desk.until(9, 15)
    await search.amend(desk.app, MAYA, found.event.id, {"energy": "0"})
    before = len(told(desk))
    await desk.until(9, 16)

    assert len(told(desk)) == before


async def test_nobody_else_says_how_it_was(desk: Desk) -> None:
    await planned(desk)
    await desk.begin(ANA)
    with pytest.raises(NotYours):
        await interview.felt(desk.app, ANA, 1, 1)
    with pytest.raises(Gone):
        await interview.felt(desk.app, MAYA, 99, 1)


async def test_two_on_one_day_are_told_of_apart(desk: Desk) -> None:
    await planned(desk)
    await logged(desk, Act.INTERVIEW, "Acme", when="9 January 17:00")

    found = await through(desk, 8, 9)
    assert found[:2] == [("8 17", "eve")] * 2
    assert found[2:] == [("9 12", "soon"), ("9 15", "soon"), ("9 16", "after"), ("9 19", "after")]
    (acme,) = await rows.of_person(desk.app.db.reading, 1)
    assert (acme.standing.stage, acme.standing.round) == (Stage.INTERVIEWING, 2)
    assert [one.round for one in told(desk)] == [1, 2, 1, 2, 1, 2]
