"""The one file that knows everyone: builds store, pictures, faces and App from a Config, and runs them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot import exercises, heartbeat
from bot.charts import Studio
from bot.clock import Clock, utc_now
from bot.config import Config
from bot.core import zone
from bot.core.people import Person
from bot.core.rhythm import SUNDAY, WEDNESDAY, WEEKDAYS, Ask, Plan
from bot.heartbeat import Line
from bot.store.db import open_database
from bot.usecases import circle, rounds
from bot.usecases.app import App, Settings
from bot.usecases.pace import Pace
from cogs import PLATFORM, Cairn

log = logging.getLogger(__name__)
BEGINS_WITHIN = 10.0  # seconds
HANDLERS_END_WITHIN = 2.0  # seconds


def settings(config: Config) -> Settings:
    """What the rules need of the host's settings."""
    rhythm = config.rhythm
    return Settings(
        plans=(
            Plan(Ask.CHECKIN, WEEKDAYS, rhythm.checkin),
            Plan(Ask.REFLECTION, frozenset({WEDNESDAY}), rhythm.reflection),
            Plan(Ask.WEEK, frozenset({SUNDAY}), rhythm.week),
        ),
        quiet=rhythm.quiet,
        morning=rhythm.morning,
        late=timedelta(hours=config.delivery.late_hours),
        host=Person(PLATFORM, "", config.discord.host) if config.discord.host else None,
        per_second=config.delivery.per_second,
    )


@asynccontextmanager
async def opened(config: Config, now: Callable[[], datetime] = utc_now) -> AsyncIterator[App]:
    """The App with its database open, and closed again at the end."""
    zone.use_packaged_data()
    db = await open_database(config.data.database)
    studio = Studio()
    try:
        rules = settings(config)
        yield App(db, now, exercises.load(), studio, rules, Pace(rules.per_second))
    finally:
        await studio.close()
        await db.close()


def bot_for(app: App, config: Config) -> Cairn:
    """The bot on Discord, built and not yet started."""
    return Cairn(app, message_content=config.discord.message_content)


async def run(config: Config, token: str) -> None:
    """Run the bot until SIGTERM or SIGINT, then close everything in order; raises Told where it cannot begin."""
    async with opened(config) as app, bot_for(app, config) as bot:
        stopping = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
        await bot.sign_in(token)
        await _until(stopping, bot, app, config)


async def _until(stopping: asyncio.Event, bot: Cairn, app: App, config: Config) -> None:
    line = Line(app.now)
    for event in ("on_connect", "on_resumed"):
        bot.add_listener(line.found, event)
    bot.add_listener(line.lost, "on_disconnect")

    async def work() -> None:
        if line.hears:
            heartbeat.beat(config.data.folder, app.now())
        await rounds.tick(app)

    heartbeat.beat(config.data.folder, app.now())
    clock = Clock(work, config.delivery.tick_seconds)
    connected = asyncio.create_task(bot.stay())
    stop = asyncio.create_task(stopping.wait())
    begin = asyncio.create_task(_begin(clock, bot, app))
    try:
        await asyncio.wait({connected, stop}, return_when=asyncio.FIRST_COMPLETED)
        if connected.done():
            await connected
    finally:
        for task in (stop, begin, connected):  # nothing new is heard from here on
            task.cancel()
        await asyncio.gather(stop, begin, connected, return_exceptions=True)
        await clock.stop()
        await _handlers_end()
        await bot.close()
        log.info("stopped")


async def _begin(clock: Clock, bot: Cairn, app: App) -> None:
    """Begin the rounds once somebody could answer what they send; without a connection, a little later all the same.

    What friends left while we were away is read first: a note that is due now carries it.
    """
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bot.wait_until_ready(), BEGINS_WITHIN)
    await circle.catch_up(app)
    clock.start()


async def _handlers_end() -> None:
    """Let those who are being answered have their answer, while the database and the connection are open."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if not others:
        return
    _, late = await asyncio.wait(others, timeout=HANDLERS_END_WITHIN)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
