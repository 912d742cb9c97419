"""Rounds: what is owed is planned once and in time, an idle round costs nothing, and weeks turn."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import date, timedelta

import pytest

from bot.core.delivery import Later
from bot.core.journal import Prompt
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.core.summary import Draft
from bot.usecases import held, people, rhythm, rounds, summary
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk, prompts

FRIDAY = "2026-01-02"


# ------------------------------------------------------------------ planning


async def test_planning_twice_owes_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    async with desk.app.db.writing() as tx:
        await tx.run(
            "UPDATE schedules SET next_on = ?, next_at = '2026-01-02T16:30:00.000+00:00' WHERE ask = 'checkin'", FRIDAY
        )
    await desk.tick()
    assert await desk.asked() == {FRIDAY: "open"}
    assert len(prompts(desk)) == 1


async def test_two_rounds_at_once_send_once(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await asyncio.gather(*(desk.tick() for _ in range(4)))
    assert len(prompts(desk)) == 1
    assert desk.paper.count("deliver") == 3  # welcome, hello, prompt


async def test_due_while_down_is_sent_late_and_marked(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 20, 15)
    (late,) = prompts(desk)
    assert late.late
    assert await desk.states("prompt") == ["late"]


async def test_on_time_is_not_marked_late(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 34)
    assert not prompts(desk)[0].late
    assert await desk.states("prompt") == ["sent"]


async def test_after_days_away_the_backlog_is_not_burst_and_the_older_ones_expire(desk: Desk) -> None:
    await desk.begin()
    await desk.until(8, 20)
    assert await desk.asked() == {
        "2026-01-02": "expired",
        "2026-01-05": "expired",
        "2026-01-06": "expired",
        "2026-01-07": "expired",
        "2026-01-08": "open",
    }
    assert await desk.asked("reflection") == {"2026-01-07": "expired"}
    assert [prompt.occurrence.on.isoformat() for prompt in prompts(desk)] == ["2026-01-08"]


async def test_with_a_long_patience_only_the_newest_of_a_kind_is_sent(desk: Desk) -> None:
    desk.app.settings = desk.app.settings._replace(late=timedelta(hours=72))
    await desk.begin()
    await desk.until(7, 18)
    assert [prompt.occurrence.on.isoformat() for prompt in prompts(desk)] == ["2026-01-07"]
    assert (await desk.asked())["2026-01-06"] == "expired"


async def test_a_seeker_whose_rows_are_broken_keeps_nobody_else_waiting(desk: Desk) -> None:
    ana = Person(PAPER, "", "ana")
    await desk.begin(ana)
    await desk.begin()
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE seekers SET zone = 'Nowhere/Atall' WHERE person_id = 1")
    with pytest.raises(ExceptionGroup, match="done again in the next"):
        await desk.until(2, 17, 30)
    assert len(prompts(desk)) == 1
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE seekers SET zone = 'Europe/Berlin' WHERE person_id = 1")
    await desk.wait(minutes=1)
    assert sum(isinstance(sheet.what, Prompt) for sheet in desk.paper.at(ana)) == 1


async def test_a_change_in_the_very_second_loses_nothing_that_is_due(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="9:00"))
    await desk.tick()
    assert await desk.asked() == {FRIDAY: "open"}
    assert len(prompts(desk)) == 1
    await desk.until(5, 9)
    assert len(prompts(desk)) == 2


async def test_somebody_who_left_is_not_planned_for_any_more(desk: Desk) -> None:
    await desk.begin()
    await people.leave(desk.app, MAYA)
    await desk.until(9, 18)
    assert await desk.asked() == {}
    assert prompts(desk) == []


# ------------------------------------------------------------------ an idle round


async def test_an_idle_round_writes_nothing_and_reads_by_index(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)  # a draft waits, a prompt is open, a recall is owed
    await desk.tick()
    traced: list[str] = []
    for connection in (desk.app.db._reader, desk.app.db._writer):
        await connection.set_trace_callback(traced.append)
    await desk.tick()
    (statement,) = traced
    assert statement.strip().startswith("SELECT")
    with sqlite3.connect(desk.path) as outside:
        plan = [row[3] for row in outside.execute(f"EXPLAIN QUERY PLAN {statement}")]
        searches = [step for step in plan if step not in ("COMPOUND QUERY", "UNION ALL", "LEFT-MOST SUBQUERY")]
        assert len(searches) == 12
        assert all(step.startswith("SEARCH") and "INDEX" in step for step in searches)
    outside.close()


async def test_an_idle_round_asks_the_platform_for_nothing(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    calls = list(desk.paper.calls)
    for _ in range(5):
        await desk.wait(minutes=10)
    assert desk.paper.calls == calls


async def test_words_that_nobody_decided_about_are_forgotten_after_a_week(desk: Desk) -> None:
    await desk.begin()
    waiting = await held.hold(desk.app, MAYA, "stray", "1/2", {"text": "a stray thought"})
    await desk.wait(days=6)
    assert (await held.words_of(desk.app, MAYA, waiting.id)).words == {"text": "a stray thought"}
    await desk.wait(days=1, minutes=1)
    assert await desk.app.db.reading.all("SELECT * FROM held") == []


# ------------------------------------------------------------------ the week


async def test_a_draft_that_posts_by_itself_never_posts_into_the_quiet_hours(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(autopost=True))
    await summary.edit(desk.app, MAYA, (await summary.draft(desk.app, MAYA)).week.id, "A line")
    await desk.until(4, 21)
    (draft,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]
    assert draft.week.posts_at
    await desk.until(4, 23, 30)
    assert len(desk.paper.at(CHANNEL)) == 1
    await desk.until(5, 8)
    assert len(desk.paper.at(CHANNEL)) == 2


async def test_in_a_pause_a_draft_that_posts_by_itself_waits_for_its_seeker(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(autopost=True))
    await summary.edit(desk.app, MAYA, (await summary.draft(desk.app, MAYA)).week.id, "A line")
    await desk.until(4, 18)
    await rhythm.pause(desk.app, MAYA, "")

    await desk.until(5, 12)

    assert len(desk.paper.at(CHANNEL)) == 1  # the welcome


async def test_a_draft_on_another_weekday_stays_open_for_three_days(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.WEEK, days="Tuesday", at="18:00"))
    await desk.until(6, 18)
    week = (await summary.draft(desk.app, MAYA)).week
    assert (week.phase, week.monday.isoformat()) == ("drafted", "2025-12-29")
    await desk.until(8, 23, 59)
    assert (await summary.draft(desk.app, MAYA)).week.phase == "drafted"
    await desk.until(9, 0)
    assert (await summary.draft_of(desk.app, MAYA, week.id)).week.phase == "closed"


async def test_a_draft_that_could_not_come_before_it_closed_expires_and_the_next_one_says_so(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Later(600)
    await desk.until(4, 18)
    assert await desk.states("draft") == ["owed"]
    await desk.until(7, 0)
    desk.paper.refuses.clear()
    assert await desk.states("draft") == ["expired"]
    await desk.until(11, 18)
    (draft,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]
    assert (await desk.states("draft"), draft.missed) == (["expired", "sent"], date(2025, 12, 29))


async def test_drafts_of_a_long_absence_expire_one_for_each_week(desk: Desk) -> None:
    await desk.begin()
    await desk.until(22, 12)
    assert await desk.states("draft") == ["expired", "expired", "expired"]
    assert set(await desk.states("recall")) <= {"dropped"}
    assert [sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)] == []


async def test_a_week_that_was_posted_in_the_very_second_is_not_closed(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    await rounds._close(desk.app, 1, desk.now)
    assert (await summary.draft_of(desk.app, MAYA, 1)).week.phase == "posted"
