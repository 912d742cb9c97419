"""Plain direct messages as answers: written, edited, deleted; and words that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.core import exercise as exercises
from bot.core import journal as rules
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.delivery import Kind
from bot.core.exercise import ANSWER_LIMIT, CHECKIN, Answers, TooLong
from bot.core.journal import Entry, Gone, Held, Kept, Part
from bot.core.people import Person, Seeker
from bot.core.rhythm import Ask, Occurrence
from bot.store import delivery as delivery_rows
from bot.store import journal as rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.usecases import _entries
from bot.usecases.app import App
from bot.usecases.people import seeking

STRAY = "stray"  # a message without an open question
REFUSED = "refused"  # a message that was too long, until it is edited
FORM = "form"  # a form that was refused


class Message(NamedTuple):
    """A plain direct message; `reply_to` is the message that it answers on the platform, or empty."""

    channel: str
    id: str
    text: str
    reply_to: str = ""
    files: bool = False

    @property
    def place(self) -> str:
        """Where it stands, as waiting words refer to it."""
        return f"{self.channel}/{self.id}"


class Deleted(NamedTuple):
    """A message of an answer was deleted: shall its words go as well, or the whole answer if they were changed?"""

    entry: Entry
    whole: bool


# ------------------------------------------------------------------ written


async def write(app: App, who: Person, message: Message) -> Kept | Held:
    """Keep a plain message as an answer, or hold it while its writer decides.

    Raises TooLong or Blank, changing nothing; one that was too long is taken once it is edited.
    """
    try:
        return await _write(app, who, message)
    except TooLong as refusal:
        await hold(app, who, REFUSED, message.place, {"text": message.text, "reply_to": message.reply_to})
        raise TooLong(f"{refusal} Edit your message above, and I take it then.") from None


async def _write(app: App, who: Person, message: Message) -> Kept | Held:
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        if texts.is_blank(message.text):
            raise exercises.Blank("There were no words in that that I could read. Nothing was kept.")
        part = Part(message.channel, message.id, texts.clean(message.text))
        about = await _meant(app, tx, seeker, message)
        if about is None:
            words = {"text": exercises.checked_text(message.text, "Your message")}
            held = await rows.hold(tx, seeker.id, STRAY, message.place, words, app.now())
            return held._replace(files=message.files)
        kept = await _add_words(app, tx, about, part)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept, files=message.files)


async def _meant(app: App, tx: Tx, seeker: Seeker, message: Message) -> Entry | Occurrence | None:
    """What a plain message is about: the prompt it replies to, the answer just given, or the prompt that came last."""
    found: Entry | Occurrence | None = None
    delivery = await delivery_rows.at_post(tx, message.channel, message.reply_to) if message.reply_to else None
    if delivery and delivery.kind in (Kind.DRAFT, Kind.RECALL, Kind.NOTE):
        return None  # words about the week or about friends are no answer to a question
    if delivery and delivery.kind is Kind.PROMPT and delivery.person_id == seeker.id:
        found = await rows.for_occurrence(tx, delivery.subject) or await rhythm_rows.occurrence(tx, delivery.subject)
    found = found or await rows.newest_with_parts(tx, seeker.id, app.now() - times.ANSWER_WITHIN)
    asked_since = app.now() - app.settings.late - times.ANSWER_LATE
    found = found or await rhythm_rows.still_asked(tx, seeker.id, asked_since)
    return found if found and found.exercise in app.exercises else None


async def _add_words(app: App, tx: Tx, about: Entry | Occurrence, part: Part) -> Entry:
    exercise = app.exercises[about.exercise]
    before: Answers = about.answers if isinstance(about, Entry) else {}
    said = str(before.get(exercise.plain, ""))
    text = f"{said}\n{part.text}".strip()
    if said and len(part.text) <= ANSWER_LIMIT < len(text):
        raise TooLong(
            f"Together with what you wrote before, that is {len(text):,} characters, and an answer holds "
            f"{ANSWER_LIMIT:,}: there is room for {max(0, ANSWER_LIMIT - len(said) - 1):,} more."
        )
    answers = exercises.check(exercise, {exercise.plain: text}, before, whole=False)
    if isinstance(about, Entry):
        await rows.change(tx, about.id, answers, about.numbers, app.now())
        kept = await _entries.read(tx, about.id)
    else:
        kept = await _entries.keep(app, tx, about.person_id, exercise, about.on, answers, {}, about.id)
    await rows.add_part(tx, kept, part, app.now())
    return kept


# ------------------------------------------------------------------ edited, deleted


async def edited(app: App, who: Person, message: Message) -> Kept | Held | None:
    """Follow an edited message; what there is to say about it, None where its prompt shows it.

    Raises TooLong, Blank or Gone (changed by hand since), changing nothing.
    """
    tx = app.db.reading
    found = await rows.part(tx, message.channel, message.id)
    if found:
        entry_id, before, replaced = found
        if texts.clean(message.text) == before:
            return None
        return await _edit_part(app, who, entry_id, message, by_hand=replaced)
    held = await rows.held_about(tx, message.place)
    if held is None or held.person_id != await people_rows.number_of(tx, who) or held.words["text"] == message.text:
        return None
    if held.purpose == REFUSED:
        return await _take_after_all(app, who, held, message)
    async with app.db.writing() as tx:
        await rows.rewrite_held(tx, held.id, {"text": _some_words(message.text)})
    return None


def _some_words(text: str) -> str:
    words = exercises.checked_text(text, "Your message")
    if not words:
        raise exercises.Blank("There are no words in that any more, so I left it as it was. Delete it to forget it.")
    return words


async def _take_after_all(app: App, who: Person, held: Held, message: Message) -> Kept | Held:
    taken = await write(app, who, message._replace(reply_to=held.words["reply_to"]))
    if isinstance(taken, Kept):
        await let_go(app, who, held.id)
    return taken


async def _edit_part(app: App, who: Person, entry_id: int, message: Message, *, by_hand: bool) -> Kept | None:
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        exercise = _entries.present(app, entry.exercise)
        before = await rows.parts(tx, entry.id)
        part = Part(message.channel, message.id, _some_words(message.text))
        after = [part if (old.channel, old.message) == (part.channel, part.message) else old for old in before]
        text = None if by_hand else rules.reworded(str(entry.answers.get(exercise.plain, "")), before, after)
        if text is None:
            raise Gone("You changed this answer by hand since, so I left it as it is. Press “Change” to edit it.")
        answers = exercises.check(exercise, {exercise.plain: text}, entry.answers, whole=False)
        await rows.change_part(tx, part.channel, part.message, part.text)
        await rows.change(tx, entry.id, answers, entry.numbers, app.now())
        kept = await _entries.read(tx, entry.id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return None if kept.occurrence_id else await _entries.kept(app, kept)


async def deleted(app: App, channel: str, message: str) -> Deleted | None:
    """What a deleted message was part of, to ask about it; words that only waited are forgotten at once."""
    found = await rows.part(app.db.reading, channel, message)
    entry = await rows.get(app.db.reading, found[0]) if found else None
    if found and entry:
        return Deleted(entry, whole=found[2])
    held = await rows.held_about(app.db.reading, f"{channel}/{message}")
    if held:
        async with app.db.writing() as tx:
            await rows.let_go(tx, held.id)
    return None


# ------------------------------------------------------------------ words that wait


async def held_words(app: App, who: Person, held_id: str) -> Held:
    """One's own waiting words; raises Gone or NotYours."""
    return await _entries.own_held(app.db.reading, who, held_id)


