"""Reading back what was written, edited and deleted while nobody listened: a new gateway session replays nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterable, Iterator
from datetime import datetime, timedelta

from bot.core.conversations import Answer, CaughtUp, Chat, Deleted, Known, Refusal, key_of
from bot.core.delivery import CannotTell, Sent
from bot.core.errors import Told
from bot.core.journal import Held, Kept
from bot.core.people import Person, Post, Said
from bot.store import conversations as rows
from bot.store import facts, taken
from bot.store import held as held_rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.usecases import _history, _pump, messages, missed
from bot.usecases.app import App
from bot.usecases.bulkhead import Bulkhead
from bot.usecases.people import NotSeeking

log = logging.getLogger(__name__)
READERS = 4
ONE_BY_ONE = 3  # so many missed messages are answered one by one
MARGIN = timedelta(hours=1)  # the platform's clock and ours may differ by this much
MOST_WAITS = 10  # for a round, a minute apart
MOST_TRIES = 60  # of reading what could not be read, a minute apart

Answers = list[tuple[str, Answer]]


async def catch_up(app: App) -> None:
    """Read every conversation and every recent post anew; one run at a time, one more waits at most."""
    app.reading.everything = True
    await app.reading.run(lambda: _catch_up(app))


async def catch_up_again(app: App) -> None:
    """Read what could not be read before; an idle call does nothing."""
    if app.reading.failed:
        await app.reading.run(lambda: _catch_up(app))


async def met(app: App, who: Person, channel: str) -> None:
    """Somebody used the bot in their direct messages: that is where they can be written to."""
    seeker = await people_rows.seeker(app.db.reading, who)
    if seeker and await rows.channel_of(app.db.reading, seeker.id) != channel:
        async with app.db.writing() as tx:
            await rows.meet(tx, seeker.id, channel)


async def _catch_up(app: App) -> None:
    only = None if app.reading.everything else frozenset(app.reading.failed)
    app.reading.everything = False
    if only is None:
        app.reading.marks.clear()
    chats = iter([chat for chat in await rows.chats(app.db.reading) if only is None or chat.channel in only])
    await asyncio.gather(*(_read_all(app, chats) for _ in range(READERS)))
    if only is None or missed.POSTS in only:
        await _note(app, missed.POSTS, missed.catch_up(app))


async def _read_all(app: App, chats: Iterator[Chat]) -> None:
    for chat in chats:
        await _note(app, chat.channel, _read(app, chat))


async def _note(app: App, place: str, reading: Awaitable[bool]) -> None:
    """Read one place, and again later where that fails; one place's trouble is never another's."""
    read = False
    try:
        with Bulkhead(log, "what was written could not be caught up; it is read again", but=(Told,)):
            read = await reading
    except Told as trouble:  # the database takes nothing at present; it would be the same for everybody
        log.warning("what was written could not be caught up: %s", trouble)
    app.reading.failed[place] += 1
    if read or app.reading.failed[place] > MOST_TRIES:
        del app.reading.failed[place]


async def _read(app: App, chat: Chat) -> bool:
    """Take what one person wrote, follow what they changed, answer; false where it could not be read."""
    if await _waits(app, chat):
        return False
    began = app.now()
    since = max(chat.since, began - messages.READ_BACK)
    known = await taken.all_known(app.db.reading, chat.person_id, chat.channel)
    whole = False
    while not whole and (piece := await _history.piece(app, chat.person, chat.channel, chat.seen, since)):
        said = [one for one in piece.said if one.who == chat.person and one.at >= chat.since]
        answers = [answer for one in said for answer in await _follow(app, one, known.get(one.post.id))]
        answers += await _gone(app, chat, {m: known[m] for m in piece.lacks(known)}, since + MARGIN)
        await _saw(app, chat, said)
        whole = _history.taken(app, chat.channel, piece)
        await _answer(app, chat, _in_short(answers))
    if whole:
        await _ask_again(app, chat, began)
    return whole


async def _waits(app: App, chat: Chat) -> bool:
    """Whether a question may stand there of which this database, put back from a copy, knows only after a round."""
    look_before = await facts.instant(app.db.reading, facts.LOOK_BEFORE)
    unplanned = await journal_rows.is_unplanned(app.db.reading, chat.person_id, look_before)
    return unplanned and app.reading.failed[chat.channel] < MOST_WAITS


async def _follow(app: App, said: Said, known: Known | None) -> Answers:
    """What there is to say about one message that was read: new, edited, or neither."""
    if known and not messages.differs(known, said):
        return []
    try:
        done = await messages.edited(app, said) if known else await messages.write(app, said)
    except NotSeeking:  # they left, or were erased, meanwhile
        return []
    except messages.REFUSALS as refusal:
        done = Refusal(str(refusal))
    return [(key_of(done, said.post.id), done)] if done else []


async def _gone(app: App, chat: Chat, missing: dict[str, Known], since: datetime) -> Answers:
    """The questions about messages that were there, are kept, and are no longer there."""
    found = [m for m, known in missing.items() if known.text is not None and not known.gone and known.said_at >= since]
    asked = [await messages.deleted(app, chat.channel, message) for message in found]
    return [(key_of(question, question.message), question) for question in asked if question]


async def _saw(app: App, chat: Chat, said: list[Said]) -> None:
    if said and said[-1].post.id != chat.seen:
        async with app.db.writing() as tx:
            await rows.saw(tx, chat, said[-1].post.id)


def _in_short(answers: Answers) -> Answers:
    """Many messages that were kept are told in one line; what is a question stays."""
    kept = [key for key, what in answers if isinstance(what, Kept)]
    if len(kept) <= ONE_BY_ONE:
        return answers
    return [(kept[-1], CaughtUp(len(kept))), *((key, what) for key, what in answers if not isinstance(what, Kept))]


async def _answer(app: App, chat: Chat, answers: Iterable[tuple[str, Answer]]) -> None:
    """Say what came of what was read; what is kept stays kept where that fails, and a question is asked later."""
    face = app.faces[chat.person.platform]
    for key, what in answers:
        await app.pace.turn()
        outcome = await _pump.in_time(face.answer(key, chat.person, chat.channel, what))
        if isinstance(what, Held | Deleted) and isinstance(outcome, Sent):
            await messages.asked(app, what)


async def _ask_again(app: App, chat: Chat, before: datetime) -> None:
    """Ask what was to be asked before this process began to read and, as far as the history tells, never was."""
    tx = app.db.reading
    parts = [await messages.about_deleted(tx, *p) for p in await journal_rows.unasked_parts(tx, chat.person_id, before)]
    questions: list[tuple[str, Held | Deleted]] = [(key_of(part, part.message), part) for part in parts if part]
    questions += [(held.id, held) for held in await held_rows.unasked(tx, chat.person_id, before)]
    face = app.faces[chat.person.platform]
    for key, what in questions:
        await app.pace.turn()
        match await face.find(key, chat.person, before - messages.READ_BACK, chat.channel):
            case Post():
                await messages.asked(app, what)
            case None:
                await _answer(app, chat, [(key, what)])
            case CannotTell():
                pass  # it is asked after the next read
