"""Starting, leaving, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.core import country as countries
from bot.core import dates
from bot.core import zone as zones
from bot.usecases import care, people, privacy, upkeep
from bot.usecases.people import Start
from cogs import _help, _reply
from cogs._help import SHORT
from cogs._press import press
from cogs._sight import Sight, choices
from cogs._topics import TOPICS, matching

if TYPE_CHECKING:
    from bot.usecases.app import App
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]


class People(commands.Cog):
    """/start, /leave, /help"""

    def __init__(self, app: App) -> None:
        self._app = app
        self._sight = Sight()

    @app_commands.command(description="Be asked how it goes, and let friends walk along")
    @app_commands.describe(
        zone="Where you are: type a city, such as Berlin",
        circle="The friends who will read your week",
        checkin="When to ask how your day was, such as 17:30",
        country="Where you live, so that /help knows where to turn; else I go by your zone",
    )
    async def start(
        self, interaction: Interaction, zone: str, circle: str = "", checkin: str = "", country: str = ""
    ) -> None:
        """Make the person a seeker."""
        await _reply.acknowledge(interaction)
        wish = Start(zone, circle, dates.parse_time(checkin) if checkin else None, country)
        who, name = _reply.person(interaction.user), interaction.user.display_name
        seen = [circle.space for circle in await self._sight.seen(interaction)]
        started = await people.start(interaction.client.app, who, name, wish, seen)
        await _reply.show(interaction, _help.started(started))

    @start.autocomplete("zone")
    async def zones(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Zones with their time now."""
        return zone_choices(interaction, typed)

    @start.autocomplete("circle")
    async def circles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The circles that the person can reach."""
        return choices(await self._sight.seen(interaction), typed)

    @start.autocomplete("checkin")
    async def checkin_times(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Half hours of the day."""
        return time_choices(typed)

    @app_commands.command(description="Stop being asked; then decide whether I forget everything")
    async def leave(self, interaction: Interaction) -> None:
        """End the rhythm, say what stays, offer to erase."""
        await _reply.acknowledge(interaction)
        left = await people.leave(interaction.client.app, _reply.person(interaction.user))
        await _reply.show(interaction, _help.left(left))

    @app_commands.command(description="What I do, and what you can do here")
    @app_commands.describe(
        topic="What it is about, such as pause or ideas",
        country="Where you live: shows where to turn there when things are dark",
    )
    async def help(self, interaction: Interaction, topic: str = "", country: str = "") -> None:
        """Help for a seeker, a friend or the host."""
        await _reply.acknowledge(interaction)
        page = next(iter(matching(topic)), topic) if topic else SHORT
        await _reply.show(interaction, await _page(interaction, page, country))

    @help.autocomplete("topic")
    async def topics(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The topics that speak of what was typed."""
        return [app_commands.Choice(name=TOPICS[key].label, value=key) for key in matching(typed)]

    @start.autocomplete("country")
    @help.autocomplete("country")
    async def countries(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Countries by their English names."""
        return [app_commands.Choice(name=one.name[:100], value=one.code) for one in countries.search(typed)]

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Whoever writes a direct message may be reached again."""
        if message.guild is None and not message.author.bot:
            await people.wrote(self._app, _reply.person(message.author))


async def _page(interaction: Interaction, topic: str, country: str = "") -> ui.LayoutView:
    app, who = interaction.client.app, _reply.person(interaction.user)
    manages = interaction.guild_id is not None and interaction.permissions.manage_guild
    roles = await people.roles(app, who, manages=manages)
    if topic != SHORT:
        return _help.topic(roles, topic)
    return _help.help_for(roles, await care.where_to_turn(app, who, country))


@press("helpme")
async def _(interaction: Interaction, _ref: str) -> None:
    await _reply.noted(interaction)
    await _reply.show(interaction, await _page(interaction, SHORT))


@press("helpon")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await _reply.turn_into(interaction, await _page(interaction, ref))


@press("erase")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    app = interaction.client.app
    stand = await privacy.erase(app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _help.erased(stand, upkeep.copies_forget_within(app)))


def zone_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Zones that match what was typed, each with its time now."""
    found = zones.search(typed, interaction.client.app.now())
    return [app_commands.Choice(name=choice.label, value=choice.zone) for choice in found]


def time_choices(typed: str) -> list[app_commands.Choice[str]]:
    """Half hours that begin with what was typed; from the afternoon on where nothing was."""
    halves = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    matching = [half for half in halves if half.startswith(typed)] if typed else halves[32:] + halves[:32]
    return [app_commands.Choice(name=half, value=half) for half in matching[:25]]


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(People(bot.app))
