"""Days and times as people write them: "yesterday", "fri 14:00", "in 2 weeks", "3 November"."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from bot.core.dates import BadDate


class When(NamedTuple):
    """A local date, and the time of day where one was written."""

    on: date
    at: time | None = None


class Unclear(BadDate):
    """It can be read in more than one way; `choices` are the ways, to be asked about."""

    def __init__(self, words: str, choices: tuple[When, ...]) -> None:
        super().__init__(words)
        self.choices = choices


def read(typed: str, now: datetime, *, ahead: bool = False) -> When:
    """What is written, seen from `now`, which carries the person's zone; empty is today.

    `ahead` reads what may be either ("Friday") as still to come, else as past. Raises BadDate or Unclear.
    """
    words = typed.strip()
    if not words:
        return When(now.date())
    try:
        return When(date.fromisoformat(words))
    except ValueError:
        raise BadDate(f"I can't read “{words[:40]}” as a day. Write it like {now.date().isoformat()}.") from None
