"""What the database does for the host, for what cannot be reached, and for a wrong clock: it searches by an index."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import Cause, Unreachable
from bot.usecases import circle, host, people, rhythm, rounds, summary
from bot.usecases.rhythm import Change
from bot.usecases.upkeep import upkeep
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, SAM, Desk
from tests.usecases.test_plans import scans, spoken


async def closed_and_open(desk: Desk) -> None:
    """Maya's direct messages close; the host and her circle are told; she opens them again."""
    await rhythm.change(desk.app, MAYA, Change(tell_circle=True))
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed", cause=Cause.CLOSED)
    await desk.until(2, 17, 30)
    await desk.tick()
    assert (await host.status(desk.app, SAM)).counts.closed == 1
    desk.paper.refuses.clear()
    await people.wrote(desk.app, MAYA)
    await desk.tick()


async def lost_and_found(desk: Desk) -> None:
    """The circle's channel is lost as a week is to go there, and found again."""
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    desk.paper.refuses[CHANNEL.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    with pytest.raises(circle.CouldNotPost):
        await summary.post(desk.app, MAYA, 1)
    assert (await host.status(desk.app, SAM)).lost == ("maya-and-friends",)
    desk.paper.refuses.clear()
    await host.try_again(desk.app, PAPER, CHANNEL.workspace)
    await desk.tick()
    assert (await host.status(desk.app, SAM)).lost == ()


async def wrong_clock(desk: Desk) -> None:
    """The clock jumps forth and back, and the rules of time zones are others."""
    for span in (timedelta(days=40), timedelta(days=-40)):
        desk.now += span
        await rounds.settle_clock(desk.app)
        await desk.tick()
    await rounds.follow_tzdata(desk.app, "2026z")


async def test_nothing_that_the_host_is_told_and_no_wrong_clock_reads_a_whole_table(desk: Desk, hosted: None) -> None:
    said = await spoken(desk.app.db)
    await closed_and_open(desk)
    await lost_and_found(desk)
    await host.ended_in(desk.app, desk.now - timedelta(days=1), desk.now)
    await wrong_clock(desk)
    await desk.wait(days=31)
    await upkeep(desk.app)
    assert await scans(desk.app.db, list(said)) == set()
