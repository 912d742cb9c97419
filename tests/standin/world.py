"""What exists on the stand-in: people, guilds, channels, messages, reactions, and what a change tells."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import payloads
from .payloads import Payload
from .refusals import RefusedError

DISCORD_EPOCH_MS = 1_420_070_400_000
BOT_ID = "100000000000000001"
MESSAGE_CONTENT_FLAG = 1 << 19
CONTENT_CHARACTERS, NONCE_CHARACTERS, CUSTOM_ID_CHARACTERS = 2000, 25, 100


@dataclass(frozen=True)
class File:
    """An uploaded file; `field` is its name in the form, as `files[0]`."""

    field: str
    name: str
    content: bytes


class World:
    """All that the bot can see, and more. Ids are text; messages are stored as payloads without reactions."""

    def __init__(self, nonce_seconds: float = 180.0) -> None:
        self.listeners: list[Callable[[str, Payload], None]] = []
        self.nonce_seconds = nonce_seconds
        self.clock = time.time  # what the ids tell of the moment
        self.monotonic = time.monotonic  # by which a nonce grows old
        self.message_content = False
        self.url = ""
        self._last_id = 0
        self._numbers = iter(range(int(BOT_ID) + 1, int(BOT_ID) + 10**12))
        self.users: dict[str, Payload] = {}
        self.guilds: dict[str, Payload] = {}
        self.members: dict[str, dict[str, Payload]] = {}
        self.channels: dict[str, Payload] = {}
        self.messages: dict[str, dict[str, Payload]] = {}
        self.reactions: dict[str, dict[str, list[str]]] = {}
        self.files: dict[str, File] = {}
        self.commands: dict[str, list[Payload]] = {}
        self.refused: dict[str, int] = {}
        self._direct: dict[str, str] = {}
        self._nonces: dict[tuple[str, str], tuple[float, str]] = {}
        self.bot = self._register(payloads.user(BOT_ID, "Cairn", bot=True))
        self.application_id = BOT_ID

    @property
    def flags(self) -> int:
        """The application's flags: whether it has the message-content intent."""
        return MESSAGE_CONTENT_FLAG if self.message_content else 0

    def emit(self, event: str, data: Payload) -> None:
        """Tell all listeners of an event."""
        for listener in self.listeners:
            listener(event, data)

    # People and places

    def add_user(self, name: str, guild_id: str | None = None) -> Payload:
        """A new user, a member of the guild if one is named."""
        who = self._register(payloads.user(str(next(self._numbers)), name))
        if guild_id is not None:
            self.members[guild_id][who["id"]] = payloads.member(who)
        return who

    def add_guild(self, name: str, owner_id: str) -> Payload:
        """A new guild with the bot and its owner as members."""
        guild = payloads.guild(str(next(self._numbers)), name, owner_id)
        self.guilds[guild["id"]] = guild
        people = (self.bot, self.users[owner_id])
        self.members[guild["id"]] = {who["id"]: payloads.member(who) for who in people}
        self.emit("GUILD_CREATE", self.guild_create(guild["id"]))
        return guild

    def add_channel(self, guild_id: str, name: str) -> Payload:
        """A new text channel."""
        channel = payloads.text_channel(str(next(self._numbers)), guild_id, name)
        self._open(channel)
        self.emit("CHANNEL_CREATE", channel)
        return channel

    def direct(self, user_id: str) -> Payload:
        """The DM channel with this user, opened if there is none."""
        if user_id not in self.users:
            raise RefusedError(10013)
        if user_id not in self._direct:
            channel = payloads.dm_channel(str(next(self._numbers)), self.users[user_id])
            self._open(channel)
            self._direct[user_id] = channel["id"]
        return self.channels[self._direct[user_id]]

    def guild_create(self, guild_id: str) -> Payload:
        """The guild with channels and members, as the gateway sends it."""
        members = self.members[guild_id]
        return {
            **self.guilds[guild_id],
            "unavailable": False,
            "joined_at": members[self.bot["id"]]["joined_at"],
            "large": False,
            "member_count": len(members),
            "members": [members[self.bot["id"]]],
            "channels": [one for one in self.channels.values() if one.get("guild_id") == guild_id],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def permissions(self, guild_id: str, user_id: str) -> int:
        """What a member may do in the guild, without the channels' overwrites."""
        guild = self.guilds[guild_id]
        everyone = int(guild["roles"][0]["permissions"])
        return payloads.EVERYTHING if guild["owner_id"] == user_id else everyone

    def admit(self, place_id: str) -> None:
        """Refuse the bot this channel, or a new DM with this user, if it is set so."""
        if code := self.refused.get(place_id):
            raise RefusedError(code)

    def channel(self, channel_id: str) -> Payload:
        """The channel as the bot reaches it, unless it is unknown or refused."""
        self.admit(channel_id)
        if channel_id not in self.channels:
            raise RefusedError(10003)
        return self.channels[channel_id]

    # Messages

    def post(self, author_id: str, channel: Payload, body: Payload, files: Sequence[File] = ()) -> Payload:
        """Post a message, or return the one that the same nonce posted before (10008 if it was deleted)."""
        self.check(body, files)
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce") and (earlier := self._earlier(channel, str(nonce))):
            return {**self.message(channel["id"], earlier), "nonce": nonce}
        message = self.compose(author_id, channel, body, files)
        if nonce is None:
            return self.keep(message)
        self._nonces[channel["id"], str(nonce)] = (self.monotonic(), message["id"])
        return self.keep(message, nonce=nonce)

    def keep(self, message: Payload, **echo: Any) -> Payload:
        """Put a composed message into its channel and tell of it; only that telling has the `echo`."""
        self.messages[message["channel_id"]][message["id"]] = message
        self.channels[message["channel_id"]]["last_message_id"] = message["id"]
        self.emit("MESSAGE_CREATE", self._for_gateway({**message, **echo}))
        return {**message, **echo}

    def compose(self, author_id: str, channel: Payload, body: Payload, files: Sequence[File]) -> Payload:
        """The message that was posted, with its attachments, reply and mentions; not yet kept anywhere."""
        message = payloads.message(self.new_id(), channel, self.users[author_id], body)
        self._attach(message, body, files)
        if reference := body.get("message_reference"):
            message["type"] = 19
            message["message_reference"] = {"channel_id": channel["id"], **reference}
            message["referenced_message"] = self.messages[channel["id"]].get(str(reference["message_id"]))
        allowed = body.get("allowed_mentions") or {"parse": ["users"], "replied_user": True}
        message["mentions"] = [self.users[one] for one in self._mentions(message, allowed)]
        return message

    def message(self, channel_id: str, message_id: str) -> Payload:
        """The message with its reactions (10008 if there is none)."""
        found = self.messages.get(channel_id, {}).get(message_id)
        if found is None:
            raise RefusedError(10008)
        return self.shown(found)

    def forget_nonces(self) -> None:
        """Know no nonce any more, as after a few minutes."""
        self._nonces.clear()

    def history(self, channel_id: str) -> list[Payload]:
        """All messages of a channel, the oldest first."""
        return [self.shown(one) for one in self.messages[channel_id].values()]

    def shown(self, message: Payload) -> Payload:
        """The message as HTTP shows it: with reactions, without words that the bot may not read."""
        reactions = self.reactions.get(message["id"], {})
        shown = [self._reaction(name, users) for name, users in reactions.items() if users]
        return {**self.readable(message), "reactions": shown}

    def readable(self, message: Payload) -> Payload:
        """The message, emptied if the bot needs the message-content intent to read it and lacks it."""
        in_guild = self.channels[message["channel_id"]]["type"] != payloads.DM_CHANNEL
        concerned = (message["author"]["id"], *(one["id"] for one in message["mentions"]))
        if self.message_content or not in_guild or self.bot["id"] in concerned:
            return message
        return {**message, "content": "", "embeds": [], "attachments": [], "components": []}

    def edit(self, message: Payload, body: Payload, files: Sequence[File] = ()) -> Payload:
        """Change a message in place, as PATCH does; files that `attachments` does not name are dropped."""
        changes = {key: body[key] for key in ("content", "embeds", "components", "flags") if key in body}
        changed = {**message, **{key: value or type(message[key])() for key, value in changes.items()}}
        self.check(changed, files or changed["attachments"])
        message.update(changed, edited_timestamp=payloads.now())
        self._attach(message, body, files)
        return message

    def revise(self, channel_id: str, message_id: str, body: Payload, files: Sequence[File] = ()) -> Payload:
        """Edit a channel's message and tell of it."""
        self.message(channel_id, message_id)
        message = self.edit(self.messages[channel_id][message_id], body, files)
        self.emit("MESSAGE_UPDATE", self._for_gateway(message))
        return self.shown(message)

    def delete(self, channel_id: str, message_id: str) -> None:
        """Delete a message and tell of it."""
        self.message(channel_id, message_id)
        del self.messages[channel_id][message_id]
        self.emit("MESSAGE_DELETE", {"id": message_id, "channel_id": channel_id, **self._guild_of(channel_id)})

    def check(self, body: Payload, files: Any) -> None:
        """Refuse what Discord refuses: nothing, too much, a long nonce or custom id, content beside V2."""
        content, components = body.get("content") or "", body.get("components") or []
        custom_ids = [str(one["custom_id"]) for one in payloads.parts(components) if one.get("custom_id")]
        if not (content or components or body.get("embeds") or files or body.get("sticker_ids")):
            raise RefusedError(50006)
        if len(content) > CONTENT_CHARACTERS:
            raise RefusedError(50035, "content is too long")
        if len(str(body.get("nonce") or "")) > NONCE_CHARACTERS:
            raise RefusedError(50035, "nonce is too long")
        if len(set(custom_ids)) < len(custom_ids):
            raise RefusedError(50035, "custom ids are not unique")
        if any(len(one) > CUSTOM_ID_CHARACTERS for one in custom_ids):
            raise RefusedError(50035, "a custom id is too long")
        if (body.get("flags") or 0) & payloads.COMPONENTS_V2 and (content or body.get("embeds")):
            raise RefusedError(50035, "content and embeds do not go with Components V2")

    # Reactions

    def react(self, user_id: str, channel_id: str, message_id: str, name: str) -> None:
        """Add a user's reaction; adding it twice adds it once."""
        self.message(channel_id, message_id)
        users = self.reactions.setdefault(message_id, {}).setdefault(name, [])
        if user_id not in users:
            users.append(user_id)
            self._tell_reaction("MESSAGE_REACTION_ADD", user_id, channel_id, message_id, name)

    def unreact(self, user_id: str, channel_id: str, message_id: str, name: str) -> None:
        """Take a user's reaction back, if it is there."""
        self.message(channel_id, message_id)
        users = self.reactions.get(message_id, {}).get(name, [])
        if user_id in users:
            users.remove(user_id)
            self._tell_reaction("MESSAGE_REACTION_REMOVE", user_id, channel_id, message_id, name)

    def reacted(self, channel_id: str, message_id: str, name: str) -> list[Payload]:
        """The users who reacted so, by id, as Discord pages them."""
        self.message(channel_id, message_id)
        users = self.reactions.get(message_id, {}).get(name, [])
        return [self.users[one] for one in sorted(users, key=int)]

    # Ids

    def new_id(self) -> str:
        """A snowflake of this moment, above every earlier one."""
        self._last_id = max(self._last_id + 1, int(self.clock() * 1000 - DISCORD_EPOCH_MS) << 22)
        return str(self._last_id)

    def _register(self, who: Payload) -> Payload:
        self.users[who["id"]] = who
        return who

    def _open(self, channel: Payload) -> None:
        self.channels[channel["id"]] = channel
        self.messages[channel["id"]] = {}

    def _earlier(self, channel: Payload, nonce: str) -> str | None:
        at, message_id = self._nonces.get((channel["id"], nonce), (float("-inf"), ""))
        return message_id if self.monotonic() - at < self.nonce_seconds else None

    def _attach(self, message: Payload, body: Payload, files: Sequence[File]) -> None:
        if files or "attachments" in body:
            named = {str(one["id"]) for one in body.get("attachments") or []}
            kept = [one for one in message["attachments"] if one["id"] in named]
            told = {str(one["id"]): one for one in body.get("attachments") or []}
            message["attachments"] = kept + [self._upload(message, one, told) for one in files]
        urls = {one["filename"]: one["url"] for one in message["attachments"]}
        payloads.complete(message["components"], urls)

    def _upload(self, message: Payload, file: File, told: dict[str, Payload]) -> Payload:
        attachment_id = self.new_id()
        self.files[attachment_id] = file
        url = f"{self.url}/attachments/{message['channel_id']}/{attachment_id}/{file.name}"
        number = file.field.removeprefix("files[").removesuffix("]")
        return {
            "id": attachment_id,
            "filename": file.name,
            "description": told.get(number, {}).get("description"),
            "size": len(file.content),
            "url": url,
            "proxy_url": url,
        }

    def _mentions(self, message: Payload, allowed: Payload) -> list[str]:
        ids = payloads.mentioned(message["content"])
        permitted = ids if "users" in allowed.get("parse", []) else allowed.get("users", [])
        found = [one for one in ids if one in map(str, permitted)]
        replied = message.get("referenced_message")
        if replied and allowed.get("replied_user"):
            found.append(replied["author"]["id"])
        return [one for one in dict.fromkeys(found) if one in self.users]

    def _reaction(self, name: str, users: list[str]) -> Payload:
        return {
            "emoji": payloads.emoji(name),
            "count": len(users),
            "count_details": {"normal": len(users), "burst": 0},
            "me": self.bot["id"] in users,
            "me_burst": False,
            "burst_colors": [],
        }

    def _tell_reaction(self, event: str, user_id: str, channel_id: str, message_id: str, name: str) -> None:
        place = {"channel_id": channel_id, "message_id": message_id, **self._guild_of(channel_id)}
        author = {"message_author_id": self.messages[channel_id][message_id]["author"]["id"]}
        who: Payload = {"user_id": user_id, "emoji": payloads.emoji(name), "burst": False, "type": 0}
        if event == "MESSAGE_REACTION_ADD" and "guild_id" in place:
            who["member"] = self.members[place["guild_id"]][user_id]
        self.emit(event, {**place, **author, **who})

    def _for_gateway(self, message: Payload) -> Payload:
        place = self._guild_of(message["channel_id"])
        if place:
            whole = self.members[place["guild_id"]].get(message["author"]["id"], {})
            place["member"] = {key: value for key, value in whole.items() if key != "user"}
        return {**self.readable(message), **place}

    def _guild_of(self, channel_id: str) -> Payload:
        guild_id = self.channels[channel_id].get("guild_id")
        return {"guild_id": guild_id} if guild_id else {}
