"""What Discord says of the bot: its token, intents, servers, and the permissions in each circle's channel."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import aiohttp
import discord

from bot.core.health import Finding, Mark
from bot.core.people import Space
from cogs._permissions import invitation, missing

ANSWER_WITHIN = 20  # seconds

__all__ = ["findings", "invitation", "sign_in_and_look"]


async def sign_in_and_look(token: str, wants_content: bool, circles: Collection[Space]) -> list[Finding]:
    """Findings over HTTP alone: a bot that runs meanwhile is not disturbed."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN), discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            return await findings(client, wants_content, circles)
    except discord.LoginFailure:
        return [
            Finding(
                Mark.FIX,
                "Discord does not know this token. Make a new one at discord.com/developers "
                "(your application, Bot, Reset Token).",
            )
        ]
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        return [Finding(Mark.FIX, f"Discord could not be asked: {error or 'no answer'}. Is there a network?")]


async def findings(client: discord.Client, wants_content: bool, circles: Collection[Space]) -> list[Finding]:
    """Findings of a client that is signed in."""
    application = await client.application_info()
    return [
        Finding(Mark.OK, f"Discord knows this bot as {client.user}"),
        _intents(application.flags, wants_content),
        await _servers(client, application.id),
        *[await _channel(client, space) for space in circles],
    ]


def _intents(flags: discord.ApplicationFlags, wants_content: bool) -> Finding:
    if not wants_content:
        return Finding(Mark.OK, "Intents: none of the privileged ones is needed")
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding(Mark.OK, "Intents: message content is switched on")
    return Finding(
        Mark.FIX,
        'Intents: switch on "Message Content Intent" at discord.com/developers (your application, Bot), '
        "or set message_content = false under [discord].",
    )


async def _servers(client: discord.Client, client_id: int) -> Finding:
    names = [guild.name async for guild in client.fetch_guilds(limit=None)]
    if not names:
        return Finding(Mark.FIX, f"Servers: none yet. Invite the bot: {invitation(client_id)}")
    return Finding(Mark.OK, f"Servers: {', '.join(names)}")


async def _channel(client: discord.Client, space: Space) -> Finding:
    try:
        guild = await client.fetch_guild(int(space.workspace), with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return Finding(
            Mark.FIX,
            f"A circle's server ({space.workspace}) does not have the bot any more: invite it again.",
        )
    try:
        channel = await guild.fetch_channel(int(space.id))
    except discord.NotFound:
        return Finding(
            Mark.FIX, f"A circle's channel in {guild.name} is gone. Choose another with /circle setup there."
        )
    except discord.Forbidden:
        return Finding(
            Mark.FIX, f"A circle's channel in {guild.name} is hidden from the bot: give it View Channel."
        )
    lacking = missing(channel.permissions_for(await _self(client, guild)))
    if lacking:
        return Finding(Mark.FIX, f"#{channel.name} in {guild.name}: give the bot {', '.join(lacking)}.")
    return Finding(Mark.OK, f"#{channel.name} in {guild.name}: all permissions are there")


async def _self(client: discord.Client, guild: discord.Guild) -> discord.Member:
    assert client.user is not None  # signed in
    return await guild.fetch_member(client.user.id)
