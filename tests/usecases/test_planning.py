"""Planning many schedules at once: each as if it were alone, and what was missed or lies ahead is told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.delivery import Crowd, Kind, Unreachable
from bot.core.people import Person
from bot.core.rhythm import Ask, Gap, instant
from bot.core.zone import named
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import rhythm as rhythm_rows
from bot.usecases import _planning, journal, people, rhythm, rounds
from bot.usecases.people import Start
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk, prompts

BROKEN = "UPDATE seekers SET zone = 'Nowhere/Atall' WHERE person_id IN (SELECT id FROM people WHERE external_id IN "


async def crowd(desk: Desk, count: int) -> list[Person]:
    """So many seekers in Berlin."""
    everybody = [Person(PAPER, "", f"person{n}") for n in range(count)]
    for who in everybody:
        await desk.begin(who)
    return everybody


async def owed(desk: Desk, kind: str) -> Counter[str]:
    """How many deliveries of a kind each person is owed, or was sent."""
    rows = await desk.app.db.reading.all(
        "SELECT to_id, count(*) AS times FROM deliveries WHERE kind = ? GROUP BY 1", kind
    )
    return Counter({row["to_id"]: row["times"] for row in rows})


# ------------------------------------------------------------------ as if each were alone


async def test_what_is_planned_together_has_the_id_that_it_would_have_alone(desk: Desk) -> None:
    await desk.begin()
    for day in (2, 4):
        desk.move(day, 18)
        await rounds.plan(desk.app)
    async with desk.app.db.writing() as tx:
        for kind in (Kind.PROMPT, Kind.DRAFT, Kind.RECALL):
            planned = await tx.all("SELECT * FROM deliveries WHERE kind = ?", kind)
            assert planned
            await tx.run("DELETE FROM deliveries WHERE kind = ?", kind)
            for row in planned:
                due_at = datetime.fromisoformat(row["due_at"])
                alone = await delivery_rows.owe(tx, kind, MAYA, row["subject"], due_at, person_id=row["person_id"])
                assert alone == row["id"]


async def test_everybody_of_a_crowd_is_asked_once_whatever_the_steps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_planning, "TOGETHER", 3)
    everybody = await crowd(desk, 10)
    desk.move(7, 19)  # a Wednesday: check-in and reflection
    await rounds.plan(desk.app)
    assert await owed(desk, "prompt") == Counter({who.id: 2 for who in everybody})


async def test_planned_before_and_new_among_many_each_keep_their_own_question(desk: Desk) -> None:
    everybody = await crowd(desk, 6)
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    async with desk.app.db.writing() as tx:
        await tx.run("DELETE FROM occurrences WHERE person_id % 2 = 0")
        await tx.run("DELETE FROM deliveries WHERE kind = 'prompt' AND person_id % 2 = 0")
        await tx.run(
            "UPDATE schedules SET last_on = NULL, next_on = '2026-01-02', next_at = '2026-01-02T16:30:00.000+00:00'"
            " WHERE ask = 'checkin'"
        )

    await rounds.plan(desk.app)

    assert await owed(desk, "prompt") == Counter({who.id: 1 for who in everybody})
    whose = await desk.app.db.reading.all(
        "SELECT occurrences.person_id AS asked, deliveries.person_id AS told FROM occurrences"
        " JOIN deliveries ON kind = 'prompt' AND subject = occurrences.id"
    )
    assert len(whose) == 6
    assert [row["asked"] for row in whose] == [row["told"] for row in whose]


async def test_broken_rows_among_many_keep_nobody_else_waiting(desk: Desk) -> None:
    everybody = await crowd(desk, 9)
    async with desk.app.db.writing() as tx:
        await tx.run(f"{BROKEN}('person2', 'person7'))")
    desk.move(2, 17, 30)
    with pytest.raises(ExceptionGroup) as failed:
        await rounds.plan(desk.app)
    assert len(failed.value.exceptions) == 2
    assert await owed(desk, "prompt") == Counter({who.id: 1 for n, who in enumerate(everybody) if n not in (2, 7)})


async def test_somebody_elses_broken_rows_do_not_refuse_a_change(desk: Desk) -> None:
    await crowd(desk, 1)
    await desk.begin()
    async with desk.app.db.writing() as tx:
        await tx.run(f"{BROKEN}('person0'))")
    desk.move(2, 17, 30)
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="9:00"))
    assert await owed(desk, "prompt") == Counter({"maya": 1})


async def test_what_may_stand_already_after_a_restore_is_looked_for_first(desk: Desk) -> None:
    await desk.begin()
    async with desk.app.db.writing() as tx:
        await facts.put(tx, facts.LOOK_BEFORE, "2026-01-05T12:00:00.000+00:00")
    desk.move(2, 18)
    await rounds.plan(desk.app)
    assert await desk.states("prompt") == ["unknown"]
    desk.move(5, 18)  # another hour of that day may have been asked at before
    await rounds.plan(desk.app)
    desk.move(7, 18)
    await rounds.plan(desk.app)
    assert await desk.states("prompt") == ["unknown", "unknown", "owed"]


async def test_answered_before_it_was_due_is_not_asked(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 12)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.move(2, 18)
    await rounds.plan(desk.app)
    assert await desk.asked() == {"2026-01-02": "answered"}
    assert await owed(desk, "prompt") == Counter()


async def test_reflections_take_turns_over_weeks_that_are_planned_at_once(desk: Desk) -> None:
    await desk.begin()
    desk.now += timedelta(weeks=3)
    await rounds.plan(desk.app)
    rows = await desk.app.db.reading.all("SELECT exercise FROM occurrences WHERE ask = 'reflection'")
    assert len(rows) == 3
    assert len({row["exercise"] for row in rows}) == 3


async def test_after_months_away_every_date_is_told_and_only_the_newest_asked(desk: Desk) -> None:
    await desk.begin()
    desk.now += timedelta(days=90)
    await desk.tick()
    asked = await desk.asked()
    weekdays = [date(2026, 1, 2) + timedelta(days=n) for n in range(90)]
    assert list(asked) == [on.isoformat() for on in weekdays if on.weekday() < 5]
    assert [on for on, state in asked.items() if state != "expired"] == ["2026-04-01"]
    assert [question.occurrence.on for question in prompts(desk)] == [date(2026, 4, 1)] * 2  # and a reflection
    assert len(prompts(desk)[0].missed) == len(asked) - 1


# ------------------------------------------------------------------ what was missed


async def test_three_days_away_expire_visibly_and_the_next_question_names_them(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await desk.until(8, 9)  # down from Friday on: Monday, Tuesday and Wednesday went by
    assert len(prompts(desk)) == 1
    await desk.until(8, 17, 30)
    _, question = prompts(desk)
    assert question.missed == (date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7))
    assert set((await desk.asked()).values()) == {"open", "expired"}
    assert await desk.asked("reflection") == {"2026-01-07": "expired"}


async def test_what_was_missed_is_told_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    for day in (7, 8, 9):
        await desk.until(day, 17, 30)
    assert [len(question.missed) for question in prompts(desk)] == [0, 2, 0, 0]


async def test_days_on_which_messages_were_closed_are_told_as_well(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.refuses[MAYA.id] = Unreachable("closed")
    await desk.until(5, 17, 30)
    desk.paper.refuses.clear()
    await desk.until(6, 17, 30)
    assert prompts(desk)[-1].missed == (date(2026, 1, 5),)


# ------------------------------------------------------------------ a gap ahead


async def in_new_york(desk: Desk) -> None:
    """Maya is asked at 02:30 each night in New York, from the second of March on."""
    desk.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    await desk.begin(zone="America/New_York")
    await rhythm.change(desk.app, MAYA, Change(quiet="off"))
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="2:30", days="every day"))


GAP = Gap(date(2026, 3, 8), time(2, 30), time(3, 30))


async def test_a_gap_of_the_coming_week_is_told_by_the_rhythm(desk: Desk) -> None:
    await in_new_york(desk)
    assert (await rhythm.show(desk.app, MAYA)).gaps == (GAP,)
    desk.now += timedelta(weeks=2)
    assert (await rhythm.show(desk.app, MAYA)).gaps == ()


async def test_a_gap_of_the_coming_week_is_told_at_the_start(desk: Desk) -> None:
    desk.app.settings = desk.app.settings._replace(quiet=desk.app.settings.quiet._replace(start=time(), end=time()))
    desk.now = datetime(2026, 3, 6, 12, tzinfo=UTC)
    await desk.begin()
    wish = Start("America/New_York", checkin=time(2, 30))
    on_weekdays = await people.start(desk.app, Person(PAPER, "", "ana"), "Ana", wish, [CHANNEL])
    assert on_weekdays.gaps == ()  # the eighth is a Sunday
    await rhythm.change(desk.app, MAYA, Change(zone="America/New_York"))
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.WEEK, at="2:30"))
    assert (await people.start(desk.app, MAYA, "Maya", Start("America/New_York"), [CHANNEL])).gaps == (GAP,)


async def test_only_the_question_right_before_a_gap_tells_of_it(desk: Desk) -> None:
    await in_new_york(desk)
    for day in range(3, 11):
        desk.now = instant(date(2026, 3, day), time(3, 30), named("America/New_York"))
        await desk.tick()
    gaps = {question.occurrence.on.day: question.gap for question in prompts(desk)}
    assert sorted(gaps) == list(range(3, 11))
    assert [day for day, gap in gaps.items() if gap] == [7]
    assert gaps[7] == GAP


# ------------------------------------------------------------------ how many at once


async def test_the_busiest_minute_is_found(desk: Desk) -> None:
    await crowd(desk, 3)
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.CHECKIN, at="12:00"))
    week = desk.now, desk.now + timedelta(days=7)
    found = await rhythm_rows.busiest(desk.app.db.reading, *week, 30)
    assert found == Crowd(datetime(2026, 1, 4, 17, tzinfo=UTC), 4)
    assert await rhythm_rows.busiest(desk.app.db.reading, week[1], week[1], 30) is None


async def test_a_minute_with_many_new_conversations_counts_as_busier_than_one_with_more_to_known_ones(
    desk: Desk,
) -> None:
    new = (await crowd(desk, 9))[:3]
    for who in new:
        await rhythm.change(desk.app, who, Change(ask=Ask.CHECKIN, at="12:00"))
        async with desk.app.db.writing() as tx:
            await tx.run("DELETE FROM conversations WHERE channel = ?", who.id)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE schedules SET next_at = NULL WHERE ask <> 'checkin'")
    day = desk.now, desk.now + timedelta(days=1)

    found = await rhythm_rows.busiest(desk.app.db.reading, *day, 30)

    assert found == Crowd(datetime(2026, 1, 2, 11, tzinfo=UTC), 3, 3)
    found = await rhythm_rows.busiest(desk.app.db.reading, *day, 0.5)
    assert found == Crowd(datetime(2026, 1, 2, 16, 30, tzinfo=UTC), 6)
