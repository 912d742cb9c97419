"""When somebody is asked: schedules, next due instants, quiet hours, weeks and pauses.

Next due is computed with zoneinfo: one instant for each local date. A local time that a change of clocks skips
moves forward by the gap (02:30 becomes 03:30); one that comes twice takes the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.dates import WEDNESDAY, BadTime, day
from bot.core.people import Person, Quiet, Seeker, in_pause

ANSWER_WITHIN = timedelta(minutes=10)  # a second message this soon is added to the answer
ANSWER_LATE = timedelta(days=1)  # beyond the host's late limit, a message answers the last prompt: yesterday's counts
AFTER_QUIET = timedelta(minutes=30)
POST_AFTER = timedelta(hours=2)  # how long a draft that posts by itself waits
SNOOZES = {"20m": timedelta(minutes=20), "1h": timedelta(hours=1), "3h": timedelta(hours=3)}
TOMORROW = "tomorrow"
MOST_TURNS = 4  # dates of one schedule that are planned in one step; after a long time away there may be hundreds
GAP_TOLD = timedelta(days=7)  # how long before


class Ask(StrEnum):
    """What a schedule brings."""

    CHECKIN = "checkin"
    REFLECTION = "reflection"
    WEEK = "week"


class Standing(StrEnum):
    """How it stands with one thing that was owed on a date."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    RESTED = "rested"
    EXPIRED = "expired"
    FORGOTTEN = "forgotten"  # it was answered, and the answer was deleted


class Plan(NamedTuple):
    """What a new seeker's schedule for one kind of asking looks like."""

    ask: Ask
    days: frozenset[int]  # 0 is Monday
    at: time


class Schedule(NamedTuple):
    """One kind of asking of one seeker. Without days it is switched off."""

    id: int
    person_id: int
    ask: Ask
    days: frozenset[int]
    at: time
    exercise: str | None  # None: reflections take turns
    last_on: date | None  # the newest local date that was planned
    next_on: date | None
    next_at: datetime | None


class Occurrence(NamedTuple):
    """One thing owed on one local date."""

    id: int
    person_id: int
    ask: Ask
    exercise: str
    on: date
    due_at: datetime
    state: Standing


class Rule(NamedTuple):
    """All that decides when a schedule asks, and until when a question may come late; many people share theirs."""

    ask: Ask
    exercise: str | None
    days: frozenset[int]
    at: time
    zone: str
    quiet: Quiet
    paused_from: date | None
    paused_until: date | None
    last_on: date | None
    next_on: date | None  # None: it is switched off, or its person has left
    next_at: datetime | None


class Due(NamedTuple):
    """A schedule that is due, and whose it is."""

    schedule_id: int
    person_id: int
    person: Person
    owner: str  # the person and their start, in words that stay the same when an older database is put back


class Turn(NamedTuple):
    """One date that a schedule came round to."""

    on: date
    due_at: datetime
    expires_at: datetime
    too_late: bool  # it may not come any more, or the next of its kind is due as well


class Course(NamedTuple):
    """What a schedule brings by now: the dates to ask for, up to which it is planned, and when it is next due."""

    turns: tuple[Turn, ...]
    last_on: date | None
    coming: tuple[date, datetime] | None


class Question(NamedTuple):
    """What a rule asks for one date, of everybody who shares it."""

    rule: Rule
    turn: Turn
    exercise: str  # empty for a week


class Gap(NamedTuple):
    """A local time that a change of clocks skips on a date, and the one at which it is asked instead."""

    on: date
    at: time
    instead: time


def instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local date and time; of a time that comes twice, the first."""
    return datetime.combine(on, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """The date that somebody in `zone` reads on the wall."""
    return now.astimezone(zone).date()


def next_due(
    days: Collection[int], at: time, zone: ZoneInfo, after: datetime, last_on: date | None
) -> tuple[date, datetime] | None:
    """The next local date and instant later than `after`; never a date up to `last_on`. None without days."""
    if not days:
        return None
    on = local_date(after, zone) - timedelta(days=1)
    while True:
        if on.weekday() in days and (last_on is None or on > last_on):
            due = instant(on, at, zone)
            if due > after:
                return on, due
        on += timedelta(days=1)


@lru_cache(maxsize=4096)
def course(rule: Rule, zone: ZoneInfo, late: timedelta, now: datetime) -> Course:
    """What a schedule brings by now, at most MOST_TURNS dates of it; those in a pause are left out.

    `late` is how late a question may come.
    """
    if rule.next_on is None or rule.next_at is None:
        return Course((), rule.last_on, None)
    turns: list[Turn] = []
    last_on, coming = rule.last_on, (rule.next_on, rule.next_at)
    for _ in range(MOST_TURNS):
        if coming is None or coming[1] > now:
            break
        last_on, due_at = coming
        coming = next_due(rule.days, rule.at, zone, due_at, last_on)
        if not in_pause(rule.paused_from, rule.paused_until, last_on):
            expires_at = sendable_until(due_at, late, rule.quiet, zone)
            overtaken = coming is not None and coming[1] <= now
            turns.append(Turn(last_on, due_at, expires_at, overtaken or expires_at <= now))
    return Course(tuple(turns), last_on, coming)


def gap(on: date, at: time, zone: ZoneInfo) -> time | None:
    """The local time at which it is asked instead, where a change of clocks skips `at` on that date; else None."""
    shown = instant(on, at, zone).astimezone(zone).time()
    return None if shown == at else shown


def gap_ahead(on: date, at: time, zone: ZoneInfo, today: date) -> Gap | None:
    """The gap that a local date and time fall into, where that is told already: within the week before."""
    instead = gap(on, at, zone) if today <= on <= today + GAP_TOLD else None
    return None if instead is None else Gap(on, at, instead)


def gaps_ahead(schedules: Iterable[Schedule], zone: ZoneInfo, today: date) -> tuple[Gap, ...]:
    """Every gap that some schedules meet within the next week, the first one first."""
    week = [today + timedelta(days=n) for n in range(GAP_TOLD.days + 1)]
    found = {
        gap_ahead(on, schedule.at, zone, today)
        for schedule in schedules
        for on in week
        if schedule.next_on and on >= schedule.next_on and on.weekday() in schedule.days
    }
    return tuple(sorted(gap for gap in found if gap))


def after_quiet(moment: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """`moment` itself, or the end of the quiet hours that it falls into."""
    local = moment.astimezone(zone)
    if not quiet.covers(local.time()):
        return moment
    ends_on = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    # the fold is that of the moment: in an hour that comes twice the end still lies ahead
    return datetime.combine(ends_on, quiet.end, zone).replace(fold=local.fold).astimezone(UTC)


def sendable_until(due_at: datetime, late: timedelta, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """Until when a question may come late; quiet hours that it had to wait for are added, and a little after them."""
    until = due_at + late
    waited = after_quiet(until, quiet, zone)
    return until if waited == until else waited + AFTER_QUIET


def snoozed_until(choice: str, now: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """When *Later* asks again; tomorrow that is in the morning, well before the day's own question.

    Raises BadTime for a choice that is not offered.
    """
    if choice == TOMORROW:
        return after_quiet(instant(local_date(now, zone) + timedelta(days=1), morning, zone), quiet, zone)
    if choice not in SNOOZES:
        raise BadTime("I can't put it off by that. Press “Later” again and pick one of the times.")
    return after_quiet(now + SNOOZES[choice], quiet, zone)


def first_morning(after: datetime, morning: time, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The first morning at or after an instant, outside the quiet hours."""
    on = local_date(after, zone)
    while (due := after_quiet(instant(on, morning, zone), quiet, zone)) < after:
        on += timedelta(days=1)
    return due


def monday_of(on: date) -> date:
    """The Monday of the week that a local date belongs to."""
    return on - timedelta(days=on.weekday())


