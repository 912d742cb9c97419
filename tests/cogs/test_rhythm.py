"""The rhythm as a seeker lives it: /rhythm show, set, pause and resume."""

from __future__ import annotations

import pytest

from tests.cogs._rhythm import (
    asked,
    change,
    line,
    prompts,
    rhythm,
    rows,
    stamp,
)
from tests.cogs.conftest import ZONE, World, said

# ------------------------------------------------------------------ seeing and changing


async def test_show_tells_what_comes_next_as_date_and_time(world: World) -> None:
    await world.begin()
    shown = await rhythm(world, "show")
    assert shown.ephemeral
    for title, words, next_at in (
        ("Check-in", "weekdays at 17:30", stamp(1, 17, 30)),
        ("Reflection", "Wed at 19:00", stamp(7, 19)),
        ("Weekly summary", "Sun at 18:00", stamp(4, 18)),
    ):
        told = line(said(shown), title)
        assert words in told
        assert next_at in told
    assert "22:00 to 08:00" in said(shown)


@pytest.mark.parametrize("command", ["show", "set", "pause", "resume"])
async def test_who_has_not_started_is_told_how_to(world: World, command: str) -> None:
    options = {"zone": ZONE} if command == "set" else {}
    told = await world.jonas.slash(world.channel, f"rhythm {command}", **options)
    assert "/start" in said(told)
    assert await rows(world) == []


async def test_a_new_time_takes_effect_at_the_next_occurrence(world: World) -> None:
    await world.begin()
    told = await change(world, what="checkin", time="8:15 pm", days="Mon, Fri")
    assert "Mon and Fri at 20:15" in line(told, "Check-in")
    assert stamp(2, 20, 15) in line(told, "Check-in")
    await world.until(2, 17, 30)
    assert prompts(world) == []
    await world.restart()
    await world.until(2, 20, 15)
    assert len(prompts(world)) == 1
    await world.until(5, 20, 15)
    assert await asked(world) == ["2026-01-02", "2026-01-05"]


async def test_what_was_asked_today_and_moved_later_is_not_asked_again_today(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    told = await change(world, what="checkin", time="21:00")
    assert stamp(2, 21) in line(told, "Check-in")
    await world.restart()
    await world.until(1, 21)
    assert len(prompts(world)) == 1
    await world.until(2, 21)
    assert await asked(world) == ["2026-01-01", "2026-01-02"]


@pytest.mark.parametrize(
    ("zone", "next_at"),
    [
        ("Pacific/Auckland", stamp(2, 17, 30, zone="Pacific/Auckland")),
        ("America/Los_Angeles", stamp(2, 17, 30, zone="America/Los_Angeles")),
        ("Pacific/Kiritimati", stamp(2, 17, 30, zone="Pacific/Kiritimati")),
    ],
)
async def test_travel_after_being_asked_never_asks_twice_for_one_date(world: World, zone: str, next_at: str) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    told = await change(world, zone=zone)
    assert next_at in line(told, "Check-in")
    for hour in range(0, 24, 3):
        await world.until(2, hour)
    dates = await asked(world)
    assert dates == sorted(set(dates))


async def test_travelling_there_and_back_on_one_day_asks_once(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    for zone in ("Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", ZONE):
        await change(world, zone=zone)
    await world.until(1, 23)
    assert await asked(world) == ["2026-01-01"]
    await world.until(2, 17, 30)
    assert await asked(world) == ["2026-01-01", "2026-01-02"]


async def test_a_time_that_does_not_exist_is_shown_as_it_will_be(world: World) -> None:
    await world.begin()
    await change(world, quiet="off")
    await world.until(28, 12, month=3)
    told = await change(world, what="checkin", time="02:30", days="every day")
    assert stamp(29, 3, 30, month=3) in line(told, "Check-in")


async def test_without_days_it_is_not_asked_and_comes_back_when_wanted(world: World) -> None:
    await world.begin()
    told = await change(world, what="checkin", days="never")
    assert "never" in line(told, "Check-in")
    await world.until(2, 18)
    assert prompts(world) == []
    await change(world, what="checkin", days="every day")
    await world.until(3, 17, 30)
    assert await asked(world) == ["2026-01-03"]


async def test_reflections_take_turns_or_stay_with_one(world: World) -> None:
    await world.begin()
    await change(world, what="reflection", days="every day", exercise="good-time")
    for day in (1, 2):
        await world.until(day, 19)
    await change(world, what="reflection", exercise="in-turn")
    for day in (3, 4):
        await world.until(day, 19)
    found = await world.app.db.reading.all("SELECT exercise FROM occurrences WHERE ask = 'reflection' ORDER BY id")
    chosen = [row["exercise"] for row in found]
    assert chosen[:2] == ["good-time", "good-time"]
    assert len({*chosen[1:]}) == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"zone": "Atlantis"}, "Atlantis"),
        ({"what": "checkin", "time": "25:00"}, "I can't read “25:00” as a time"),
        ({"what": "checkin", "days": "someday"}, "I can't read “someday” as days"),
        ({"what": "checkin", "time": "23:00"}, "23:00 is inside your quiet hours (22:00 to 08:00)"),
        ({"quiet": "17:00-19:00"}, "17:30 is inside your quiet hours (17:00 to 19:00)"),
        ({"quiet": "at night"}, "I can't read “at night” as quiet hours"),
        ({"quiet": "22:00-soon"}, "I can't read “soon” as a time"),
        ({"time": "18:00"}, "Tell me which one"),
        ({"what": "checkin"}, "Tell me what to change"),
        ({}, "Tell me what to change"),
        ({"what": "checkin", "exercise": "good-time"}, "Only the reflection has an exercise"),
        ({"what": "reflection", "exercise": "juggling"}, "juggling"),
        ({"zone": "Asia/Tokyo", "what": "checkin", "time": "noon-ish"}, "I can't read “noon-ish” as a time"),
    ],
)
async def test_a_change_that_cannot_be_is_told_and_changes_nothing(
    world: World, options: dict[str, str], words: str
) -> None:
    await world.begin()
    before = await rows(world)
    assert words in await change(world, **options)
    assert await rows(world) == before


