"""A real discord.py client with a few commands, buttons, a modal and a card."""

import asyncio
from typing import Any

import discord
import discord.http
from discord import app_commands
from discord.ext import commands

from tests.standin import StandIn

INTENTS = discord.Intents(guilds=True, messages=True, reactions=True)


class Name(discord.ui.Modal, title="Your name"):
    """A modal of a text and a select."""

    name = discord.ui.Label(text="Name", component=discord.ui.TextInput(custom_id="name"))
    mood = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            custom_id="mood", options=[discord.SelectOption(label="Well", value="4")], required=False
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        name, mood = self.name.component, self.mood.component
        assert isinstance(name, discord.ui.TextInput)
        assert isinstance(mood, discord.ui.Select)
        await interaction.response.send_message(f"{name.value} {mood.values}")


class Choice(discord.ui.View):
    """Buttons that change their message, and one that opens the modal."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Done", custom_id="done")
    async def done(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.edit_message(content="It is done.", view=None)

    @discord.ui.button(label="Name", custom_id="name")
    async def name(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(Name())


class Card(discord.ui.LayoutView):
    """A Components V2 message with a picture."""

    box = discord.ui.Container(
        discord.ui.TextDisplay("**A week**"),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://card.png", description="Five stones")),
        discord.ui.ActionRow(discord.ui.Button(label="Say something", custom_id="say:1")),
    )


@app_commands.command(description="Defer, then answer")
async def think(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.followup.send("A thought.")
    await interaction.edit_original_response(content="A better thought.")


@app_commands.command(description="Name a channel and a number")
async def place(interaction: discord.Interaction, channel: discord.TextChannel, zone: str) -> None:
    await interaction.response.send_message(f"{channel.name} {zone}")


@place.autocomplete("zone")
async def zones(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"Europe/{current}", value=f"Europe/{current}")]


@app_commands.command(description="Show the buttons")
async def choose(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Choose.", view=Choice())


class Client(commands.Bot):
    """A bot with a group of one command beside the others."""

    def __init__(self) -> None:
        super().__init__((), intents=INTENTS, help_command=None)

    async def setup_hook(self) -> None:
        circle = app_commands.Group(name="circle", description="The circle")
        circle.add_command(place)
        for command in (think, choose, circle):
            self.tree.add_command(command)
        await self.tree.sync()

    async def until_heard(self, event: str) -> Any:
        """The next event of this name."""
        return await asyncio.wait_for(self.wait_for(event), 10)


async def direct(bot: Client, there: StandIn) -> discord.DMChannel:
    user = await bot.fetch_user(int(there.owner["id"]))
    return await user.create_dm()


async def post(bot: Client, channel_id: str, body: dict[str, Any]) -> dict[str, Any]:
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
    return await bot.http.request(route, json=body)


async def pressed(bot: Client, there: StandIn) -> discord.Interaction:
    sent = await (await direct(bot, there)).send("Press")
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.press(there.owner["id"], str(sent.channel.id), str(sent.id), "forged:1")
    return await heard
