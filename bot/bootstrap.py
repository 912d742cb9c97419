"""The one file that knows everyone: builds store, pictures, faces and App from a Config, and runs them."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import tzdata

from bot import exercises, heartbeat, help_lines, lease, status
from bot.charts import Studio
from bot.clock import Clock, utc_now
from bot.config import Config
from bot.core import zone
from bot.core.dates import SUNDAY, WEDNESDAY, WEEKDAYS
from bot.core.delivery import lateness
from bot.core.people import Person
from bot.core.rhythm import Ask, Plan
from bot.heartbeat import Hearing
from bot.lease import Lease
from bot.store import rhythm as schedules
from bot.store.db import open_database
from bot.store.health import refuse_unsafe
from bot.usecases import conversations, host, rounds, upkeep
from bot.usecases.app import App, Settings
from bot.usecases.bulkhead import Bulkhead
from bot.usecases.pace import Pace
from cogs import PLATFORM, Cairn
from cogs.host import line as gateway

log = logging.getLogger(__name__)
BEGINS_WITHIN = 10.0  # seconds
READS_FOR = 5.0  # seconds that the first round waits for what was written meanwhile
UPKEEP_EVERY = 60.0  # seconds
AHEAD = timedelta(days=7)  # of the forecast in the log
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
        backups=config.data.backups,
        help_lines=help_lines.load(config.care.file),
    )


@asynccontextmanager
async def opened(config: Config, now: Callable[[], datetime] = utc_now) -> AsyncIterator[App]:
    """The App with its database open, and closed again at the end; raises AlreadyRunning, or what CannotOpen says."""
    async with _held(config, now) as (app, _):
        yield app


@asynccontextmanager
async def _held(config: Config, now: Callable[[], datetime]) -> AsyncIterator[tuple[App, Lease]]:
    zone.use_packaged_data()
    data, rules = config.data, settings(config)
    if data.litestream:
        refuse_unsafe()
    with lease.take(data.folder, now()) as lock:
        before = await lease.watched(data.database, lock)
        db = await open_database(data.database, now=now, replicated=data.litestream, ballast=data.ballast)
        studio = Studio()
        try:
            async with lease.held(db, before, now) as ours:
                yield App(db, now, exercises.load(), studio, rules, Pace(rules.per_second)), ours
        finally:
            await studio.close()
            await db.close()


def bot_for(app: App, config: Config) -> Cairn:
    """The bot on Discord, built and not yet started."""
    return Cairn(app, message_content=config.discord.message_content)


async def run(config: Config, token: str) -> None:
    """Run the bot until SIGTERM or SIGINT, then close everything in order; raises Told where it cannot go on."""
    async with _held(config, utc_now) as (app, ours), bot_for(app, config) as bot:
        stopping = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
        await bot.sign_in(token)
        await _put_right(app)
        await rounds.release(app)
        gc.enable()
        gc.freeze()  # what the start made stays: each full collection would stall the loop for it (measured)
        folder = config.data.folder
        signs = status.Signs(heartbeat=lambda: heartbeat.age(folder, app.now()), line=lambda: gateway(bot))
        async with status.serving(app, config.status.port, signs):
            await _until(stopping, bot, app, ours, config)


async def _put_right(app: App) -> None:
    await rounds.settle_clock(app)
    await rounds.follow_tzdata(app, tzdata.IANA_VERSION)


async def _until(stopping: asyncio.Event, bot: Cairn, app: App, ours: Lease, config: Config) -> None:
    hearing = Hearing(app.now)
    for event in ("on_connect", "on_resumed"):
        bot.add_listener(hearing.found, event)
    bot.add_listener(hearing.lost, "on_disconnect")
    round_ = _Round(app, bot, hearing, config)
    clock = Clock(round_, config.delivery.tick_seconds, lambda: _put_right(app))
    begin = asyncio.create_task(_begin(clock, bot, app))
    lasting = [asyncio.create_task(work) for work in (bot.stay(), stopping.wait(), ours.keep(), _stay_whole(app))]
    try:
        ended, _ = await asyncio.wait(lasting, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            await task
    finally:
        tasks = [begin, *lasting]
        for task in tasks:  # nothing new is heard from here on
            task.cancel()
        await asyncio.wait(tasks, timeout=HANDLERS_END_WITHIN)  # a connection in the making may swallow it (discord.py)
        await clock.stop()
        await _handlers_end()
        await bot.close()
        log.info("stopped")


async def _stay_whole(app: App) -> None:
    """Read the whole database for faults, beside everything else; raises Damaged, and else never ends."""
    await app.db.examine()
    await asyncio.Event().wait()


class _Round:
    """What the heartbeat does: a sign of life, one round, and once a minute the upkeep."""

    def __init__(self, app: App, bot: Cairn, hearing: Hearing, config: Config) -> None:
        self._app = app
        self._bot = bot
        self._hearing = hearing
        self._folder = config.data.folder
        self._kept_up = time.monotonic()
        self._silent = False
        self._readings = set[asyncio.Task[None]]()
        self._beat()

    async def __call__(self) -> None:
        self._beat()
        try:
            await rounds.tick(self._app)
        finally:
            if time.monotonic() - self._kept_up >= UPKEEP_EVERY:
                self._kept_up = time.monotonic()
                await self._keep_up()

    def _beat(self) -> None:
        if self._hearing.hears:
            try:
                heartbeat.beat(self._folder, self._app.now())
                self._silent = False
            except OSError as error:  # a full disk: what is owed comes first
                if not self._silent:
                    log.warning("the sign of life cannot be written: %s", error)
                self._silent = True

    async def _keep_up(self) -> None:
        if await upkeep.upkeep(self._app):
            self._read(conversations.catch_up)
        elif not self._readings:
            self._read(conversations.catch_up_again)
        await host.follow(self._app, gateway(self._bot))

    def _read(self, read: Callable[[App], Awaitable[None]]) -> None:
        """Read beside the rounds: many conversations take minutes."""
        reading = asyncio.create_task(self._apart(read))
        self._readings.add(reading)
        reading.add_done_callback(self._readings.discard)

    async def _apart(self, read: Callable[[App], Awaitable[None]]) -> None:
        with Bulkhead(log, "what was written could not be read; it is tried again"):
            await read(self._app)


async def _begin(clock: Clock, bot: Cairn, app: App) -> None:
    """Begin the rounds once somebody could answer what they send; without a connection, a little later all the same.

    What people wrote and friends left while we were away is read first, as far as that is quick.
    """
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bot.wait_until_ready(), BEGINS_WITHIN)
        await asyncio.wait_for(app.reading.done.wait(), READS_FOR)
    clock.start()
    await _forecast(app)


async def _forecast(app: App) -> None:
    pace = app.settings.per_second
    crowd = await schedules.busiest(app.db.reading, app.now(), app.now() + AHEAD, pace)
    if crowd:
        log.info(
            "the busiest minute of this week is %s: %d are due, %d of them in new conversations; the last %.0f s late",
            *crowd, lateness(crowd, pace).total_seconds(),
        )  # fmt: skip


async def _handlers_end() -> None:
    """Let those who are being answered have their answer, while the database and the connection are open.

    What goes on begins more: a session that is ready only now has what was missed read.
    """
    for cancels in (False, True):
        ends_at = time.monotonic() + HANDLERS_END_WITHIN
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            if (left := ends_at - time.monotonic()) <= 0:
                break
            for task in others if cancels else ():
                task.cancel()
            await asyncio.wait(others, timeout=left)
