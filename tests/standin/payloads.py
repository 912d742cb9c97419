"""The shapes that Discord's API v10 sends: users, members, guilds, channels, messages and their parts."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

Payload = dict[str, Any]

TEXT_CHANNEL, DM_CHANNEL = 0, 1
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
EVERYONE = (1 << 6) | (1 << 10) | (1 << 11) | (1 << 14) | (1 << 15) | (1 << 16) | (1 << 31) | (1 << 38)
"""Add reactions, view, send, embed links, attach files, read history, use commands, send in threads."""
EVERYTHING = (1 << 53) - 1

_MENTION = re.compile(r"<@!?(\d+)>")


def user(user_id: str, name: str, *, bot: bool = False) -> Payload:
    """A user as Discord sends it."""
    return {
        "id": user_id,
        "username": name.lower(),
        "global_name": name,
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
        "verified": True,
        "mfa_enabled": False,
        "locale": "en-US",
    }


def member(who: Payload) -> Payload:
    """A user's membership of a guild, with the user inside."""
    return {
        "user": who,
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }


def role(role_id: str, name: str, permissions: int) -> Payload:
    """A role; the one named @everyone shares its guild's id."""
    return {
        "id": role_id,
        "name": name,
        "permissions": str(permissions),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(guild_id: str, name: str, owner_id: str) -> Payload:
    """A guild without its channels and members."""
    return {
        "id": guild_id,
        "name": name,
        "owner_id": owner_id,
        "icon": None,
        "splash": None,
        "banner": None,
        "description": None,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(guild_id, "@everyone", EVERYONE)],
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "application_id": None,
    }


def text_channel(channel_id: str, guild_id: str, name: str) -> Payload:
    """A guild's text channel."""
    return {
        "id": channel_id,
        "type": TEXT_CHANNEL,
        "guild_id": guild_id,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def dm_channel(channel_id: str, recipient: Payload) -> Payload:
    """The direct messages between the bot and one user."""
    return {
        "id": channel_id,
        "type": DM_CHANNEL,
        "recipients": [recipient],
        "last_message_id": None,
        "flags": 0,
    }


def application(bot: Payload, owner: Payload, flags: int) -> Payload:
    """The application behind the bot; a bot and its application share one id."""
    return {
        "id": bot["id"],
        "name": bot["global_name"],
        "description": "",
        "icon": None,
        "bot": bot,
        "bot_public": False,
        "bot_require_code_grant": False,
        "owner": owner,
        "team": None,
        "verify_key": "0" * 64,
        "flags": flags,
    }


def message(message_id: str, channel: Payload, author: Payload, body: Payload) -> Payload:
    """A message made of what was posted; attachments and reactions are added by the world."""
    return {
        "id": message_id,
        "type": 0,
        "channel_id": channel["id"],
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": body.get("embeds") or [],
        "components": body.get("components") or [],
        "pinned": False,
        "flags": body.get("flags") or 0,
    }


def mentioned(text: str) -> list[str]:
    """The ids of the users whom a text mentions, each once."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def emoji(name: str) -> Payload:
    """An emoji by its character, or a custom one by `name:id`."""
    label, _, emoji_id = name.partition(":")
    return {"id": emoji_id or None, "name": label}


def now() -> str:
    """The present moment as Discord writes it."""
    return datetime.now(UTC).isoformat()


def parts(components: list[Payload]) -> Iterator[Payload]:
    """Every component of a message or modal, the nested ones after those around them."""
    for one in components:
        yield one
        yield from parts(one.get("components") or [])
        yield from parts([one[key] for key in ("component", "accessory") if one.get(key)])


def options(chosen: list[Payload]) -> Iterator[Payload]:
    """The options of a command that carry a value, out of their subcommands."""
    for one in chosen:
        yield from options(one["options"]) if "options" in one else [one]


def complete(components: list[Payload], urls: dict[str, str]) -> list[Payload]:
    """Number the components and point `attachment://` at the urls of the attachments, as Discord does."""
    for number, one in enumerate(parts(components), start=1):
        one.setdefault("id", number)
        for item in [one, *(one.get("items") or [])]:
            for key in ("media", "file"):
                if isinstance(item.get(key), dict):
                    item[key] = _media(item[key]["url"], urls)
        if "file" in one:
            one.setdefault("name", one["file"]["url"].rpartition("/")[2])
            one.setdefault("size", 0)
    return components


def _media(url: str, urls: dict[str, str]) -> Payload:
    found = urls.get(url.removeprefix("attachment://"), url)
    return {"url": found, "proxy_url": found, "width": 1200, "height": 675, "content_type": "image/png"}


def token_for(user_id: str) -> str:
    """A token as Discord makes them: its first part tells the bot's id."""
    return base64.b64encode(user_id.encode()).decode().rstrip("=") + ".stand.in"
