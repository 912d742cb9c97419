"""Past weeks: found by their dates, shown as friends saw them or as the draft that they were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.store import summary as rows
from bot.store.db import Tx
from tests.cogs._week import DONE, SECRET, draft_of, posted, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def test_a_posted_week_is_shown_as_friends_saw_it_and_can_be_taken_down(world: World) -> None:
    post = await posted(world)
    await world.until(11, 18)

    offered = (await world.maya.autocomplete(world.channel, "week show", "week", ""))[-1]
    shown: Any = await world.maya.slash(world.channel, "week show", week=offered["value"])

    assert offered["name"] == "29 December – 4 January, posted"
    assert shown.ephemeral
    told, controls = shown.response.message, shown.followups[-1].message
    assert words_of(told) == words_of(post)
    assert "Posted on" in words_of(controls)
    assert labels_of(controls)[-2:] == ["Only for some", "Take down"]
    await world.press(controls, "takedown", by=world.maya)
    assert world.posts() == []


async def test_a_week_that_was_not_posted_is_shown_as_its_private_draft(world: World) -> None:
    await written(world)
    await world.until(20, 12)

    shown: Any = await world.maya.slash(world.channel, "week show", week="3 january")

    assert DONE in said(shown)
    assert SECRET in said(shown)
    assert "only you see this" in said(shown)
    assert "post" in ids_of(shown.response.message)


async def test_the_week_before_any_draft_is_there_too(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "checkin", mood=3, done=DONE)

    assert DONE in said(await world.maya.slash(world.channel, "week show", week="this week"))


async def test_what_is_no_week_is_told_and_nothing_is_made(world: World) -> None:
    await written(world)
    before = await world.app.db.reading.all("SELECT id FROM weeks")

    for typed, words in (("March", "nothing of yours for “March”"), ("2020-01-01", "nothing"), ("x" * 99, "nothing")):
        assert words in said(await world.maya.slash(world.channel, "week show", week=typed))
    assert await world.app.db.reading.all("SELECT id FROM weeks") == before


async def test_nobody_is_offered_the_weeks_of_somebody_else(world: World) -> None:
    await written(world)
    await world.sam.slash(world.channel, "start", zone="Europe/Berlin")

    assert await world.jonas.autocomplete(world.channel, "week show", "week", "") == []
    assert await world.sam.autocomplete(world.channel, "week show", "week", "") == []
    assert "nothing of yours" in said(await world.sam.slash(world.channel, "week show", week="4 January"))
    assert draft_of(world)


async def test_in_a_year_of_weeks_any_is_two_words_away(world: World) -> None:
    await world.begin()
    async with world.app.db.writing() as tx:
        await a_year(tx)
    await world.env.advance_time(360 * 24 * 3600)

    async def offered(typed: str) -> list[str]:
        found = await world.maya.autocomplete(world.channel, "week show", "week", typed)
        return [choice["name"] for choice in found]

    assert len(await offered("")) == 25
    assert await offered("18 june") == ["15 – 21 June"]
    assert len(await offered("june")) == 5
    shown = await world.maya.slash(world.channel, "week show", week="18 june")
    assert "The week of 2026-06-15" in said(shown)


async def a_year(tx: Tx) -> None:
    """52 weeks in which a line was written."""
    for number in range(52):
        monday = date(2026, 1, 5) + timedelta(days=7 * number)
        week = await rows.week(tx, 1, monday)
        await rows.set_words(tx, week.id, f"The week of {monday}")
