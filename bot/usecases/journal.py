"""Answers: by form, by plain message, by command; changing, sharing and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.core import exercise as exercises
from bot.core import journal as rules
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.delivery import Kind
from bot.core.exercise import CHECKIN, NOTE, Answers, Exercise
from bot.core.journal import Entry, Gone, Held, Kept, NotYours, Part, Visibility
from bot.core.people import Person, Seeker
from bot.core.rhythm import Ask, Occurrence
from bot.store import delivery as delivery_rows
from bot.store import journal as rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _pump, summary
from bot.usecases.app import App
from bot.usecases.people import seeking

STRAY = "stray"
Raw = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A plain direct message; `reply_to` is the message that it answers on the platform, or empty."""

    channel: str
    id: str
    text: str
    reply_to: str = ""
    files: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks: its exercise, and what to fill in beforehand."""

    exercise: Exercise
    answers: Answers


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message of an answer was deleted: shall the answer go as well?"""

    entry: Entry
    exercise: Exercise
    person: Person
    channel: str
    message: str


# ------------------------------------------------------------------ forms


async def form_for_prompt(app: App, who: Person, delivery_id: str) -> Form:
    """The form behind *Answer*; filled in where there is an answer already."""
    occurrence = await _asked(app.db.reading, who, delivery_id)
    entry = await rows.for_occurrence(app.db.reading, occurrence.id)
    return Form(app.exercises[occurrence.exercise], entry.answers if entry else {})


async def form_for_entry(app: App, who: Person, entry_id: int) -> tuple[Form, Entry]:
    """The form behind *Change*."""
    entry = await _own(app.db.reading, who, entry_id)
    return Form(app.exercises[entry.exercise], entry.answers), entry


async def form_for_today(app: App, who: Person, exercise_id: str) -> Form:
    """The form of `/checkin` and `/reflect`; today's check-in is filled in where there is one."""
    seeker = await seeking(app.db.reading, who)
    exercise = known_exercise(app, exercise_id)
    today = times.local_date(app.now(), ZoneInfo(seeker.zone))
    entry = await rows.of_day(app.db.reading, seeker.id, exercise_id, today) if exercise_id == CHECKIN else None
    return Form(exercise, entry.answers if entry else {})


def known_exercise(app: App, exercise_id: str) -> Exercise:
    """The exercise of that id; raises Gone with what to do."""
    if exercise_id not in app.exercises:
        raise Gone(f"I don't know the exercise “{exercise_id[:40]}”. Pick one from the list.")
    return app.exercises[exercise_id]


# ------------------------------------------------------------------ answers


async def answer(app: App, who: Person, delivery_id: str, raw: Raw) -> Kept:
    """Keep the form's answers to a prompt, for the day it asked about."""
    async with app.db.writing() as tx:
        occurrence = await _asked(tx, who, delivery_id)
        exercise = app.exercises[occurrence.exercise]
        entry = await rows.for_occurrence(tx, occurrence.id)
        answers = exercises.check(exercise, raw)
        if entry:
            kept = await _rewrite(app, tx, entry, answers, entry.numbers)
        else:
            kept = await _keep(app, tx, occurrence.person_id, exercise, occurrence.on, answers, {}, occurrence)
        stale = await _show_again(app, tx, kept)
    await _pump.refresh_now(app, stale)
    return Kept(kept, exercise)


async def checkin(app: App, who: Person, raw: Raw, numbers: Mapping[str, int | None]) -> Kept:
    """Keep today's check-in from the command's options; what is given again replaces what was there."""
    counts = rules.check_numbers(numbers)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = times.local_date(app.now(), ZoneInfo(seeker.zone))
        exercise = app.exercises[CHECKIN]
        entry = await rows.of_day(tx, seeker.id, CHECKIN, today)
        before = dict(entry.answers) if entry else {}
        answers = exercises.check(exercise, {**before, **{k: v for k, v in raw.items() if v}})
        if entry:
            kept = await _rewrite(app, tx, entry, answers, {**entry.numbers, **counts})
        else:
            occurrence = await _open_on(tx, seeker, Ask.CHECKIN, today, CHECKIN)
            kept = await _keep(app, tx, seeker.id, exercise, today, answers, counts, occurrence)
        stale = await _show_again(app, tx, kept)
    await _pump.refresh_now(app, stale)
    return Kept(kept, exercise)


async def has_checkin_today(app: App, who: Person) -> bool:
    """Whether today's check-in is there already, so that numbers alone can be added to it."""
    seeker = await seeking(app.db.reading, who)
    today = times.local_date(app.now(), ZoneInfo(seeker.zone))
    return await rows.of_day(app.db.reading, seeker.id, CHECKIN, today) is not None


