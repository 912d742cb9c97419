"""Becoming a seeker, leaving, and who somebody is to Cairn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.core import country as countries
from bot.core import rhythm as times
from bot.core import zone as zones
from bot.core.circle import Circle, NoCircle
from bot.core.consent import Consent
from bot.core.delivery import Kind, Outcome, Sent, State, Unreachable
from bot.core.errors import Told
from bot.core.help_lines import WhereToTurn, where_to_turn
from bot.core.people import NothingKept, Person, Seeker, Space
from bot.core.rhythm import Ask, Gap
from bot.core.summary import Phase
from bot.store import care as care_rows
from bot.store import circle as circle_rows
from bot.store import consent as consents
from bot.store import conversations
from bot.store import delivery as delivery_rows
from bot.store import landing as landing_rows
from bot.store import people as rows
from bot.store import reader as reader_rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.conversations import Conversation
from bot.store.db import Tx
from bot.usecases import (
    _councils,
    _digest,
    _follow_ups,
    _interviews,
    _landing,
    _pump,
    _reach,
    _replies,
    _silence,
    _weeks,
)
from bot.usecases.app import App

JUST_NOW = timedelta(seconds=10)  # within them nobody is told the same twice, or tried again


class NotSeeking(Told):
    """Somebody used what only a seeker can."""


class _Leaves(Protocol):
    @property
    def left_at(self) -> datetime | None: ...


_Found = TypeVar("_Found", bound=_Leaves)


class Role(StrEnum):
    """Who somebody is to Cairn."""

    SEEKER = "seeker"
    FRIEND = "friend"
    HOST = "host"


class Start(NamedTuple):
    """What a person chose with `/start`."""

    zone: str
    circle: str = ""  # its number or its name; empty for the only one there is
    checkin: time | None = None
    country: str = ""  # its code or name; empty leaves what is known


class Started(NamedTuple):
    """A new seeker: their zone and circles, when they are asked next, and what became of the test message."""

    zone: str
    circles: tuple[Circle, ...]
    upcoming: tuple[tuple[Ask, datetime], ...]
    hello: Outcome | None
    gaps: tuple[Gap, ...] = ()  # of the next week
    turn: WhereToTurn = WhereToTurn("", ())


class Left(NamedTuple):
    """What stays after `/leave`, until it is erased. `sought` is false for a friend, who never was asked."""

    person_id: int
    posted: int
    sought: bool


async def seeking(tx: Tx, who: Person) -> Seeker:
    """The seeker that somebody is; raises NotSeeking with what to do."""
    return still_seeking(await rows.seeker(tx, who))


def still_seeking(found: _Found | None) -> _Found:
    """What was found of somebody as a seeker; raises NotSeeking with what to do."""
    seeker = _started(found)
    if seeker.left_at:
        raise NotSeeking("You have left, and your answers are still here. /start picks up where you were.")
    return seeker


async def sought(tx: Tx, who: Person) -> Seeker:
    """The seeker that somebody is or was; raises NotSeeking with what to do."""
    return _started(await rows.seeker(tx, who))


def _started(found: _Found | None) -> _Found:
    if found is None:
        raise NotSeeking("You have not started yet. /start sets you up in a minute; you can leave at any time.")
    return found


async def start(app: App, who: Person, name: str, wish: Start, seen: Collection[Space]) -> Started:
    """Make a person a seeker and send them a test message; raises UnknownZone, UnknownCountry, BadTime or NoCircle.

    Only circles in channels that they see can be theirs. Who starts again keeps theirs, or names the only one.
    """
    zone, country = zones.parse(wish.zone), countries.parse(wish.country) if wish.country else ""
    async with app.db.writing() as tx:
        person_id = await rows.number_of(tx, who)
        circles = await circle_rows.of_seeker(tx, person_id) if person_id and not wish.circle else []
        circles = circles or [await _chosen(tx, wish.circle, seen)]
        person_id = await rows.remember(tx, who, name)
        known = await rows.seeker(tx, who)
        quiet = known.quiet if known else app.settings.quiet
        if wish.checkin:
            times.check_outside_quiet(wish.checkin, quiet)
        await rows.start(tx, person_id, zone.key, quiet, app.now())
        if country:
            await care_rows.set_country(tx, person_id, country)
        if known and (known.left_at or known.landed_at):
            await landing_rows.begin_again(tx, person_id, app.now())
            await rows.resume(tx, person_id, times.local_date(app.now(), zone))
        await _belong(tx, person_id, circles, app.now())
        await _plan_rhythm(app, tx, person_id, wish, known)
        seeker = await seeking(tx, who)
        await arm(app, tx, seeker)
        await _silence.begin(app, tx, seeker, new=known is None)
        hello = await _owe_hello(app, tx, who, person_id)
        schedules = await rhythm_rows.schedules(tx, person_id)
    outcome = (await _pump.send_now(app, hello))[0]
    upcoming = sorted((s.next_at, s.ask) for s in schedules if s.next_at)
    gaps = times.gaps_ahead(schedules, zone, times.local_date(app.now(), zone))
    turn = where_to_turn(app.settings.help_lines, seeker.country, seeker.zone)
    return Started(zone.key, tuple(circles), tuple((ask, at) for at, ask in upcoming), outcome, gaps, turn)


async def _belong(tx: Tx, person_id: int, circles: Collection[Circle], now: datetime) -> None:
    """A seeker's weeks go to exactly these circles; what waits to go out in another is theirs again."""
    for other in await circle_rows.of_seeker(tx, person_id):
        if other not in circles:
            await circle_rows.leave(tx, person_id, other.id)
            await _weeks.withdraw_from(tx, person_id, other, now)
    for circle in circles:
        await circle_rows.join(tx, person_id, circle.id)


