"""The search: applications, what happened with each, and where that leaves it.

History is events, and only grows: to take one back and to word one anew are events too. Where an application stands
is folded from its events, in the order in which they happened, whenever one is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from bot.core.dates import day
from bot.core.errors import Told
from bot.core.journal import Gone

NAME_LIMIT = 100  # characters of a company, a role or a name
WHOM_LIMIT = 2 * NAME_LIMIT + 3  # a name, and a company behind it
WORDS_LIMIT = 4000  # of a note
MOST_APPLICATIONS = 5000  # of one person


class Stage(StrEnum):
    """How far an application is."""

    WISHLIST = "wishlist"
    APPLIED = "applied"
    INTERVIEWING = "interviewing"
    OFFER = "offer"
    ACCEPTED = "accepted"
    LOST = "lost"


LADDER = (Stage.WISHLIST, Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER, Stage.ACCEPTED)
UNANSWERED = (Stage.WISHLIST, Stage.APPLIED)
ENDED = (Stage.ACCEPTED, Stage.LOST)


class Loss(StrEnum):
    """Why an application is lost."""

    REJECTED = "rejected"
    GHOSTED = "ghosted"
    WITHDREW = "withdrew"
    DECLINED = "declined"
    CLOSED = "closed"


class Act(StrEnum):
    """What happened, or was done."""

    WISHED = "wished"
    APPLIED = "applied"
    OUTREACH = "outreach"
    CONVERSATION = "conversation"
    INTERVIEW = "interview"
    OFFER = "offer"
    ACCEPTED = "accepted"
    LOST = "lost"
    NOTE = "note"
    FOLLOWED_UP = "followed up"
    CORRECTED = "corrected"  # it stands at `stage`: what was said to go beyond that did not happen
    AMENDED = "amended"  # the words, whom and energy of the event `about` are these
    UNDONE = "undone"  # the event `about` did not happen


LEADS_TO = {
    Act.WISHED: Stage.WISHLIST,
    Act.APPLIED: Stage.APPLIED,
    Act.INTERVIEW: Stage.INTERVIEWING,
    Act.OFFER: Stage.OFFER,
    Act.ACCEPTED: Stage.ACCEPTED,
    Act.LOST: Stage.LOST,
}
ANSWERS = (Act.INTERVIEW, Act.OFFER, Act.ACCEPTED)  # of the other side; a loss is one where they said no


class NotKnown(Told):
    """No application of that company and role."""


class WhichOne(Told):
    """Several applications of that company; `choices` are they."""

    def __init__(self, words: str, choices: Sequence[Application]) -> None:
        super().__init__(words)
        self.choices = tuple(choices)


class Backwards(Told):
    """It has come further already, or has ended: to be asked, then kept as a correction, or taken up again."""

    def __init__(self, words: str, to: Stage, *, ended: bool) -> None:
        super().__init__(words)
        self.to, self.ended = to, ended


class AlreadyApplied(Told):
    """That somebody applied there is in the log."""


class NotYet(Told):
    """A thing that was done, dated in the future."""


class NoTime(Told):
    """An interview that is to come, without a time of day."""


class NothingToUndo(Gone):
    """It is taken back already."""


class NoName(Told):
    """An application without a company or a role."""


class TooManyApplications(Told):
    """More than one search can hold."""


class Event(NamedTuple):
    """One thing that happened, or was done, in a search."""

    id: int
    person_id: int
    application_id: int | None  # outreach and conversations may be about none
    act: Act
    on: date  # the local date on which it happened; of what is planned, on which it was agreed
    noted_at: datetime
    stage: Stage | None = None  # of a correction
    round: int = 0  # of an interview, counted from 1
    loss: Loss | None = None
    starts_at: datetime | None = None  # of an interview
    whom: str = ""
    words: str = ""
    energy: int | None = None  # 1: it gave energy, -1: it took some, 0: neither
    about: int | None = None  # the event that is undone or amended, or was noted with this correction

    def day_in(self, zone: tzinfo) -> date:
        """The local date of what happened; of an interview the one on which it is."""
        return self.starts_at.astimezone(zone).date() if self.starts_at else self.on


class Standing(NamedTuple):
    """Where an application is."""

    stage: Stage
    round: int  # of interviews, 0 before the first
    loss: Loss | None
    furthest: Stage  # the furthest stage ever reached on the ladder
    stage_on: date  # since when it waits there
    active_on: date  # since when it is quiet; of an interview that is to come, the day of that
    applied_on: date | None = None
    answered_on: date | None = None  # when the other side first said anything to it

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected."""
        return self.stage in ENDED


