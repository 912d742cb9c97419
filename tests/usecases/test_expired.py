"""What came too late to be of use: its date says so, the host can count it, and the next message tells the person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.delivery import CannotTell, Cause, Unknown, Unreachable
from bot.core.rhythm import summary_dates, summary_monday
from bot.core.summary import Draft
from bot.usecases import host, journal, people, rhythm, summary
from tests.usecases.conftest import LOST, MAYA, Desk

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


@pytest.mark.parametrize("day", range(14))
def test_every_date_is_among_the_dates_of_the_week_that_its_summary_is_about(day: int) -> None:
    on = date(2026, 1, 1) + timedelta(days=day)
    first, last = summary_dates(summary_monday(on))
    assert first <= on <= last
    assert last - first == timedelta(days=6)


async def test_a_week_whose_draft_expires_ends_as_expired_and_the_host_and_the_next_draft_say_so(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Unknown(LOST)
    await desk.until(4, 18)
    assert await desk.asked("week") == {"2026-01-04": "open"}

    await desk.until(7, 12)

    assert await desk.asked("week") == {"2026-01-04": "expired"}
    assert (await host.look(desk.app)).counts.expired >= 1
    desk.paper.refuses.clear()
    await desk.until(11, 18)
    assert await desk.asked("week") == {"2026-01-04": "expired", "2026-01-11": "open"}
    drafts = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]
    assert [draft.missed for draft in drafts] == [date(2025, 12, 29)]


async def test_a_week_for_which_nothing_ran_ends_as_expired_too(desk: Desk) -> None:
    await desk.begin()

    await desk.until(9, 12)
    await desk.tick()

    assert await desk.asked("week") == {"2026-01-04": "expired"}


async def test_a_week_whose_draft_came_stays_open_when_it_closes(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)

    await desk.until(9, 12)

    assert await desk.asked("week") == {"2026-01-04": "open"}


async def test_a_question_that_could_not_arrive_and_then_comes_too_late_ends_as_expired(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(2, 17, 30)
    await people.read_of_it(desk.app, MAYA)
    desk.paper.refuses[MAYA.id] = Unknown(LOST)
    await desk.wait(hours=1)
    await people.here(desk.app, MAYA)

    await desk.until(3, 12)

    assert await desk.states("prompt") == ["unreachable", "expired"]
    assert await desk.asked() == {"2026-01-02": "expired"}


async def test_a_question_that_stands_stays_open_when_asking_again_comes_too_late(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    prompt = await desk.delivery("prompt")
    await rhythm.later(desk.app, MAYA, prompt.id, "20m")
    desk.paper.refuses[MAYA.id] = Unknown(LOST)

    for hour in (18, 20):
        await desk.until(2, hour)
    await desk.until(3, 12)

    assert await desk.states("prompt") == ["sent", "expired"]
    assert await desk.asked() == {"2026-01-02": "open"}


async def test_a_day_that_was_answered_by_command_stays_answered_whatever_becomes_of_its_question(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Unknown(LOST)
    desk.paper.looks.extend([CannotTell("the history is closed")] * 1000)
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})

    for hour in range(18, 24):
        await desk.until(2, hour)
    await desk.until(3, 12)

    assert await desk.states("prompt") == ["dropped"]
    assert await desk.asked() == {"2026-01-02": "answered"}
    assert (await host.look(desk.app)).counts.expired == 0


async def test_a_week_that_was_posted_by_command_misses_no_draft(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Unknown(LOST)
    desk.paper.looks.extend([CannotTell("the history is closed")] * 1000)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)

    await desk.until(7, 12)

    assert await desk.states("draft") == ["dropped"]
