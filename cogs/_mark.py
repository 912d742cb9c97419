"""Every message that was owed carries its delivery's id in a button, whatever the message says by now."""

from __future__ import annotations

import re

import discord
from discord import ui


def mark(view: ui.LayoutView, key: str) -> ui.LayoutView:
    """See that a button of a view carries the delivery id `key`; one that does not gets it as `verb:ref~key`."""
    presses = [item for item in view.walk_children() if isinstance(item, ui.Button | ui.Select) and item.custom_id]
    if key and presses and not any(key in keys(press.custom_id or "") for press in presses):
        first = presses[0]
        assert isinstance(first, ui.Button)
        first.custom_id = f"{first.custom_id}~{key}"
    return view


def carried(message: discord.Message | None) -> str:
    """The delivery id that `mark` put into a standing message, or empty."""
    if message is None:
        return ""
    ids = [str(getattr(item, "custom_id", "")) for item in ui.LayoutView.from_message(message).walk_children()]
    return next((custom_id.partition("~")[2] for custom_id in ids if "~" in custom_id), "")


def keys(custom_id: str) -> set[str]:
    """What in a button's id may name the delivery that its message came with."""
    return set(re.split("[:~]", custom_id)[1:])
