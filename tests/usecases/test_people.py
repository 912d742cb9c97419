"""Leaving while something is on its way."""

from __future__ import annotations

import asyncio

from bot.core.summary import Draft
from bot.usecases import people
from tests.usecases.conftest import MAYA, Desk


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
