"""What a seeker asks their friends for: a line that stands in the weekly post until it is closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import text as texts
from bot.core.errors import Told
from bot.core.people import Quiet
from bot.core.rhythm import after_quiet, first_morning, instant, local_date

MOST_OPEN = 3
LIMIT = 200  # characters
ASKED_AFTER_DAYS = 14  # while it stays open its seeker is asked about it once in so many days
STILL_MORNING = timedelta(hours=1)  # what is found due later than this waits for the next morning


class NoWords(Told):
    """An ask without words."""


class AskTooLong(Told):
    """An ask that is more than a line."""


class TooManyOpen(Told):
    """One more ask than may be open at once."""


class AlreadyAsked(Told):
    """The same words are open already."""


class AlreadyClosed(Told):
    """An ask was to be changed or closed that is closed."""


class NoSuchAsk(Told):
    """None of the seeker's own asks was meant."""


class Request(NamedTuple):
    """One thing that a seeker asks their friends for."""

    id: int
    person_id: int
    words: str
    set_at: datetime
    next_at: datetime  # when the seeker is next asked whether it is still open
    sure_at: datetime | None = None  # when they last said that it is
    closed_at: datetime | None = None


class StillOpen(NamedTuple):
    """The message that asks a seeker whether an ask is still open, or what became of it."""

    delivery_id: str
    request: Request
    sure: bool = False  # they answered that it is


def checked_words(text: str) -> str:
    """What is asked, on one line; raises NoWords or AskTooLong with what to do."""
    words = "" if texts.is_blank(text) else " ".join(texts.clean(text).split())
    if not words:
        raise NoWords("There were no words in that. A short line is plenty, such as “Read my CV”.")
    if len(words) > LIMIT:
        raise AskTooLong(
            f"That has {len(words):,} characters, and an ask is one line of at most {LIMIT}. "
            "Shorten it a little. Nothing was changed."
        )
    return words


def check_new(words: str, opened: Collection[Request]) -> None:
    """Raises AlreadyAsked or TooManyOpen where one more cannot stand beside those that are open."""
    if any(request.words.casefold() == words.casefold() for request in opened):
        raise AlreadyAsked("You ask for that already, and it is still open. Nothing was changed.")
    check_room(len(opened))


def check_room(opened: int) -> None:
    """Raises TooManyOpen where nothing more may be open."""
    if opened >= MOST_OPEN:
        raise TooManyOpen(
            f"{texts.count(opened, 'ask').capitalize()} are open already, and friends can only hold so many in "
            "mind. /ask close ends one; then ask again. Nothing was changed."
        )


def meant(wish: str, own: Collection[Request]) -> Request:
    """The ask that was picked, by its number or its words; without a wish the only one that is open.

    Raises NoSuchAsk or AlreadyClosed.
    """
    wish = " ".join(wish.split())
    opened = [request for request in own if not request.closed_at]
    if not opened and not wish:
        raise NoSuchAsk("Nothing is open at the moment. /ask set asks your friends for something.")
    if not wish and len(opened) > 1:
        raise NoSuchAsk("More than one ask is open. Pick the one that you mean from the list of the option “ask”.")
    named = [request for request in own if wish.casefold() in (str(request.id), request.words.casefold())]
    found = [request for request in named if not request.closed_at] or named if wish else opened
    if not found:
        raise NoSuchAsk("That is none of your asks. Pick one from the list of the option “ask”; /ask list shows them.")
    check_open(found[0])
    return found[0]


def check_open(request: Request) -> None:
    """Raises AlreadyClosed."""
    if request.closed_at:
        raise AlreadyClosed("That one is closed already, so nothing was changed. /ask set asks for something new.")


def first_asked_at(now: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """When a seeker is first asked about a new ask: the morning after it has been open for two weeks."""
    return first_morning(now + timedelta(days=ASKED_AFTER_DAYS), morning, quiet, zone)


def morning_in(days: int, after: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The morning of the date that is so many days after an instant's own, outside the quiet hours."""
    return after_quiet(instant(local_date(after, zone) + timedelta(days=days), morning, zone), quiet, zone)


def asked_at(next_at: datetime, now: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The seeker's morning on which a question due since `next_at` goes out: not at noon because we were away."""
    due_at = first_morning(next_at, morning, quiet, zone)
    return due_at if now - due_at <= STILL_MORNING else first_morning(now, morning, quiet, zone)
