"""What the host was told: it is forgotten once it is long over, and nothing new is taken for it."""

from __future__ import annotations

import pytest

from bot.core.alert import Alert, Topic, Unreached
from bot.core.circle import Welcome
from bot.core.delivery import Cause, Unknown, Unreachable
from bot.core.summary import WeekPost
from bot.usecases import _reach, people, rhythm, summary
from bot.usecases.rhythm import Change
from bot.usecases.upkeep import upkeep
from tests.usecases.conftest import CHANNEL, MAYA, SAM, Desk

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


@pytest.fixture(autouse=True)
async def hosted(desk: Desk) -> None:
    """Sam hosts, and Maya has begun."""
    desk.app.settings = desk.app.settings._replace(host=SAM, backups=0)
    await desk.begin()


async def close(desk: Desk) -> None:
    """Maya's direct messages close on Friday; the host and her circle are told."""
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(2, 17, 30)
    await desk.tick()


async def reach(desk: Desk) -> None:
    """She opens them again and writes."""
    desk.paper.refuses.clear()
    await desk.wait(minutes=5)
    await people.wrote(desk.app, MAYA)
    await desk.tick()


async def kept(desk: Desk) -> dict[str, int]:
    """How many alerts there are, and messages about any."""
    tx = desk.app.db.reading
    alerts = await tx.all("SELECT 1 FROM alerts")
    messages = await tx.all("SELECT 1 FROM deliveries WHERE kind IN ('alert', 'unreached')")
    return {"alerts": len(alerts), "messages": len(messages)}


async def after(desk: Desk, days: int) -> None:
    """So many days on, keep up."""
    await desk.wait(days=days)
    await upkeep(desk.app)


async def test_what_ended_a_month_ago_is_forgotten_with_the_messages_about_it(desk: Desk) -> None:
    await close(desk)
    await reach(desk)
    await after(desk, 30)
    assert await kept(desk) == {"alerts": 1, "messages": 2}

    await after(desk, 1)

    assert await kept(desk) == {"alerts": 0, "messages": 0}


async def test_what_lasts_is_kept_however_long_it_lasts(desk: Desk) -> None:
    await close(desk)

    await after(desk, 90)

    assert await kept(desk) == {"alerts": 1, "messages": 2}


async def test_what_is_not_told_to_be_over_yet_is_kept_until_it_is(desk: Desk) -> None:
    await close(desk)
    desk.paper.edits.extend([Unknown("the line broke")] * 2)
    await reach(desk)
    desk.now = desk.now.replace(month=3)
    await upkeep(desk.app)
    assert await kept(desk) == {"alerts": 1, "messages": 2}

    await desk.tick()
    await after(desk, 1)

    assert await kept(desk) == {"alerts": 0, "messages": 0}
    assert [sheet.what.over for sheet in desk.paper.at(SAM) if isinstance(sheet.what, Alert)] == [True]


async def test_what_still_stands_in_the_channel_is_known_however_old_it_is(desk: Desk) -> None:
    await close(desk)
    desk.paper.edits.extend([Unreachable("refused with 403 50005")] * 1000)
    await reach(desk)
    for _ in range(16 * 8):
        await desk.wait(hours=3)
    await after(desk, 31)
    assert await kept(desk) == {"alerts": 1, "messages": 2}
    assert [type(sheet.what) for sheet in desk.paper.at(CHANNEL)] == [Welcome, Unreached]

    desk.paper.edits.clear()
    week = (await summary.draft(desk.app, MAYA)).week
    await summary.edit(desk.app, MAYA, week.id, "A line")
    await summary.post(desk.app, MAYA, week.id)
    await desk.tick()

    assert [type(sheet.what) for sheet in desk.paper.at(CHANNEL)] == [Welcome, WeekPost]


async def test_after_somebody_left_the_host_is_told_the_next_thing_too(desk: Desk) -> None:
    await close(desk)
    await people.leave(desk.app, MAYA)
    await desk.tick()
    async with desk.app.db.writing() as tx:
        await _reach.raise_alert(desk.app, tx, Topic.BACKUP, "copy", "no room")

    await desk.tick()

    assert [sheet.what.topic for sheet in desk.paper.at(SAM) if isinstance(sheet.what, Alert)] == [Topic.BACKUP]
