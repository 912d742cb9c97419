"""What people wrote in a channel, read page by page at the pace of the background; a long one piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.conversations import History
from bot.core.people import Person, Said, Space
from bot.usecases.app import App

READ_WITHIN = 60.0  # seconds
MOST_READS = 20  # pages in one piece


class Piece(NamedTuple):
    """What people wrote behind the message `after`, up to `until`; empty where the piece has no such end."""

    said: Sequence[Said]
    after: str
    until: str

    def lacks(self, messages: Iterable[str]) -> list[str]:
        """Those of some messages that would stand in this piece, and do not."""
        there = {one.post.id for one in self.said}
        return [message for message in messages if message not in there and self._spans(message)]

    def _spans(self, message: str) -> bool:
        return _place(message) > _place(self.after) and (not self.until or _place(message) <= _place(self.until))


async def piece(app: App, to: Person | Space, channel: str, after: str, since: datetime | None) -> Piece | None:
    """The next piece of all that people wrote since; None where it cannot be read. It goes on where `taken` marked."""
    mark = app.reading.marks.get(channel, "")
    at, since = mark or after, None if mark else since
    begins = "" if since else at
    said: Sequence[Said] = ()
    for _ in range(MOST_READS):
        await app.pace.turn()
        read = await _read(app, to, channel, at, since)
        if read is None:
            return None
        said, at, since = [*said, *read.said], read.until, None
        if not at:
            break
    return Piece(said, begins, at)


def taken(app: App, channel: str, piece: Piece) -> bool:
    """A piece was taken: the next read goes on behind it; whether it was the last."""
    if piece.until:
        app.reading.marks[channel] = piece.until
    else:
        app.reading.marks.pop(channel, None)
    return not piece.until


async def _read(app: App, to: Person | Space, channel: str, after: str, since: datetime | None) -> History | None:
    try:
        return await asyncio.wait_for(app.faces[to.platform].written(to, channel, after, since), READ_WITHIN)
    except TimeoutError:
        return None


def _place(message: str) -> tuple[int, str]:
    return len(message), message