class Known(NamedTuple):
    """An application as it is picked from a list."""

    id: int
    company: str
    role: str
    stage: Stage


class Application(NamedTuple):
    """A role at a company, as a person keeps it."""

    id: int
    person_id: int
    company: str
    role: str
    standing: Standing
    made_at: datetime
    link: str = ""
    source: str = ""  # where it was found
    kind: str = ""  # of role
    place: str = ""
    reach: str = ""  # address or phone of the employer
    idea_id: int | None = None  # the friend's idea or offer that it came from
    experiment_id: int | None = None  # the experiment that it came from

    @property
    def name(self) -> str:
        """Role and company in a line."""
        return f"{self.role} at {self.company}"


def told(events: Iterable[Event]) -> list[Event]:
    """What happened, in order: without what was undone, each event as it was last amended."""
    found = sorted(events, key=lambda event: event.id)
    kept: dict[int, Event] = {}
    for event in found:
        if event.act is Act.UNDONE:
            kept = {key: one for key, one in kept.items() if key != event.about and not _corrects(one, event.about)}
        elif event.act is Act.AMENDED:
            if before := kept.get(event.about or 0):
                kept[before.id] = _amended(before, event)
        else:
            kept[event.id] = event
    return sorted(kept.values(), key=lambda event: (event.on, event.id))


def _corrects(event: Event, about: int | None) -> bool:
    return event.act is Act.CORRECTED and event.about is not None and event.about == about


def undoing(event: Event, now: datetime) -> Event:
    """What says that an event did not happen, to be noted."""
    return Event(0, event.person_id, event.application_id, Act.UNDONE, event.on, now, about=event.id)


def took_place(events: Iterable[Event]) -> list[Event]:
    """The same without what a later correction says did not happen; of any number of applications."""
    kept: list[Event] = []
    for event in told(events):
        stage = event.stage if event.act is Act.CORRECTED else None
        if stage:
            kept = [one for one in kept if one.application_id != event.application_id or not _beyond(one, stage)]
        kept.append(event)
    return kept


def _beyond(event: Event, stage: Stage) -> bool:
    to = LEADS_TO.get(event.act)
    return to in LADDER and stage in LADDER and LADDER.index(to) > LADDER.index(stage)


def _amended(before: Event, by: Event) -> Event:
    return before._replace(on=by.on, starts_at=by.starts_at, whom=by.whom, words=by.words, energy=by.energy)


def fold(events: Iterable[Event], zone: tzinfo = UTC) -> Standing | None:
    """Where the events of an application leave it; None where each of them was undone.

    An interview is on its day in the zone, which may be to come.
    """
    standing: Standing | None = None
    for event in told(events):
        standing = _after(standing, event, zone)
    return standing


def begun(on: date) -> Standing:
    """Where an application is on a day, before anything happened with it."""
    return Standing(Stage.WISHLIST, 0, None, Stage.WISHLIST, on, on)


