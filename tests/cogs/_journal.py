"""What the tests of asking and answering share: Maya writing, and what is kept of it."""

from __future__ import annotations

from typing import Any

import discord

from bot.core.journal import Entry
from bot.store import journal as entry_rows
from bot.store import people as people_rows
from cogs import _reply
from tests.cogs.conftest import World, words_of

MOODS = ["1 heavy", "2 low", "3 steady", "4 light", "5 bright"]
CHOICES = ["Keep as a note", "Check in", "Forget it"]


async def entries(world: World) -> list[Entry]:
    """All that is kept of Maya's answers, oldest first."""
    tx = world.app.db.reading
    number = await people_rows.number_of(tx, _reply.person(discord.Object(world.maya.user.id)))
    ids = await tx.all("SELECT id FROM entries WHERE person_id = ? ORDER BY id", number)
    found = [await entry_rows.get(tx, row["id"]) for row in ids]
    return [entry for entry in found if entry]


async def write(
    world: World, text: str, *, reply_to: discord.Message | None = None, files: tuple[str, ...] = ()
) -> Any:
    """Maya writes to the bot."""
    given: dict[str, Any] = {}
    channel = world.maya.user.dm_channel
    if reply_to:
        reference = {"channel_id": str(channel.id), "message_id": str(reply_to.id)}
        given["reference"] = world.env.backend.normalize_message_reference(channel.id, reference)
    if files:
        given["attachments"] = world.env.backend.store_attachments(channel.id, [(name, b"x") for name in files])
    return await world.maya.user.send_dm(text, **given)


async def asked(world: World, day: int = 2) -> discord.Message:
    """Maya is asked how the day was; the prompt."""
    await world.begin()
    await world.until(day, 17, 30)
    return world.prompt()


async def words_kept(world: World) -> list[dict[str, str | int]]:
    """The answers of every entry."""
    return [dict(entry.answers) for entry in await entries(world)]


def shown(world: World, message: discord.Message) -> str:
    """What a message in the direct messages says by now; empty where it is gone."""
    return next((words_of(m) for m in world.dms if m.id == message.id), "")


async def stray(world: World, text: str = "A stray thought", **given: Any) -> Any:
    await world.begin()
    return await write(world, text, **given)
