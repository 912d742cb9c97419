"""Erasing while a post is on its way, or the platform does not answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.usecases import privacy, summary
from bot.usecases.privacy import PostsStand
from tests.usecases.conftest import CHANNEL, LOST, MAYA, Desk

MAYA_NUMBER = 1


async def drafted(desk: Desk) -> None:
    """A draft with something to tell."""
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "Hello")


async def test_while_a_post_is_on_its_way_nothing_is_erased_and_it_never_stands_alone(desk: Desk) -> None:
    await drafted(desk)
    desk.paper.gate = asyncio.Event()
    sending = asyncio.create_task(summary.post(desk.app, MAYA, 1))
    await desk.paper.knocked.wait()

    with pytest.raises(PostsStand):
        await privacy.erase(desk.app, MAYA, MAYA_NUMBER)

    desk.paper.gate.set()
    await sending
    await privacy.erase(desk.app, MAYA, MAYA_NUMBER)
    assert [sheet.key for sheet in desk.paper.at(CHANNEL)] == [(await desk.delivery("welcome")).id]
    assert await desk.states("post") == []


async def test_a_post_that_is_not_found_long_after_its_sending_does_not_hold_up_erasing(desk: Desk) -> None:
    await drafted(desk)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    assert await desk.states("post") == ["unknown"]
    desk.now += timedelta(seconds=21)

    assert await privacy.erase(desk.app, MAYA, MAYA_NUMBER) == 0

    assert await desk.states("post") == []


async def test_a_platform_that_does_not_answer_ends_erasing_in_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drafted(desk)
    await summary.post(desk.app, MAYA, 1)
    monkeypatch.setattr("bot.core.delivery.SEND_TIMEOUT", timedelta(0))
    desk.paper.silent = True

    with pytest.raises(PostsStand):
        await privacy.erase(desk.app, MAYA, MAYA_NUMBER)

    assert await desk.states("post") == ["sent"]