# ------------------------------------------------------------------ pauses


async def test_a_pause_with_an_end_asks_nothing_until_that_day(world: World) -> None:
    await world.begin()
    told = said(await rhythm(world, "pause", until="Tuesday"))
    assert "Paused until Tue 6 January" in told
    assert stamp(6, 17, 30) in told
    await world.restart()
    for day in (1, 2, 4, 5):
        await world.until(day, 19)
    assert len(world.dms) == 1  # the first hello
    await world.until(6, 17, 30)
    assert await asked(world) == ["2026-01-06"]


async def test_a_pause_without_an_end_lasts_until_it_is_ended(world: World) -> None:
    await world.begin()
    assert "Paused. /rhythm resume starts again." in said(await rhythm(world, "pause"))
    await world.until(9, 18)
    assert len(world.dms) == 1
    await world.restart()
    told = said(await rhythm(world, "resume"))
    assert stamp(12, 17, 30) in line(told, "Check-in")
    await world.until(12, 17, 30)
    assert await asked(world) == ["2026-01-12"]


async def test_pausing_anew_in_a_pause_leaves_no_gap_and_keeps_the_newer_end(world: World) -> None:
    await world.begin()
    await rhythm(world, "pause")
    await world.until(5, 12)
    await rhythm(world, "pause", until="2026-01-08")
    await world.until(7, 23)
    assert len(world.dms) == 1
    await world.until(8, 17, 30)
    assert await asked(world) == ["2026-01-08"]
    found = await world.app.db.reading.all("SELECT from_on, until_on FROM pauses ORDER BY id")
    assert [tuple(row) for row in found] == [("2026-01-01", "2026-01-05"), ("2026-01-05", "2026-01-08")]


async def test_ended_before_the_hour_today_is_asked_still(world: World) -> None:
    await world.begin()
    await rhythm(world, "pause")
    await world.until(2, 12)
    told = said(await rhythm(world, "resume"))
    assert stamp(2, 17, 30) in line(told, "Check-in")
    await world.until(2, 17, 30)
    assert await asked(world) == ["2026-01-02"]


async def test_paused_and_ended_after_being_asked_today_does_not_ask_again(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    await rhythm(world, "pause")
    await rhythm(world, "resume")
    await world.until(1, 21)
    assert await asked(world) == ["2026-01-01"]
    assert len(prompts(world)) == 1


async def test_ending_a_pause_that_is_not_there_is_told(world: World) -> None:
    await world.begin()
    before = await rows(world)
    assert "You are not in a pause" in said(await rhythm(world, "resume"))
    assert await rows(world) == before


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-01-01", "is not in the future"),
        ("2020-12-24", "is not in the future"),
        ("9999-12-31", "too far ahead"),
        ("whenever", "I can't read “whenever” as a date"),
    ],
)
async def test_an_end_of_a_pause_that_cannot_be_is_told_and_nothing_is_paused(
    world: World, until: str, words: str
) -> None:
    await world.begin()
    before = await rows(world)
    assert words in said(await rhythm(world, "pause", until=until))
    assert await rows(world) == before


# ------------------------------------------------------------------ what is offered while typing


async def test_the_end_of_a_pause_is_offered_from_tomorrow_on_and_found_by_typing(world: World) -> None:
    await world.begin()
    first, *more = await world.maya.autocomplete(world.channel, "rhythm pause", "until", "")
    assert (first["name"], first["value"], len(more)) == ("Fri 2 January", "2026-01-02", 24)
    found = await world.maya.autocomplete(world.channel, "rhythm pause", "until", "1 mar")
    assert [choice["value"] for choice in found] == ["2026-03-01", "2026-03-11", "2026-03-21", "2026-03-31"]


async def test_who_has_not_started_is_offered_the_same(world: World) -> None:
    offered = await world.jonas.autocomplete(world.channel, "rhythm pause", "until", "")
    assert offered[0]["value"] == "2026-01-02"


@pytest.mark.parametrize(
    ("option", "typed", "value"),
    [
        ("time", "17", "17:00"),
        ("days", "week", "weekdays"),
        ("days", "Tue, Sat", "Tue, Sat"),
        ("quiet", "off", "off"),
        ("zone", "berl", "Europe/Berlin"),
        ("exercise", "", "in-turn"),
    ],
)
async def test_what_is_offered_for_a_change_can_be_chosen(world: World, option: str, typed: str, value: str) -> None:
    await world.begin()
    offered = await world.maya.autocomplete(world.channel, "rhythm set", option, typed)
    assert offered[0]["value"] == value
    what = {} if option in ("zone", "quiet") else {"what": "reflection"}
    assert "Changed" in await change(world, **what, **{option: value})


async def test_a_pause_that_is_over_is_not_told_any_more(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "rhythm pause", until="2026-01-05")
    assert "Paused until Mon 5 January" in said(await world.maya.slash(world.channel, "rhythm show"))

    await world.until(5, 12)

    assert "Paused" not in said(await world.maya.slash(world.channel, "rhythm show"))
