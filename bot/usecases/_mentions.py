"""What an entry mentions of its person's search."""

from __future__ import annotations

import asyncio

from bot.core.exercise import CHECKIN
from bot.core.journal import Entry
from bot.core.mention import Mention, mentions
from bot.store import search as rows
from bot.usecases.app import App

TOLD = ("done", "stuck")  # what happened; what comes next did not yet


async def of(app: App, entry: Entry) -> tuple[Mention, ...]:
    """What a check-in mentions, nothing of any other entry; long answers take a while, beside the event loop."""
    said = [answer for step in TOLD if isinstance(answer := entry.answers.get(step), str)]
    if entry.exercise != CHECKIN or not said:
        return ()
    return await asyncio.to_thread(mentions, said, await rows.recent(app.db.reading, entry.person_id), entry.on)
