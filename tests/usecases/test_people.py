"""Leaving while something is on its way."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.delivery import Later
from bot.core.summary import Draft
from bot.usecases import people, summary
from tests.usecases.conftest import CHANNEL, LOST, MAYA, Desk, Reply


async def test_a_draft_on_its_way_does_not_outlive_leaving(desk: Desk) -> None:
    await desk.begin()
    desk.move(4, 18)
    desk.paper.gate = asyncio.Event()
    sending = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    await people.leave(desk.app, MAYA)
    desk.paper.gate.set()
    await sending

    await desk.wait(minutes=1)

    assert not [sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]


@pytest.mark.parametrize("reply", [Later(60), LOST], ids=["still owed", "lost on its way"])
async def test_a_week_whose_post_never_arrived_can_be_posted_after_coming_back(desk: Desk, reply: Reply) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "Hello")
    desk.paper.replies.append(reply)
    await summary.post(desk.app, MAYA, 1)
    await people.leave(desk.app, MAYA)
    await desk.wait(minutes=5)

    await desk.begin()
    await summary.post(desk.app, MAYA, 1)

    assert len(desk.paper.at(CHANNEL)) == 2  # the welcome and the post
