"""What people do in their direct messages with the bot, and what they read there."""

from __future__ import annotations

from typing import Any

from tests.standin import Interaction, StandIn
from tests.standin.payloads import parts

PATIENCE = 60.0  # the world's seconds
Message = dict[str, Any]


def text_of(message: Message) -> str:
    """All that can be read in a message."""
    blocks = (one["content"] for one in parts(message["components"]) if "content" in one)
    return "\n".join([message["content"], *blocks])


def button(message: Message, verb: str) -> str:
    """The custom id of a message's button of that verb, or an empty text."""
    found = (str(one.get("custom_id", "")) for one in parts(message["components"]))
    return next((one for one in found if one.startswith(f"{verb}:")), "")


class Chat:
    """Somebody's direct messages."""

    def __init__(self, discord: StandIn, user: str) -> None:
        self.user = user
        self.channel = str(discord.direct(user)["id"])
        self._discord = discord

    def read(self) -> list[Message]:
        """What the bot wrote and did not take down, oldest first."""
        return [one for one in self._discord.messages(self.channel) if one["author"]["id"] != self.user]

    async def until(self, verb: str, seconds: float = PATIENCE) -> Message:
        """The newest message that has a button of that verb, once there is one."""

        def found(_: StandIn) -> Message | None:
            return next((one for one in reversed(self.read()) if button(one, verb)), None)

        return await self._discord.until(found, seconds)

    async def write(self, words: str, seconds: float = PATIENCE) -> str:
        """Write a plain message; what the bot writes next."""
        said = int(self._discord.say(self.user, words)["id"])

        def answer(_: StandIn) -> str:
            return next((text_of(one) for one in self.read() if int(one["id"]) > said), "")

        return await self._discord.until(answer, seconds)

    async def press(self, message: Message, verb: str, seconds: float = PATIENCE) -> Interaction:
        """Press a message's button; the interaction with its first answer."""
        pressed = self._discord.press(self.user, self.channel, message["id"], button(message, verb))
        return await self._discord.answered(pressed.id, seconds)

    async def fill(self, message: Message, verb: str, fields: dict[str, Any], seconds: float = PATIENCE) -> str:
        """Open the form behind a button and send it; what the person reads of it, in the message or beneath it."""
        opened = await self.press(message, verb, seconds)
        before = text_of(message)
        sent = self._discord.submit(opened.id, fields)

        def answer(_: StandIn) -> str:
            if sent.followups:
                return text_of(sent.followups[0])
            now = next((text_of(one) for one in self.read() if one["id"] == message["id"]), "")
            return now if now != before else ""

        return await self._discord.until(answer, seconds)

    async def command(self, name: str, seconds: float = PATIENCE) -> Message:
        """Use a command here; the bot's answer."""
        used = self._discord.command(self.user, name)
        answered = await self._discord.answered(used.id, seconds)
        assert answered.original is not None
        return answered.original
