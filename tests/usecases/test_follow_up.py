"""Follow-ups on paper: named in the morning, at most five a day, and never of what has ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.delivery import Cause, Later, Unreachable
from bot.core.search import Act
from bot.usecases import application, follow_up, interview, people, rhythm, search
from bot.usecases.rhythm import Change
from tests.usecases._follow_up import applied_at, mornings, named, replies, told
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, Desk
from tests.usecases.test_plans import scans, spoken


async def test_a_week_after_applying_it_is_named_in_the_morning_and_once(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(8, 8, 59)
    assert mornings(desk) == []

    for hour in (9, 12, 20):
        await desk.until(8, hour)
    (morning,) = mornings(desk)
    assert named(morning) == ["Acme"]
    assert morning.lines[0].reminder.words == "Ask how it stands"
    assert await desk.states("follow ups") == ["sent"]


async def test_at_most_two_in_a_row_then_the_question_whether_it_ended_and_then_none(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    came: dict[int, str] = {}
    for day in range(2, 32):
        before = len(mornings(desk))
        await desk.until(day, 9)
        if len(mornings(desk)) > before:
            came[day] = str(mornings(desk)[-1].lines[0].reminder.sort)
    assert came == {8: "follow", 15: "follow", 22: "silent"}


async def test_five_are_named_a_day_in_one_message_and_more_on_the_next_the_oldest_first(desk: Desk) -> None:
    await applied_at(desk, *(f"Company {number}" for number in range(7)))
    await desk.until(8, 9)
    await desk.until(8, 15)
    assert [named(one) for one in mornings(desk)] == [[f"Company {number}" for number in range(5)]]

    await desk.until(9, 9)
    assert named(mornings(desk)[1]) == ["Company 5", "Company 6"]


async def test_thanks_that_cannot_wait_come_first_and_long_silences_last(desk: Desk) -> None:
    await applied_at(desk)
    for number in range(6):
        await applied(desk, f"Silent {number}", when="30 days ago")
    await applied(desk, "Acme", when="8 days ago")
    await applied(desk, "Zephyr", when="9 days ago")
    await logged(desk, Act.INTERVIEW, "Acme", when="today 19:00")
    await desk.until(2, 9)
    await desk.until(3, 9)

    assert [named(one)[:3] for one in mornings(desk)] == [
        ["Acme", "Zephyr", "Silent 0"],
        ["Silent 3", "Silent 4", "Silent 5"],
    ]


@pytest.mark.parametrize("hour", [8, 10], ids=["made before it", "made after it"])
async def test_with_an_older_database_put_back_nothing_is_named_twice(desk: Desk, tmp_path: Path, hour: int) -> None:
    await applied_at(desk, "Acme")
    await logged(desk, Act.INTERVIEW, "Acme", when="1 January 19:00")
    await desk.until(1, 21)
    await application.plan(desk.app, MAYA, 1, {"words": "Send it", "when": "8 January"})
    await desk.until(8, hour)
    copy = await desk.copied(tmp_path)
    await desk.until(8, 11)
    await desk.put_back(copy)
    for later in (12, 15):
        await desk.until(8, later)

    assert [named(one) for one in mornings(desk)] == [["Acme"]]
    assert len(told(desk)) == 1


async def test_what_fell_due_while_it_was_down_comes_in_one_late_message(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    for day in (2, 3, 4):
        await desk.until(day, 12)
        await applied(desk, f"Company {day}")
    await desk.until(11, 14)
    await desk.until(11, 18)

    (morning,) = mornings(desk)
    assert named(morning) == ["Acme", "Company 2", "Company 3", "Company 4"]
    assert await desk.states("follow ups") == ["late"]


async def test_what_is_due_in_quiet_hours_waits_for_their_end_and_is_that_days_message(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(2, 12)
    await applied(desk, "Later")
    await desk.until(8, 23)
    assert mornings(desk) == []

    await desk.until(9, 8)
    assert [named(one) for one in mornings(desk)] == [["Acme"]]
    await desk.until(9, 9)
    assert len(mornings(desk)) == 1
    await desk.until(10, 9)
    assert named(mornings(desk)[1]) == ["Later"]


async def test_nothing_of_what_ended_is_named(desk: Desk) -> None:
    await applied_at(desk, "Acme", "Zephyr")
    await logged(desk, Act.LOST, "Acme")
    await desk.until(8, 9)

    assert [named(one) for one in mornings(desk)] == [["Zephyr"]]


async def test_a_message_that_waits_is_dropped_when_all_in_it_has_ended(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(8, 23)
    await logged(desk, Act.LOST, "Acme")
    await desk.until(9, 9)

    assert mornings(desk) == []
    assert await desk.states("follow ups") == ["dropped"]


async def test_a_standing_message_says_so_when_one_has_ended_or_gone(desk: Desk) -> None:
    await desk.begin()
    first = await logged(desk, Act.APPLIED, "Acme", "Engineer")
    await applied(desk, "Zephyr")
    await desk.until(8, 9)
    await logged(desk, Act.LOST, "Zephyr")
    await desk.tick()
    assert replies(mornings(desk)[0]) == ["open", "past"]

    await search.undo(desk.app, MAYA, first.event.id)
    await desk.tick()
    assert named(mornings(desk)[0]) == ["Zephyr"]


@pytest.mark.parametrize("begins", [7, 8], ids=["before it is owed", "while it waits for the morning"])
async def test_in_a_pause_nothing_is_named_and_afterwards_it_is(desk: Desk, begins: int) -> None:
    await applied_at(desk, "Acme")
    await desk.until(begins, 23)
    await rhythm.pause(desk.app, MAYA, "2026-01-12")
    for day in range(9, 12):
        await desk.until(day, 9)
    assert mornings(desk) == []

    await desk.until(12, 9)
    assert [named(one) for one in mornings(desk)] == [["Acme"]]


async def test_what_fell_due_in_a_pause_comes_after_it_in_one_message(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(2, 12)
    await applied(desk, "Zephyr")
    await desk.until(7, 23)
    await rhythm.pause(desk.app, MAYA, "2026-01-12")
    for day in range(8, 13):
        await desk.until(day, 9)

    assert [named(one) for one in mornings(desk)] == [["Acme", "Zephyr"]]


async def test_while_a_message_cannot_be_sent_no_second_one_is_made(desk: Desk) -> None:
    await applied_at(desk, *(f"Company {number}" for number in range(7)))
    desk.paper.refuses["maya"] = Later(3600)
    for day in (8, 9, 10):
        await desk.until(day, 9)
    desk.paper.refuses.clear()
    await desk.until(10, 12)

    assert [len(one.lines) for one in mornings(desk)] == [5]
    await desk.until(11, 9)
    assert [len(one.lines) for one in mornings(desk)] == [5, 2]


async def test_on_a_day_of_rest_nothing_is_named(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await desk.until(7, 17, 30)
    await desk.until(8, 7)
    async with desk.app.db.writing() as tx:
        await tx.run("INSERT INTO rests (person_id, rest_on) VALUES (1, '2026-01-08')")
    await desk.until(8, 9)
    assert mornings(desk) == []

    await desk.until(9, 9)
    assert len(mornings(desk)) == 1


async def test_the_morning_is_that_of_the_zone_that_one_is_in_by_then(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await rhythm.change(desk.app, MAYA, Change(zone="America/New_York"))
    await desk.until(8, 14)
    assert mornings(desk) == []

    await desk.until(8, 15)
    assert len(mornings(desk)) == 1


async def test_whoever_has_left_is_told_of_nothing(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await people.leave(desk.app, MAYA)
    await desk.until(8, 9)
    await desk.until(9, 9)

    assert mornings(desk) == []


async def test_with_closed_messages_nothing_piles_up(desk: Desk) -> None:
    await applied_at(desk, *(f"Company {number}" for number in range(7)))
    desk.paper.refuses["maya"] = Unreachable("closed", cause=Cause.CLOSED)
    for day in (8, 9, 10):
        await desk.until(day, 9)
    desk.paper.refuses.clear()
    await people.wrote(desk.app, MAYA)
    await desk.until(10, 12)

    assert [(one.on.day, len(one.lines)) for one in mornings(desk)] == [(8, 5)]
    await desk.until(11, 9)
    assert [len(one.lines) for one in mornings(desk)] == [5, 2]


async def test_thanks_come_on_the_morning_after_an_interview(desk: Desk) -> None:
    await applied_at(desk, "Acme")
    await logged(desk, Act.INTERVIEW, "Acme", when="5 January 14:00")
    for day in (5, 6):
        await desk.until(day, 9)

    assert [line.reminder.sort for one in mornings(desk) for line in one.lines] == ["thanks"]
    assert mornings(desk)[0].on == date(2026, 1, 6)


async def test_no_round_and_no_press_reads_a_whole_table(desk: Desk) -> None:
    await applied_at(desk, "Acme", "Zephyr", "Nord", "Süd")
    said = await spoken(desk.app.db)
    await logged(desk, Act.INTERVIEW, "Nord", when="7 January 14:00")
    await application.plan(desk.app, MAYA, 4, {"words": "Send it", "when": "6 January"})
    for day in (6, 7, 8):
        for hour in (9, 12, 16, 17):
            await desk.until(day, hour)
    await interview.felt(desk.app, MAYA, 1, 1)
    lines = {line.application.company: line.reminder.id for one in mornings(desk) for line in one.lines}
    await follow_up.done(desk.app, MAYA, lines["Acme"])
    await follow_up.later(desk.app, MAYA, lines["Zephyr"], 1)
    await follow_up.stop(desk.app, MAYA, lines["Süd"])
    await follow_up.go_on(desk.app, MAYA, lines["Süd"])
    await rhythm.change(desk.app, MAYA, Change(zone="Europe/Paris"))

    assert any("FROM reminders" in sql for sql in said)
    assert any("FROM interviews" in sql for sql in said)
    assert await scans(desk.app.db, said) == set()
