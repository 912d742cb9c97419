"""Circles, and what friends leave under a post."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Mapping
from datetime import timedelta

from bot.core import text as texts
from bot.core.circle import Circle, CouldNotPost, NoCircle, Note
from bot.core.delivery import Delivery, Kind, Outcome, Unreachable
from bot.core.errors import Told
from bot.core.journal import Gone, NotYours
from bot.core.people import Person, Post, Said, Space
from bot.core.summary import Phase, Week
from bot.store import circle as rows
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _compose, _digest, _history, _pump, _reach, summary
from bot.usecases._weeks import OF_WEEK
from bot.usecases.app import App
from bot.usecases.bulkhead import Bulkhead

log = logging.getLogger(__name__)
RECENT = timedelta(days=14)
LOOK_BACK = timedelta(hours=1)  # the platform's clock and ours may differ by this much
POSTS = "posts"  # how catching up calls them


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
        stale = await delivery_rows.mark_standing(tx, (Kind.WELCOME,), circle.id, now)
        stale += await _reach.forget_space(tx, space, now)
        for person_id in members:
            for week in await summary_rows.drafted_of(tx, person_id):
                stale += await delivery_rows.mark_standing(tx, OF_WEEK, week.id, now)
    await _pump.refresh_now(app, stale)
    return len(members)


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
    async with app.db.writing() as tx:
        for circle in known:
            await rows.rename(tx, circle.id, names[circle.space])


async def react(app: App, post: Post, friend: Person, name: str, emoji: str, *, added: bool) -> None:
    """Count a reaction under a weekly post, or take it off again; others are nothing to us."""
    week = await _posted(app.db.reading, post)
    if week is None:
        return
    async with app.db.writing() as tx:
        known = await people_rows.number_of(tx, friend)
        if known == week.person_id:
            return
        if not added:
            await rows.unreact(tx, post.channel, post.id, known or 0, emoji)
            return
        person_id = await people_rows.remember(tx, friend, name)
        if await rows.react(tx, week.id, post.channel, post.id, person_id, emoji, app.now()):
            await _digest.owe(app, tx, week.person_id, week.id)


async def cleared(app: App, post: Post, emoji: str | None) -> None:
    """A moderator took off every reaction under a post, or every one of an emoji."""
    async with app.db.writing() as tx:
        await rows.clear(tx, post.channel, post.id, emoji)


async def name_of_post(app: App, friend: Person, delivery_id: str) -> str:
    """Whose week a post tells to a friend; raises Gone where it was taken down, OwnPost for the seeker."""
    week = await week_of_post(app.db.reading, friend, delivery_id)
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    return seeker.name if seeker else ""


async def week_of_post(tx: Tx, friend: Person, delivery_id: str) -> Week:
    """The week under whose post a friend pressed something; raises Gone or OwnPost."""
    delivery = await delivery_rows.get(tx, delivery_id)
    week = await summary_rows.get(tx, delivery.subject) if delivery and delivery.kind is Kind.POST else None
    if week is None or week.phase is not Phase.POSTED:
        raise Gone("This week was taken down, so there is nothing to answer any more. /cheer still reaches them.")
    seeker = await people_rows.seeker_by_id(tx, week.person_id)
    if seeker is None or seeker.left_at:
        raise Gone("They have left, so I can no longer carry anything to them.")
    if await people_rows.number_of(tx, friend) == week.person_id:
        raise OwnPost("This is your own week. To add a line to it, press “Edit” in our direct messages.")
    return week


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
    """Keep a reply to a weekly post; `text` is empty where the platform withholds it. False for other messages."""
    week = await _posted(app.db.reading, post)
    if week is None:
        return False
    words, at = texts.clean(text), {"channel": said.channel, "message": said.id}
    async with app.db.writing() as tx:
        if await people_rows.number_of(tx, friend) == week.person_id:
            return False
        person_id = await people_rows.remember(tx, friend, name)
        if await rows.say(tx, week.id, person_id, words, link, app.now(), **at):
            await _digest.owe(app, tx, week.person_id, week.id)
    return True


async def reply_edited(app: App, said: Post, text: str, before: str | None = None) -> None:
    """A friend edited a reply whose text we are shown. Where it is no longer `before`, a newer edit came meanwhile."""
    if await rows.text_of(app.db.reading, said.channel, said.id) is None:
        return
    async with app.db.writing() as tx:
        if before is not None and await rows.text_of(tx, said.channel, said.id) != before:
            return
        await rows.reword(tx, said.channel, said.id, texts.clean(text))
        stale = await _mark_note(app, tx, said)
    await _pump.refresh_now(app, stale)


async def _mark_note(app: App, tx: Tx, said: Post) -> list[str]:
    """The note that carried a message is to be revised."""
    note_id = await rows.note_with(tx, said.channel, said.id)
    return await delivery_rows.mark_standing(tx, (Kind.NOTE,), note_id, app.now()) if note_id else []


async def message_deleted(app: App, gone: Post) -> None:
    """A message was deleted in a server: a friend's reply is not carried any more, a weekly post is taken down."""
    if await rows.text_of(app.db.reading, gone.channel, gone.id) is not None:
        async with app.db.writing() as tx:
            stale = await _mark_note(app, tx, gone)
            await rows.unsay(tx, gone.channel, gone.id)
        await _pump.refresh_now(app, stale)
    else:
        await summary.post_gone(app, gone)


