"""Follow-ups: what is next with an application by itself, when its seeker is reminded of it, and when no more.

All follows from what happened and from the reminders there were; a date set by hand goes before every rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.board import BY_HAND, Step
from bot.core.errors import Told
from bot.core.rhythm import local_date
from bot.core.search import Act, Application, Event, Stage, Standing

MOST = 5  # reminders of one morning
IN_A_ROW = 2  # reminders without anything happening
APART = timedelta(days=2)  # at least, between two reminders of one application
SILENT = timedelta(days=21)  # quiet days until it is asked whether an application ended in silence
THANKS_AFTER = timedelta(hours=1)  # after an interview has begun
LATER = (1, 3, 7)  # days by which one reminder can be put off


class Sort(StrEnum):
    """What a next step is."""

    FOLLOW = "follow"
    THANKS = "thanks"
    SILENT = "silent"  # the question whether it ended in silence
    HAND = BY_HAND


class Rule(NamedTuple):
    """After how long a follow-up is due at a stage, and what it is."""

    gap: timedelta
    words: str


RULES = {
    Stage.APPLIED: Rule(timedelta(days=7), "Ask how it stands"),
    Stage.INTERVIEWING: Rule(timedelta(days=4), "Ask what comes next"),
    Stage.OFFER: Rule(timedelta(days=2), "Answer the offer, or ask for time"),
}
THANK = "Say thank you for the interview"
HAS_IT_ENDED = "A long silence: has it ended?"
# What begins the wait for an answer anew; a note does not.
CONTACT = (
    Act.APPLIED, Act.OUTREACH, Act.CONVERSATION, Act.INTERVIEW, Act.OFFER, Act.FOLLOWED_UP, Act.CORRECTED,
)  # fmt: skip


class Reply(StrEnum):
    """What became of a reminder."""

    OPEN = "open"
    DONE = "done"
    LATER = "later"
    STOPPED = "stopped"
    LOST = "lost"  # it ended in silence
    NOT_YET = "not yet"
    PAST = "past"  # something else happened meanwhile


NOTED = {Reply.DONE: Act.FOLLOWED_UP, Reply.LOST: Act.LOST}  # what each of these replies notes


class Answered(Told):
    """A reminder was answered before, or is past."""


class Reminder(NamedTuple):
    """One application in the message of a morning."""

    id: int
    morning_id: int
    person_id: int
    application_id: int
    sort: Sort
    due_on: date
    words: str
    at: datetime  # when it was owed
    reply: Reply = Reply.OPEN
    until: date | None = None  # to which day it was put off
    again: bool = False  # it was put off before

    def check_open(self) -> None:
        """Raises Answered."""
        if self.reply is not Reply.OPEN:
            raise Answered("That is settled already. /search show has it as it stands now.")


class Case(NamedTuple):
    """All that decides what is next with an application."""

    standing: Standing
    events: Sequence[Event]  # that took place
    reminders: Sequence[Reminder]  # oldest first
    zone: ZoneInfo
    hand: Step | None = None  # what was set by hand
    hushed: bool = False
    history_to: int = 0  # the last event of what a file told of it, where it was long quiet then


class Coming(NamedTuple):
    """What is next, and the reminder that is to come of it, if any."""

    step: Step
    reminder: Step | None
    after: datetime | None = None  # not before this instant
    again: bool = False


class Line(NamedTuple):
    """A reminder and the application that it is of."""

    reminder: Reminder
    application: Application


class FollowUps(NamedTuple):
    """The message of a morning."""

    delivery_id: str
    on: date
    lines: tuple[Line, ...]


def coming(case: Case, now: datetime) -> Coming | None:
    """What is next with an application; None where nothing is, by rule or by hand."""
    if case.standing.ended:
        return None
    if case.hand and not _is_past(case, case.hand):
        named = any(one.sort is Sort.HAND and one.due_on == case.hand.on for one in case.reminders)
        return Coming(case.hand, None if named else case.hand)
    if case.hushed or is_history(case) or case.standing.stage not in RULES:
        return None
    return _by_rule(case, now)


def is_history(case: Case) -> bool:
    """Whether it was long quiet when a file told of it, and nothing happened since; no rule begins with it."""
    return all(event.id <= case.history_to for event in _contacts(case))


def is_long_quiet(case: Case, today: date) -> bool:
    """Whether the rules would ask at once whether it ended in silence."""
    by_rule = not (case.hand or case.hushed) and case.standing.stage in RULES
    return by_rule and _silent_on(case, ()) <= today


def _is_past(case: Case, hand: Step) -> bool:
    """Whether something happened since its day was named."""
    named = [one.at for one in case.reminders if one.sort is Sort.HAND and one.due_on == hand.on]
    return bool(named) and any(event.noted_at > named[-1] for event in _contacts(case))


def _by_rule(case: Case, now: datetime) -> Coming:
    row = in_a_row(case)
    last = row[-1] if row else None
    if last and last.reply is Reply.LATER and last.until:
        step = Step(last.until, last.words, last.sort)
        return Coming(step, step, again=True)
    if last and last.sort is Sort.SILENT and last.reply is Reply.OPEN:
        return Coming(Step(last.due_on, last.words, last.sort), None)
    step, after = _next(case, row, now)
    shown = Step(last.due_on, last.words, last.sort) if last and last.reply is Reply.OPEN else step
    return Coming(shown, step, after)


def _next(case: Case, row: Sequence[Reminder], now: datetime) -> tuple[Step, datetime | None]:
    """The next reminder of the rules, and the instant that it is not before."""
    today, last = local_date(now, case.zone), row[-1] if row else None
    silent = Step(_silent_on(case, row), HAS_IT_ENDED, Sort.SILENT)
    if not row and (thanks := _thanks(case, today)):
        return thanks
    rule, rounds = RULES[case.standing.stage], counted(case)
    since = max([_since(case), *(one.due_on for one in rounds if one.sort is Sort.FOLLOW)])
    step = Step(since + rule.gap, rule.words, Sort.FOLLOW)
    asked = any(one.sort is Sort.SILENT for one in row)
    if asked or len(rounds) >= IN_A_ROW or silent.on <= max(today, step.on):
        step = silent
    if last:
        step = step._replace(on=max(step.on, local_date(last.at, case.zone) + APART))
    return step, None


def _thanks(case: Case, today: date) -> tuple[Step, datetime | None] | None:
    """Thanks for the interview that was the last thing to happen, until the day after it."""
    last = max(_contacts(case), key=lambda event: _moment(event, case.zone), default=None)
    if last is None or last.act is not Act.INTERVIEW:
        return None
    on = last.day_in(case.zone)
    if today > on + timedelta(days=1):
        return None
    if last.starts_at is None:
        return Step(on + timedelta(days=1), THANK, Sort.THANKS), None
    return Step(on, THANK, Sort.THANKS), last.starts_at + THANKS_AFTER


def in_a_row(case: Case) -> list[Reminder]:
    """The reminders by rule since something happened last; to follow up oneself is no answer."""
    begins = [
        max(event.noted_at, event.starts_at or event.noted_at)
        for event in _contacts(case)
        if event.act is not Act.FOLLOWED_UP
    ]
    since = max(begins, default=datetime.min.replace(tzinfo=UTC))
    return [one for one in case.reminders if one.sort is not Sort.HAND and one.at > since]


def counted(case: Case) -> list[Reminder]:
    """Those of them that count towards the most in a row."""
    return [one for one in in_a_row(case) if one.sort is not Sort.SILENT and not one.again]


def settles(case: Case, reminder: Reminder) -> bool:
    """Whether what happened since an open reminder, or another day by hand, leaves nothing to do of it."""
    if case.standing.ended:
        return True
    if reminder.sort is Sort.HAND and (case.hand is None or case.hand.on != reminder.due_on):
        return True
    return any(event.noted_at > reminder.at for event in _contacts(case))


def taken_back(case: Case) -> Reminder | None:
    """The last reminder, where what answered or settled it is undone by now."""
    last = case.reminders[-1] if case.reminders else None
    if last is None or last.reply not in (*NOTED, Reply.PAST):
        return None
    if last.reply is Reply.PAST:
        return None if settles(case, last) else last
    noted = any(event.act is NOTED[last.reply] and event.noted_at >= last.at for event in case.events)
    return None if noted else last


def _silent_on(case: Case, row: Sequence[Reminder]) -> date:
    asked = [local_date(one.at, case.zone) for one in row if one.sort is Sort.SILENT]
    return max([case.standing.active_on, _since(case), *asked]) + SILENT


def _contacts(case: Case) -> list[Event]:
    return [event for event in case.events if event.act in CONTACT]


def _since(case: Case) -> date:
    return max((event.day_in(case.zone) for event in _contacts(case)), default=case.standing.stage_on)


def _moment(event: Event, zone: ZoneInfo) -> tuple[date, datetime]:
    return event.day_in(zone), event.starts_at or event.noted_at
