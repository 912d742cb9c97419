"""Buttons and menus as `verb:ref`: found by their ids after any restart, each handler checks who is pressing."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ButtonStyle, ui

from cogs import _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

Handler = Callable[["discord.Interaction[Cairn]", str], Awaitable[None]]
PRESSES: dict[str, Handler] = {}


def press(verb: str) -> Callable[[Handler], Handler]:
    """Register what happens when a button or menu of that verb is pressed; it gets the ref."""

    def register(handler: Handler) -> Handler:
        PRESSES[verb] = handler
        return handler

    return register


class Press(ui.DynamicItem[ui.Item[Any]], template=r"(?P<verb>[a-z]+):(?P<ref>[\w.\-/]+)"):
    """Any button or menu that the bot ever sent."""

    def __init__(self, item: ui.Item[Any], verb: str, ref: str) -> None:
        super().__init__(item)
        self.verb = verb
        self.ref = ref

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The item as Discord hands it back."""
        return cls(item, match["verb"], match["ref"])

    async def callback(self, interaction: discord.Interaction[Cairn]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Hand over to the verb's handler; a refusal is told, anything else is logged."""
        handler = PRESSES.get(self.verb, _unknown)
        async with _reply.refusals_told(interaction):
            await handler(interaction, self.ref)


async def _unknown(interaction: discord.Interaction[Cairn], _: str) -> None:
    await _reply.tell(interaction, "This button is from an older version of me, and I no longer know it.")


def button(verb: str, ref: str | int, label: str, style: ButtonStyle = ButtonStyle.secondary) -> Press:
    """A button; `ref` is what its handler gets."""
    return Press(ui.Button(label=label, style=style, custom_id=f"{verb}:{ref}"), verb, str(ref))


def menu(verb: str, ref: str | int, options: Sequence[discord.SelectOption], placeholder: str) -> Press:
    """A menu of which any number may be picked."""
    select: ui.Select[Any] = ui.Select(
        custom_id=f"{verb}:{ref}",
        options=list(options),
        placeholder=placeholder,
        min_values=0,
        max_values=len(options),
    )
    return Press(select, verb, str(ref))
