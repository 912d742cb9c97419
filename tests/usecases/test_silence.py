"""When a silent seeker is asked: once per silence, in the morning, after days on which they could have answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.care import Became, OutOfRange
from bot.core.rhythm import Ask
from bot.store import people as people_rows
from bot.usecases import care, journal, messages, people, rhythm
from tests.usecases._silence import asked, go_by, silent
from tests.usecases.conftest import CHANNEL, MAYA, Desk


async def test_after_ten_days_without_an_answer_the_seeker_is_asked_once_and_nobody_else_hears(desk: Desk) -> None:
    await desk.begin()
    in_channel = len(desk.paper.at(CHANNEL))
    await desk.until(2, 17, 30)
    await desk.until(12, 8, 59)
    assert asked(desk) == []

    await desk.until(12, 9)
    assert len(asked(desk)) == 1

    await go_by(desk, 60)
    assert len(asked(desk)) == 1
    assert {sheet.to for sheet in desk.paper.sheets.values()} == {MAYA, CHANNEL}
    assert len(desk.paper.at(CHANNEL)) == in_channel


async def test_a_message_in_between_begins_the_days_anew(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await messages.write(desk.app, desk.paper.says(MAYA, "Still here", desk.now))
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 3)

    assert len(asked(desk)) == 1


async def test_a_press_that_keeps_something_begins_the_days_anew(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await care.heard(desk.app, MAYA)
    await go_by(desk, 9)
    assert asked(desk) == []


async def test_an_answer_that_no_press_told_of_is_seen_all_the_same(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_who_was_asked_nothing_is_not_silent(desk: Desk) -> None:
    await desk.begin()
    for ask in (Ask.CHECKIN, Ask.REFLECTION):
        await rhythm.change(desk.app, MAYA, rhythm.Change(ask, days="never"))
    await go_by(desk, 40)
    assert asked(desk) == []


async def test_days_in_which_the_bot_was_down_are_no_silence(desk: Desk) -> None:
    await desk.begin()
    await desk.close()
    desk.now += timedelta(days=30)
    await desk.open()
    await desk.tick()
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_days_of_a_pause_do_not_count(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 5)
    await rhythm.pause(desk.app, MAYA, (desk.now + timedelta(days=30)).date().isoformat())
    await go_by(desk, 35)
    assert asked(desk) == []

    await go_by(desk, 6)
    assert len(asked(desk)) == 1


async def test_in_a_pause_without_an_end_nothing_is_asked(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await rhythm.pause(desk.app, MAYA, "")
    await go_by(desk, 60)
    assert asked(desk) == []


async def test_a_day_of_rest_is_no_silence(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    async with desk.app.db.writing() as tx:
        for day in range(3, 10):
            await people_rows.rest(tx, 1, datetime(2026, 1, day, tzinfo=UTC).date())
    await go_by(desk, 15)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_who_left_is_not_asked_and_who_comes_back_is_only_after_a_new_silence(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await people.leave(desk.app, MAYA)
    await go_by(desk, 30)
    assert asked(desk) == []

    await people.start(desk.app, MAYA, "Maya", people.Start("Europe/Berlin"), [CHANNEL])
    await go_by(desk, 9)
    assert asked(desk) == []
    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_two_silences_a_year_apart_are_asked_about_once_each(desk: Desk) -> None:
    first = await silent(desk)
    await care.fine(desk.app, MAYA, first)
    for _ in range(50):
        await messages.write(desk.app, desk.paper.says(MAYA, "A word", desk.now))
        await desk.wait(days=7)
    assert len(asked(desk)) == 1

    await go_by(desk, 20)

    assert [one.silence.became for one in asked(desk)] == [Became.FINE, Became.OPEN]
    assert asked(desk)[1].silence.id != first


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin"])
async def test_the_question_comes_in_the_morning_where_the_seeker_lives(desk: Desk, zone: str) -> None:
    await desk.begin(zone=zone)
    while not asked(desk):
        await desk.wait(minutes=30)
        assert desk.now < datetime(2026, 1, 20, tzinfo=UTC)
    assert desk.now.astimezone(ZoneInfo(zone)).hour == 9


async def test_the_question_waits_for_the_end_of_the_quiet_hours(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, rhythm.Change(quiet="23:00-11:00"))
    await desk.until(2, 17, 30)
    await desk.until(12, 10, 59)
    assert asked(desk) == []

    await desk.until(12, 11)
    assert len(asked(desk)) == 1


async def test_turned_off_it_never_comes_and_turned_on_it_comes_after_so_many_days(desk: Desk) -> None:
    await desk.begin()
    await care.set_silence(desk.app, MAYA, 0)
    await go_by(desk, 40)
    assert asked(desk) == []

    await care.set_silence(desk.app, MAYA, 3)
    await go_by(desk, 8)
    assert len(asked(desk)) == 1


@pytest.mark.parametrize("days", [-1, 61, 10**9])
async def test_a_number_of_days_that_cannot_be_is_refused_and_nothing_changed(desk: Desk, days: int) -> None:
    await desk.begin()
    with pytest.raises(OutOfRange, match="from 0 to 60"):
        await care.set_silence(desk.app, MAYA, days)
    assert (await rhythm.show(desk.app, MAYA)).seeker.silent_days == 10


async def test_a_restart_in_every_hour_asks_once_all_the_same(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 11)
    for _ in range(24):
        await desk.restart()
        await desk.wait(hours=1)
    assert len(asked(desk)) == 1


async def test_a_process_that_dies_while_asking_asks_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    for day in range(3, 12):
        await desk.until(day, 17, 40)
    desk.move(12, 9)
    await desk.die_sending()
    await desk.wait(minutes=10)
    await desk.wait(minutes=10)
    assert len(asked(desk)) == 1


async def test_after_an_older_database_is_put_back_nobody_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await go_by(desk, 6)
    copy = await desk.copied(tmp_path / "copies")
    await go_by(desk, 8)
    assert len(asked(desk)) == 1

    await desk.put_back(copy)
    await go_by(desk, 40)

    assert len(asked(desk)) == 1


async def test_days_set_at_the_moment_of_another_press_are_watched_as_well(desk: Desk) -> None:
    await desk.begin()
    await desk.wait(days=1)
    await care.heard(desk.app, MAYA)
    await care.set_silence(desk.app, MAYA, 3)
    await go_by(desk, 8)
    assert len(asked(desk)) == 1
