"""People who are due, what they do in their direct messages with the bot, and what they read there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

from tests.faults._bench import Bench
from tests.standin import Interaction, StandIn
from tests.standin.payloads import parts

REFUSED = "I could not keep that"  # what the bot says where its database takes nothing
PATIENCE = 180.0  # the world's seconds
Message = dict[str, Any]


def owe_draft(bench: Bench, user: str, late: float = 0.0) -> None:
    """Seed that a seeker's weekly draft for a circle of their own is due as well, the bot being down."""
    bench.join(user)
    due_at = bench.clock.now() - timedelta(seconds=late)
    values = (str(due_at.weekday()), f"{due_at:%H:%M}", f"{due_at:%Y-%m-%d}", due_at.isoformat(timespec="milliseconds"))
    with closing(sqlite3.connect(bench.bot.database)) as database, database:
        database.execute(
            "INSERT INTO schedules (id, person_id, ask, days, at, next_on, next_at)"
            " SELECT (SELECT coalesce(max(id), 0) + 1 FROM schedules), id, 'week', ?, ?, ?, ?"
            " FROM people WHERE external_id = ?",
            (*values, user),
        )


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

    def newest(self, verb: str) -> Message | None:
        """The newest message of the bot that has a button of that verb."""
        return next((one for one in reversed(self.read()) if button(one, verb)), None)

    async def until(self, verb: str, seconds: float = PATIENCE) -> Message:
        """The newest message that has a button of that verb, once there is one."""
        return await self._discord.until(lambda _: self.newest(verb), seconds)

    async def write(self, words: str, seconds: float = PATIENCE) -> str:
        """Write a plain message; what the bot writes next."""
        said = int(self._discord.say(self.user, words)["id"])

        def answer(_: StandIn) -> str:
            return next((text_of(one) for one in self.read() if int(one["id"]) > said), "")

        return await self._discord.until(answer, seconds)

    async def press(self, message: Message, verb: str, seconds: float = PATIENCE) -> str:
        """Press a message's button; what the person reads of it, in the message or beneath it."""
        return await self._reads(self._pressed(message, verb), message, seconds)

    async def fill(self, message: Message, verb: str, fields: dict[str, Any], seconds: float = PATIENCE) -> str:
        """Open the form behind a button and send it; what the person reads of it, in the message or beneath it."""
        opened = await self._discord.answered(self._pressed(message, verb).id, seconds)
        return await self._reads(self._discord.submit(opened.id, fields), message, seconds)

    async def command(self, name: str, seconds: float = PATIENCE) -> Message:
        """Use a command here; the bot's answer."""
        answered = await self._discord.answered(self._discord.command(self.user, name).id, seconds)
        assert answered.original is not None
        return answered.original

    def _pressed(self, message: Message, verb: str) -> Interaction:
        return self._discord.press(self.user, self.channel, message["id"], button(message, verb))

    async def _reads(self, of: Interaction, message: Message, seconds: float) -> str:
        before = text_of(message)

        def words(_: StandIn) -> str:
            if of.followups:
                return text_of(of.followups[0])
            now = next((text_of(one) for one in self.read() if one["id"] == message["id"]), before)
            return now if now != before else ""

        return await self._discord.until(words, seconds)
