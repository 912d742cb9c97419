"""Ideas and offers: what a friend gives to a seeker, and the steps to its end.

An idea is kept, tried and learned from; an offer ("I know someone") is accepted, introduced and talked to. Each either
has come to an end or has a date on which its seeker is asked about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.core.errors import Told

ASKED_FIRST = timedelta(days=7)  # what the seeker has not said anything about is asked about after a week
ASKED_AFTER = timedelta(days=28)  # a kept idea, or an offer on its way, is asked about once nothing moved for so long


class CannotStep(Told):
    """An idea was to take a step that does not follow from where it is."""


class ToOneself(Told):
    """Somebody wanted to give an idea to themselves."""


class Empty(Told):
    """A form came back without saying what the idea is, or who the friend knows."""


class Sort(StrEnum):
    """What a friend gives."""

    IDEA = "idea"
    OFFER = "offer"  # of an introduction to somebody they know


class Step(StrEnum):
    """Where an idea or offer is on its way."""

    NEW = "new"  # the seeker has not said anything yet
    KEPT = "kept"
    TRYING = "trying"  # there is an experiment with a date
    LEARNED = "learned"
    ACCEPTED = "accepted"
    INTRODUCED = "introduced"
    TALKED = "talked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # taken back by the friend
    FELL = "fell through"  # an introduction that did not come about
    SETTLED = "settled"  # the journey ended first


ENDS = frozenset({Step.LEARNED, Step.TALKED, Step.DECLINED, Step.WITHDRAWN, Step.FELL, Step.SETTLED})
_OF_IDEA = {
    Step.NEW: {Step.KEPT, Step.TRYING, Step.DECLINED},
    Step.KEPT: {Step.TRYING, Step.DECLINED},
    Step.TRYING: {Step.LEARNED, Step.KEPT, Step.TRYING},
    Step.LEARNED: {Step.TRYING},
    Step.DECLINED: {Step.KEPT, Step.TRYING},
    Step.SETTLED: {Step.KEPT, Step.TRYING},
}
_OF_OFFER = {
    Step.NEW: {Step.KEPT, Step.ACCEPTED, Step.DECLINED},
    Step.KEPT: {Step.ACCEPTED, Step.DECLINED},
    Step.ACCEPTED: {Step.INTRODUCED, Step.TALKED, Step.KEPT, Step.DECLINED, Step.FELL},
    Step.INTRODUCED: {Step.TALKED, Step.KEPT, Step.DECLINED, Step.FELL},
    Step.FELL: {Step.INTRODUCED},
    Step.TALKED: set[Step](),
    Step.DECLINED: {Step.KEPT, Step.ACCEPTED},
    Step.SETTLED: {Step.KEPT, Step.ACCEPTED},
}
WITHOUT_A_TALK = (Step.KEPT, Step.DECLINED, Step.FELL)  # of an offer: what was planned with whom it leads to is off
STEPS = {Sort.IDEA: _OF_IDEA, Sort.OFFER: _OF_OFFER}
BEING_TRIED = "You are trying this. /experiment list shows your plan: “Let it go” ends it, and the idea stays with you."


class Given(NamedTuple):
    """What a friend's form holds."""

    what: str  # the idea; of an offer: who it is
    why: str  # why you, as the friend sees it; of an offer: how they know them
    through: bool = False  # of an offer: the seeker may write to them through the friend
    unnamed: bool = False  # the circle does not hear whose it is; the seeker always does


class Idea(NamedTuple):
    """Something a friend gave a seeker. The words of one that was taken back are empty."""

    id: int
    sort: Sort
    friend_id: int
    friend: str  # the name they go by
    seeker_id: int
    seeker: str
    week_id: int | None  # the week under whose post it was given
    what: str
    why: str
    through: bool
    unnamed: bool
    step: Step
    given_at: datetime
    next_at: datetime | None  # when the seeker is asked about it
    hushed: Step | None = None  # declined without a word: where its friend goes on reading that it is
    thanked: bool = False  # the seeker has said thanks, which arrived or are on their way
    thanks_came: bool = False  # they arrived
    thanks_held: bool = False  # they wait until their friend accepts messages
    told_of_end: bool = False  # the seeker told their friends that the journey is over
    came: bool = False  # it stands before its seeker
    thanked_since: bool = False  # thanks were said since it took its last step

    @property
    def ended(self) -> bool:
        """Whether nothing more is asked about it."""
        return self.step in ENDS

    @property
    def known(self) -> Step:
        """The step that its friend knows of."""
        return self.hushed or self.step


