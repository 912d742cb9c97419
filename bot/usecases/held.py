"""Words that wait for whoever wrote them: refused, or said without an open question."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core import exercise as exercises
from bot.core.exercise import CHECKIN
from bot.core.journal import Gone, Held, Kept, Part
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.store import held as rows
from bot.store import journal as entry_rows
from bot.store import people as people_rows
from bot.usecases import _entries
from bot.usecases.app import App
from bot.usecases.people import seeking

STRAY = "stray"  # a message without an open question
REFUSED = "refused"  # a message that was too long, until it is edited
FORM = "form"  # a form that was refused


async def words_of(app: App, who: Person, held_id: str) -> Held:
    """One's own waiting words; raises Gone or NotYours."""
    return await _entries.own_held(app.db.reading, who, held_id)


async def hold(app: App, who: Person, purpose: str, ref: str, words: Mapping[str, str]) -> Held:
    """Keep words that were refused, in place of earlier ones about the same."""
    async with app.db.writing() as tx:
        person_id = await people_rows.remember(tx, who, "")
        return await rows.keep(tx, person_id, purpose, ref, words, app.now())


async def settled(app: App, who: Person, ref: str) -> None:
    """A form was taken: words of it that were refused before wait no longer."""
    async with app.db.writing() as tx:
        person_id = await people_rows.number_of(tx, who)
        if person_id:
            await rows.let_go_about(tx, person_id, ref)


async def keep(app: App, who: Person, held_id: str, exercise_id: str) -> Kept:
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
        entry = await entry_rows.of_day(tx, seeker.id, CHECKIN, today) if exercise_id == CHECKIN else None
        if entry is None:
            occurrence_id = await _entries.open_on(tx, seeker, Ask.CHECKIN, today, exercise_id)
            answers = exercises.check(exercise, {exercise.plain: part.text}, whole=False)
            kept = await _entries.keep(app, tx, seeker.id, exercise, today, answers, {}, occurrence_id)
            await entry_rows.add_part(tx, kept, part, app.now())
        else:
            kept = await _entries.add_words(app, tx, entry, part, app.now())
        await rows.let_go(tx, held.id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def let_go(app: App, who: Person, held_id: str) -> None:
    """Forget waiting words."""
    async with app.db.writing() as tx:
        held = await _entries.own_held(tx, who, held_id)
        await rows.let_go(tx, held.id)