async def _plan_rhythm(app: App, tx: Tx, person_id: int, wish: Start, known: Seeker | None) -> None:
    days = {schedule.ask: schedule.days for schedule in await rhythm_rows.schedules(tx, person_id)}
    for plan in app.settings.plans:
        at = wish.checkin if wish.checkin and plan.ask is Ask.CHECKIN else plan.at
        if known is None or (wish.checkin and plan.ask is Ask.CHECKIN):
            await rhythm_rows.set_schedule(tx, person_id, plan.ask, days.get(plan.ask) or plan.days, at, None)


async def arm(app: App, tx: Tx, seeker: Seeker) -> None:
    """Compute anew when each of a seeker's schedules is next due, what friends left comes, and the search is named."""
    zone = ZoneInfo(seeker.zone)
    for schedule in await rhythm_rows.schedules(tx, seeker.id):
        due = times.next_unpaused(schedule, seeker, zone, app.now())
        await rhythm_rows.set_next(tx, schedule.id, due, schedule.last_on)
    await _digest.arrange(app, tx, seeker)
    await _follow_ups.arm_all(app, tx, seeker)
    await _interviews.arm_all(app, tx, seeker)


async def _chosen(tx: Tx, wish: str, seen: Collection[Space]) -> Circle:
    circles = [circle for space in seen if (circle := await circle_rows.at(tx, space))]
    if not circles:
        raise NoCircle(
            "There is no circle yet. Somebody who may manage the server makes one with /circle setup; "
            "then /start again."
        )
    name = wish.strip().removeprefix("#")
    meant = [c for c in circles if str(c.id) == wish] or [c for c in circles if c.name == name or not wish]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NoCircle("There is more than one circle. Pick yours from the list of the option “circle”.")
    raise NoCircle("I don't know that circle. Pick one from the list of the option “circle”.")


async def leave(app: App, who: Person) -> Left:
    """End a seeker's rhythm and withdraw their drafts, or do nothing for others; what stays. Raises NothingKept."""
    now, stale = app.now(), list[str]()
    async with app.db.writing(reserve=True) as tx:
        person_id = await rows.number_of(tx, who)
        if person_id is None:
            raise NothingKept("I keep nothing about you, so there is nothing to end or to erase.")
        seeker = await rows.seeker(tx, who)
        if seeker and not seeker.left_at:
            await rows.leave(tx, person_id, now)
            await arm(app, tx, await sought(tx, who))
            await delivery_rows.drop_all(tx, person_id, now)
            await _reset_unposted(tx, person_id, now)
            await _landing.reset_unposted(tx, person_id, now)
            await _weeks.withdraw_waiting(tx, person_id, now)
            stale = await _reach.withdraw(tx, person_id, now)
            stale += await _withdraw_drafts(tx, person_id, now)
            await _replies.withdraw(tx, person_id, now)
        if (await consents.get(tx, person_id)).consent is Consent.GIVEN:
            stale += await _replies.end(tx, person_id, Consent.QUIET, now)
        posted = {one.subject for one in await standing_rows.posts_of(tx, person_id) if one.post}
        parts = await reader_rows.parts(tx, person_id)
        posted |= {part.subject for part in parts if part.post and part.person_id != person_id}
        posted |= await _councils.standing_of(tx, person_id)
    await _pump.refresh_now(app, stale)
    return Left(person_id, len(posted), seeker is not None)


