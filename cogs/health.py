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
        async with (
            asyncio.timeout(ANSWER_WITHIN),
            discord.Client(intents=discord.Intents(guilds=True)) as client,
        ):
            await client.login(token)
            return await findings(client, wants_content, circles)
    except discord.LoginFailure:
        words = "Discord does not know this token. Make a new one at discord.com/developers"
        return [_fix(f"{words} (your application, Bot, Reset Token).")]
    except discord.HTTPException as error:
        return [_fix(f"Discord answered with an error: {error}. Try again in a while.")]
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return [_fix(f"Discord could not be reached: {str(error) or 'no answer'}. Is there a network?")]


async def findings(client: discord.Client, wants_content: bool, circles: Collection[Space]) -> list[Finding]:
    """Findings of a client that is signed in."""
    application = await client.application_info()
    return [
        _ok(f"Discord knows this bot as {client.user}"),
        _intents(application.flags, wants_content),
        await _servers(client, application.id),
        *[await _channel(client, space) for space in circles],
    ]


def _intents(flags: discord.ApplicationFlags, wants_content: bool) -> Finding:
    if not wants_content:
        return _ok("Intents: none of the privileged ones is needed")
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return _ok("Intents: message content is switched on")
    return _fix(
        'Intents: switch on "Message Content Intent" at discord.com/developers (your application, Bot), '
        "or set message_content = false under [discord]."
    )


async def _servers(client: discord.Client, client_id: int) -> Finding:
    names = [guild.name async for guild in client.fetch_guilds(limit=None)]
    if not names:
        return _fix(f"Servers: none yet. Invite the bot: {invitation(client_id)}")
    return _ok(f"Servers: {', '.join(names)}")


async def _channel(client: discord.Client, space: Space) -> Finding:
    try:
        guild = await client.fetch_guild(int(space.workspace), with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return _fix(f"A circle's server ({space.workspace}) does not have the bot any more: invite it again.")
    try:
        channel = await guild.fetch_channel(int(space.id))
    except discord.NotFound:
        return _fix(f"A circle's channel in {guild.name} is gone. Choose another with /circle setup there.")
    except discord.Forbidden:
        return _fix(f"A circle's channel in {guild.name} is hidden from the bot: give it View Channel.")
    lacking = missing(channel.permissions_for(await _self(client, guild)))
    if lacking:
        return _fix(f"#{channel.name} in {guild.name}: give the bot {', '.join(lacking)}.")
    return _ok(f"#{channel.name} in {guild.name}: all permissions are there")


async def _self(client: discord.Client, guild: discord.Guild) -> discord.Member:
    assert client.user is not None  # signed in
    return await guild.fetch_member(client.user.id)


def _ok(words: str) -> Finding:
    return Finding(Mark.OK, words)


def _fix(words: str) -> Finding:
    return Finding(Mark.FIX, words)
