"""Three seekers in one circle on Discord: Maya, Aisha and Omar; Jonas is their friend."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs.conftest import ZONE, World, ids_of


async def sitting(world: World, third: str = "Omar") -> list[Any]:
    """The three have begun, and it is Sunday evening, when their drafts come; the third may be called otherwise."""
    omar = world.guild.add_member(world.env.create_user("omar", global_name=third))
    await world.begin()
    for one in (world.aisha, omar):
        await one.slash(world.channel, "start", zone=ZONE)
    await world.until(4, 18)
    return [world.maya, world.aisha, omar]


def draft_of(who: Any) -> discord.Message:
    """The newest draft in somebody's direct messages."""
    return next(m for m in reversed(who.user.dm_channel.history(viewer=who.user)) if "edit" in ids_of(m))


async def post(world: World, who: Any, words: str = "One more step") -> None:
    """Somebody writes a line above their week and presses *Post*."""
    shown = await world.press(draft_of(who), "edit", by=who.user)
    await world.submit(shown, {"words": words}, by=who.user)
    await world.press(draft_of(who), "post", by=who.user)


async def joined(world: World, *asks: str) -> discord.Message:
    """All three are in the joint post, which is out; each may ask for something. The post."""
    seekers = await sitting(world)
    for who, words in zip(seekers, asks, strict=False):
        await who.slash(world.channel, "ask set", words=words)
    for who in seekers:
        await post(world, who, f"A line of {who.name}'s")
    await world.until(4, 19)
    return world.posts()[-1]
