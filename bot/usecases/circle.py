"""Circles, and what friends leave under a post."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.circle import Circle, NoCircle, Note
from bot.core.delivery import Delivery, Kind, Outcome, Unreachable
from bot.core.errors import Told
from bot.core.exercise import checked_text
from bot.core.journal import Gone, NotYours
from bot.core.people import Person, Post, Space
from bot.core.summary import Phase, Week
from bot.store import circle as rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _compose, _pump
from bot.usecases.app import App

RECENT = timedelta(days=14)
NEXT_NOTE_AFTER = timedelta(days=7)


class CouldNotPost(Told):
    """The welcome could not be posted, so there is no circle."""


class NotAllowed(Told):
    """Somebody without the right to manage the server."""


class NoWords(Told):
    """A friend's form came back with blanks only."""


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
    """Undo a circle, its welcome taken down; how many seekers belonged to it."""
    async with app.db.writing() as tx:
        circle = await rows.at(tx, space)
        if circle is None:
            raise NoCircle("That channel is no circle. /circle setup makes one.")
        members = await rows.seekers_in(tx, circle.id)
        await rows.remove(tx, circle.id, app.now())
        welcomes = [d.id for d in await delivery_rows.about(tx, Kind.WELCOME, circle.id) if d.post]
        for delivery_id in welcomes:
            await delivery_rows.mark_stale(tx, delivery_id, app.now())
    await _pump.refresh_now(app, welcomes)
    return members


async def of_workspaces(app: App, platform: str, workspaces: Collection[str]) -> list[Circle]:
    """The circles of some servers."""
    return await rows.of_workspaces(app.db.reading, platform, workspaces)


async def react(app: App, post: Post, friend: Person, name: str, emoji: str, *, added: bool) -> None:
    """Count a reaction under a weekly post, or take it off again; others are nothing to us."""
    found = await _posted(app.db.reading, post)
    if found is None:
        return
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, friend, name)
        if person_id == found[0].person_id:
            return
        if not added:
            await rows.unreact(tx, post.channel, post.id, person_id, emoji)
        elif await rows.react(tx, found[0].id, post.channel, post.id, person_id, emoji, app.now()):
            await _owe_note(app, tx, found[0])


async def say(app: App, friend: Person, name: str, delivery_id: str, text: str, link: str) -> None:
    """Keep what a friend said through the button under a post; raises TooLong, NoWords or Gone."""
    words = checked_text(text, "Your words")
    if not words:
        raise NoWords("There were no words in that. A short line is plenty.")
    async with app.db.writing() as tx:
        week = await _week_of(tx, delivery_id)
        person_id = await people_rows.remember(tx, friend, name)
        await rows.say(tx, week.id, person_id, words, link, app.now())
        if person_id != week.person_id:
            await _owe_note(app, tx, week)


async def name_of_post(app: App, delivery_id: str) -> str:
    """Whose week a post tells; raises Gone where it was taken down."""
    week = await _week_of(app.db.reading, delivery_id)
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    return seeker.name if seeker else ""


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
    found = await _posted(app.db.reading, post)
    if found is None:
        return False
    week = found[0]
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, friend, name)
        if person_id == week.person_id:
            return False
        new = await rows.say(
            tx,
            week.id,
            person_id,
            texts.clean(text),
            link,
            app.now(),
            channel=said.channel,
            message=said.id,
        )
        if new:
            await _owe_note(app, tx, week)
    return True


async def reply_edited(app: App, said: Post, text: str) -> None:
    """A friend edited a reply whose text we are shown."""
    async with app.db.writing() as tx:
        await rows.reword(tx, said.channel, said.id, texts.clean(text))


async def reply_deleted(app: App, said: Post) -> None:
    """A friend deleted a reply: it is not carried any more."""
    async with app.db.writing() as tx:
        await rows.unsay(tx, said.channel, said.id)


async def catch_up(app: App) -> None:
    """Read the reactions under recent posts anew, after they may have been missed."""
    for week in await summary_rows.posted_since(app.db.reading, app.now() - RECENT):
        for delivery in await delivery_rows.about(app.db.reading, Kind.POST, week.id):
            if delivery.post:
                await _read_reactions(app, week, delivery, delivery.post)


async def _read_reactions(app: App, week: Week, delivery: Delivery, post: Post) -> None:
    read = await app.faces[delivery.to.platform].reactions(post)
    if read is None:
        return
    async with app.db.writing() as tx:
        there = {(await people_rows.remember(tx, person, name), emoji) for person, name, emoji in read}
        there = {(person_id, emoji) for person_id, emoji in there if person_id != week.person_id}
        known = await rows.reactions_at(tx, post.channel, post.id)
        for person_id, emoji in known - there:
            await rows.unreact(tx, post.channel, post.id, person_id, emoji)
        for person_id, emoji in there - known:
            await rows.react(tx, week.id, post.channel, post.id, person_id, emoji, app.now())
        if there - known:
            await _owe_note(app, tx, week)


async def _owe_note(app: App, tx: Tx, week: Week) -> None:
    """See that a note is on its way: the first morning twelve hours after the post, later ones a week apart."""
    if await rows.note_waits(tx, week.person_id):
        return
    seeker = await people_rows.seeker_by_id(tx, week.person_id)
    if seeker is None or seeker.left_at:
        return
    after = await _note_after(app, tx, week)
    due_at = times.first_morning(after, app.settings.morning, seeker.quiet, ZoneInfo(seeker.zone))
    note_id = await rows.add_note(tx, seeker.id, week.id)
    await delivery_rows.owe(tx, Kind.NOTE, seeker.person, note_id, due_at, person_id=seeker.id)


async def _note_after(app: App, tx: Tx, week: Week) -> datetime:
    posted_at = week.posted_at or app.now()
    last = await rows.last_note_at(tx, week.id)
    earliest = last + NEXT_NOTE_AFTER if last else posted_at + times.NOTE_AFTER
    return max(earliest, app.now())


async def _posted(tx: Tx, post: Post) -> tuple[Week, Delivery] | None:
    delivery = await delivery_rows.at_post(tx, post.channel, post.id)
    if delivery is None or delivery.kind is not Kind.POST:
        return None
    week = await summary_rows.get(tx, delivery.subject)
    return (week, delivery) if week else None


async def _week_of(tx: Tx, delivery_id: str) -> Week:
    delivery = await delivery_rows.get(tx, delivery_id)
    week = await summary_rows.get(tx, delivery.subject) if delivery and delivery.kind is Kind.POST else None
    if week is None or week.phase is not Phase.POSTED:
        raise Gone("This week was taken down, so there is nothing to answer any more.")
    return week
