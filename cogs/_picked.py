"""What somebody picked in a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.core.errors import Told

if TYPE_CHECKING:
    import discord

    from cogs._client import Cairn

PICK = "Pick one from the list."


class NothingPicked(Told):
    """A choice in a list was taken back."""


def values(interaction: discord.Interaction[Cairn]) -> list[str]:
    """All that was picked; empty where the choice was taken back."""
    data: Any = interaction.data
    return [str(value) for value in data.get("values") or ()]


def picked(interaction: discord.Interaction[Cairn], why: str = PICK) -> str:
    """The one value that was picked; raises NothingPicked in these words."""
    value = next(iter(values(interaction)), "")
    if not value:
        raise NothingPicked(why)
    return value


def number(interaction: discord.Interaction[Cairn], why: str = PICK) -> int:
    """The number that was picked; raises NothingPicked in these words, also where it is none of ours."""
    value = picked(interaction, why)
    if not is_number(value):
        raise NothingPicked(why)
    return int(value)


def is_number(value: str) -> bool:
    """Whether it can be a number of ours; more than 18 digits no database holds."""
    return value.isascii() and value.isdecimal() and len(value) <= 18