class Arrival(NamedTuple):
    """The message that brings an idea or offer to its seeker, or asks what became of it."""

    delivery_id: str
    idea: Idea
    asks: bool = False  # what became of it
    answered: tuple[str, ...] = ()  # what became of each thing the seeker said to its friend


def next_at(step: Step, now: datetime) -> datetime | None:
    """When something that takes a step now is asked about; None at an end."""
    if step in ENDS:
        return None
    return now + (ASKED_FIRST if step is Step.NEW else ASKED_AFTER)


def may_step(idea: Idea, to: Step) -> bool:
    """Whether a step follows from where the idea is."""
    return to in STEPS[idea.sort].get(idea.step, frozenset[Step]())


def check_step(idea: Idea, to: Step) -> None:
    """Raises CannotStep where the step does not follow from where the idea is."""
    if not may_step(idea, to):
        raise CannotStep(BEING_TRIED if idea.step is Step.TRYING else f"That no longer fits. {stands(idea)}")


def may_plan(idea: Idea) -> bool:
    """Whether a day can be set for it: to try an idea, or for the talk that a welcome offer leads to."""
    if idea.sort is Sort.OFFER:
        return idea.step in (Step.ACCEPTED, Step.INTRODUCED)
    return may_step(idea, Step.TRYING)


def check_plan(idea: Idea) -> None:
    """Raises CannotStep where no day can be set for it."""
    if not may_plan(idea):
        raise CannotStep(f"That no longer fits. {stands(idea)}")


def after_experiment(sort: Sort, to: Step) -> Step | None:
    """The step that follows when its experiment takes one; a talk that was had ends an offer, all else leaves it."""
    if sort is Sort.IDEA:
        return to
    return Step.TALKED if to is Step.LEARNED else None


def told(idea: Idea) -> str:
    """Where an idea or offer is, as its friend may read it: never the seeker's notes, nor what they did not tell."""
    where = {
        Step.NEW: "it has arrived" if idea.came else "it is on its way",
        Step.KEPT: f"{idea.seeker} keeps it",
        Step.TRYING: f"{idea.seeker} is trying it",
        Step.LEARNED: f"{idea.seeker} tried it and learned from it",
        Step.ACCEPTED: f"{idea.seeker} would like that",
        Step.INTRODUCED: "you have introduced them",
        Step.TALKED: "they have talked",
        Step.DECLINED: f"it is not for {idea.seeker} just now",
        Step.WITHDRAWN: "it was taken back",
        Step.FELL: "it fell through",
        Step.SETTLED: f"the journey is over, and {idea.seeker} keeps it"
        if idea.told_of_end
        else f"{idea.seeker} keeps it",
    }[idea.known]
    if idea.thanks_came:
        return f"{where}. You were thanked"
    return f"{where}. A word of thanks waits for you" if idea.thanked else where


def stands(idea: Idea) -> str:
    """Where an idea or offer is, as its seeker reads it."""
    friend = idea.friend or "Your friend"
    return {
        Step.NEW: "It waits for your word.",
        Step.KEPT: "You keep it.",
        Step.TRYING: "You are trying it.",
        Step.LEARNED: "You tried it and learned from it.",
        Step.ACCEPTED: "You said yes.",
        Step.INTRODUCED: f"{friend} has introduced you.",
        Step.TALKED: "You have talked.",
        Step.DECLINED: "Not for you just now.",
        Step.WITHDRAWN: f"{friend} took this back.",
        Step.FELL: "It fell through.",
        Step.SETTLED: "You keep it; your journey came to its end first.",
    }[idea.step]
