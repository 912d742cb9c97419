"""How the bot answers an interaction: ephemeral where others could read along; refusals in words, errors by an id."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.core.errors import Told
from bot.core.people import Person
from bot.when import Unclear
from cogs._layout import say
from cogs._mark import carried, mark
from cogs._text import escape

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

log = logging.getLogger(__name__)


class NotAPerson(Told):
    """A bot was named where only a person can be."""


PLATFORM = "discord"
REFUSED = "refused"  # in an interaction's extras: it kept nothing


def person(user: discord.abc.Snowflake) -> Person:
    """A Discord user as the core knows them: their id is the same on every server."""
    return Person(PLATFORM, "", str(user.id))


def named(user: discord.User | discord.Member) -> tuple[Person, str]:
    """A Discord user whom somebody names, and what they go by; raises NotAPerson."""
    if user.bot:
        raise NotAPerson("That is a bot. Name a person.")
    return person(user), user.display_name


async def acknowledge(interaction: Interaction) -> None:
    """Answer within Discord's three seconds; what follows is ephemeral in a server."""
    await interaction.response.defer(ephemeral=interaction.guild_id is not None, thinking=True)


async def noted(interaction: Interaction) -> None:
    """Answer a press or a form on a message: the message itself will show what came of it."""
    if interaction.message is None:
        await acknowledge(interaction)
    else:
        await interaction.response.defer()


async def show(interaction: Interaction, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Send a view to the person alone, as the answer or after it."""
    quiet = interaction.guild_id is not None or interaction.type is not discord.InteractionType.application_command
    if interaction.response.is_done():
        await interaction.followup.send(view=view, files=list(files), ephemeral=quiet)
    else:
        await interaction.response.send_message(view=view, files=list(files), ephemeral=quiet)


async def turn_into(interaction: Interaction, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Make the message that was pressed say something else, with these files alone; it is found by the same id."""
    mark(view, carried(interaction.message))
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, attachments=list(files))
    else:
        await interaction.response.edit_message(view=view, attachments=list(files))


async def tell(interaction: Interaction, words: str) -> None:
    """Say something short to the person alone."""
    await show(interaction, say(words))


async def tell_all(interaction: Interaction, pages: Iterable[str]) -> None:
    """Say something long to the person alone, page by page."""
    for page in pages:
        await tell(interaction, page)


async def refuse(interaction: Interaction, error: BaseException) -> None:
    """Show a refusal in its own words; log anything else under an id that the person sees too."""
    words = explained(error)
    interaction.extras[REFUSED] = True
    try:
        await tell(interaction, escape(words))
    except discord.HTTPException as silence:  # the interaction is over: nobody is left to tell
        log.warning("a person could not be told: %s", silence)


def explained(error: BaseException) -> str:
    """What a person reads of an error: a refusal's own words, or the id under which anything else is logged."""
    if isinstance(error, Unclear):
        return f"{error} Write it like that."
    return str(error) if isinstance(error, Told) else lost_words(report(error))


def lost_words(key: str) -> str:
    """What a person reads of an error that is no refusal."""
    return (
        "Something went wrong on my side. Please look whether it worked before you try again. "
        f"If it stays, tell my host “{key}”."
    )


def report(error: BaseException) -> str:
    """Log where an error came from, without its text, which may quote people; the id under which it stands."""
    key = secrets.token_hex(3)
    known = f" {error.status} {error.code}" if isinstance(error, discord.HTTPException) else ""
    log.error("error %s: %s%s\n%s", key, type(error).__name__, known, "".join(traceback.format_tb(error.__traceback__)))
    return key


@asynccontextmanager
async def refusals_told_in(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """The same for what somebody wrote: its refusal is the bot's next message there."""
    try:
        yield
    except Exception as error:  # every refusal and error of every listener ends here
        await channel.send(view=say(escape(explained(error))))


@asynccontextmanager
async def refusals_told(interaction: Interaction) -> AsyncIterator[None]:
    """The one place where what a handler raises becomes words."""
    try:
        yield
    except Exception as error:  # every refusal and error of every handler ends here
        await refuse(interaction, error)
