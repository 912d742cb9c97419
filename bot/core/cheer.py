"""Cheers: what a friend gives when a kind word is enough, and when what friends give comes to their seeker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.errors import Told
from bot.core.exercise import checked_text
from bot.core.people import Comes, IdeasCome, Seeker
from bot.core.rhythm import after_quiet, instant, local_date

GATHERED_FOR = timedelta(minutes=1)  # what comes at once is one message, if no more than this lies between
MONDAY = 0


class Nothing(Told):
    """A cheer without an emoji and without words."""


class NotAround(Told):
    """Whom a friend named is nobody that they can cheer on."""

    def __init__(self) -> None:
        super().__init__("I don't know whom you mean. Pick a name from the list of the option “who”.")


class Wish(NamedTuple):
    """What a friend filled in; `emoji` is one, as the platform shows it, or empty."""

    emoji: str
    text: str
    unnamed: bool = False  # the circle does not hear whose it is; the seeker always does


class Given(NamedTuple):
    """A cheer that a friend gave and can change or take back."""

    id: int
    seeker_id: int
    seeker: str  # the name they go by
    wish: Wish
    note_id: int | None = None  # the note that told it


class Cheered(NamedTuple):
    """Somebody who can be cheered on."""

    id: int
    name: str


def checked(wish: Wish) -> Wish:
    """The wish cleaned of what nobody can see; raises Nothing or TooLong."""
    text = checked_text(wish.text, "Your line")
    if not (wish.emoji or text):
        raise Nothing("There was nothing in that yet. Pick an emoji, or write a short line: either is plenty.")
    return wish._replace(text=text)


def meant(around: Sequence[Cheered], typed: str) -> Cheered:
    """The one of those around of that number, or the only one of that name; raises NotAround."""
    name = typed.strip().casefold()
    found = [one for one in around if str(one.id) == typed] or [one for one in around if one.name.casefold() == name]
    if len(found) != 1:
        raise NotAround()
    return found[0]


def next_digest(seeker: Seeker, now: datetime, morning: time) -> datetime | None:
    """When what friends left until now comes to a seeker, outside quiet hours; None in a pause without an end.

    Whoever has landed is not asked any more, and still hears of cheers.
    """
    zone = ZoneInfo(seeker.zone)
    on = local_date(now, zone)
    if _pauses(seeker, on):
        if seeker.paused_until is None:
            return None
        on = seeker.paused_until
    elif seeker.cheers_come is Comes.AT_ONCE:
        return after_quiet(now + GATHERED_FOR, seeker.quiet, zone)
    while True:
        due = after_quiet(instant(on, morning, zone), seeker.quiet, zone)
        if due > now and (seeker.cheers_come is not Comes.WEEKLY or on.weekday() == MONDAY):
            return due
        on += timedelta(days=1)


def ideas_due(seeker: Seeker, now: datetime, morning: time) -> datetime | None:
    """When an idea or offer given now comes to a seeker, outside quiet hours; None in a pause without an end."""
    zone = ZoneInfo(seeker.zone)
    if seeker.ideas_come is IdeasCome.WITH_CHEERS:
        return next_digest(seeker, now, morning)
    if not _pauses(seeker, local_date(now, zone)):
        return after_quiet(now, seeker.quiet, zone)
    return seeker.paused_until and after_quiet(instant(seeker.paused_until, morning, zone), seeker.quiet, zone)


def _pauses(seeker: Seeker, on: date) -> bool:
    return seeker.rests_on(on) and not seeker.landed_at