async def reflect(app: App, who: Person, exercise_id: str, raw: Raw) -> Kept:
    """Keep an exercise done of one's own accord; it answers today's prompt if that asked the same."""
    exercise = known_exercise(app, exercise_id)
    answers = exercises.check(exercise, raw)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = times.local_date(app.now(), ZoneInfo(seeker.zone))
        occurrence = await _open_on(tx, seeker, Ask.REFLECTION, today, exercise_id)
        kept = await _keep(app, tx, seeker.id, exercise, today, answers, {}, occurrence)
        stale = await _show_again(app, tx, kept)
    await _pump.refresh_now(app, stale)
    return Kept(kept, exercise)


async def change(app: App, who: Person, entry_id: int, raw: Raw) -> Kept:
    """Replace an entry's answers by the form's."""
    async with app.db.writing() as tx:
        entry = await _own(tx, who, entry_id)
        exercise = app.exercises[entry.exercise]
        answers = exercises.check(exercise, raw)
        kept = await _rewrite(app, tx, entry, answers, entry.numbers)
        stale = await _show_again(app, tx, kept)
    await _after(app, who, stale, kept)
    return Kept(kept, exercise)


async def set_numbers(app: App, who: Person, entry_id: int, raw: Raw) -> Kept:
    """Replace an entry's counts; raises BadNumber."""
    counts = rules.check_numbers(raw)
    async with app.db.writing() as tx:
        entry = await _own(tx, who, entry_id)
        kept = await _rewrite(app, tx, entry, entry.answers, counts)
        stale = await _show_again(app, tx, kept)
    await _after(app, who, stale, kept)
    return _kept(app, kept)


async def rate(app: App, who: Person, entry_id: int, step: str, value: str) -> Kept:
    """Add one scale to an entry; the next open one is asked."""
    async with app.db.writing() as tx:
        entry = await _own(tx, who, entry_id)
        exercise = app.exercises[entry.exercise]
        answers = exercises.check(exercise, {**entry.answers, step: value}, whole=False)
        kept = await _rewrite(app, tx, entry, answers, entry.numbers)
        stale = await _show_again(app, tx, kept)
    await _after(app, who, stale, kept)
    return _kept(app, kept)


async def share(app: App, who: Person, entry_id: int, visibility: Visibility) -> Kept:
    """Let friends see an entry in the weekly summary, or keep it to oneself."""
    async with app.db.writing() as tx:
        entry = await _own(tx, who, entry_id)
        await rows.set_visibility(tx, entry.id, visibility, app.now())
        kept = await _read(tx, entry.id)
        stale = await _show_again(app, tx, kept)
    await _after(app, who, stale, kept)
    return _kept(app, kept)


async def forget(app: App, who: Person, entry_id: int, message: tuple[str, str] | None = None) -> Entry | None:
    """Delete an entry, or only the part of it that one message said; what is left of it."""
    async with app.db.writing() as tx:
        entry = await _own(tx, who, entry_id)
        left = await _without(app, tx, entry, message) if message else None
        stale = await _show_again(app, tx, entry)
        if left is None:
            await rows.delete(tx, entry.id)
            if entry.occurrence_id:
                await rhythm_rows.set_state(tx, entry.occurrence_id, "skipped")
    await _after(app, who, stale, entry)
    return left


async def _without(app: App, tx: Tx, entry: Entry, message: tuple[str, str]) -> Entry | None:
    await rows.drop_part(tx, *message)
    exercise = app.exercises[entry.exercise]
    text = rules.joined(await rows.parts(tx, entry.id))
    answers = {k: v for k, v in entry.answers.items() if k != exercise.plain} | ({exercise.plain: text} if text else {})
    if not answers:
        return None
    await rows.change(tx, entry.id, answers, entry.numbers, app.now())
    return await _read(tx, entry.id)


async def read(app: App, who: Person, entry_id: int) -> Kept:
    """One's own entry, whole."""
    return _kept(app, await _own(app.db.reading, who, entry_id))


# ------------------------------------------------------------------ plain messages


