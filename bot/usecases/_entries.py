"""Keeping, changing and showing entries: shared by answers by form or command and by plain messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import exercise as exercises
from bot.core import rhythm as times
from bot.core.exercise import ANSWER_LIMIT, Answers, Exercise, TooLong
from bot.core.journal import Asked, Entry, Gone, Held, Kept, Part, owned
from bot.core.people import Person, Seeker
from bot.core.rhythm import Ask, Occurrence, Standing
from bot.store import held as held_rows
from bot.store import journal as rows
from bot.store import people as people_rows
from bot.store import reader as reader_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _goals, _mentions, _posted, _pump, _weeks
from bot.usecases.app import App


async def keep(
    app: App,
    tx: Tx,
    person_id: int,
    exercise: Exercise,
    on: date,
    answers: Answers,
    numbers: Mapping[str, int],
    occurrence_id: int | None,
) -> Entry:
    """Keep a new entry; where it answers an occurrence, that is answered."""
    week = await _week_for(tx, person_id, on)
    entry = await rows.add(tx, person_id, exercise.id, on, week, answers, numbers, occurrence_id, app.now())
    if occurrence_id:
        await rhythm_rows.set_state(tx, occurrence_id, Standing.ANSWERED)
    return entry


async def rewrite(app: App, tx: Tx, entry: Entry, answers: Answers, numbers: Mapping[str, int]) -> Entry:
    """Replace what an entry says; words changed by hand are no longer those of its messages."""
    plain = app.exercises[entry.exercise].plain
    if answers.get(plain) != entry.answers.get(plain):
        await rows.replace_parts(tx, entry.id)
    await rows.change(tx, entry.id, answers, numbers, app.now())
    return await read(tx, entry.id)


async def _week_for(tx: Tx, person_id: int, on: date) -> date:
    """The week that a new entry belongs to: its own until that is posted, then the next."""
    monday = times.monday_of(on)
    posted = await summary_rows.posted_mondays(tx, person_id, monday)
    while monday in posted:
        monday += timedelta(days=7)
    return monday


async def read(tx: Tx, entry_id: int) -> Entry:
    """The entry of that number, which is there."""
    entry = await rows.get(tx, entry_id)
    assert entry is not None
    return entry


def today(app: App, seeker: Seeker) -> date:
    """The date where the seeker is."""
    return times.local_date(app.now(), ZoneInfo(seeker.zone))


async def add_words(app: App, tx: Tx, about: Entry | Occurrence, part: Part, said_at: datetime) -> Entry:
    """Let a plain message be an answer, or a further part of one; raises TooLong."""
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
        kept = await read(tx, about.id)
    else:
        kept = await keep(app, tx, about.person_id, exercise, about.on, answers, {}, about.id)
    await rows.add_part(tx, kept, part, said_at)
    return kept


# ------------------------------------------------------------------ whose, and what of


async def own(tx: Tx, who: Person, entry_id: int) -> Entry:
    """One's own entry; raises Gone or NotYours."""
    gone = "That answer is no longer here; it may have been deleted."
    not_yours = "That answer belongs to somebody else, so only they can see or change it."
    return owned(await rows.owned(tx, entry_id), lambda found: found[0] == who, gone, not_yours)[1]


async def own_held(tx: Tx, who: Person, held_id: str) -> Held:
    """One's own waiting words; raises Gone or NotYours."""
    gone = "Those words no longer wait: they were settled or deleted, or a week has passed."
    not_yours = "Those words belong to somebody else."
    return owned(await held_rows.get(tx, held_id), lambda found: found[0] == who, gone, not_yours)[1]


async def own_question(tx: Tx, who: Person, delivery_id: str) -> Asked:
    """What a prompt asked of oneself; raises Gone or NotYours."""
    gone = "That question is no longer here. /checkin and /reflect work at any time."
    not_yours = "That question was for somebody else, so only they can answer it."
    return owned(await rows.asked(tx, delivery_id), lambda asked: asked.person == who, gone, not_yours)


def present(app: App, exercise_id: str) -> Exercise:
    """An exercise that is still there to be answered; raises Gone."""
    if exercise_id not in app.exercises:
        raise Gone(
            f"“{app.exercises[exercise_id].title}” is no longer among my exercises. "
            "What you wrote stays as it is; /reflect shows the others."
        )
    return app.exercises[exercise_id]


async def open_on(tx: Tx, seeker: Seeker, ask: Ask, on: date, exercise_id: str) -> int | None:
    """The occurrence of a day that asks an exercise and has no answer yet, or None."""
    occurrence = await rhythm_rows.occurrence_on(tx, seeker.id, ask, on)
    if occurrence is None or occurrence.exercise != exercise_id:
        return None
    return None if await rows.for_occurrence(tx, occurrence.id) else occurrence.id


# ------------------------------------------------------------------ showing it


async def kept(app: App, entry: Entry, *, files: bool = False) -> Kept:
    """What the person sees of an entry, and the scale that it still lacks."""
    exercise = app.exercises[entry.exercise]
    ask = next(exercise.missing_scales(entry.answers), None)
    posted = await _weeks.stands(app.db.reading, entry)
    readers = await reader_rows.of_entry(app.db.reading, entry.id) if entry.for_some else ()
    mentions = await _mentions.of(app, entry)
    goals = await _goals.after(app.db.reading, entry, app.now())
    return Kept(entry, exercise, ask.id if ask else None, files, posted, readers, mentions, goals)


async def show_again(app: App, tx: Tx, entry: Entry) -> list[str]:
    """Mark every message that shows an entry; their ids."""
    standing = await _weeks.mark_answer(tx, entry, app.now())
    return standing + await _posted.entry_changed(app, tx, entry.person_id, entry.week)


async def after(app: App, stale: list[str], entry: Entry) -> None:
    """Once it is committed: revise what shows the entry, its weekly post as well."""
    seeker = await people_rows.seeker_by_id(app.db.reading, entry.person_id)
    week = await summary_rows.of_monday(app.db.reading, entry.person_id, entry.week)
    if seeker and week:
        with _pump.kept_anyway():
            await _posted.settle_posts(app, seeker, week.id)
    await _pump.refresh_now(app, stale)
