"""Discord's rate limits: a window for each route and major parameter, and one over all routes."""

import time
import zlib
from dataclasses import dataclass, field


@dataclass
class Window:
    """A fixed window of requests; `reset_after` is in seconds."""

    ends: float
    used: int = 0

    def reset_after(self, now: float) -> float:
        return max(0.0, self.ends - now)


@dataclass
class Limits:
    """How many requests pass. Discord: about 5 messages in 5 s per channel, 50 requests a second in all."""

    per_route: int = 50
    route_seconds: float = 1.0
    per_second: int | None = None
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict[tuple[str, str], Window])

    def take(self, route: str, major: str) -> tuple[dict[str, str], float | None, bool]:
        """The answer's headers, the seconds to wait if there are too many, and whether that is global."""
        now = time.monotonic()
        if self.per_second is not None and (over := self._count(("", ""), self.per_second, 1.0, now)[1]):
            return {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, over, True
        window, over = self._count((route, major), self.per_route, self.route_seconds, now)
        after = window.reset_after(now)
        headers = {
            "X-RateLimit-Limit": str(self.per_route),
            "X-RateLimit-Remaining": str(max(0, self.per_route - window.used)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
        }
        return headers, over, False

    def _count(self, key: tuple[str, str], most: int, seconds: float, now: float) -> tuple[Window, float | None]:
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = Window(now + seconds)
        if window.used >= most:
            return window, max(0.001, window.reset_after(now))
        window.used += 1
        return window, None