async def write(app: App, who: Person, message: Message) -> Kept | Held:
    """Keep a plain message as an answer, or hold it while its writer decides; raises TooLong, changing nothing."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        part = Part(message.channel, message.id, texts.clean(message.text))
        entry, occurrence = await _meant(app, tx, seeker, message)
        if entry is None and occurrence is None:
            text = exercises.checked_text(message.text, "Your message")
            return await rows.hold(tx, seeker.id, STRAY, f"{part.channel}/{part.message}", {"text": text}, app.now())
        kept = await _add_words(app, tx, entry, occurrence, part)
        stale = await _show_again(app, tx, kept)
    await _pump.refresh_now(app, stale)
    return _kept(app, kept, files=message.files)


async def _meant(app: App, tx: Tx, seeker: Seeker, message: Message) -> tuple[Entry | None, Occurrence | None]:
    """What a plain message is about: the prompt it replies to, the answer just given, or the newest open prompt."""
    if message.reply_to:
        delivery = await delivery_rows.at_post(tx, message.channel, message.reply_to)
        if delivery and delivery.kind is Kind.PROMPT and delivery.person_id == seeker.id:
            occurrence = await rhythm_rows.occurrence(tx, delivery.subject)
            return await rows.for_occurrence(tx, delivery.subject), occurrence
    entry = await rows.newest_with_parts(tx, seeker.id, app.now() - times.ANSWER_WITHIN)
    if entry:
        return entry, None
    return None, await rhythm_rows.newest_open(tx, seeker.id)


async def _add_words(app: App, tx: Tx, entry: Entry | None, occurrence: Occurrence | None, part: Part) -> Entry:
    exercise = app.exercises[entry.exercise if entry else occurrence.exercise if occurrence else NOTE]
    before = str(entry.answers.get(exercise.plain, "")) if entry else ""
    text = f"{before}\n{part.text}".strip()
    answers = exercises.check(exercise, {**(entry.answers if entry else {}), exercise.plain: text}, whole=False)
    if entry:
        await rows.change(tx, entry.id, answers, entry.numbers, app.now())
        kept = await _read(tx, entry.id)
    else:
        assert occurrence is not None
        kept = await _keep(app, tx, occurrence.person_id, exercise, occurrence.on, answers, {}, occurrence)
    await rows.add_part(tx, kept, part, app.now())
    return kept


async def message_edited(app: App, who: Person, channel: str, message: str, text: str) -> Kept | None:
    """Follow an edited message; None where it is no part of an answer. Raises TooLong, Gone (changed by hand since)."""
    async with app.db.writing() as tx:
        found = await rows.part(tx, channel, message)
        if found is None:
            await _edit_held(tx, who, channel, message, text)
            return None
        entry_id, before, replaced = found
        text = texts.clean(text)
        if text == before:
            return None
        entry = await _own(tx, who, entry_id)
        if replaced:
            raise Gone("You changed this answer by hand since, so I left it as it is. Press “Change” to edit it.")
        await rows.change_part(tx, channel, message, text)
        exercise = app.exercises[entry.exercise]
        joined = rules.joined(await rows.parts(tx, entry.id))
        answers = exercises.check(exercise, {**entry.answers, exercise.plain: joined}, whole=False)
        await rows.change(tx, entry.id, answers, entry.numbers, app.now())
        kept = await _read(tx, entry.id)
        stale = await _show_again(app, tx, kept)
    await _after(app, who, stale, kept)
    return _kept(app, kept)


async def _edit_held(tx: Tx, who: Person, channel: str, message: str, text: str) -> None:
    person_id = await people_rows.number_of(tx, who)
    held = await rows.held_with_ref(tx, person_id, STRAY, f"{channel}/{message}") if person_id else None
    if held:
        await rows.rewrite_held(tx, held.id, {"text": exercises.checked_text(text, "Your message")})


async def message_deleted(app: App, channel: str, message: str) -> Deleted | None:
    """What a deleted message was part of, to ask about it; None where it was no part of an answer."""
    tx = app.db.reading
    found = await rows.part(tx, channel, message)
    entry = await rows.get(tx, found[0]) if found and not found[2] else None
    if entry is None:
        return None
    person = await people_rows.person(tx, entry.person_id)
    return Deleted(entry, app.exercises[entry.exercise], person, channel, message)


# ------------------------------------------------------------------ held words


async def held_words(app: App, who: Person, held_id: str) -> Held:
    """One's own waiting words; raises Gone or NotYours."""
    return await _held(app.db.reading, who, held_id)


async def hold(app: App, who: Person, purpose: str, ref: str, words: Raw) -> Held:
    """Keep the words of a refused form behind *Try again*."""
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, who, "")
        return await rows.hold(tx, person_id, purpose, ref, words, app.now())


async def keep_held(app: App, who: Person, held_id: str, exercise_id: str) -> Kept:
    """Make a note, or today's check-in, of waiting words."""
    async with app.db.writing() as tx:
        held = await _held(tx, who, held_id)
        seeker = await seeking(tx, who)
        today = times.local_date(app.now(), ZoneInfo(seeker.zone))
        exercise = app.exercises[exercise_id]
        channel, _, message = held.ref.partition("/")
        part = Part(channel, message, held.words["text"])
        entry = await rows.of_day(tx, seeker.id, CHECKIN, today) if exercise_id == CHECKIN else None
        if entry is None:
            occurrence = await _open_on(tx, seeker, Ask.CHECKIN, today, exercise_id)
            answers = exercises.check(exercise, {exercise.plain: part.text}, whole=False)
            kept = await _keep(app, tx, seeker.id, exercise, today, answers, {}, occurrence)
            await rows.add_part(tx, kept, part, app.now())
        else:
            kept = await _add_words(app, tx, entry, None, part)
        await rows.let_go(tx, held.id)
        stale = await _show_again(app, tx, kept)
    await _pump.refresh_now(app, stale)
    return _kept(app, kept)


