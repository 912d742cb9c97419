"""A wall clock that was wrong, and new rules of time zones: nothing is asked twice for one date, and nothing stalls."""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.journal import Prompt
from bot.core.rhythm import instant
from bot.core.zone import named
from bot.store import facts
from bot.store import rhythm as rhythm_rows
from bot.usecases import rhythm, rounds
from bot.usecases.pace import Pace
from bot.usecases.rhythm import Change
from tests.usecases.conftest import MAYA, ZONE, Desk
from tests.usecases.test_plans import scans, spoken

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def jump(desk: Desk, span: timedelta) -> None:
    """The wall clock jumps; what it left wrong is put right, and a round follows."""
    desk.now += span
    desk.app.pace = Pace(math.inf)  # by the monotonic clock, which never jumps
    await rounds.settle_clock(desk.app)
    await desk.tick()


async def live(desk: Desk, until: datetime) -> None:
    """Time passes as it should, with a round every half hour."""
    while desk.now < until:
        desk.now += HOUR / 2
        await desk.tick()


def asked(desk: Desk) -> Counter[date]:
    """How many check-ins stand in Maya's direct messages, by their date."""
    sheets = [sheet.what for sheet in desk.paper.at(MAYA)]
    return Counter(what.occurrence.on for what in sheets if isinstance(what, Prompt) and what.exercise.id == "checkin")


