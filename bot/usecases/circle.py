"""Circles, and what friends leave under a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.core import text as texts
from bot.core.circle import Circle, CouldNotPost, NoCircle, Note
from bot.core.delivery import Delivery, Kind, Outcome, Unreachable
from bot.core.errors import Told
from bot.core.journal import Gone, NotYours
from bot.core.people import Person, Post, Space
from bot.core.summary import Week
from bot.store import circle as rows
from bot.store import council as council_rows
from bot.store import delivery as delivery_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.circle import TakenOff
from bot.store.db import Tx
from bot.usecases import _compose, _councils, _digest, _landing, _posted, _pump, _reach, _weeks, closing
from bot.usecases.app import App


class NotAllowed(Told):
    """Somebody without the right to manage the server."""


class OwnPost(Told):
    """A seeker pressed a friend's button under their own post."""


async def set_up(app: App, space: Space, name: str) -> tuple[Circle, bool]:
    """Make a circle of a channel and post its welcome; the circle, and whether it is new."""
    async with app.db.writing() as tx:
        circle_id, new = await rows.make(tx, space, name, app.now())
        key = None
        if new:
            key = await delivery_rows.owe(tx, Kind.WELCOME, space, circle_id, app.now(), person_id=None)
    outcomes: list[Outcome | None] = await _pump.send_now(app, [key] if key else [])
    if any(isinstance(outcome, Unreachable) for outcome in outcomes):
        async with app.db.writing() as tx:
            await rows.remove(tx, circle_id, app.now())
        raise CouldNotPost("I could not post in that channel, so nothing was changed. Check my permissions there.")
    return Circle(circle_id, name, space), new


async def remove(app: App, space: Space) -> int:
    """Undo a circle: its welcome goes, its seekers' drafts say so. How many seekers that are; raises NoCircle."""
    now = app.now()
    async with app.db.writing() as tx:
        circle = await rows.at(tx, space)
        if circle is None:
            raise NoCircle("That channel is no circle. /circle setup makes one.")
        members = await rows.members(tx, circle.id)
        await rows.remove(tx, circle.id, now)
        stale = await standing_rows.mark_about(tx, (Kind.WELCOME,), circle.id, now)
        stale += await _reach.forget_space(tx, space, now)
        await _give_back(tx, circle.id, now)
        for person_id in members:
            stale += await _weeks.mark_drafts_of(tx, person_id, now)
    await _pump.refresh_now(app, stale)
    return len(members)


async def _give_back(tx: Tx, circle_id: int, now: datetime) -> None:
    """What was to go out in a circle's joint post waits for its seekers again, where it stands nowhere else."""
    for council in await council_rows.of_circle_waiting(tx, circle_id):
        for week in await _councils.weeks_in(tx, council.id):
            await council_rows.take_out(tx, council.id, week.id)
            await _weeks.unposted(tx, week, "", now)


async def lost(app: App, space: Space) -> None:
    """A channel was deleted on the platform: if it was a circle, it is none any more."""
    if await rows.at(app.db.reading, space):
        await remove(app, space)


async def everywhere(app: App, platform: str) -> list[Circle]:
    """Every circle of a platform, oldest first."""
    return [circle for circle in await rows.everywhere(app.db.reading) if circle.space.platform == platform]


async def renamed(app: App, names: Mapping[Space, str]) -> None:
    """Follow what channels are called now; those that are no circle are nothing to us."""
    known = [
        circle
        for circle in await rows.everywhere(app.db.reading)
        if names.get(circle.space, circle.name) != circle.name
    ]
    if not known:
        return
    stale: list[str] = []
    async with app.db.writing() as tx:
        for circle in known:
            await rows.rename(tx, circle.id, names[circle.space])
            for person_id in await rows.members(tx, circle.id):
                stale += await _weeks.mark_drafts_of(tx, person_id, app.now())
    await _pump.refresh_now(app, stale)


async def react(app: App, post: Post, friend: Person, name: str, emoji: str, *, added: bool) -> None:
    """Count a reaction under a weekly post for each of its seekers, or take it off again; others are nothing to us."""
    if not await _told(app.db.reading, post):
        return
    async with app.db.writing() as tx:
        known = await people_rows.number_of(tx, friend)
        weeks = [week for week in await _told(tx, post) if week.person_id != known]
        stale: list[str] = []
        if not added:
            stale = await mark_taken_off(app, tx, await rows.unreact(tx, post.channel, post.id, known or 0, emoji))
        elif weeks:
            await count(app, tx, post, weeks, await people_rows.remember(tx, friend, name), emoji)
    await _pump.refresh_now(app, stale)


