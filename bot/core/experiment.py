"""Experiments: something to try on a date, the one question it should answer, and what was learned.

One that is planned always has an instant at which its seeker is asked about it; one that is over has ended.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.dates import BadDate, day, parse_until
from bot.core.errors import Told
from bot.core.journal import Gone

TRIED_AFTER = timedelta(days=7)  # where no date is given
ASKED_EVERY = timedelta(days=7)  # as long as nobody says whether it happened
ONE_YEAR = timedelta(days=365)
MOST_ASKED = 3
MOST_PLANNED = 12
FORM = "trying"  # where the words of a plan wait that was refused, by the number of its idea


class NothingToTry(Told):
    """A plan came without saying what to try."""


class NothingLearned(Told):
    """A form came back without what was learned."""


class TooMany(Told):
    """More is planned than anybody can keep in mind."""


class TakenBack(Gone):
    """A friend took back what was to be tried: nothing of its words is kept, nor of a form that shows them."""


class Over(Told):
    """It is no longer planned."""


class Phase(StrEnum):
    """Where an experiment is."""

    PLANNED = "planned"
    LEARNED = "learned"
    LET_GO = "let go"
    LAPSED = "lapsed"  # asked about a few times and never answered, or left behind by who left


class Experiment(NamedTuple):
    """Something that a seeker tries on a date."""

    id: int
    person_id: int
    idea_id: int | None  # the idea that it comes from; None for one's own
    friend: str  # whose idea it is; empty for one's own
    what: str  # empty where the friend took their words back
    question: str  # what it should answer; may be empty
    try_on: date
    phase: Phase
    learned: str
    ended_at: datetime | None
    ask_at: datetime | None  # when it is asked about next
    asked: int  # how often it was asked about since its date was set
    taken_back: bool = False  # the idea that it came from was
    talk: bool = False  # with whom a friend offered to introduce
    thanked: bool = False  # thanks were said since it ended, and arrived or are on their way

    @property
    def ended(self) -> bool:
        """Whether nothing more is asked about it."""
        return self.phase is not Phase.PLANNED


class Plan(NamedTuple):
    """What is to be tried, and when."""

    what: str
    on: date
    question: str


class Trial(NamedTuple):
    """The message that asks whether an experiment happened, or says what came of it."""

    delivery_id: str
    experiment: Experiment
    on: date  # on which it was asked
    again: bool = False  # it was asked again in a newer message


def read_date(typed: str, today: date) -> date:
    """A day from today on, as people write it; without words, a week from today. Raises BadDate."""
    words = typed.strip()
    if not words:
        return today + TRIED_AFTER
    if words.lower() in ("today", today.isoformat(), day(today).lower()):
        return today
    try:
        return parse_until(words, today)
    except BadDate:
        raise BadDate(
            f"I can't plan for “{words[:40]}”. Write a day that is still to come, within two years: "
            f"“Friday”, “12 March” or {(today + TRIED_AFTER).isoformat()}."
        ) from None


def write_date(on: date, today: date) -> str:
    """A day from today on, as a form shows it and `read_date` reads it."""
    return day(on) if on - today <= ONE_YEAR else on.isoformat()


def check_planned(experiment: Experiment) -> None:
    """Raises Over where it is no longer planned."""
    if experiment.phase is Phase.LEARNED:
        raise Over("You have learned from that already. “Change” edits what you wrote; “Try it” begins anew.")
    if experiment.ended:
        raise Over("That is let go already. “Pick a day” takes it up again.")