# ------------------------------------------------------------------ missed


async def catch_up(app: App) -> bool:
    """Read anew what is under recent posts; false where some of it could not be read."""
    tx, whole = app.db.reading, True
    standing: dict[Space, dict[str, Week]] = {}
    for week in await summary_rows.posted_since(tx, app.now() - RECENT):
        for delivery in await delivery_rows.about(tx, Kind.POST, week.id):
            if delivery.post and isinstance(delivery.to, Space):
                whole &= await _apart(_read_reactions(app, week, delivery, delivery.post))
                standing.setdefault(delivery.to, {})[delivery.post.id] = week
    for space, posts in standing.items():
        whole &= await _apart(_read_words(app, space, posts))
    return whole


async def _apart(reading: Awaitable[bool]) -> bool:
    """Whether one post or channel could be read; its trouble is no other's. A database in trouble is everybody's."""
    with Bulkhead(log, "what friends left could not be caught up; it is read again", but=(Told,)):
        return await reading
    return False


async def _read_reactions(app: App, week: Week, delivery: Delivery, post: Post) -> bool:
    began, face = app.now(), app.faces[delivery.to.platform]
    await app.pace.turn()
    read = await face.reactions(post)
    if read is None:
        await app.pace.turn()
        if await face.find(delivery.id, delivery.to, delivery.due_at - LOOK_BACK) is not None:
            return False
        await summary.post_gone(app, post)
        return True
    async with app.db.writing() as tx:
        found = {(await _friend(tx, week, person, name), emoji) for person, name, emoji in read}
        there = {(person_id, emoji) for person_id, emoji in found if person_id and person_id != week.person_id}
        known = await rows.reactions_at(tx, post.channel, post.id)
        earlier = await rows.reactions_at(tx, post.channel, post.id, before=began)
        for person_id, emoji in earlier - there:
            await rows.unreact(tx, post.channel, post.id, person_id, emoji)
        for person_id, emoji in there - known:
            await rows.react(tx, week.id, post.channel, post.id, person_id, emoji, app.now())
        if there - known:
            await _digest.owe(app, tx, week.person_id, week.id)
    return True


async def _read_words(app: App, space: Space, posts: Mapping[str, Week]) -> bool:
    """Take what friends wrote in reply to posts of a channel, follow what they changed or deleted."""
    known: dict[str, str] = {}
    for week in {week.id: week for week in posts.values()}.values():
        known |= await rows.words_in(app.db.reading, week.id, space.id)
    first = min(posts, key=lambda post: (len(post), post))
    whole = False
    while not whole and (piece := await _history.piece(app, space, space.id, first, None)):
        for said in piece.said:
            if said.post.id in known:
                await _follow(app, said, known[said.post.id])
            elif said.reply_to in posts:
                await _hear(app, said)
        for message in piece.lacks(known):
            await message_deleted(app, Post(space.platform, space.workspace, space.id, message))
        whole = _history.taken(app, space.id, piece)
    return whole


async def _follow(app: App, said: Said, before: str) -> None:
    if said.text and texts.clean(said.text) != before:  # an empty one is withheld, not emptied
        await reply_edited(app, said.post, said.text, before)


async def _hear(app: App, said: Said) -> None:
    """A reply that was missed. The name that a friend goes by in the server is kept: here we are told another."""
    if said.at < await facts.instant(app.db.reading, facts.ERASED_AT):
        return  # somebody wished it forgotten, and may have been this friend
    name = "" if await people_rows.number_of(app.db.reading, said.who) else said.name
    await reply(app, said.post._replace(id=said.reply_to), said.who, name, said.post, said.text, said.link)


async def _friend(tx: Tx, week: Week, person: Person, name: str) -> int | None:
    """The friend's number. The name they go by in the server is kept: here the platform tells their global one.

    None for somebody unknown where a person was erased since the post: it may be the same one.
    """
    known = await people_rows.number_of(tx, person)
    if known or (week.posted_at and await facts.instant(tx, facts.ERASED_AT) > week.posted_at):
        return known
    return await people_rows.remember(tx, person, name)


async def _posted(tx: Tx, post: Post) -> Week | None:
    delivery = await delivery_rows.at_post(tx, post.channel, post.id)
    if delivery is None or delivery.kind is not Kind.POST:
        return None
    return await summary_rows.get(tx, delivery.subject)