def mondays(first: date, last: date) -> list[date]:
    """The Monday of each week that some days touch, from a date to another."""
    return [monday_of(first) + timedelta(days=7 * n) for n in range((monday_of(last) - monday_of(first)).days // 7 + 1)]


def week_number(monday: date, started_on: date) -> int:
    """The journey's week, from 1."""
    return max(1, (monday - monday_of(started_on)).days // 7 + 1)


def rest_days(
    pauses: Collection[tuple[date, date | None]],
    monday: date,
    today: date,
    *,
    started_on: date,
    planned: Collection[date],
    rested: Collection[date],
    days: Collection[int],
) -> frozenset[date]:
    """The days of a week up to today that were for rest: without a schedule, in a pause, or chosen."""

    def rests(on: date) -> bool:
        if on in rested or any(first <= on and (end is None or on < end) for first, end in pauses):
            return True
        return on not in planned and (on < today or on.weekday() not in days)

    week = [monday + timedelta(days=n) for n in range(7)]
    return frozenset(on for on in week if started_on <= on <= today and rests(on))


def gap_in_words(gap: Gap) -> str:
    """A time that a change of clocks skips, as people are told of it."""
    return f"On {day(gap.on)} the clocks skip {gap.at:%H:%M}, so I ask at {gap.instead:%H:%M}."


def check_outside_quiet(at: time, quiet: Quiet) -> None:
    """Raises BadTime when somebody would be asked in their own quiet hours."""
    if quiet.covers(at):
        raise BadTime(
            f"{at:%H:%M} is inside your quiet hours ({quiet.start:%H:%M} to {quiet.end:%H:%M}). "
            "Pick another time, or change the quiet hours first."
        )


class Hello(NamedTuple):
    """The first direct message: it works, and this is what comes next."""

    delivery_id: str
    name: str
    upcoming: tuple[tuple[Ask, datetime], ...]


class Rhythm(NamedTuple):
    """A seeker's rhythm as `/rhythm show` tells it."""

    seeker: Seeker
    schedules: tuple[Schedule, ...]
    circle: str
    resting: bool = False  # in a pause today
    gaps: tuple[Gap, ...] = ()  # within the next week


def summary_monday(on: date) -> date:
    """The week that a summary on a local date is about; early in a week it is the one before."""
    monday = monday_of(on)
    return monday if on.weekday() >= WEDNESDAY else monday - timedelta(days=7)


def summary_dates(monday: date) -> tuple[date, date]:
    """The first and the last local date on which a summary is about the week that starts on `monday`."""
    return monday + timedelta(days=WEDNESDAY), monday + timedelta(days=WEDNESDAY + 6)


def next_unpaused(schedule: Schedule, seeker: Seeker, zone: ZoneInfo, now: datetime) -> tuple[date, datetime] | None:
    """When a schedule is next due, a pause left out; None in a pause without an end or without days."""
    if seeker.left_at or (seeker.paused_from and seeker.paused_until is None):
        return None
    after = now
    if seeker.paused_until:
        after = max(now, instant(seeker.paused_until, time(), zone) - timedelta(seconds=1))
    return next_due(schedule.days, schedule.at, zone, after, schedule.last_on)


def put_right(
    schedule: Schedule, seeker: Seeker, zone: ZoneInfo, now: datetime, asked: Collection[date], unasked: datetime
) -> Schedule:
    """A schedule as a right clock would have it: next due on the first date after the last that was asked for.

    That may lie behind: what fell due while the clock was wrong, from `unasked` on, comes late or expires in sight.
    """
    if schedule.next_on and schedule.next_at and schedule.next_at <= now and schedule.next_on not in asked:
        return schedule  # due, and asked for by no clock
    today, last_on = local_date(now, zone), schedule.last_on
    before = max((on for on in asked if on <= today), default=None)
    after = instant(before, schedule.at, zone) if before else min(now, unasked - timedelta(seconds=1))
    after = max(after, seeker.started_at)
    due = next_unpaused(schedule._replace(last_on=before), seeker, zone, after)
    while due and due[0] in asked:
        due = next_unpaused(schedule._replace(last_on=due[0]), seeker, zone, after)
    if due is None:
        return schedule._replace(next_on=None, next_at=None)
    day_before = due[0] - timedelta(days=1)
    return schedule._replace(last_on=last_on and min(last_on, day_before), next_on=due[0], next_at=due[1])
