"""Which keys a platform was given lately, by the monotonic clock: a wall clock may jump, and a restart forgets them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

FORGOTTEN_AFTER = 3600.0  # seconds; no platform knows a key for so long
MANY = 1000


class Tried:
    """The keys whose outcome is not known yet, and when each was given first and last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}

    def begin(self, key: str) -> None:
        """The platform is given a key."""
        if len(self._first) > MANY:
            old = self._clock() - FORGOTTEN_AFTER
            self._first = {known: at for known, at in self._first.items() if at > old}
            self._last = {known: self._last[known] for known in self._first}
        self._last[key] = self._clock()
        self._first.setdefault(key, self._last[key])

    def end(self, key: str) -> None:
        """What came of it is known."""
        self._first.pop(key, None)
        self._last.pop(key, None)

    def within(self, key: str, span: timedelta) -> bool:
        """Whether a key was given first no longer ago than a span."""
        at = self._first.get(key)
        return at is not None and self._clock() - at < span.total_seconds()

    def lately(self, key: str, span: timedelta) -> bool:
        """Whether a key was given last no longer ago than a span."""
        at = self._last.get(key)
        return at is not None and self._clock() - at <= span.total_seconds()
