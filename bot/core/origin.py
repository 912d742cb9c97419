"""Where an application came from: a friend's idea or offer, or something that was tried."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from bot.core.circle import UNNAMED
from bot.core.idea import Sort, Step
from bot.core.journal import Gone

WITHIN = timedelta(days=183)  # since an idea last moved, to be offered
MOST = 25  # that are offered
IDEA, TRIAL = "idea", "trial"
LEADS = (Step.KEPT, Step.TRYING, Step.LEARNED, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED)  # what may lead somewhere


class Origin(NamedTuple):
    """What an application came from, or may have."""

    idea_id: int | None
    experiment_id: int | None
    sort: Sort | None  # None: one's own
    friend: str  # whose it is; empty for one's own
    what: str  # empty where the friend took their words back
    thanked: bool = False  # thanks for it were said, and arrived or are on their way

    @property
    def key(self) -> str:
        """How it is referred to: "idea.5", "trial.7"."""
        return f"{IDEA}.{self.idea_id}" if self.idea_id else f"{TRIAL}.{self.experiment_id}"

    @property
    def whose(self) -> str:
        """The friend, as the seeker knows them."""
        return self.friend or UNNAMED


def parse(key: str) -> tuple[str, int]:
    """Whether it is an IDEA or a TRIAL, and its number; raises Gone."""
    sort, _, number = key.partition(".")
    if sort not in (IDEA, TRIAL) or not re.fullmatch("[0-9]{1,18}", number):
        raise Gone("I no longer know what that came from. /log applied works without.")
    return sort, int(number)
