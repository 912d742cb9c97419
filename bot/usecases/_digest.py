"""The note that waits to tell a seeker what friends left: owed when something comes, moved with the rhythm."""

from __future__ import annotations

from datetime import datetime

from bot.core.cheer import next_digest
from bot.core.delivery import Kind, State
from bot.core.people import Seeker
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases.app import App


async def owe(app: App, tx: Tx, person_id: int, week_id: int) -> None:
    """Something new waits for a seeker: see that a note about it is on its way, or joins one that is."""
    seeker = await people_rows.seeker_by_id(tx, person_id)
    if seeker is None or seeker.left_at:
        return
    due_at = next_digest(seeker, app.now(), app.settings.morning)
    waiting = await circle_rows.waiting_note(tx, seeker.id)
    if due_at and waiting is None:
        await _add(tx, seeker, week_id, due_at)
    elif due_at and waiting and due_at < waiting[1]:
        await delivery_rows.move(tx, waiting[0], due_at)


async def arrange(app: App, tx: Tx, seeker: Seeker) -> None:
    """Let what waits come when the seeker's rhythm says so now; a pause without an end holds it until it is over."""
    if seeker.left_at:
        return
    now = app.now()
    due_at = next_digest(seeker, now, app.settings.morning)
    waiting = await circle_rows.waiting_note(tx, seeker.id)
    if waiting and due_at:
        await delivery_rows.move(tx, waiting[0], due_at)
    elif waiting:
        await delivery_rows.settle(tx, waiting[0], State.DROPPED, now, why="a pause")
    elif due_at and (week_id := await circle_rows.untold(tx, seeker.id)):
        await _add(tx, seeker, week_id, due_at)


async def _add(tx: Tx, seeker: Seeker, week_id: int, due_at: datetime) -> None:
    note_id = await circle_rows.add_note(tx, seeker.id, week_id)
    await delivery_rows.owe(tx, Kind.NOTE, seeker.person, note_id, due_at, person_id=seeker.id)
