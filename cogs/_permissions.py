"""What Cairn asks of a Discord server, in one place."""

from __future__ import annotations

import discord

PERMISSIONS = ("view_channel", "send_messages", "attach_files", "read_message_history")
SCOPES = ("bot", "applications.commands")


def invitation(client_id: int) -> str:
    """The link by which a server's owner invites the bot, with exactly what it uses."""
    wanted = discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    return discord.utils.oauth_url(client_id, permissions=wanted, scopes=SCOPES)


def missing(granted: discord.Permissions) -> list[str]:
    """The permissions that Cairn lacks, as Discord's settings call them; empty where all is well."""
    return [name.replace("_", " ").title() for name in PERMISSIONS if not getattr(granted, name)]
