"""A week to tell of: what Maya wrote, choosing among it, and what stands in the channel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord

from bot.charts import Picture, Studio
from bot.core.week_card import WeekCard
from tests.cogs.conftest import World, ids_of, words_of

DONE = "Wrote two applications"
SECRET = "Nobody may read this"
FRIDAY, NOTE = "1", "2"  # the entries' numbers, as the menu offers them


class Sketchbook(Studio):
    """A studio, and what it was asked to draw of weeks."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.cards: list[WeekCard] = []

    async def week_card(self, card: WeekCard) -> Picture:
        self.cards.append(card)
        return await self._studio.week_card(card)


async def written(world: World) -> None:
    """A check-in on Friday and a note on Saturday, both still private; then the draft on Sunday."""
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=DONE, next="Call Ana", stuck="")
    await world.until(3, 12)
    await world.maya.user.send_dm(SECRET)
    await world.press(world.dm, "keepnote")
    await world.until(4, 18)


async def posted(world: World, *parts: str) -> discord.Message:
    """The same, chosen and posted; the post."""
    await written(world)
    await choose(world, *(parts or (FRIDAY,)))
    await world.press(draft_of(world), "post")
    return world.posts()[0]


def draft_of(world: World) -> discord.Message:
    """The newest draft that came to Maya by itself."""
    return next(m for m in reversed(world.dms) if "edit" in ids_of(m) and not m.flags.ephemeral)


async def choose(world: World, *parts: str) -> Any:
    """Pick exactly these parts in the menu."""
    shown = await world.press(draft_of(world), "choose")
    menu = shown.followups[0]
    return await world.maya.user.select(menu, list(parts), custom_id=ids_of(menu.message)["chosen"])


async def edit_words(world: World, words: str) -> Any:
    """Press *Write a line* and write above the entries."""
    return await world.submit(await world.press(draft_of(world), "edit"), {"words": words})


def channel_words(world: World) -> str:
    """All that stands of the weekly posts in the friends' channel, the pictures' words included."""
    return "\n".join(f"{words_of(post)}\n{alt_of(post)}" for post in world.posts())


def alt_of(message: discord.Message) -> str:
    """The words of a message's pictures."""
    return "\n".join(str(item.description) for item in _pictures(message))


def picture_of(message: discord.Message) -> tuple[int, ...]:
    """Which uploads a message shows."""
    return tuple(attachment.id for attachment in message.attachments)


def _pictures(message: discord.Message) -> Iterable[discord.MediaGalleryItem]:
    for item in discord.ui.LayoutView.from_message(message).walk_children():
        if isinstance(item, discord.ui.MediaGallery):
            yield from item.items


async def everything(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tx = world.app.db.reading
    tables = await tx.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {t["name"]: [tuple(row) for row in await tx.all(f"SELECT * FROM {t['name']}")] for t in tables}


def notes(world: World) -> list[discord.Message]:
    """The notes that came to Maya."""
    return [m for m in world.dms if "readnote" in ids_of(m) and not m.flags.ephemeral]


async def next_morning(world: World) -> str:
    """What the note of Monday morning says."""
    await world.until(5, 9)
    [note] = notes(world)
    return words_of(note)