async def count(app: App, tx: Tx, post: Post, weeks: Iterable[Week], friend_id: int, emoji: str) -> None:
    """Count a reaction for each of some weeks, but for the friend's own."""
    for week in weeks:
        if week.person_id != friend_id and await rows.react(
            tx, week.id, post.channel, post.id, friend_id, emoji, app.now()
        ):
            await _digest.owe(app, tx, week.person_id, week.id)


async def cleared(app: App, post: Post, emoji: str | None) -> None:
    """A moderator took off every reaction under a post, or every one of an emoji."""
    async with app.db.writing() as tx:
        stale = await mark_taken_off(app, tx, await rows.clear(tx, post.channel, post.id, emoji))
    await _pump.refresh_now(app, stale)


async def read_note(app: App, who: Person, delivery_id: str) -> Note:
    """One's own note, whole; raises Gone or NotYours."""
    delivery = await delivery_rows.get(app.db.reading, delivery_id)
    if delivery is None or delivery.kind is not Kind.NOTE:
        raise Gone("That note is no longer here.")
    if delivery.person_id != await people_rows.number_of(app.db.reading, who):
        raise NotYours("That note was for somebody else.")
    note = await _compose.thing(app, delivery)
    if not isinstance(note, Note):
        raise Gone("What was in that note has been taken back.")
    return note


async def reply(app: App, post: Post, friend: Person, name: str, said: Post, text: str, link: str) -> bool:
    """Keep a reply to a weekly post for each of its seekers; false for other messages.

    `text` is empty where the platform withholds it.
    """
    if not await _told(app.db.reading, post):
        return False
    words, at = texts.clean(text), {"channel": said.channel, "message": said.id}
    async with app.db.writing() as tx:
        known = await people_rows.number_of(tx, friend)
        weeks = [week for week in await _told(tx, post) if week.person_id != known]
        person_id = await people_rows.remember(tx, friend, name) if weeks else 0
        for week in weeks:
            if await rows.say(tx, week.id, person_id, words, link, app.now(), **at):
                await _digest.owe(app, tx, week.person_id, week.id)
    return bool(weeks)


async def reply_edited(app: App, said: Post, text: str, before: str | None = None) -> None:
    """A friend edited a reply whose text we are shown. Where it is no longer `before`, a newer edit came meanwhile."""
    if await rows.text_of(app.db.reading, said.channel, said.id) is None:
        return
    async with app.db.writing() as tx:
        if before is not None and await rows.text_of(tx, said.channel, said.id) != before:
            return
        await rows.reword(tx, said.channel, said.id, texts.clean(text))
        stale = await _mark_notes(app, tx, await note_rows.of_message(tx, said.channel, said.id))
    await _pump.refresh_now(app, stale)


async def mark_taken_off(app: App, tx: Tx, gone: TakenOff) -> list[str]:
    """The notes that had told it are to be revised, and the closing posts that thank for it."""
    stale = await _mark_notes(app, tx, gone.notes)
    for seeker_id in gone.seekers:
        stale += await _landing.mark_all(tx, seeker_id, app.now())
    return stale


async def _mark_notes(app: App, tx: Tx, note_ids: Iterable[int]) -> list[str]:
    stale: list[str] = []
    for note_id in note_ids:
        stale += await standing_rows.mark_about(tx, (Kind.NOTE,), note_id, app.now())
    return stale


async def message_deleted(app: App, gone: Post) -> None:
    """A message was deleted in a server: a friend's reply is not carried any more, a weekly post is taken down."""
    if await rows.text_of(app.db.reading, gone.channel, gone.id) is not None:
        async with app.db.writing() as tx:
            stale = await mark_taken_off(app, tx, await rows.unsay(tx, gone.channel, gone.id))
        await _pump.refresh_now(app, stale)
    else:
        await _posted.post_gone(app, gone)
        await closing.post_gone(app, gone)


async def _told(tx: Tx, post: Post) -> list[Week]:
    """The weeks that a message in a channel tells."""
    return await told_in(tx, await standing_rows.at_post(tx, post.channel, post.id))


async def told_in(tx: Tx, post: Delivery | None) -> list[Week]:
    """The weeks that what friends leave under a post is about; none for any other message."""
    return await _landing.under(tx, post) or await _councils.under(tx, post)
