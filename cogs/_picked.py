"""What somebody picked in a menu of which one thing may be picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.errors import Told

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

PICK = "Pick one from the list."


class NothingPicked(Told):
    """A choice in a list was taken back."""


def picked(interaction: discord.Interaction[Cairn], why: str = PICK) -> str:
    """The value that was picked; raises NothingPicked in these words."""
    data: Any = interaction.data
    value = next(iter(data.get("values") or ()), "")
    if not value:
        raise NothingPicked(why)
    return str(value)


def number(interaction: discord.Interaction[Cairn], why: str = PICK) -> int:
    """The number that was picked; raises NothingPicked in these words, also where it is none of ours."""
    value = picked(interaction, why)
    if not (value.isascii() and value.isdecimal() and len(value) <= 18):
        raise NothingPicked(why)
    return int(value)
