"""Asking friends for something, as tests do it through the real bot."""

from __future__ import annotations

from typing import Any

import discord
from hypothesis import HealthCheck, settings

from tests.cogs._week import draft_of
from tests.cogs.conftest import World, words_of

CV, WALK, INTRO = "Read my CV", "A walk on Friday", "An introduction to someone at a robotics start-up"
many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def question(world: World) -> discord.Message:
    """The newest message that asks whether an ask is still open, or says what became of it."""
    return next(m for m in reversed(world.dms) if "You asked your friends for this" in words_of(m))


async def ask_from_draft(world: World, words: str) -> Any:
    """Press *Ask for something* under the draft and send the form."""
    return await world.submit(await world.press(draft_of(world), "ask"), {"words": words})


async def asked_about(world: World) -> None:
    """Maya asked for something, and two weeks later is asked about it."""
    await world.begin()
    await world.maya.slash(world.channel, "ask set", words=CV)
    await world.until(16, 9)
