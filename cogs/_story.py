"""How the story looks when it is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discord import ui

from cogs._layout import layout

SHARED = (
    "What you shared with friends is in it, and hidden names are left out. "
    "/story export with “private: yes” takes all that you wrote."
)
PRIVATE = "All that you wrote is in it, also what is private, and every name. Look it through before you pass it on."


def told(names: Iterable[str], *, private: bool) -> ui.LayoutView:
    """What the file holds, and the file itself."""
    view = layout(["## Your story\nA draft, by month, to be cut, mended and made yours.", f"-# {_holds(private)}"])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for name in names:
        file: ui.File[Any] = ui.File(f"attachment://{name}")
        container.add_item(file)
    return view


def _holds(private: bool) -> str:
    return PRIVATE if private else SHARED
