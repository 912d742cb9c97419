"""What people do to the bot by commands, components and modals, and what the bot may answer."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from . import payloads
from .payloads import EPHEMERAL, LOADING, Payload
from .refusals import RefusedError
from .world import File, World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, OPEN_MODAL = 4, 5, 6, 7, 8, 9
TEXT_INPUT = 4
USER_OPTION, CHANNEL_OPTION = 6, 7


@dataclass
class Interaction:
    """One act of a user and the bot's answers. `callback` is the first answer: its type and data."""

    id: str
    token: str
    kind: int
    user_id: str
    channel_id: str
    message: Payload | None
    at: float
    callback: Payload | None = None
    original: Payload | None = None
    followups: list[Payload] = field(default_factory=list[Payload])

    @property
    def answered(self) -> bool:
        """Whether the bot has said anything that the user sees: a defer that shows "thinking" is not it."""
        thinking = self.original is not None and bool(self.original["flags"] & LOADING)
        return self.callback is not None and not thinking

    def told(self) -> Payload:
        """The interaction as plain data."""
        names = ("id", "kind", "user_id", "channel_id", "callback", "original", "followups", "answered")
        return {name: getattr(self, name) for name in names}


class Interactions:
    """Every interaction there was. `seconds` is how long the bot has for its first answer."""

    def __init__(self, world: World, seconds: float = 3.0) -> None:
        self.seconds = seconds
        self._world = world
        self._by_id: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self._whispers: dict[str, Payload] = {}

    def __getitem__(self, interaction_id: str) -> Interaction:
        return self._by_id[interaction_id]

    # What people do

    def command(self, user_id: str, channel_id: str, name: str, options: Payload, focused: str = "") -> Interaction:
        """Use the synced slash command `name` ("circle setup"); with `focused`, only ask for its choices."""
        kind = AUTOCOMPLETE if focused else COMMAND
        command, *path = self._registered(channel_id, name)
        data: Payload = {"id": command["id"], "type": 1, "name": command["name"]}
        chosen = self._options((path or [command])[-1], options, focused)
        for part in reversed(path):
            chosen = [{"name": part["name"], "type": part["type"], "options": chosen}]
        data["options"] = chosen
        data["resolved"] = self._resolved(chosen)
        return self.dispatch(kind, user_id, channel_id, data)

    def press(self, user_id: str, channel_id: str, message_id: str, custom_id: str, values: Any = None) -> Interaction:
        """Press a button, or choose `values` in a select, even one that the message does not have."""
        message = self._whispers.get(message_id) or self._world.message(channel_id, message_id)
        found = [one for one in payloads.parts(message["components"]) if one.get("custom_id") == custom_id]
        kind = found[0]["type"] if found else (2 if values is None else 3)
        data: Payload = {"custom_id": custom_id, "component_type": kind, "id": found[0]["id"] if found else 0}
        if values is not None:
            data |= {"values": values, "resolved": {}}
        return self.dispatch(COMPONENT, user_id, channel_id, data, message)

    def submit(self, opened_id: str, values: Payload) -> Interaction:
        """Send the modal that the bot opened in answer to an interaction, filled by custom id."""
        opened = self._by_id[opened_id]
        if opened.callback is None or opened.callback["type"] != OPEN_MODAL:
            raise ValueError("the bot opened no modal there")
        modal = opened.callback["data"]
        components = [self._filled(one, values) for one in modal["components"]]
        data: Payload = {"custom_id": modal["custom_id"], "components": components, "resolved": {}}
        return self.dispatch(MODAL, opened.user_id, opened.channel_id, data, opened.message)

    def dispatch(
        self, kind: int, user_id: str, channel_id: str, data: Payload, message: Payload | None = None
    ) -> Interaction:
        """Tell the bot of an interaction made of raw data."""
        world = self._world
        one = Interaction(world.new_id(), secrets.token_hex(20), kind, user_id, channel_id, message, time.monotonic())
        self._by_id[one.id] = self._by_token[one.token] = one
        world.emit("INTERACTION_CREATE", {**self._frame(one), "data": data})
        return one

    # What the bot answers

    def answer(self, interaction_id: str, token: str, body: Payload, files: Sequence[File]) -> Payload:
        """Take the bot's first answer."""
        one = self._by_id.get(interaction_id)
        if one is None or one.token != token or time.monotonic() - one.at > self.seconds:
            raise RefusedError(10062)
        if one.callback is not None:
            raise RefusedError(40060)
        self._check(one, body)
        self._apply(one, body["type"], body.get("data") or {}, files)
        one.callback = body
        return self._receipt(one, body["type"])

    def follow_up(self, token: str, body: Payload, files: Sequence[File]) -> Payload:
        """Take a further message; the first after a "thinking" defer takes its place."""
        one = self._answered_by(token)
        if one.original is not None and one.original["flags"] & LOADING:
            return self.revise(token, "@original", body, files)
        message = self._say(one, body, files)
        one.followups.append(message)
        return message

    def find(self, token: str, message_id: str) -> Payload:
        """The message with this id, or the `@original` answer (10008 if there is none)."""
        one = self._answered_by(token)
        if message_id == "@original":
            if one.original is None:
                raise RefusedError(10008)
            return self._current(one.original)
        return self._whispers.get(message_id) or self._world.message(one.channel_id, message_id)

    def revise(self, token: str, message_id: str, body: Payload, files: Sequence[File]) -> Payload:
        """Edit one of the answers."""
        message = self.find(token, message_id)
        flags = (message["flags"] | (body.get("flags") or 0)) & ~LOADING
        edited = self._rewrite(message, {**body, "flags": flags}, files)
        one = self._by_token[token]
        if one.original is not None and one.original["id"] == edited["id"]:
            one.original = edited
        return edited

    def delete(self, token: str, message_id: str) -> None:
        """Delete one of the answers."""
        one = self._answered_by(token)
        message = self.find(token, message_id)
        if self._whispers.pop(message["id"], None) is None:
            self._world.delete(one.channel_id, message["id"])

    def _answered_by(self, token: str) -> Interaction:
        one = self._by_token.get(token)
        if one is None or one.callback is None:
            raise RefusedError(10015)
        return one

    def _check(self, one: Interaction, body: Payload) -> None:
        kind = body.get("type")
        if kind == OPEN_MODAL and one.kind in (MODAL, AUTOCOMPLETE):
            raise RefusedError(50035, "a modal does not answer this")
        if (kind == CHOICES) != (one.kind == AUTOCOMPLETE):
            raise RefusedError(50035, "choices answer an autocomplete, and nothing else does")
        if kind in (UPDATE, DEFER_UPDATE) and one.message is None:
            raise RefusedError(50035, "there is no message to update")

    def _apply(self, one: Interaction, kind: int, data: Payload, files: Sequence[File]) -> None:
        if kind == MESSAGE:
            one.original = self._say(one, data, files)
        elif kind == DEFER:
            flags = LOADING | ((data.get("flags") or 0) & EPHEMERAL)
            one.original = self._keep(one, self._compose(one, {**data, "flags": flags}, ()))
        elif kind in (UPDATE, DEFER_UPDATE) and one.message is not None:
            one.original = self._rewrite(one.message, data, files) if kind == UPDATE else one.message

    def _say(self, one: Interaction, body: Payload, files: Sequence[File]) -> Payload:
        self._world.check(body, files)
        return self._keep(one, self._compose(one, body, files))

    def _compose(self, one: Interaction, body: Payload, files: Sequence[File]) -> Payload:
        world = self._world
        message = world.compose(world.bot["id"], world.channels[one.channel_id], body, files)
        message |= {"type": 20, "webhook_id": world.application_id, "application_id": world.application_id}
        return message

    def _keep(self, one: Interaction, message: Payload) -> Payload:
        if message["flags"] & EPHEMERAL:
            self._whispers[message["id"]] = message
            return message
        return self._world.keep(message)

    def _current(self, message: Payload) -> Payload:
        kept = self._whispers.get(message["id"])
        return kept or self._world.message(message["channel_id"], message["id"])

    def _rewrite(self, message: Payload, body: Payload, files: Sequence[File]) -> Payload:
        if (whisper := self._whispers.get(message["id"])) is not None:
            return self._world.edit(whisper, body, files)
        return self._world.revise(message["channel_id"], message["id"], body, files)

    def _receipt(self, one: Interaction, kind: int) -> Payload:
        receipt: Payload = {"interaction": {"id": one.id, "type": one.kind}, "resource": {"type": kind}}
        if one.original is not None and kind in (MESSAGE, DEFER, UPDATE):
            receipt["resource"]["message"] = one.original
            receipt["interaction"] |= {
                "response_message_id": one.original["id"],
                "response_message_loading": bool(one.original["flags"] & LOADING),
                "response_message_ephemeral": bool(one.original["flags"] & EPHEMERAL),
            }
        return receipt

    # The shapes

    def _frame(self, one: Interaction) -> Payload:
        world = self._world
        channel = world.channels[one.channel_id]
        guild_id = channel.get("guild_id")
        frame: Payload = {
            "id": one.id,
            "application_id": world.application_id,
            "type": one.kind,
            "token": one.token,
            "version": 1,
            "channel_id": one.channel_id,
            "channel": channel,
            "locale": "en-US",
            "app_permissions": str(payloads.EVERYONE),
            "entitlements": [],
            "authorizing_integration_owners": {"0": guild_id or "0"},
            "attachment_size_limit": 10 * 1024 * 1024,
            "context": 0 if guild_id else 1,
        }
        if one.message is not None:
            frame["message"] = one.message
        return frame | (self._in_guild(guild_id, one.user_id) if guild_id else {"user": world.users[one.user_id]})

    def _in_guild(self, guild_id: str, user_id: str) -> Payload:
        permissions = str(self._world.permissions(guild_id, user_id))
        return {
            "guild_id": guild_id,
            "guild_locale": "en-US",
            "guild": {"id": guild_id, "locale": "en-US", "features": []},
            "member": {**self._world.members[guild_id][user_id], "permissions": permissions},
        }

    def _registered(self, channel_id: str, name: str) -> list[Payload]:
        """The command and the subcommands that the name's words lead through."""
        guild_id = self._world.channels[channel_id].get("guild_id") or ""
        level = [*self._world.commands.get(guild_id, []), *self._world.commands.get("", [])]
        found: list[Payload] = []
        for word in name.split():
            matching = [one for one in level if one["name"] == word]
            if not matching:
                raise ValueError(f"the bot has synced no command /{name}")
            found.append(matching[0])
            level = matching[0].get("options") or []
        return found

    def _options(self, command: Payload, values: Payload, focused: str) -> list[Payload]:
        known = {one["name"]: one for one in command.get("options") or []}
        if unknown := values.keys() - known.keys():
            raise ValueError(f"/{command['name']} has no option {', '.join(sorted(unknown))}")
        required = {name for name, one in known.items() if one.get("required") and not focused}
        if missing := required - values.keys():
            raise ValueError(f"/{command['name']} needs {', '.join(sorted(missing))}")
        chosen = [{"name": name, "type": known[name]["type"], "value": value} for name, value in values.items()]
        return [{**one, "focused": True} if one["name"] == focused else one for one in chosen]

    def _resolved(self, options: list[Payload]) -> Payload:
        world = self._world
        resolved: Payload = {}
        for one in payloads.options(options):
            if one["type"] == USER_OPTION:
                resolved.setdefault("users", {})[one["value"]] = world.users[one["value"]]
            elif one["type"] == CHANNEL_OPTION:
                found = {**world.channels[one["value"]], "permissions": str(payloads.EVERYONE)}
                resolved.setdefault("channels", {})[one["value"]] = found
        return resolved

    def _filled(self, component: Payload, values: Payload) -> Payload:
        if inner := component.get("component"):
            return {
                "type": component["type"],
                "id": component.get("id", 0),
                "component": self._filled(inner, values),
            }
        if rows := component.get("components"):
            return {"type": component["type"], "components": [self._filled(one, values) for one in rows]}
        filled = {key: component[key] for key in ("type", "id", "custom_id") if key in component}
        if "custom_id" not in component:
            return filled
        default = component.get("value") or "" if component["type"] == TEXT_INPUT else []
        value = values.get(component["custom_id"], default)
        return {**filled, "values" if isinstance(value, list) else "value": value}