async def _reset_unposted(tx: Tx, person_id: int, now: datetime) -> None:
    """A week whose post was still owed, and is dropped, was never posted."""
    for week in await summary_rows.all_posted(tx, person_id):
        for post in await delivery_rows.about(tx, Kind.POST, week.id):
            if post.state is State.DROPPED:
                await _weeks.not_posted(tx, post, now)


async def _withdraw_drafts(tx: Tx, person_id: int, now: datetime) -> list[str]:
    stale: list[str] = []
    for week in await summary_rows.drafted_of(tx, person_id):
        await summary_rows.set_phase(tx, week.id, Phase.CLOSED)
        stale += await standing_rows.mark_about(tx, _weeks.OF_DRAFT, week.id, now)
    return stale


async def here(app: App, who: Person) -> datetime | None:
    """A command or press of somebody: since when their direct messages are closed, where they are to be told so.

    Whoever was told before is tried again at once, and told anew where that fails.
    """
    person_id = await rows.number_of(app.db.reading, who)
    known = await conversations.get(app.db.reading, person_id) if person_id else None
    if known is None or known.closed_at is None:
        return None
    if known.told_at is None:
        return known.closed_at
    if app.now() - known.told_at < JUST_NOW:
        return None
    return await _try_again(app, who, known)


async def wrote(app: App, who: Person) -> None:
    """A direct message of somebody: where theirs were closed, they are tried again at once."""
    person_id = await rows.number_of(app.db.reading, who)
    known = await conversations.get(app.db.reading, person_id) if person_id else None
    if known and known.closed_at and app.now() - known.closed_at >= JUST_NOW:
        await _try_again(app, who, known)


async def read_of_it(app: App, who: Person) -> None:
    """Somebody was told that their direct messages are closed."""
    async with app.db.writing() as tx:
        person_id = await rows.number_of(tx, who)
        if person_id:
            await conversations.told(tx, person_id, app.now())


async def _try_again(app: App, who: Person, known: Conversation) -> datetime | None:
    """Send anew what could not arrive, or else a greeting; since when they are closed if that fails as well."""
    async with app.db.writing() as tx:
        await conversations.reopen(tx, known.person_id)
        owed = await _reach.owe_again(tx, known, app.now())
    outcomes = await _pump.send_now(app, owed)
    if not any(isinstance(outcome, Sent | Unreachable) for outcome in outcomes):
        async with app.db.writing() as tx:
            owed = await _owe_hello(app, tx, who, known.person_id)
        await _pump.send_now(app, owed)
    found = await conversations.get(app.db.reading, known.person_id)
    return found.closed_at if found else None


async def _owe_hello(app: App, tx: Tx, who: Person, person_id: int) -> list[str]:
    hellos = len(await delivery_rows.about(tx, Kind.HELLO, person_id))
    key = await delivery_rows.owe(tx, Kind.HELLO, who, person_id, app.now(), person_id=person_id, turn=hellos)
    return [key] if key else []


async def roles(app: App, who: Person, *, manages: bool) -> tuple[Role, ...]:
    """Who somebody is: a seeker, a host, or both; else a friend."""
    seeker = await rows.seeker(app.db.reading, who)
    found = (Role.SEEKER,) if seeker and not seeker.left_at else ()
    if manages or who == app.settings.host:
        found += (Role.HOST,)
    return found or (Role.FRIEND,)


async def has_started(app: App, who: Person) -> bool:
    """Whether somebody ever became a seeker, and was not erased."""
    return await rows.seeker(app.db.reading, who) is not None
