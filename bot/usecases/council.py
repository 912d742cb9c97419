"""Joint posts: whom something under one is for, reading one's section, and the hour of a circle."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from bot.core import council as rules
from bot.core import zone as zones
from bot.core.circle import Circle, NoCircle
from bot.core.council import Hour, NotInCircle, Section, Sitting
from bot.core.dates import parse_time
from bot.core.delivery import Kind
from bot.core.journal import Gone
from bot.core.people import Person, Seeker, Space
from bot.core.rhythm import local_date, monday_of
from bot.core.summary import Summary
from bot.store import circle as circle_rows
from bot.store import council as rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _councils, _joint, _pump, _weeks, sight
from bot.usecases.app import App
from bot.usecases.circle import OwnPost

TAKEN_DOWN = "This post was taken down, so there is nothing to answer any more. /cheer still reaches them."


class Change(NamedTuple):
    """What `/circle hour` was given; what is empty stays as it is."""

    day: str = ""
    at: str = ""
    zone: str = ""


class Choice(NamedTuple):
    """One whom something under a joint post can be for."""

    week_id: int
    name: str  # as the post calls them
    seeker: Seeker


# ------------------------------------------------------------------ whom it is for


async def whom(app: App, who: Person, channel: str, delivery_id: str) -> list[Choice]:
    """Those whom somebody can answer under a joint post or an invitation, themselves left out; by one read.

    Under an invitation these are the ones who ask for something. Raises NotYours where it stands in another channel
    or was for somebody else, Gone or OwnPost.
    """
    joint = await sight.joint(app, who, channel, delivery_id)
    if joint is None or not joint.told:
        raise Gone(TAKEN_DOWN)
    others = [one for one in joint.told if one.seeker.person != who]
    if not others:
        raise OwnPost(
            "Only your own week stands here so far. To add to it, press “Write a line” in our direct messages."
        )
    here = [one for one in others if one.seeker.left_at is None]
    if not here:
        raise Gone("They have left, so I can no longer carry anything to them.")
    meant = [one for one in here if one.asks] if joint.kind is Kind.INVITATION else here
    if not meant:
        raise Gone("Nobody asks for anything there any more. /idea still reaches them.")
    called = rules.names_apart((one.week_id, one.seeker.id, one.seeker.name) for one in joint.told)
    return [Choice(one.week_id, called[one.week_id], one.seeker) for one in meant]


async def readable(app: App, delivery_id: str) -> list[tuple[int, str]]:
    """Whose weeks a joint post tells, as (week, name); raises Gone."""
    return [(section.week_id, section.summary.name) for section in await _told(app, app.db.reading, delivery_id)]


async def read(app: App, delivery_id: str, week_id: int) -> Summary:
    """All that one seeker tells in a joint post, for whoever can see it; raises Gone."""
    for section in await _told(app, app.db.reading, delivery_id):
        if section.week_id == week_id:
            return section.summary
    raise Gone("That week was taken down, so there is nothing to read any more.")


async def _told(app: App, tx: Tx, delivery_id: str) -> tuple[Section, ...]:
    delivery = await delivery_rows.get(tx, delivery_id)
    told = ()
    if delivery and delivery.kind in _councils.OF_COUNCIL:
        told = await _joint.sections(app, tx, delivery.subject)
    if not told:
        raise Gone(TAKEN_DOWN)
    return told


# ------------------------------------------------------------------ the hour


async def hour(app: App, who: Person, space: Space, change: Change, *, manages: bool) -> Sitting:
    """When a circle's joint post goes out, changed where something is given; what waits moves with it.

    Whoever manages the server may set it, and the circle's seekers. Raises NoCircle, NotInCircle, BadDays, BadTime
    or UnknownZone.
    """
    async with app.db.writing() as tx:
        circle = await circle_rows.at(tx, space)
        if circle is None:
            raise NoCircle("That channel is no circle. Name one with the option “channel”.")
        before = await rows.hour(tx, circle.id)
        if change == Change():
            return await _sitting(app, tx, circle, before)
        if not manages and await people_rows.number_of(tx, who) not in await rows.seekers(tx, circle.id):
            raise NotInCircle(
                "The hour is set by the circle's own seekers, or by somebody who may manage the server. "
                "Nothing was changed."
            )
        now_is = _changed(before, change)
        await rows.set_hour(tx, circle.id, now_is)
        stale = await _move(app, tx, circle)
        told = await _sitting(app, tx, circle, now_is)
    await _pump.refresh_now(app, stale)
    return told


async def _sitting(app: App, tx: Tx, circle: Circle, hour: Hour) -> Sitting:
    """The next joint post: of the week before last at the earliest, whose drafts may come this week."""
    now = app.now()
    monday = monday_of(local_date(now, zones.named(hour.zone))) - timedelta(days=14)
    while (at := await _councils.goes_out_at(tx, circle.id, monday)) <= now:
        monday += timedelta(days=7)
    return Sitting(circle, hour, at, monday)


def _changed(before: Hour, change: Change) -> Hour:
    return Hour(
        rules.parse_day(change.day) if change.day else before.day,
        parse_time(change.at) if change.at else before.at,
        zones.parse(change.zone).key if change.zone else before.zone,
    )


async def _move(app: App, tx: Tx, circle: Circle) -> list[str]:
    """What is still to go out goes out at the new hour, or at once where that has passed."""
    stale: list[str] = []
    for person_id in await circle_rows.members(tx, circle.id):
        stale += await _weeks.mark_drafts_of(tx, person_id, app.now())
    for council in await rows.of_circle_waiting(tx, circle.id):
        due_at = await _councils.goes_out_at(tx, circle.id, council.monday)
        await rows.move(tx, council.id, max(due_at, app.now()))
        for week in await _councils.weeks_in(tx, council.id):
            stale += await standing_rows.mark_about(tx, _weeks.OF_DRAFT, week.id, app.now())
    return stale
