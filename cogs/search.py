"""The search: /search, whose commands each call the module of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.board import Look
from bot.core.office import Language
from bot.core.search import NAME_LIMIT, Act, Stage
from bot.usecases import log
from bot.usecases.export import Format, Wish
from cogs import _reply
from cogs.application import show_named
from cogs.board import show_board, show_next
from cogs.export import FORMATS, LANGUAGES, send_calendar, send_export
from cogs.funnel import show_funnel
from cogs.importing import show_import
from cogs.log import choices

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

STAGES = [app_commands.Choice(name=stage.capitalize(), value=stage.value) for stage in Stage]


class Search(commands.GroupCog, name="search", description="Your search: where each application stands, what is next"):
    """/search board, show, next, funnel, export, calendar, import"""

    @app_commands.command(description="Your applications by stage, and how long each waits")
    @app_commands.describe(stage="Only those at this stage", text="Only those whose company or role holds these words")
    @app_commands.choices(stage=STAGES)
    async def board(
        self, interaction: Interaction, stage: str = "", text: app_commands.Range[str, 1, NAME_LIMIT] = ""
    ) -> None:
        """Show where everything stands."""
        await show_board(interaction, Look(Stage(stage) if stage else None, text=text))

    @app_commands.command(description="One application: all that happened, and what you can do with it")
    @app_commands.describe(application="Which one")
    async def show(self, interaction: Interaction, application: str) -> None:
        """Show one application."""
        await show_named(interaction, application)

    @show.autocomplete("application")
    async def known(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """One's own applications, open ones first."""
        found = await log.companies(interaction.client.app, _reply.person(interaction.user), Act.NOTE, typed)
        return choices(found)

    @app_commands.command(description="What is due today, and what comes within a week")
    async def next(self, interaction: Interaction) -> None:
        """Show what is next."""
        await show_next(interaction)

    @app_commands.command(description="The whole search in one picture: how far applications came and where they ended")
    @app_commands.describe(
        since="From which day of applying on, such as 1 March or 3 months ago", until="Up to which day of applying"
    )
    async def funnel(self, interaction: Interaction, since: str = "", until: str = "") -> None:
        """Show where it thins out."""
        await show_funnel(interaction, since, until)

    @app_commands.command(name="import", description="Take in a table you kept elsewhere; you see first what it adds")
    @app_commands.describe(file="CSV or XLSX, up to 2 MB, or what /search export gave you")
    async def import_(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a file would add."""
        await show_import(interaction, file)

    @app_commands.command(description="Your search as a file: a spreadsheet, all of it, or for the employment office")
    @app_commands.describe(
        format="As what", since="For the office: the first day, such as 1 March", until="For the office: the last day",
        language="For the office: in which language", name="For the office: your full name",
    )  # fmt: skip
    @app_commands.choices(format=FORMATS, language=LANGUAGES)
    async def export(
        self, interaction: Interaction, format: str, since: str = "", until: str = "", language: str = "",
        name: app_commands.Range[str, 1, NAME_LIMIT] = "",
    ) -> None:  # fmt: skip
        """Hand over a file."""
        chosen = Language(language) if language else None
        await send_export(interaction, Wish(Format(format), since, until, chosen, name))

    @app_commands.command(description="Interviews and what is due, as a file that your calendar imports")
    async def calendar(self, interaction: Interaction) -> None:
        """Hand over a calendar."""
        await send_calendar(interaction)


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Search())