async def let_go(app: App, who: Person, held_id: str) -> None:
    """Forget waiting words."""
    async with app.db.writing() as tx:
        held = await _held(tx, who, held_id)
        await rows.let_go(tx, held.id)


# ------------------------------------------------------------------ inside


def _kept(app: App, entry: Entry, *, files: bool = False) -> Kept:
    exercise = app.exercises[entry.exercise]
    ask = next(exercise.missing_scales(entry.answers), None)
    return Kept(entry, exercise, ask.id if ask else None, files)


async def _keep(
    app: App,
    tx: Tx,
    person_id: int,
    exercise: Exercise,
    on: date,
    answers: Answers,
    numbers: Mapping[str, int],
    occurrence: Occurrence | None,
) -> Entry:
    week = await _week_for(tx, person_id, on)
    occurrence_id = occurrence.id if occurrence else None
    entry = await rows.add(tx, person_id, exercise.id, on, week, answers, numbers, occurrence_id, app.now())
    if occurrence:
        await rhythm_rows.set_state(tx, occurrence.id, "answered")
    return entry


async def _rewrite(app: App, tx: Tx, entry: Entry, answers: Answers, numbers: Mapping[str, int]) -> Entry:
    plain = app.exercises[entry.exercise].plain
    if answers.get(plain) != entry.answers.get(plain):
        await rows.replace_parts(tx, entry.id)
    await rows.change(tx, entry.id, answers, numbers, app.now())
    return await _read(tx, entry.id)


async def _week_for(tx: Tx, person_id: int, on: date) -> date:
    """The week that a new entry belongs to: its own until that is posted, then the next."""
    monday = times.monday_of(on)
    posted = await summary_rows.posted_mondays(tx, person_id, monday)
    while monday in posted:
        monday += timedelta(days=7)
    return monday


async def _open_on(tx: Tx, seeker: Seeker, ask: Ask, on: date, exercise_id: str) -> Occurrence | None:
    occurrence = await rhythm_rows.occurrence_on(tx, seeker.id, ask, on)
    if occurrence is None or occurrence.exercise != exercise_id:
        return None
    return None if await rows.for_occurrence(tx, occurrence.id) else occurrence


async def _show_again(app: App, tx: Tx, entry: Entry) -> list[str]:
    """Mark every message that shows an entry; their ids."""
    prompts = await delivery_rows.about(tx, Kind.PROMPT, entry.occurrence_id) if entry.occurrence_id else []
    standing = [delivery.id for delivery in prompts if delivery.post]
    for delivery_id in standing:
        await delivery_rows.mark_stale(tx, delivery_id, app.now())
    return standing + await summary.entry_changed(app, tx, entry.id, entry.person_id, entry.week)


async def _after(app: App, who: Person, stale: list[str], entry: Entry) -> None:
    seeker = await people_rows.seeker(app.db.reading, who)
    week = await summary_rows.of_monday(app.db.reading, entry.person_id, entry.week)
    if seeker and week:
        await summary.settle_posts(app, seeker, week.id)
    await _pump.refresh_now(app, stale)


async def _read(tx: Tx, entry_id: int) -> Entry:
    entry = await rows.get(tx, entry_id)
    assert entry is not None
    return entry


async def _own(tx: Tx, who: Person, entry_id: int) -> Entry:
    entry = await rows.get(tx, entry_id)
    if entry is None:
        raise Gone("That answer is no longer here; it may have been deleted.")
    if entry.person_id != await people_rows.number_of(tx, who):
        raise NotYours("That answer belongs to somebody else, so only they can see or change it.")
    return entry


async def _held(tx: Tx, who: Person, held_id: str) -> Held:
    held = await rows.held(tx, held_id)
    if held is None:
        raise Gone("Those words are settled already, or a week has passed and I let them go.")
    if held.person_id != await people_rows.number_of(tx, who):
        raise NotYours("Those words belong to somebody else.")
    return held


async def _asked(tx: Tx, who: Person, delivery_id: str) -> Occurrence:
    delivery = await delivery_rows.get(tx, delivery_id)
    if delivery is None or delivery.kind is not Kind.PROMPT:
        raise Gone("That question is no longer here. /checkin and /reflect work at any time.")
    if delivery.person_id != await people_rows.number_of(tx, who):
        raise NotYours("That question was for somebody else, so only they can answer it.")
    occurrence = await rhythm_rows.occurrence(tx, delivery.subject)
    if occurrence is None:
        raise Gone("That question is no longer here. /checkin and /reflect work at any time.")
    return occurrence
