"""What a person wrote, as the core knows it."""

from __future__ import annotations

import discord

from bot.core.people import Post, Said
from cogs import _reply


def by_person(message: discord.Message) -> bool:
    """Whether a person wrote a message, neither a bot nor Discord itself."""
    return not (message.author.bot or message.is_system())


def said(message: discord.Message) -> Said:
    """A message of a person; in a server mentions in it are told by name."""
    channel = message.channel
    guild_id = message.guild.id if message.guild else getattr(channel, "guild_id", None)
    return Said(
        post=Post(_reply.PLATFORM, str(guild_id or ""), str(channel.id), str(message.id)),
        who=_reply.person(message.author),
        name=message.author.display_name,
        text=message.clean_content if guild_id else message.content,
        at=message.created_at,
        reply_to=str(message.reference.message_id or "") if message.reference else "",
        files=bool(message.attachments),
        link=message.jump_url,
        edited_at=message.edited_at,
    )
