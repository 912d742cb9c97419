"""Joint posts: whether a week goes into one, which it is in, and what follows when it no longer is."""

from __future__ import annotations

from datetime import date, datetime

from bot.core import council as rules
from bot.core.circle import Circle, Joining
from bot.core.council import Council
from bot.core.delivery import WAITING, Delivery, Kind, State
from bot.core.summary import Phase, Week
from bot.store import circle as circle_rows
from bot.store import council as rows
from bot.store import delivery as delivery_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx

OF_COUNCIL = (Kind.COUNCIL, Kind.INVITATION)


async def takes(tx: Tx, circle: Circle, week: Week) -> bool:
    """Whether a week goes into a joint post: with three seekers or more, or where one of that week is there already."""
    if len(await rows.seekers(tx, circle.id)) >= rules.SEEKERS:
        return True
    council = await rows.of_circle(tx, circle.id, week.monday)
    return council is not None and lives(await newest(tx, council.id))


async def goes_out_at(tx: Tx, circle_id: int, monday: date) -> datetime:
    """When a circle's joint post of a week goes out."""
    return rules.goes_out_at(await rows.hour(tx, circle_id), monday, await rows.drafting(tx, circle_id))


async def newest(tx: Tx, council_id: int) -> Delivery | None:
    """The last joint post of a council, or None."""
    return next(reversed(await delivery_rows.about(tx, Kind.COUNCIL, council_id)), None)


def lives(post: Delivery | None) -> bool:
    """Whether a post stands, or is still to go out."""
    return post is not None and (post.post is not None or post.state in WAITING)


async def add(tx: Tx, circle: Circle, week: Week, now: datetime) -> list[str]:
    """Let a week that is posted now be told in its circle's joint post; the message to send or to revise."""
    council = await rows.make(tx, circle.id, week.monday)
    post = await newest(tx, council.id)
    goes_down = post is not None and post.post is not None and not await rows.told(tx, council.id)
    await rows.add(tx, council.id, week, now)
    if post and lives(post) and not goes_down:
        if post.may_stand:
            await standing_rows.mark(tx, post.id, now)
        return [post.id]
    due_at = max(await goes_out_at(tx, circle.id, week.monday), now)
    turn = post.turn + 1 if post else 0
    key = await delivery_rows.owe(tx, Kind.COUNCIL, circle.space, council.id, due_at, person_id=None, turn=turn)
    return [key] if key else []


async def again(tx: Tx, week: Week, now: datetime) -> list[str]:
    """Something of a posted week is for all again: what the joint posts that told it before send or revise."""
    found: list[str] = []
    for council_id in await rows.resting(tx, week):
        council = await rows.get(tx, council_id)
        circle = await circle_rows.get(tx, council.circle_id) if council else None
        found += await add(tx, circle, week, now) if circle else []
    return found


async def posts_with(tx: Tx, week: Week) -> list[Delivery]:
    """The joint posts that a week is in as it is posted now, whether they stand, wait or failed."""
    found = [await newest(tx, council_id) for council_id in await rows.with_week(tx, week)]
    return [post for post in found if post]


async def weeks_in(tx: Tx, council_id: int) -> list[Week]:
    """The weeks that a council tells."""
    found = [await summary_rows.get(tx, week_id) for week_id in await rows.told(tx, council_id)]
    return [week for week in found if week]


async def under(tx: Tx, post: Delivery | None) -> list[Week]:
    """The weeks that a post tells, one of a week or of a council; none for any other message."""
    if post is None or post.kind not in (Kind.POST, *OF_COUNCIL):
        return []
    if post.kind in OF_COUNCIL:
        last = await newest(tx, post.subject) if post.kind is Kind.COUNCIL else post
        return await weeks_in(tx, post.subject) if last and last.id == post.id else []
    week = await summary_rows.get(tx, post.subject)
    return [week] if week else []


async def joins(tx: Tx, week: Week, circles: tuple[Circle, ...], now: datetime) -> tuple[Joining, ...]:
    """The circles in which a week goes out in a joint post, or stands in one, and when where that lies ahead."""
    if week.phase is Phase.POSTED:
        return tuple([await _joined(tx, post, now) for post in await posts_with(tx, week) if lives(post)])
    found: list[Joining] = []
    for circle in circles:
        if await takes(tx, circle, week):
            council = await rows.of_circle(tx, circle.id, week.monday)
            post = await newest(tx, council.id) if council else None
            at = await goes_out_at(tx, circle.id, week.monday)
            found.append(Joining(circle, _ahead(post, now) if post and lives(post) else at if at > now else None))
    return tuple(found)


def _ahead(post: Delivery, now: datetime) -> datetime | None:
    return post.due_at if post.state in WAITING and post.due_at > now else None


async def _joined(tx: Tx, post: Delivery, now: datetime) -> Joining:
    council = await rows.get(tx, post.subject)
    assert council is not None
    return Joining(await circle_rows.known(tx, council.circle_id), _ahead(post, now))


async def waiting_of(tx: Tx, person_id: int) -> list[tuple[Council, Week]]:
    """The sections of a seeker whose joint post is still to go out."""
    found: list[tuple[Council, Week]] = []
    for council_id in await rows.with_person(tx, person_id):
        council, post = await rows.get(tx, council_id), await newest(tx, council_id)
        if council and post and post.state is State.OWED:
            found += [(council, week) for week in await weeks_in(tx, council_id) if week.person_id == person_id]
    return found


async def standing_of(tx: Tx, person_id: int) -> set[int]:
    """The weeks of a seeker that stand in joint posts."""
    found: set[int] = set()
    for council_id in await rows.with_person(tx, person_id):
        post = await newest(tx, council_id)
        if post and post.may_stand:
            found |= {week.id for week in await weeks_in(tx, council_id) if week.person_id == person_id}
    return found


async def standing_with(tx: Tx, person_id: int) -> list[Delivery]:
    """The messages that tell others something of a seeker in a council, and stand or may stand."""
    found: list[Delivery] = []
    for council_id in await rows.with_person(tx, person_id):
        for kind in OF_COUNCIL:
            found += [post for post in await delivery_rows.about(tx, kind, council_id) if post.may_stand]
    return found
