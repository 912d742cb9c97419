"""What the host may look at."""

from __future__ import annotations

import platform
from datetime import datetime, timedelta
from importlib import metadata

from bot.core.alert import Topic
from bot.core.delivery import lateness
from bot.core.host import Disk, Line, NotTheHost, Rush, Status, Trouble
from bot.core.people import Person
from bot.store import alerts, facts, room
from bot.store import circle as circle_rows
from bot.store import host as rows
from bot.store import rhythm as rhythm_rows
from bot.store.health import SQLITE_VERSION
from bot.usecases import _reach
from bot.usecases.app import App

SENDING = "sending"
AHEAD = timedelta(days=1)  # in which the busiest minute is looked for


async def status(app: App, who: Person) -> Status:
    """How all is; raises NotTheHost for anybody else."""
    if app.settings.host is None:
        raise NotTheHost("Nobody is set as my host yet. [discord] host in config.toml takes your user id.")
    if who != app.settings.host:
        raise NotTheHost("Only whoever hosts me can see this.")
    return await look(app)


async def look(app: App) -> Status:
    """How all is, for nobody but the host and their machines."""
    tx, now = app.db.reading, app.now()
    size, schema = await rows.file(tx)
    there = room.look(app.db.path.parent)
    backed_up_at = await facts.get(tx, facts.BACKED_UP_AT)
    return Status(
        at=now,
        counts=await rows.counts(tx, now),
        troubles=tuple(Trouble(a.topic, a.detail, a.raised_at) for a in await alerts.lasting(tx)),
        lost=tuple(await rows.lost_channels(tx)),
        backed_up_at=datetime.fromisoformat(backed_up_at) if backed_up_at else None,
        disk=Disk(there.free, there.total, size),
        schema=schema,
        versions=(
            ("Cairn", metadata.version("cairn-bot")),
            ("Python", platform.python_version()),
            ("SQLite", SQLITE_VERSION),
            ("tzdata", metadata.version("tzdata")),
        ),
        rush=await _rush(app, now),
    )


async def _rush(app: App, now: datetime) -> Rush | None:
    pace = app.settings.per_second
    found = await rhythm_rows.busiest(app.db.reading, now, now + AHEAD, pace)
    return found and Rush(found.at, found.many, lateness(found, pace))


async def follow(app: App, line: Line) -> None:
    """Tell the host where background sends rest because the platform refuses too much, and when they go on."""
    rests = line.rests_until is not None
    if rests == await alerts.lasts(app.db.reading, Topic.REFUSALS, SENDING):
        return
    async with app.db.writing() as tx:
        if rests:
            await _reach.raise_alert(app, tx, Topic.REFUSALS, SENDING)
        else:
            await _reach.end_alert(app, tx, Topic.REFUSALS, SENDING)


async def ended_in(app: App, after: datetime, until: datetime) -> dict[str, int]:
    """How many messages ended after one instant and until another, by state."""
    return await rows.ended_in(app.db.reading, after, until)


async def try_again(app: App, platform: str, workspace: str) -> None:
    """A server's permissions changed: what waits for a lost channel there goes out with the next round."""
    lost = await circle_rows.lost_in(app.db.reading, platform, workspace)
    if not lost:
        return
    async with app.db.writing() as tx:
        for circle in lost:
            await circle_rows.release(tx, circle.space, app.now(), app.now() + _reach.TRY_AGAIN_AFTER)
