"""The note that waits to tell a seeker what friends left: owed when something comes, moved with the rhythm."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.cheer import ideas_due, next_digest
from bot.core.delivery import Kind
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.store import delivery as delivery_rows
from bot.store import idea as idea_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _trials
from bot.usecases._mornings import morning
from bot.usecases.app import App

FRIENDS_LEFT = (Kind.NOTE, Kind.IDEA)
WHAT_BECAME = (Kind.STILL_OPEN, Kind.TRIAL, Kind.BECAME, Kind.FOLLOW_UPS)
SOON = timedelta(hours=1)


async def owe(app: App, tx: Tx, person_id: int, week_id: int) -> None:
    """Something new waits for a seeker: see that a note about it is on its way, or joins one that is."""
    seeker = await people_rows.seeker_by_id(tx, person_id)
    if seeker is None or seeker.left_at:
        return
    now = app.now()
    due_at = next_digest(seeker, now, app.settings.morning)
    waiting = await note_rows.waiting(tx, seeker.id)
    if due_at and waiting is None:
        await _add(tx, seeker, week_id, due_at)
    elif due_at and waiting and due_at < waiting[1]:
        await delivery_rows.move(tx, seeker.id, Kind.NOTE, due_at, now)


async def arrange(app: App, tx: Tx, seeker: Seeker) -> None:
    """Let what friends left come when the seeker's rhythm says so now."""
    now, morning = app.now(), app.settings.morning
    due_at = next_digest(seeker, now, morning)
    ideas_at = ideas_due(seeker, now, morning)
    if seeker.left_at or due_at is None or ideas_at is None:  # a pause without an end: what is due is held back
        return
    await delivery_rows.move(tx, seeker.id, Kind.NOTE, due_at, now)
    await delivery_rows.move(tx, seeker.id, Kind.IDEA, ideas_at, now)
    await idea_rows.bring_now(tx, seeker.id, now)
    week_id = await note_rows.untold(tx, seeker.id)
    if week_id and await note_rows.waiting(tx, seeker.id) is None:
        await _add(tx, seeker, week_id, due_at)


async def held_until(app: App, seeker: Seeker, kind: Kind) -> datetime | None:
    """The next morning, where today a pause holds back such a message, or a day of rest a question; else None."""
    now, zone = app.now(), ZoneInfo(seeker.zone)
    if seeker.landed_at:
        return None
    rests = kind in FRIENDS_LEFT and seeker.rests_on(local_date(now, zone))
    if rests or (kind in WHAT_BECAME and await _trials.rests(app.db.reading, seeker, now)):
        return morning(app, seeker, now + SOON)
    return None


async def _add(tx: Tx, seeker: Seeker, week_id: int, due_at: datetime) -> None:
    note_id = await note_rows.add(tx, seeker.id, week_id)
    await delivery_rows.owe(tx, Kind.NOTE, seeker.person, note_id, due_at, person_id=seeker.id)