def weekdays(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [on for on in days if on.weekday() < 5]


async def at_friday_noon(desk: Desk) -> None:
    await desk.begin()
    await live(desk, datetime(2026, 1, 2, 12, tzinfo=UTC))


# ------------------------------------------------------------------ a wrong clock


@pytest.mark.parametrize("ahead", [HOUR, 5 * HOUR, DAY, 3 * DAY, 40 * DAY, 400 * DAY])
async def test_a_clock_that_was_ahead_for_a_while_loses_no_date_and_asks_for_none_twice(
    desk: Desk, ahead: timedelta
) -> None:
    await at_friday_noon(desk)
    await jump(desk, ahead)
    await jump(desk, -ahead)
    await live(desk, datetime(2026, 1, 16, 12, tzinfo=UTC))
    expected = weekdays(date(2026, 1, 2), date(2026, 1, 15))
    assert [on for on in expected if asked(desk)[on] != 1] == []
    assert max(asked(desk).values()) == 1


async def test_a_day_slept_through_behind_days_that_a_clock_ahead_asked_for_expires_in_sight(desk: Desk) -> None:
    await desk.begin()
    await live(desk, datetime(2026, 1, 5, 12, tzinfo=UTC))  # a Monday
    for span in (DAY + 5 * HOUR, DAY, -2 * DAY - 5 * HOUR):
        await jump(desk, span)
    await jump(desk, DAY)
    rows = await desk.app.db.reading.all(
        "SELECT state FROM occurrences WHERE local_on = '2026-01-05' AND ask = 'checkin'"
    )
    assert [row["state"] for row in rows] == ["expired"]
    assert (asked(desk)[date(2026, 1, 6)], asked(desk)[date(2026, 1, 7)]) == (1, 1)


async def test_what_fell_due_while_the_clock_was_wrong_comes_late_or_expires_in_sight(desk: Desk) -> None:
    await desk.begin()
    await live(desk, datetime(2026, 1, 5, 17, tzinfo=UTC))  # Monday's came
    await jump(desk, 365 * DAY)
    desk.now += 3 * DAY
    await jump(desk, -365 * DAY)  # Thursday 17:00 UTC, half an hour after Thursday's was due
    assert [asked(desk)[date(2026, 1, day)] for day in (5, 6, 7, 8)] == [1, 0, 0, 1]
    states = await desk.asked()
    assert [states.get(f"2026-01-0{day}") for day in (5, 6, 7, 8)] == ["open", "expired", "expired", "open"]


async def test_the_very_first_question_survives_a_wrong_clock(desk: Desk) -> None:
    await desk.begin()  # on Thursday evening
    desk.move(2, 17, 29)
    desk.now += 365 * DAY
    await jump(desk, timedelta())  # everything up to there expires, unasked
    await jump(desk, timedelta(minutes=5) - 365 * DAY)
    assert asked(desk)[date(2026, 1, 2)] == 1


@pytest.mark.parametrize("back", [HOUR, 7 * HOUR, DAY, 5 * DAY, 365 * DAY, 9000 * DAY])
async def test_a_clock_that_was_set_back_for_a_while_asks_for_no_date_twice(desk: Desk, back: timedelta) -> None:
    await desk.begin()
    await live(desk, datetime(2026, 1, 9, 17, tzinfo=UTC))
    before = asked(desk)
    await jump(desk, -back)
    await live(desk, desk.now + 3 * HOUR)
    await jump(desk, back - 3 * HOUR)
    assert asked(desk) == before
    await live(desk, datetime(2026, 1, 16, 17, tzinfo=UTC))
    assert asked(desk) == Counter(weekdays(date(2026, 1, 2), date(2026, 1, 16)))


async def test_what_expired_only_by_a_wrong_clock_is_asked_when_its_time_comes(desk: Desk) -> None:
    await at_friday_noon(desk)
    await jump(desk, 4 * DAY)
    assert (await desk.asked())["2026-01-02"] == "expired"
    await jump(desk, -4 * DAY)
    assert await desk.asked() == {}
    await live(desk, datetime(2026, 1, 2, 17, tzinfo=UTC))
    assert await desk.asked() == {"2026-01-02": "open"}


@pytest.mark.parametrize("seed", range(3))
async def test_a_clock_that_jumps_to_and_fro_asks_at_most_once_for_a_date_and_goes_on_well(
    desk: Desk, seed: int
) -> None:
    chance = random.Random(seed)
    await at_friday_noon(desk)
    for _ in range(8):
        span = chance.choice([HOUR, 9 * HOUR, DAY, 4 * DAY, 30 * DAY, 400 * DAY]) * chance.choice([1, -1])
        await jump(desk, span)
        await live(desk, desk.now + chance.randrange(30) * HOUR)
        await jump(desk, -span)
    right = desk.now.astimezone(named(ZONE)).date()
    await live(desk, desk.now + 10 * DAY)
    expected = weekdays(right + DAY, right + 9 * DAY)
    assert [on for on in expected if asked(desk)[on] != 1] == []
    assert max(asked(desk).values()) == 1


async def test_a_pause_outlives_a_wrong_clock(desk: Desk) -> None:
    await at_friday_noon(desk)
    await rhythm.pause(desk.app, MAYA, "2026-02-02")
    await jump(desk, 10 * DAY)
    await jump(desk, -10 * DAY)
    await live(desk, datetime(2026, 2, 3, 12, tzinfo=UTC))
    assert list(asked(desk)) == [date(2026, 2, 2)]


async def test_the_clock_of_a_machine_without_one_changes_nothing(desk: Desk) -> None:
    await desk.begin()
    await live(desk, datetime(2026, 1, 6, 18, tzinfo=UTC))
    before = [list(row) for row in await desk.app.db.reading.all("SELECT * FROM schedules")]
    right, desk.now = desk.now, datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
    await rounds.settle_clock(desk.app)
    await desk.tick()
    desk.now = right
    assert [list(row) for row in await desk.app.db.reading.all("SELECT * FROM schedules")] == before


# ------------------------------------------------------------------ new rules of time zones


async def other_rules(desk: Desk) -> None:
    """Every schedule as another version of tzdata had it: an hour earlier."""
    async with desk.app.db.writing() as tx:
        rows = await tx.all("SELECT id, next_at FROM schedules WHERE next_at IS NOT NULL")
        for row in rows:
            earlier = datetime.fromisoformat(row["next_at"]) - HOUR
            await tx.run("UPDATE schedules SET next_at = ? WHERE id = ?", earlier.isoformat(), row["id"])


async def next_times(desk: Desk) -> list[datetime | None]:
    return [schedule.next_at for schedule in (await rhythm.show(desk.app, MAYA)).schedules]


async def test_with_a_new_version_every_schedule_is_due_by_the_new_rules(desk: Desk) -> None:
    await desk.begin()
    right = await next_times(desk)
    await other_rules(desk)
    assert await next_times(desk) != right
    await rounds.follow_tzdata(desk.app, "2026a")
    assert await next_times(desk) == right
    assert await facts.get(desk.app.db.reading, facts.TZDATA) == "2026a"


async def test_with_the_same_version_nothing_is_computed_anew(desk: Desk) -> None:
    await desk.begin()
    await rounds.follow_tzdata(desk.app, "2026a")
    await other_rules(desk)
    wrong = await next_times(desk)
    await rounds.follow_tzdata(desk.app, "2026a")
    assert await next_times(desk) == wrong


async def test_a_zone_that_is_gone_is_left_as_it_is_and_the_others_follow(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.begin(MAYA._replace(id="ana"))
    await desk.begin()
    right = await next_times(desk)
    await other_rules(desk)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE seekers SET zone = 'Nowhere/Atall' WHERE person_id = 1")
        kept = [row["next_at"] for row in await tx.all("SELECT next_at FROM schedules WHERE person_id = 1")]
    await rounds.follow_tzdata(desk.app, "2026a")
    assert await next_times(desk) == right
    rows = await desk.app.db.reading.all("SELECT next_at FROM schedules WHERE person_id = 1")
    assert [row["next_at"] for row in rows] == kept
    assert "Nowhere/Atall" in caplog.text


async def test_a_switched_off_schedule_stays_so(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=rhythm.Ask.CHECKIN, days="never"))
    await rounds.follow_tzdata(desk.app, "2026a")
    await jump(desk, 20 * DAY)
    assert (await next_times(desk))[0] is None
    assert instant(date(2026, 1, 28), (await rhythm.show(desk.app, MAYA)).schedules[1].at, named(ZONE)) in (
        await next_times(desk)
    )


async def test_putting_right_reads_no_whole_table(desk: Desk) -> None:
    await at_friday_noon(desk)
    await jump(desk, 20 * DAY)
    said = await spoken(desk.app.db)
    await jump(desk, -20 * DAY)
    await rounds.follow_tzdata(desk.app, "2026a")
    await rhythm_rows.busiest(desk.app.db.reading, desk.now, desk.now + DAY, 30)
    assert len(set(said)) > 20
    assert await scans(desk.app.db, list(said)) == set()
