"""What goes wrong between a bot and Discord: slow, failing, limited and lost answers, and outages."""

import random
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["error", "lost", "dropped", "hang", "limited"]
"""error: a 5xx, not accepted. lost: accepted, then the connection drops. dropped: the connection drops, not
accepted. hang: accepted, never answered. limited: a 429, not accepted."""
Outage = Literal["", "unavailable", "unreachable"]
"""unavailable: every request answers 503. unreachable: every connection drops, the gateway's too."""

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass
class Planned:
    """A fault for the next requests whose "METHOD /path" the pattern finds."""

    kind: Kind
    pattern: re.Pattern[str]
    times: int


@dataclass
class Faults:
    """Shares are between 0 and 1 and drawn for requests that `on` finds; `latency` (seconds) is for all."""

    latency: float = 0.0
    error_share: float = 0.0
    lost_share: float = 0.0
    dropped_share: float = 0.0
    hang_share: float = 0.0
    limited_share: float = 0.0
    error_status: int = 500
    retry_after: float = 1.0
    everywhere: bool = False  # whether a 429 is the global one
    outage: Outage = ""
    on: str = ""
    seed: int = 0
    _planned: deque[Planned] = field(default_factory=deque[Planned])

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    @property
    def status(self) -> int:
        """The status of an error's answer."""
        return 503 if self.outage else self.error_status

    def plan(self, kind: Kind, on: str = "", times: int = 1) -> None:
        """Let the next `times` requests that match the pattern `on` meet this fault."""
        if kind not in KINDS:
            raise ValueError(f"{kind} is none of {', '.join(KINDS)}")
        self._planned.append(Planned(kind, re.compile(on), times))

    def draw(self, request: str) -> Kind | None:
        """The fault that this request ("METHOD /path") meets, if any: planned ones first, then by chance."""
        return self._next_planned(request) or self._by_chance(request)

    def _next_planned(self, request: str) -> Kind | None:
        for planned in self._planned:
            if planned.pattern.search(request):
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return planned.kind
        return None

    def _by_chance(self, request: str) -> Kind | None:
        if not re.search(self.on, request):
            return None
        drawn = self._random.random()
        for kind in KINDS:
            share: float = getattr(self, f"{kind}_share")
            if drawn < share:
                return kind
            drawn -= share
        return None
