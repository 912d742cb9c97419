"""How the files of a search look when they are handed over."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import ui

from bot.usecases.export import File
from cogs._layout import Message, layout
from cogs._text import escape

WHOLE = "Company and people's names are in it, unmasked. Only you see this message."


def handed(title: str, file: File) -> Message:
    """A file, with what is in it."""
    view = layout([f"## {title}\n{escape(file.holds)}", f"-# {WHOLE}"])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    shown: ui.File[Any] = ui.File(f"attachment://{file.name}")
    container.add_item(shown)
    return Message(view, [discord.File(io.BytesIO(file.content), file.name)])
