"""What people wrote in a channel, read page by page at the pace of the background."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core.conversations import History
from bot.core.people import Person, Said, Space
from bot.usecases.app import App

log = logging.getLogger(__name__)
READ_WITHIN = 60.0  # seconds
MOST_READS = 20


async def written(app: App, to: Person | Space, channel: str, after: str, since: datetime | None) -> History | None:
    """All that people wrote since; None where it cannot be read. Its `until` says where a very long one was cut."""
    said: Sequence[Said] = ()
    for _ in range(MOST_READS):
        await app.pace.turn()
        read = await _read(app, to, channel, after, since)
        if read is None:
            return None
        said = [*said, *read.said]
        if not read.until:
            return History(said)
        after, since = read.until, None
    log.warning("a channel holds more than is read at once; what was written last waits")
    return History(said, after)


async def _read(app: App, to: Person | Space, channel: str, after: str, since: datetime | None) -> History | None:
    try:
        return await asyncio.wait_for(app.faces[to.platform].written(to, channel, after, since), READ_WITHIN)
    except TimeoutError:
        return None