async def hold(app: App, who: Person, purpose: str, ref: str, words: Mapping[str, str]) -> Held:
    """Keep words that were refused, in place of earlier ones about the same."""
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, who, "")
        return await rows.hold(tx, person_id, purpose, ref, words, app.now())


async def settled(app: App, who: Person, ref: str) -> None:
    """A form was taken: words of it that were refused before wait no longer."""
    async with app.db.writing() as tx:
        person_id = await people_rows.number_of(tx, who)
        if person_id:
            await rows.let_go_about(tx, person_id, ref)


async def keep_held(app: App, who: Person, held_id: str, exercise_id: str) -> Kept:
    """Make a note, or a part of today's check-in, of waiting words."""
    async with app.db.writing() as tx:
        held = await _entries.own_held(tx, who, held_id)
        if held.purpose != STRAY:
            raise Gone("Those words were refused, so they can't be kept as they are. “Try again” opens their form.")
        seeker = await seeking(tx, who)
        today = _entries.today(app, seeker)
        exercise = app.exercises[exercise_id]
        channel, _, message = held.ref.partition("/")
        part = Part(channel, message, held.words["text"])
        entry = await rows.of_day(tx, seeker.id, CHECKIN, today) if exercise_id == CHECKIN else None
        if entry is None:
            occurrence_id = await _entries.open_on(tx, seeker, Ask.CHECKIN, today, exercise_id)
            answers = exercises.check(exercise, {exercise.plain: part.text}, whole=False)
            kept = await _entries.keep(app, tx, seeker.id, exercise, today, answers, {}, occurrence_id)
            await rows.add_part(tx, kept, part, app.now())
        else:
            kept = await _add_words(app, tx, entry, part)
        await rows.let_go(tx, held.id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def let_go(app: App, who: Person, held_id: str) -> None:
    """Forget waiting words."""
    async with app.db.writing() as tx:
        held = await _entries.own_held(tx, who, held_id)
        await rows.let_go(tx, held.id)
