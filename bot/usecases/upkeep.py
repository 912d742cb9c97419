"""What the bot does for itself: the daily copy, room on the disk, going on once the database takes things again."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.core.alert import Topic
from bot.store import alerts, backup, facts, importing, room, taken
from bot.store import delivery as deliveries
from bot.store.backup import NoCopy
from bot.store.room import Room
from bot.store.trouble import DiskFull, Refused
from bot.usecases import _reach
from bot.usecases.app import App

log = logging.getLogger(__name__)
DISK = "disk"
COPY = "copy"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LONG = "." * 2**16  # more than anybody's words take
TAKEN_KEPT = timedelta(days=60)
ENDED_KEPT = timedelta(days=30)  # of what the host was told


def copies_forget_within(app: App) -> int:
    """After how many days no copy in the data folder holds any more what somebody had erased."""
    return backup.forgets_within(app.settings.backups).days


async def upkeep(app: App) -> bool:
    """Once a minute: look at the disk, forget files, fold what was erased, and once a day make a copy.

    True where the database takes things again that it refused before: what people wrote meanwhile wants reading.
    """
    goes_on = False
    try:
        goes_on = await _look_at_disk(app)
        await _let_go(app)
        if not app.db.folded:
            await app.db.checkpoint()
        if await _is_due(app):
            await _daily(app)
    except Refused as refusal:
        log.warning("upkeep waits: %s", refusal)
    return goes_on


async def _let_go(app: App) -> None:
    """Forget files that nobody decided about for a day."""
    if await importing.any_before(app.db.reading, app.now(), DAY):
        async with app.db.writing() as tx:
            await importing.let_go_before(tx, app.now(), DAY)


async def _look_at_disk(app: App) -> bool:
    await asyncio.to_thread(app.db.ballast.lay)
    seen = room.look(app.db.path.parent)
    goes_on = app.db.refused is not None and seen.free > room.NONE and await _takes_again(app)
    if seen.low or seen.ample:
        await _tell(app, Topic.DISK_LOW, seen, lasts=seen.low)
    await _tell(app, Topic.DISK_FULL, seen, lasts=isinstance(app.db.refused, DiskFull))
    return goes_on


async def _takes_again(app: App) -> bool:
    try:
        for words in (LONG, app.now().isoformat()):
            async with app.db.writing() as tx:
                await facts.put(tx, facts.WELL_AT, words)
    except Refused:
        return False
    app.db.refused = None
    return True


async def _tell(app: App, topic: Topic, seen: Room, *, lasts: bool) -> None:
    if lasts == await alerts.lasts(app.db.reading, topic, DISK):
        return
    async with app.db.writing(reserve=True) as tx:
        if lasts:
            await _reach.raise_alert(app, tx, topic, DISK, f"{seen.free / room.MIB:,.0f} MiB are free")
        else:
            await _reach.end_alert(app, tx, topic, DISK)


async def _is_due(app: App) -> bool:
    """Whether the daily round is due and nothing is on its way; it waits an hour for such a moment."""
    done = await _since(app, facts.KEPT_UP_AT)
    tried = await _since(app, facts.KEPT_UP_TRY)
    if done < DAY or tried < HOUR:
        return False
    return done >= DAY + HOUR or not await deliveries.waiting(app.db.reading, app.now(), 1)


async def _since(app: App, name: str) -> timedelta:
    """How far an instant is from now, in either direction: a clock may have been wrong; the longest where none is."""
    stored = await facts.get(app.db.reading, name)
    return abs(app.now() - datetime.fromisoformat(stored)) if stored else timedelta.max


async def _daily(app: App) -> None:
    now = app.now()
    steady = await _since(app, facts.KEPT_UP_TRY) < 2 * DAY  # else the clock may be wrong, and every copy seems old
    async with app.db.writing() as tx:
        await facts.put(tx, facts.KEPT_UP_TRY, now.isoformat())
        await taken.forget_before(tx, now, TAKEN_KEPT)
        await alerts.forget_ended(tx, now, ENDED_KEPT)
    try:
        await _copy(app, now, by_age=steady)
    except NoCopy as why:
        log.warning("the daily copy failed: %s", why)
        async with app.db.writing(reserve=True) as tx:
            await _reach.raise_alert(app, tx, Topic.BACKUP, COPY, str(why))


async def _copy(app: App, now: datetime, *, by_age: bool) -> None:
    keep, folder = app.settings.backups, app.db.path.parent / backup.FOLDER
    if keep:
        made = await backup.back_up(app.db.path, folder, now, keep=keep, by_age=by_age)
        log.info("daily copy %s", made.name)
    else:
        await backup.rotate(folder, now, keep=0, by_age=by_age)
    async with app.db.writing() as tx:
        await facts.put(tx, facts.KEPT_UP_AT, now.isoformat())
        if keep:
            await facts.put(tx, facts.BACKED_UP_AT, now.isoformat())
        await _reach.end_alert(app, tx, Topic.BACKUP, COPY)
