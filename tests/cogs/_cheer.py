"""Cheering somebody on, as tests do it: under a post and by name, and what is answered."""

from __future__ import annotations

from typing import Any

import discord
from hypothesis import HealthCheck, settings

from tests.cogs import _forged
from tests.cogs.conftest import World, said

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


async def give(world: World, post: discord.Message, *, by: Any = None, **values: str) -> Any:
    """A friend, Jonas unless said, presses *Cheer* and sends the form; what they are answered."""
    actor = by or world.jonas
    return await world.submit(await world.press(post, "cheer", by=actor), values, by=actor)


async def cheer_on(world: World, who: str, *, by: Any = None, **values: str) -> Any:
    """A friend, Jonas unless said, uses /cheer and sends the form."""
    actor = by or world.jonas
    shown = await actor.slash(world.channel, "cheer", who=who)
    assert shown.modal, said(shown)
    return await world.submit(shown, values, by=actor)


def answer(result: Any) -> Any:
    """The message that somebody was answered with."""
    return _forged.answers(result)[-1]
