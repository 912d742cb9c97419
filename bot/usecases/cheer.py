"""Cheering somebody on: under a post or by name; changing that, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.cheer import Cheered, Given, NotAround, Wish, checked, meant
from bot.core.delivery import Kind
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker, Space
from bot.core.rhythm import local_date, monday_of
from bot.core.summary import Phase, Week
from bot.store import cheer as rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.store.sight import Under
from bot.usecases import _digest, _landing, _pump, _replies, sight
from bot.usecases.app import App
from bot.usecases.circle import OwnPost

MOST = 6  # cheers of a friend, shown at once


async def for_whom(app: App, friend: Person, channel: str, delivery_id: str, week_id: int | None = None) -> str:
    """The name of the seeker under whose post, in a channel, a friend has pressed a button; by one read.

    Raises NotYours where they can't see it, Gone where it was taken down, or OwnPost for the seeker.
    """
    under = await sight.here(app, friend, channel, delivery_id, week_id)
    return _cheered(under if under and under.standing else None, friend)[0].name


async def give(app: App, friend: Person, name: str, delivery_id: str, wish: Wish, week_id: int | None = None) -> Given:
    """Keep a cheer given under a post, of a joint one for the chosen week.

    One written while the post went down is kept as well. Raises Nothing, TooLong, NotYours, OwnPost, or Gone for no
    post at all.
    """
    wish = checked(wish)
    async with app.db.writing() as tx:
        seeker, about = _cheered(await sight.under(tx, friend, delivery_id, week_id), friend)
        return await _give(app, tx, friend, name, seeker.id, about, wish)


async def give_to(
    app: App, friend: Person, name: str, seeker_id: int, here: Space, seen: Collection[Space], wish: Wish
) -> Given:
    """Keep a cheer for somebody named, about their newest week; raises Nothing, TooLong or NotAround."""
    wish = checked(wish)
    async with app.db.writing() as tx:
        seeker = await seeker_around(tx, friend, seeker_id, here, seen)
        week = await _week_of(app, tx, seeker)
        return await _give(app, tx, friend, name, seeker.id, week.id, wish)


async def _give(app: App, tx: Tx, friend: Person, name: str, seeker_id: int, week_id: int, wish: Wish) -> Given:
    friend_id = await people_rows.remember(tx, friend, name)
    cheer_id = await rows.give(tx, week_id, friend_id, wish, app.now())
    await _digest.owe(app, tx, seeker_id, week_id)
    return await _own(tx, friend, cheer_id)


async def _week_of(app: App, tx: Tx, seeker: Seeker) -> Week:
    """The week that a cheer is about: the newest that stands, if it is this one or the last; else this one."""
    monday = monday_of(local_date(app.now(), ZoneInfo(seeker.zone)))
    posted = await summary_rows.newest(tx, seeker.id, (Phase.POSTED,), monday - timedelta(days=7))
    return posted or await summary_rows.week(tx, seeker.id, monday)


async def change(app: App, friend: Person, cheer_id: int, wish: Wish) -> Given:
    """Put something else in the place of one's own cheer, told or not; raises Nothing, TooLong, Gone or NotYours."""
    wish = checked(wish)
    async with app.db.writing() as tx:
        given = await _own(tx, friend, cheer_id)
        await rows.change(tx, cheer_id, wish)
        stale = await _mark(app, tx, given)
    await _pump.refresh_now(app, stale)
    return given._replace(wish=wish)


async def take_back(app: App, friend: Person, cheer_id: int) -> Given:
    """Forget one's own cheer, and take it out of the note that told it; raises Gone or NotYours."""
    async with app.db.writing() as tx:
        given = await _own(tx, friend, cheer_id)
        stale = await _mark(app, tx, given)
        await rows.take_back(tx, cheer_id)
    await _pump.refresh_now(app, stale)
    return given


async def own(app: App, friend: Person, cheer_id: int) -> Given:
    """A cheer of one's own; raises Gone or NotYours."""
    return await _own(app.db.reading, friend, cheer_id)


async def mine(app: App, friend: Person) -> list[Given]:
    """What a friend gave: before what was told what is on its way, each the newest first, at most MOST."""
    friend_id = await people_rows.number_of(app.db.reading, friend)
    return await rows.of_friend(app.db.reading, friend_id, MOST) if friend_id else []


async def around(app: App, friend: Person, here: Space, seen: Collection[Space]) -> list[Cheered]:
    """The seekers of a server's circles that somebody may name: those told of in a channel that they see.

    Those of the circle in the channel `here` come first; oneself is left out.
    """
    return await _around(app.db.reading, friend, here, seen)


async def named(app: App, friend: Person, here: Space, seen: Collection[Space], typed: str) -> Cheered:
    """The one of those around who is meant by a number or a name; raises NotAround."""
    return meant(await around(app, friend, here, seen), typed)


async def seeker_around(tx: Tx, friend: Person, seeker_id: int, here: Space, seen: Collection[Space]) -> Seeker:
    """The seeker of that number, where they are one of those around; raises NotAround."""
    cheered = meant(await _around(tx, friend, here, seen), str(seeker_id))
    seeker = await people_rows.seeker_by_id(tx, cheered.id)
    if seeker is None:
        raise NotAround()
    return seeker


async def _around(tx: Tx, friend: Person, here: Space, seen: Collection[Space]) -> list[Cheered]:
    found = await rows.seekers_in(tx, here.platform, here.workspace, friend)
    near = sorted((one for one in found if one[0] in seen), key=lambda one: one[0] != here)
    return list(dict.fromkeys(cheered for _, cheered in near))


def _cheered(under: Under | None, friend: Person) -> tuple[Seeker, int]:
    """The seeker whom something pressed under a message is for, and the week that it is about."""
    if under is None or under.week_id is None:
        raise Gone("This week was taken down, so there is nothing to answer any more. /cheer still reaches them.")
    if under.seeker is None or under.seeker.left_at:
        raise Gone("They have left, so I can no longer carry anything to them.")
    if under.seeker.person == friend:
        raise OwnPost("This is your own week. To add a line to it, press “Write a line” in our direct messages.")
    return under.seeker, under.week_id


async def _own(tx: Tx, friend: Person, cheer_id: int) -> Given:
    gone, not_yours = "That cheer was taken back already.", "That cheer is somebody else's."
    return owned(await rows.owned(tx, cheer_id), lambda one: one[0] == friend, gone, not_yours)[1]


async def _mark(app: App, tx: Tx, given: Given) -> list[str]:
    """The note that told a cheer is to be revised, and a closing post that thanks for it."""
    stale = await _landing.mark_all(tx, given.seeker_id, app.now())
    if given.note_id is None:
        return stale
    stale += await _replies.note_changed(tx, given.note_id, app.now())
    return stale + await standing_rows.mark_about(tx, (Kind.NOTE,), given.note_id, app.now())
