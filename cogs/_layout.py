"""The one look of all messages: a container with blocks of text, a picture and rows of buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import discord
from discord import ui

from bot.core import text as texts
from cogs._text import as_said

ACCENT = discord.Colour(0xD19A66)
NAME_LIMIT = 60
LABEL_LIMIT = 100  # of an option of a menu
ALT_LIMIT = 1024

Row = Sequence[ui.Item[Any]]


class Message(NamedTuple):
    """A rendered message: its view and the files that come with it."""

    view: ui.LayoutView
    files: Sequence[discord.File] = ()


def layout(
    blocks: Iterable[str],
    *rows: Row,
    picture: tuple[str, str] | None = None,
    pictures: Sequence[tuple[str, str]] = (),
    divided: bool = False,
    apart: bool = False,
) -> ui.LayoutView:
    """A container of text blocks, pictures (file name, alt text) and rows of buttons; empty ones are left out.

    With `divided` a line stands between the blocks; with `apart` each picture is as broad as the message.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ACCENT)
    for block in blocks:
        if block:
            if divided and container.children:
                container.add_item(ui.Separator())
            container.add_item(ui.TextDisplay(block))
    shown = [*pictures, *([picture] if picture else [])]
    for beside in [[one] for one in shown] if apart else [shown] if shown else []:
        gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery()
        for name, alt in beside:
            gallery.add_item(media=f"attachment://{name}", description=alt)
        container.add_item(gallery)
    for row in rows:
        if row:
            container.add_item(ui.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    view.stop()  # buttons are found by their ids; nothing is kept in memory for a message
    return view


def say(text: str, *rows: Row) -> ui.LayoutView:
    """A short message."""
    return layout([text], *rows)


def when(moment: datetime) -> str:
    """A date and time that each reader sees in their own zone."""
    return discord.utils.format_dt(moment, "F")


def name_of(name: str) -> str:
    """Somebody's name on one line, harmless in markup, and with a direction of its own."""
    line = " ".join(name.split())
    return "Somebody" if texts.is_blank(line) else as_said(texts.shorten(line, NAME_LIMIT))


def label_of(name: str, limit: int = LABEL_LIMIT) -> str:
    """Somebody's name where there is no markup, on a button or in a menu: on one line, turning nothing round."""
    line = " ".join(texts.clean(name).split())
    return "Somebody" if texts.is_blank(line) else texts.shorten(line, limit)
