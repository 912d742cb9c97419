"""A bot as small as can be, to hold the simulated Discord and its page to their promises."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import app_commands, ui
from PIL import Image


class Words(ui.Modal, title="Your words"):
    """A form with one field, answered by a line that only its sender sees."""

    words = ui.Label(text="Words", component=ui.TextInput[Any](custom_id="words"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Keep the words and tell the seeker."""
        await interaction.response.send_message("Kept.", ephemeral=True)
        bot = interaction.client
        assert isinstance(bot, SmallBot)
        assert isinstance(self.words.component, ui.TextInput)
        await bot.tell(f"{interaction.user.name} wrote {self.words.component.value}")


class Card(ui.LayoutView):
    """A text, perhaps a picture, and a row of buttons that do what their label says."""

    def __init__(self, text: str, *labels: str, picture: bool = False) -> None:
        super().__init__(timeout=None)
        box: ui.Container[Any] = ui.Container(ui.TextDisplay(text))
        if picture:
            box.add_item(ui.MediaGallery(discord.MediaGalleryItem("attachment://week.png")))
        if labels:
            box.add_item(ui.ActionRow(*(self._button(label) for label in labels)))
        self.add_item(box)

    def _button(self, label: str) -> ui.Button[Any]:
        button: ui.Button[Any] = ui.Button(label=label)
        button.callback = getattr(self, f"_{label.lower()}")
        return button

    async def _answer(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=Card("Kept", "Post"))

    async def _post(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        assert isinstance(interaction.client, SmallBot)
        await interaction.client.post()

    async def _say(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Words())

    async def _fail(self, interaction: discord.Interaction) -> None:
        raise ValueError("this handler always fails")


class SmallBot(discord.Client):
    """Asks one seeker, posts to one channel, counts the reactions there."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = intents.guild_reactions = True
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)
        self.seeker_id = self.channel_id = 0
        self.reactions: list[tuple[int, str]] = []

    async def setup_hook(self) -> None:
        """Offer one command."""

        @self.tree.command(name="help", description="What this does")
        async def tell_help(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("Hello", ephemeral=True)

        await self.tree.sync()

    async def ask(self) -> None:
        """Ask the seeker in their DM."""
        await (await self.fetch_user(self.seeker_id)).send(view=Card("How was today?", "Answer", "Fail"))

    async def tell(self, words: str) -> None:
        """Tell the seeker something."""
        await (await self.fetch_user(self.seeker_id)).send(words)

    async def post(self) -> None:
        """Post a picture to the friends' channel."""
        picture = io.BytesIO()
        Image.new("RGB", (12, 6), "#f7f3ea").save(picture, "PNG")
        picture.seek(0)
        channel = await self.fetch_channel(self.channel_id)
        assert isinstance(channel, discord.TextChannel)
        await channel.send(view=Card("The week", "Say", picture=True), file=discord.File(picture, "week.png"))

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Count."""
        self.reactions.append((event.user_id, str(event.emoji)))

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Count down."""
        self.reactions.remove((event.user_id, str(event.emoji)))