def _after(before: Standing | None, event: Event, zone: tzinfo) -> Standing:
    standing = before or begun(event.on)
    if event.act is not Act.CORRECTED:
        standing = standing._replace(active_on=max(standing.active_on, event.on, event.day_in(zone)))
    if event.act is Act.CORRECTED and event.stage:
        return _corrected(standing, event.stage, event.on)
    to = LEADS_TO.get(event.act)
    if event.act is Act.APPLIED and standing.applied_on is None:
        standing = standing._replace(applied_on=event.on)
    if standing.answered_on is None and _answers(event):
        standing = standing._replace(answered_on=event.on)
    return standing if to is None else _moved(standing, to, event)


def _answers(event: Event) -> bool:
    return event.act in ANSWERS or (event.act is Act.LOST and event.loss in (Loss.REJECTED, Loss.CLOSED))


def _moved(standing: Standing, to: Stage, event: Event) -> Standing:
    """What happened moves an application forwards alone, or takes one up again that was lost."""
    rounds = standing.round
    if event.act is Act.INTERVIEW:
        rounds = max(rounds, event.round or rounds + 1)
    if to in LADDER:
        furthest = max(standing.furthest, to, key=LADDER.index)
        if standing.stage in LADDER:
            to = max(standing.stage, to, key=LADDER.index)
    else:
        furthest = standing.furthest
    begins_round = to is Stage.INTERVIEWING and rounds != standing.round
    since = event.on if to is not standing.stage or begins_round else standing.stage_on
    loss = event.loss if to is Stage.LOST else None
    return standing._replace(stage=to, round=rounds, loss=loss, furthest=furthest, stage_on=since)


def _corrected(standing: Standing, to: Stage, on: date) -> Standing:
    """It stands there, and never went further than that."""
    if to is Stage.LOST:
        return standing
    if to in UNANSWERED:
        applied_on = standing.applied_on if to is Stage.APPLIED else None
        standing = standing._replace(round=0, applied_on=applied_on, answered_on=None)
    active_on = min(standing.active_on, on)
    return standing._replace(stage=to, loss=None, furthest=to, stage_on=on, active_on=active_on)


def check_forward(standing: Standing, act: Act, on: date, *, moved: bool = False) -> None:
    """Raises Backwards where an act would move an application back from where it is.

    What happened before it came to be there is history, and moves nothing; nor does an interview beside an offer,
    unless somebody `moved` it to interviewing.
    """
    to = LEADS_TO.get(act)
    if standing.stage is Stage.OFFER and act is Act.INTERVIEW and not moved:
        return
    if to is None or to is Stage.LOST or on < standing.stage_on:
        return
    if standing.stage is Stage.LOST:
        if standing.loss is not Loss.GHOSTED:  # they may always answer late
            raise Backwards(f"It ended: {standing.loss or 'lost'}. Does it go on after all?", to, ended=True)
    elif LADDER.index(to) < LADDER.index(standing.stage):
        raise Backwards(
            f"It is at “{standing.stage}” already. Was that a mistake, and it is at “{to}”?", to, ended=False
        )


def is_known(standing: Standing, on: date) -> bool:
    """Whether to have applied on a day is to have applied for this one: it is under way, or had not ended by then."""
    applied = standing.furthest is not Stage.WISHLIST
    return applied and (standing.stage is not Stage.LOST or on <= standing.stage_on)


def check_new(standing: Standing, act: Act) -> None:
    """Raises AlreadyApplied where it would count twice that somebody applied."""
    if act is Act.APPLIED and standing.applied_on and standing.stage is not Stage.LOST:
        raise AlreadyApplied(
            f"Your log has it that you applied there on {day(standing.applied_on)}. "
            "If this is another role, write it in other words."
        )


def check_done(on: date, today: date) -> None:
    """Raises NotYet where what was done is dated in the future."""
    if on > today:
        raise NotYet("That is still to come. Log it when it has happened; an interview alone can be logged ahead.")


def check_timed(on: date, timed: bool, today: date) -> None:
    """Raises NoTime where an interview is still to come and nobody said at what time."""
    if on > today and not timed:
        raise NoTime(f"At what time is it on {day(on)}? Without one I can't remind you in time.")
