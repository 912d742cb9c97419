"""The baseline: the smallest sensible discord.py bot, one cog with ten commands, synced at its start."""

import os

import discord
from discord import app_commands
from discord.ext import commands

Context = discord.Interaction


class Bare(commands.Cog):
    """Ten commands that answer with one line."""

    @app_commands.command(description="What this bot can do")
    async def help(self, interaction: Context) -> None:
        await interaction.response.send_message("Ten commands.", ephemeral=True)

    @app_commands.command(description="Say hello")
    async def hello(self, interaction: Context) -> None:
        await interaction.response.send_message("Hello.")

    @app_commands.command(description="Repeat a line")
    async def echo(self, interaction: Context, line: str) -> None:
        await interaction.response.send_message(line)

    @app_commands.command(description="Add two numbers")
    async def add(self, interaction: Context, one: int, two: int) -> None:
        await interaction.response.send_message(str(one + two))

    @app_commands.command(description="Name a channel")
    async def where(self, interaction: Context, channel: discord.TextChannel) -> None:
        await interaction.response.send_message(channel.mention)

    @app_commands.command(description="Name a person")
    async def who(self, interaction: Context, person: discord.User) -> None:
        await interaction.response.send_message(person.mention)

    @app_commands.command(description="Count to a number")
    async def count(self, interaction: Context, to: int) -> None:
        await interaction.response.send_message(" ".join(map(str, range(to))))

    @app_commands.command(description="Turn a line round")
    async def turn(self, interaction: Context, line: str) -> None:
        await interaction.response.send_message(line[::-1])

    @app_commands.command(description="Write a line large")
    async def large(self, interaction: Context, line: str) -> None:
        await interaction.response.send_message(line.upper())

    @app_commands.command(description="Say goodbye")
    async def goodbye(self, interaction: Context) -> None:
        await interaction.response.send_message("Goodbye.")


class Bot(commands.Bot):
    """The bot with its cog."""

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, messages=True, reactions=True)
        super().__init__(commands.when_mentioned, intents=intents, help_command=None)

    async def setup_hook(self) -> None:
        await self.add_cog(Bare())
        await self.tree.sync()


if __name__ == "__main__":
    Bot().run(os.environ["CAIRN_DISCORD_TOKEN"])
