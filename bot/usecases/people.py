"""Becoming a seeker, leaving, and who somebody is to Cairn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core import zone as zones
from bot.core.circle import Circle, NoCircle
from bot.core.delivery import Kind, Outcome
from bot.core.errors import Told
from bot.core.people import Person, Seeker
from bot.core.rhythm import Ask
from bot.core.summary import Phase
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import people as rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _pump
from bot.usecases.app import App


class NotSeeking(Told):
    """Somebody used what only a seeker can."""


class Role(StrEnum):
    """Who somebody is to Cairn."""

    SEEKER = "seeker"
    FRIEND = "friend"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Start:
    """What a person chose with `/start`."""

    zone: str
    circle: int | None = None  # None: the only circle there is
    checkin: time | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A new seeker: their circle, when they are asked next, and whether the test message arrived."""

    circle: Circle
    upcoming: tuple[tuple[Ask, datetime], ...]
    hello: Outcome | None


@dataclass(frozen=True, slots=True)
class Left:
    """What stays after `/leave`, until it is erased."""

    person_id: int
    posted: int


async def seeking(tx: Tx, who: Person) -> Seeker:
    """The seeker that somebody is; raises NotSeeking with what to do."""
    seeker = await rows.seeker(tx, who)
    if seeker is None or seeker.left_at:
        raise NotSeeking("You have not started yet. /start sets you up in a minute; you can leave at any time.")
    return seeker


async def start(app: App, who: Person, name: str, wish: Start, workspaces: Collection[str]) -> Started:
    """Make a person a seeker and send them a test message; raises UnknownZone, BadTime or NoCircle."""
    zone = zones.parse(wish.zone)
    async with app.db.writing() as tx:
        circle = await _chosen(tx, who, wish.circle, workspaces)
        person_id = await rows.remember(tx, who, name)
        known = await rows.seeker(tx, who)
        quiet = known.quiet if known else app.settings.quiet
        if wish.checkin:
            times.check_outside_quiet(wish.checkin, quiet)
        await rows.start(tx, person_id, zone.key, quiet, app.now())
        await circle_rows.join(tx, person_id, circle.id)
        await _plan_rhythm(app, tx, person_id, wish, known)
        await arm(app, tx, await seeking(tx, who))
        hellos = len(await delivery_rows.about(tx, Kind.HELLO, person_id))
        key = await delivery_rows.owe(tx, Kind.HELLO, who, person_id, app.now(), person_id=person_id, turn=hellos)
        schedules = await rhythm_rows.schedules(tx, person_id)
    outcome = (await _pump.send_now(app, [key] if key else []))[0]
    upcoming = sorted((s.next_at, s.ask) for s in schedules if s.next_at)
    return Started(circle, tuple((ask, at) for at, ask in upcoming), outcome)


async def _plan_rhythm(app: App, tx: Tx, person_id: int, wish: Start, known: Seeker | None) -> None:
    for plan in app.settings.plans:
        at = wish.checkin if wish.checkin and plan.ask is Ask.CHECKIN else plan.at
        if known is None or (wish.checkin and plan.ask is Ask.CHECKIN):
            await rhythm_rows.set_schedule(tx, person_id, plan.ask, plan.days, at, None)


async def arm(app: App, tx: Tx, seeker: Seeker) -> None:
    """Compute anew when each of a seeker's schedules is next due."""
    zone = ZoneInfo(seeker.zone)
    for schedule in await rhythm_rows.schedules(tx, seeker.id):
        due = times.next_unpaused(schedule, seeker, zone, app.now())
        await rhythm_rows.set_next(tx, schedule.id, due, schedule.last_on)


async def _chosen(tx: Tx, who: Person, circle_id: int | None, workspaces: Collection[str]) -> Circle:
    circles = await circle_rows.of_workspaces(tx, who.platform, workspaces)
    for circle in circles:
        if circle.id == circle_id or (circle_id is None and len(circles) == 1):
            return circle
    if not circles:
        raise NoCircle(
            "There is no circle yet. Somebody who may manage the server makes one with /circle setup; "
            "then /start again."
        )
    if circle_id is None:
        raise NoCircle("There is more than one circle. Pick yours with the option “circle”.")
    raise NoCircle("I don't know that circle. Pick one from the list.")


async def leave(app: App, who: Person) -> Left:
    """End a seeker's rhythm, withdraw their drafts, and say what stays."""
    now = app.now()
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        await rows.leave(tx, seeker.id, now)
        await arm(app, tx, await _left(tx, who))
        await delivery_rows.drop_all(tx, seeker.id, now)
        stale = await _withdraw_drafts(tx, seeker.id, now)
        posted = await summary_rows.all_posted(tx, seeker.id)
    await _pump.refresh_now(app, stale)
    return Left(seeker.id, len(posted))


async def _left(tx: Tx, who: Person) -> Seeker:
    seeker = await rows.seeker(tx, who)
    assert seeker is not None
    return seeker


async def _withdraw_drafts(tx: Tx, person_id: int, now: datetime) -> list[str]:
    stale: list[str] = []
    for week in await summary_rows.drafted_of(tx, person_id):
        await summary_rows.set_phase(tx, week.id, Phase.CLOSED)
        for delivery in await delivery_rows.of_week(tx, week.id):
            if delivery.post:
                await delivery_rows.mark_stale(tx, delivery.id, now)
                stale.append(delivery.id)
    return stale


async def role(app: App, who: Person, *, manages: bool) -> Role:
    """Who somebody is: a seeker first, then the host, else a friend."""
    seeker = await rows.seeker(app.db.reading, who)
    if seeker and not seeker.left_at:
        return Role.SEEKER
    return Role.HOST if manages or who.id == app.settings.host else Role.FRIEND


async def is_seeker(app: App, who: Person) -> bool:
    """Whether somebody is being asked at present."""
    seeker = await rows.seeker(app.db.reading, who)
    return seeker is not None and seeker.left_at is None
