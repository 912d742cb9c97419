"""Erasing while a post is on its way, or the platform does not answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.journal import Gone
from bot.usecases import privacy, summary
from bot.usecases.privacy import PostsStand
from tests.usecases.conftest import CHANNEL, LOST, MAYA, Desk

MAYA_NUMBER = 1


async def drafted(desk: Desk) -> None:
    """A draft with something to tell."""
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "Hello")


async def erased_once_it_is_over(desk: Desk, sending: asyncio.Task[object], held: asyncio.Event) -> None:
    """While it is held nothing is erased; after it all is, the post as well."""
    with pytest.raises(PostsStand):
        await privacy.erase(desk.app, MAYA, MAYA_NUMBER)

    held.set()
    await sending
    await privacy.erase(desk.app, MAYA, MAYA_NUMBER)
    assert [sheet.key for sheet in desk.paper.at(CHANNEL)] == [(await desk.delivery("welcome")).id]


async def test_while_a_post_is_on_its_way_nothing_is_erased_and_it_never_stands_alone(desk: Desk) -> None:
    await drafted(desk)
    desk.paper.gate = asyncio.Event()
    sending = asyncio.create_task(summary.post(desk.app, MAYA, 1))
    await desk.paper.knocked.wait()

    await erased_once_it_is_over(desk, sending, desk.paper.gate)
    assert await desk.states("post") == []


async def test_while_a_post_is_being_made_nothing_is_erased_however_long_that_takes(desk: Desk) -> None:
    await drafted(desk)
    desk.studio.easel.clear()
    desk.studio.drawing.clear()
    sending = asyncio.create_task(summary.post(desk.app, MAYA, 1))
    await desk.studio.drawing.wait()
    desk.now += timedelta(seconds=40)

    await erased_once_it_is_over(desk, sending, desk.studio.easel)


async def test_what_takes_too_long_to_make_is_handed_back_and_sent_once_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drafted(desk)
    desk.studio.easel.clear()
    with monkeypatch.context() as hurried:
        hurried.setattr("bot.usecases._attempt.MAKING", timedelta(0))
        await summary.post(desk.app, MAYA, 1)
    assert await desk.states("post") == ["owed"]
    assert len(desk.paper.at(CHANNEL)) == 1

    desk.studio.easel.set()
    await desk.tick()
    await desk.wait(minutes=2)
    assert await desk.states("post") == ["sent"]
    assert len(desk.paper.at(CHANNEL)) == 2


async def test_who_erases_all_while_their_draft_is_shown_as_posted_is_told_that_it_is_gone(desk: Desk) -> None:
    await drafted(desk)

    async def erased() -> None:
        if await desk.states("post"):
            await privacy.erase(desk.app, MAYA, MAYA_NUMBER)

    desk.paper.while_revising = erased
    with pytest.raises(Gone, match=summary.GONE):
        await summary.post(desk.app, MAYA, 1)
    assert [sheet.key for sheet in desk.paper.at(CHANNEL)] == [(await desk.delivery("welcome")).id]


async def test_while_a_post_is_sent_a_second_time_nothing_is_erased(desk: Desk) -> None:
    await drafted(desk)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    desk.paper.gate = asyncio.Event()
    desk.now += timedelta(seconds=40)  # the platform still knows the key
    again = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()

    await erased_once_it_is_over(desk, again, desk.paper.gate)


async def test_just_after_a_second_try_that_nobody_answered_nothing_is_erased(desk: Desk) -> None:
    await drafted(desk)
    desk.paper.replies += [LOST, LOST]
    await summary.post(desk.app, MAYA, 1)
    sent = desk.paper.count("deliver")
    desk.now += timedelta(seconds=40)
    await desk.tick()
    assert desk.paper.count("deliver") == sent + 1

    for _ in range(2):
        with pytest.raises(PostsStand):
            await privacy.erase(desk.app, MAYA, MAYA_NUMBER)

    desk.now += timedelta(seconds=21)
    assert await privacy.erase(desk.app, MAYA, MAYA_NUMBER) == 0


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
