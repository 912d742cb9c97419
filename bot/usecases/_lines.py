"""Who waits for what: one line for each place, and everybody's first before anybody's second."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from bot.core.people import Person, Space

Place = Person | Space


class Lines:
    """What waits in a round. A place is served again only once its last one is settled."""

    def __init__(self, waiting: Iterable[tuple[str, Place]]) -> None:
        self.moved = asyncio.Event()
        self._lines: dict[Place, deque[str]] = {}
        for delivery_id, place in waiting:
            self._lines.setdefault(place, deque()).append(delivery_id)
        self._next = deque(self._lines)
        self._out = 0

    @property
    def over(self) -> bool:
        """Whether nothing waits any more, and nothing is on its way."""
        return not self._next and not self._out

    def take(self, most: int) -> dict[str, Place]:
        """The first of each of the next lines; none while all that is left waits for what is on its way."""
        places = [self._next.popleft() for _ in range(min(most, len(self._next)))]
        self._out += len(places)
        self.moved.clear()
        return {self._lines[place].popleft(): place for place in places}

    def back(self, place: Place, *, goes_on: bool) -> None:
        """One is settled: its line goes on behind all others, or is over for this round."""
        self._out -= 1
        if goes_on and self._lines[place]:
            self._next.append(place)
        self.moved.set()
