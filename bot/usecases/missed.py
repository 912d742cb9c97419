"""What friends left under recent posts while the bot was away: read anew, and followed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Collection, Mapping
from datetime import datetime, timedelta

from bot.core import text as texts
from bot.core.delivery import Delivery, Kind
from bot.core.errors import Told
from bot.core.people import Person, Post, Said, Space
from bot.core.summary import Week
from bot.store import circle as rows
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import landing as landing_rows
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _councils, _history, circle
from bot.usecases.app import App
from bot.usecases.bulkhead import Bulkhead

log = logging.getLogger(__name__)
RECENT = timedelta(days=14)
LOOK_BACK = timedelta(hours=1)  # the platform's clock and ours may differ by this much
POSTS = "posts"  # how catching up calls them


async def catch_up(app: App) -> bool:
    """Read anew what is under recent posts; false where some of it could not be read."""
    tx, whole = app.db.reading, True
    standing: dict[Space, dict[str, list[Week]]] = {}
    for delivery in await _recent(tx, app.now()):
        weeks = await circle.told_in(tx, delivery)
        if delivery.post and isinstance(delivery.to, Space) and weeks:
            whole &= await _apart(_read_reactions(app, weeks, delivery, delivery.post))
            standing.setdefault(delivery.to, {})[delivery.post.id] = weeks
    for space, posts in standing.items():
        whole &= await _apart(_read_words(app, space, posts))
    return whole


async def _recent(tx: Tx, now: datetime) -> list[Delivery]:
    """The posts of what was posted of late, each once: joint ones tell several weeks, closing ones a journey."""
    found: dict[str, Delivery] = {}
    for week in await summary_rows.posted_since(tx, now - RECENT):
        for delivery in [*await delivery_rows.about(tx, Kind.POST, week.id), *await _councils.posts_with(tx, week)]:
            found[delivery.id] = delivery
    return [*found.values(), *await landing_rows.posts_since(tx, now - RECENT)]


async def _apart(reading: Awaitable[bool]) -> bool:
    """Whether one post or channel could be read; its trouble is no other's. A database in trouble is everybody's."""
    with Bulkhead(log, "what friends left could not be caught up; it is read again", but=(Told,)):
        return await reading
    return False


async def _read_reactions(app: App, weeks: Collection[Week], delivery: Delivery, post: Post) -> bool:
    began, face = app.now(), app.faces[delivery.to.platform]
    await app.pace.turn()
    read = await face.reactions(post)
    if read is None:
        await app.pace.turn()
        if await face.find(delivery.id, delivery.to, delivery.due_at - LOOK_BACK) is not None:
            return False
        await circle.message_deleted(app, post)
        return True
    since = min([delivery.due_at, *(week.posted_at for week in weeks if week.posted_at)])
    async with app.db.writing() as tx:
        found = {(await _friend(tx, since, person, name), emoji) for person, name, emoji in read}
        there = {(person_id, emoji) for person_id, emoji in found if person_id}
        known = await rows.reactions_at(tx, post.channel, post.id)
        earlier = await rows.reactions_at(tx, post.channel, post.id, before=began)
        for person_id, emoji in earlier - there:
            await circle.mark_taken_off(app, tx, await rows.unreact(tx, post.channel, post.id, person_id, emoji))
        for person_id, emoji in there - known:
            await circle.count(app, tx, post, weeks, person_id, emoji)
    return True


async def _read_words(app: App, space: Space, posts: Mapping[str, Collection[Week]]) -> bool:
    """Take what friends wrote in reply to posts of a channel, follow what they changed or deleted."""
    known: dict[str, str] = {}
    for week in {week.id: week for weeks in posts.values() for week in weeks}.values():
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
            await circle.message_deleted(app, Post(space.platform, space.workspace, space.id, message))
        whole = _history.taken(app, space.id, piece)
    return whole


async def _follow(app: App, said: Said, before: str) -> None:
    if said.text and texts.clean(said.text) != before:  # an empty one is withheld, not emptied
        await circle.reply_edited(app, said.post, said.text, before)


async def _hear(app: App, said: Said) -> None:
    """A reply that was missed. The name that a friend goes by in the server is kept: here we are told another."""
    if said.at < await facts.instant(app.db.reading, facts.ERASED_AT):
        return  # somebody wished it forgotten, and may have been this friend
    name = "" if await people_rows.number_of(app.db.reading, said.who) else said.name
    await circle.reply(app, said.post._replace(id=said.reply_to), said.who, name, said.post, said.text, said.link)


async def _friend(tx: Tx, since: datetime, person: Person, name: str) -> int | None:
    """The friend's number. The name they go by in the server is kept: here the platform tells their global one.

    None for somebody unknown where a person was erased since the post: it may be the same one.
    """
    known = await people_rows.number_of(tx, person)
    if known or await facts.instant(tx, facts.ERASED_AT) > since:
        return known
    return await people_rows.remember(tx, person, name)
