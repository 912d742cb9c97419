"""A world for the Discord face: the real bot on simcord's Discord, a seeker, two friends, and a clock to move."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
import simcord
from discord import app_commands

from bot import bootstrap
from bot.charts import Studio
from bot.config import Config, Data
from bot.core.errors import Told
from bot.usecases import rounds
from bot.usecases.app import App
from cogs import Cairn
from tests._database import lay, quick_folder
from tests.cogs._album import Album

ZONE = "Europe/Berlin"
FORM = 5  # the type of an interaction by which a form comes back


def words_of(message: discord.Message) -> str:
    """All text of a Components V2 message."""
    view = discord.ui.LayoutView.from_message(message)
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))


def labels_of(message: discord.Message) -> list[str]:
    """The labels of a message's buttons."""
    view = discord.ui.LayoutView.from_message(message)
    return [str(item.label) for item in view.walk_children() if isinstance(item, discord.ui.Button)]


def ids_of(message: discord.Message) -> dict[str, str]:
    """A message's custom ids by the verb before the colon."""
    view = discord.ui.LayoutView.from_message(message)
    found = [str(getattr(item, "custom_id", "") or "") for item in view.walk_children()]
    return {custom_id.partition(":")[0]: custom_id for custom_id in found if custom_id}


def said(result: Any) -> str:
    """What an interaction answered, its follow-ups included."""
    answers = [*([result.response] if result.response else []), *result.followups]
    return "\n".join(words_of(answer.message) for answer in answers)


class World:
    """One server with a seeker (Maya), two friends (Jonas, Aisha) and the real bot."""

    def __init__(self, config: Config, studio: Studio) -> None:
        self.config = config
        self.studio = studio
        self._stack = AsyncExitStack()
        self.env: simcord.Env
        self.app: App
        self.bot: Cairn

    async def open(self) -> None:
        """Build the bot and its Discord."""
        lay(self.config.data.database)
        await self._build()
        self.env = simcord.Env(self.bot, check_errors=False)
        self.app.now = self.env.now
        await self.env.start()
        self.guild = self.env.create_guild("Maya's friends", owner=self.env.create_user("sam"))
        self.channel = self.guild.create_text_channel("maya-and-friends")
        self.host = self.guild.owner
        self.maya = self.guild.add_member(self.env.create_user("maya", global_name="Maya"))
        self.jonas = self.guild.add_member(self.env.create_user("jonas", global_name="Jonas"))
        self.aisha = self.guild.add_member(self.env.create_user("aisha", global_name="Aisha"))
        manager = self.guild.create_role("Host", permissions=discord.Permissions(manage_guild=True))
        self.sam = self.guild.add_member(self.env.create_user("sam-host", global_name="Sam"), roles=[manager])

    async def _build(self) -> None:
        self.app = await self._stack.enter_async_context(bootstrap.opened(self.config))
        self.app.studio = self.studio
        self.bot = bootstrap.bot_for(self.app, self.config)

    async def close(self) -> None:
        """Shut everything down; an error that is no refusal fails the test."""
        await self.env.shutdown()
        await self._stack.aclose()
        records = self.env.backend.interactions.values()
        assert not [r for r in records if r.type == FORM and r.modal], "Discord refuses a form as the answer to a form"
        unexpected = [error for error in self.env.errors if not isinstance(_original(error), Told)]
        assert not unexpected, unexpected

    async def restart(self) -> None:
        """A new process: a new bot and a newly opened database on the same file."""
        old = self._stack
        self._stack = AsyncExitStack()
        await old.aclose()
        await self._build()
        self.app.now = self.env.now
        await self.env.restart_bot(self.bot)
        await self.env.settle()  # the new session reads what it may have missed

    # ------------------------------------------------------------- time

    @property
    def now(self) -> datetime:
        return self.env.now()

    async def tick(self) -> None:
        """One round of the heartbeat."""
        await rounds.tick(self.app)
        await self.env.settle()

    async def until(self, day: int, hour: int, minute: int = 0, *, month: int = 1, zone: str = ZONE) -> None:
        """Move the clock to a local time in 2026 and do one round."""
        target = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone))
        ahead = (target - self.now).total_seconds()
        assert ahead >= 0, f"{target} has passed"
        await self.env.advance_time(ahead)
        await self.tick()

    async def wait(self, **span: float) -> None:
        """Let time pass and do one round."""
        await self.env.advance_time(timedelta(**span).total_seconds())
        await self.tick()

    # ------------------------------------------------------------- people

    async def begin(self, *, circle: bool = True, **options: str) -> None:
        """Make the circle, and Maya a seeker in Berlin."""
        if circle:
            await self.sam.slash(self.channel, "circle setup", channel=self.channel)
        await self.maya.slash(self.channel, "start", **{"zone": ZONE, **options})

    @property
    def dms(self) -> list[discord.Message]:
        """All that stands in Maya's direct messages."""
        return self.maya.user.dm_channel.history(viewer=self.maya.user)

    @property
    def dm(self) -> discord.Message:
        """The newest message in Maya's direct messages."""
        return self.dms[-1]

    def prompt(self, verb: str = "answer") -> discord.Message:
        """The newest direct message with a button of that verb."""
        return next(message for message in reversed(self.dms) if verb in ids_of(message))

    async def press(self, message: Any, verb: str, *, by: Any = None) -> Any:
        """Press the button of that verb."""
        actor = by or self.maya.user
        return await actor.click(message, custom_id=ids_of(getattr(message, "message", message))[verb])

    async def answer(self, message: discord.Message | None = None, **values: str) -> Any:
        """Press *Answer* and send the form."""
        shown = await self.press(message or self.prompt(), "answer")
        return await self.submit(shown, values)

    async def submit(self, shown: Any, values: dict[str, str], *, by: Any = None) -> Any:
        """Send a form that was shown; what is not given keeps what the form was filled with."""
        fields = {label["component"]["custom_id"]: label["component"] for label in shown.modal["components"]}
        filled = {name: _filled(field) for name, field in fields.items() if _filled(field)}
        wanted = {name: [value] if "options" in fields[name] else value for name, value in values.items()}
        return await (by or self.maya.user).submit_modal(shown, {**filled, **wanted})

    def posts(self) -> list[discord.Message]:
        """What stands in the friends' channel, the welcome left out."""
        return [m for m in self.channel.history() if m.author == self.bot.user][1:]


def _filled(field: dict[str, Any]) -> Any:
    if "options" in field:
        return [option["value"] for option in field["options"] if option.get("default")]
    return field.get("value") or ""


def _original(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    """One worker process for the pictures of all tests."""
    made = Album()
    yield made
    asyncio.run(made.close())


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A quick folder: these tests are about no disk."""
    with quick_folder() as folder:
        yield Path(folder)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """The default settings, with data of its own."""
    return Config(data=Data(folder=tmp_path))


@pytest.fixture
async def world(config: Config, studio: Studio, caplog: pytest.LogCaptureFixture) -> AsyncIterator[World]:
    """The running world; anything logged as an error fails the test."""
    made = World(config, studio)
    await made.open()
    yield made
    await made.close()
    errors = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, errors
