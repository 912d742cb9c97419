"""Plain direct messages as answers: written, edited, deleted."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b
from typing import NamedTuple

from bot.core import exercise as exercises
from bot.core import journal as rules
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.conversations import Deleted, Known
from bot.core.delivery import TO_FRIENDS, Kind
from bot.core.errors import Told
from bot.core.exercise import Blank, TooLong
from bot.core.journal import Entry, Gone, Held, Kept, Part
from bot.core.people import Post, Said, Seeker
from bot.core.rhythm import Occurrence, Standing
from bot.store import conversations, taken
from bot.store import held as held_rows
from bot.store import journal as rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _entries, _silence
from bot.usecases.app import App
from bot.usecases.held import REFUSED, STRAY
from bot.usecases.people import NotSeeking, seeking, sought

READ_BACK = timedelta(days=14)  # how far back messages are read again, and further where more was missed
OF_SEARCH = (Kind.FOLLOW_UPS, Kind.INTERVIEW)
NO_QUESTIONS = (Kind.DRAFT, Kind.RECALL, Kind.NOTE, Kind.TRIAL, Kind.IDEA, Kind.BECAME, *OF_SEARCH, *TO_FRIENDS)


class NotKept(Told):
    """A message without words: files, a voice message, a sticker."""


class _Added(NamedTuple):
    entry: Entry
    stale: list[str]  # the messages that show it
    seen: bool = False  # one of them tells what changed


_Done = _Added | Held | Told
REFUSALS = (Blank, TooLong, Gone, NotKept, NotSeeking)  # of what was written; a database in trouble is none of them


def _place(post: Post) -> str:
    """Where a message stands, as waiting words refer to it."""
    return f"{post.channel}/{post.id}"


# ------------------------------------------------------------------ written


async def write(app: App, said: Said) -> Kept | Held | None:
    """Keep a plain message as an answer, or hold it while its writer decides; None where it was taken before.

    One that is too long is held until it is edited. Raises Blank, NotKept or NotSeeking, and is settled by that.
    """
    async with app.db.writing() as tx:
        seeker = await sought(tx, said.who)
        await conversations.meet(tx, seeker.id, said.post.channel)
        if not await taken.take(tx, seeker.id, said, app.now()):
            return None
        await _silence.heard(app, tx, seeker, said.at)
        done = await _weighed(app, tx, said)
    return await _told(app, done, files=said.files)


async def _weighed(app: App, tx: Tx, said: Said) -> _Done:
    try:
        return await _taken(app, tx, said)
    except TooLong as refusal:
        person_id = (await sought(tx, said.who)).id
        why = f"{refusal} Edit your message above, and I take it then."
        words = {"text": said.text, "reply_to": said.reply_to, "why": why}
        return await held_rows.keep(tx, person_id, REFUSED, _place(said.post), words, app.now())
    except REFUSALS as refusal:
        return refusal


async def _told(app: App, done: _Done, *, files: bool = False) -> Kept | Held:
    """Once it is committed: what the person is shown; raises what was refused."""
    if isinstance(done, Told):
        raise done
    if isinstance(done, Held):
        return done._replace(files=files)
    await _entries.after(app, done.stale, done.entry)
    return await _entries.kept(app, done.entry, files=files)


async def _taken(app: App, tx: Tx, said: Said) -> _Added | Held:
    seeker = await seeking(tx, said.who)
    if not said.text:
        raise NotKept(
            "I keep your words, not files or voice messages: that one stays only in this chat. A written line is kept."
        )
    if texts.is_blank(said.text):
        raise Blank("There were no words in that that I could read. Nothing was kept.")
    about = await _meant(app, tx, seeker, said)
    if about is None:
        words = {"text": exercises.checked_text(said.text, "Your message")}
        return await held_rows.keep(tx, seeker.id, STRAY, _place(said.post), words, app.now())
    entry = await _entries.add_words(app, tx, about, _part(said), said.at)
    return _Added(entry, await _entries.show_again(app, tx, entry))


def _part(said: Said) -> Part:
    return Part(said.post.channel, said.post.id, texts.clean(said.text))


async def _meant(app: App, tx: Tx, seeker: Seeker, said: Said) -> Entry | Occurrence | None:
    """What a plain message is about: the prompt it replies to, the answer just given, or the prompt that came last.

    It is asked as of the moment in which it was written, however late it is read.
    """
    found: Entry | Occurrence | None = None
    message = said.post.channel, said.post.id
    delivery = await standing_rows.at_post(tx, said.post.channel, said.reply_to) if said.reply_to else None
    if delivery and delivery.kind in NO_QUESTIONS:
        return None  # words about the week or about friends are no answer to a question
    if delivery and delivery.kind is Kind.PROMPT and delivery.person_id == seeker.id:
        found = await rows.for_occurrence(tx, delivery.subject) or await rhythm_rows.occurrence(tx, delivery.subject)
    found = found or await rows.newest_with_parts(tx, seeker.id, message, said.at, times.ANSWER_WITHIN)
    found = found or await _asked_before(app, tx, seeker, said)
    return found if found and found.exercise in app.exercises else None


async def _asked_before(app: App, tx: Tx, seeker: Seeker, said: Said) -> Entry | Occurrence | None:
    """The last question above a message, if it was open then: not answered, or only by what was written later."""
    since = said.at - app.settings.late - times.ANSWER_LATE
    asked = await rows.last_asked(tx, seeker.id, (said.post.channel, said.post.id), said.at, since)
    occurrence = await rhythm_rows.occurrence(tx, asked) if asked else None
    if occurrence is None or occurrence.state is Standing.OPEN:
        return occurrence
    return await rows.answered_after(tx, occurrence.id, said.post.id)


# ------------------------------------------------------------------ edited


async def edited(app: App, said: Said) -> Kept | Held | None:
    """Follow an edited message; what there is to say about it, None where its prompt shows it, or a newer edit came.

    Raises Blank, TooLong or Gone (changed by hand since), once for the same words, changing nothing.
    """
    known = await taken.known(app.db.reading, said.post.channel, said.post.id)
    if known is None:
        heard = await _heard_late(app, said)
        known = await taken.known(app.db.reading, said.post.channel, said.post.id)
        if heard or known is None:
            return heard
    if not differs(known, said):
        return None
    async with app.db.writing() as tx:
        done = await _followed(app, tx, said) if await taken.follow(tx, said) else None
    if done is None:
        return None
    shown = await _told(app, done, files=said.files)
    return None if isinstance(done, _Added) and done.seen else shown


def differs(known: Known, said: Said) -> bool:
    """Whether a message no longer reads as it is kept."""
    return known.text is not None and texts.clean(known.text) != texts.clean(said.text)


async def _heard_late(app: App, said: Said) -> Kept | Held | None:
    """The edit of a message that was missed: it is taken as it reads now. One from before the start is not."""
    chat = await conversations.chat_in(app.db.reading, said.post.channel)
    if chat is None or chat.person != said.who or said.at < max(chat.since, app.now() - READ_BACK):
        return None
    return await write(app, said)


async def _followed(app: App, tx: Tx, said: Said) -> _Done | None:
    try:
        found = await rows.part(tx, said.post.channel, said.post.id)
        if found:
            return await _reword(app, tx, said, found[0], by_hand=found[2])
        held = await held_rows.about(tx, _place(said.post))
        return await _rehold(app, tx, said, held) if held else None
    except REFUSALS as refusal:
        mark = blake2b(said.text.encode(), digest_size=8).hexdigest()
        return refusal if await taken.refuse_edit(tx, said.post.channel, said.post.id, mark) else None


async def _rehold(app: App, tx: Tx, said: Said, held: Held) -> _Done | None:
    """Waiting words were edited: those that were refused may be taken now."""
    if held.purpose != REFUSED:
        await held_rows.rewrite(tx, held.id, {"text": _some_words(said.text)})
        return None
    done = await _weighed(app, tx, said._replace(reply_to=held.words["reply_to"]))
    if isinstance(done, _Added):
        await held_rows.let_go(tx, held.id)
    return done


def _some_words(text: str) -> str:
    words = exercises.checked_text(text, "Your message")
    if not words:
        raise Blank("There are no words in that any more, so I left it as it was. Delete it to forget it.")
    return words


async def _reword(app: App, tx: Tx, said: Said, entry_id: int, *, by_hand: bool) -> _Added:
    entry = await _entries.own(tx, said.who, entry_id)
    exercise = _entries.present(app, entry.exercise)
    before = await rows.parts(tx, entry.id)
    part = _part(said)._replace(text=_some_words(said.text))
    after = [part if (old.channel, old.message) == (part.channel, part.message) else old for old in before]
    text = None if by_hand else rules.reworded(str(entry.answers.get(exercise.plain, "")), before, after)
    if text is None:
        raise Gone("You changed this answer by hand since, so I left it as it is. Press “Change” to edit it.")
    answers = exercises.check(exercise, {exercise.plain: text}, entry.answers, whole=False)
    await rows.change_part(tx, part.channel, part.message, part.text)
    await rows.change(tx, entry.id, answers, entry.numbers, app.now())
    kept = await _entries.read(tx, entry.id)
    return _Added(kept, await _entries.show_again(app, tx, kept), seen=kept.occurrence_id is not None)


# ------------------------------------------------------------------ deleted


async def deleted(app: App, channel: str, message: str) -> Deleted | None:
    """What a deleted message was part of, to ask about it once; words that only waited are forgotten at once."""
    now = app.now()
    async with app.db.writing() as tx:
        if await rows.mark_gone(tx, channel, message, now):
            return await about_deleted(tx, channel, message)
        held = await held_rows.about(tx, f"{channel}/{message}")
        if held:
            await held_rows.let_go(tx, held.id)
        chat = await conversations.chat_in(tx, channel)
        if chat:  # one that is being read at this moment is not to be taken any more
            await taken.forgo(tx, chat.person_id, Post(chat.person.platform, "", channel, message), now)
    return None


async def about_deleted(tx: Tx, channel: str, message: str) -> Deleted | None:
    """The question about a deleted message; None where nothing of it is kept any more."""
    found = await rows.part(tx, channel, message)
    entry = await rows.get(tx, found[0]) if found else None
    return Deleted(entry, channel, message, whole=found[2]) if found and entry else None


async def asked(app: App, about: Held | Deleted) -> None:
    """The person has read the question about waiting words or a deleted message."""
    async with app.db.writing() as tx:
        if isinstance(about, Held):
            await held_rows.asked_about(tx, about.id, app.now())
        else:
            await rows.asked_about_part(tx, about.channel, about.message, app.now())
