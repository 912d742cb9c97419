"""Answers by form and by command; changing, sharing and forgetting them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import dates
from bot.core import exercise as exercises
from bot.core import journal as rules
from bot.core import rhythm as times
from bot.core.exercise import CHECKIN, Answers, Exercise
from bot.core.journal import Entry, Gone, Kept, Visibility
from bot.core.people import Person
from bot.core.rhythm import Ask, Standing
from bot.store import journal as rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.usecases import _entries
from bot.usecases.app import App
from bot.usecases.people import seeking

Raw = Mapping[str, str]


class Form(NamedTuple):
    """What a form asks: its exercise, what to fill in beforehand, and the day or entry that it is about."""

    exercise: Exercise
    answers: Answers
    day: str = ""
    entry_id: int | None = None


# ------------------------------------------------------------------ forms, each by one indexed read


async def form_for_prompt(app: App, who: Person, delivery_id: str) -> Form:
    """The form behind *Answer*; where it was answered already, that entry's number."""
    asked = await _entries.own_question(app.db.reading, who, delivery_id)
    return Form(_entries.present(app, asked.exercise), {}, dates.day(asked.on), asked.entry_id)


async def form_for_entry(app: App, who: Person, entry_id: int) -> Form:
    """The form behind *Change*."""
    entry = await _entries.own(app.db.reading, who, entry_id)
    return Form(_entries.present(app, entry.exercise), entry.answers, dates.day(entry.on), entry.id)


async def form_for_today(app: App, who: Person) -> Form:
    """The form of `/checkin`; where today has one already, that entry's."""
    entry = await _checkin_today(app, who)
    return Form(app.exercises[CHECKIN], entry.answers if entry else {}, entry_id=entry.id if entry else None)


async def form_for_reflection(app: App, who: Person, exercise_id: str) -> Form:
    """The form of `/reflect`."""
    await seeking(app.db.reading, who)
    return Form(known_exercise(app, exercise_id), {})


async def numbers_of(app: App, who: Person, entry_id: int) -> Mapping[str, int]:
    """The counts of one's own entry."""
    return (await _entries.own(app.db.reading, who, entry_id)).numbers


def known_exercise(app: App, typed: str) -> Exercise:
    """The exercise of that id or title; raises Gone with what to do."""
    exercise = app.exercises.find(typed)
    if exercise is None:
        raise Gone(f"I don't know the exercise “{typed[:40]}”. Pick one from the list.")
    return exercise


# ------------------------------------------------------------------ answers


async def answer(app: App, who: Person, delivery_id: str, raw: Raw) -> Kept:
    """Keep the form's answers to a prompt, for the day it asked about.

    An answer that came another way meanwhile keeps what this form leaves blank.
    """
    async with app.db.writing() as tx:
        asked = await _entries.own_question(tx, who, delivery_id)
        exercise = _entries.present(app, asked.exercise)
        entry = await _entries.read(tx, asked.entry_id) if asked.entry_id else None
        if entry:
            answers = exercises.check(exercise, _filled(raw), entry.answers)
            kept = await _entries.rewrite(app, tx, entry, answers, entry.numbers)
        else:
            answers = exercises.check(exercise, raw)
            kept = await _entries.keep(app, tx, asked.person_id, exercise, asked.on, answers, {}, asked.occurrence_id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def checkin(app: App, who: Person, raw: Raw, numbers: Mapping[str, int | None]) -> Kept:
    """Add words, scales and counts to today's check-in; what is given again replaces what was there."""
    counts = rules.check_numbers(numbers)
    given = _filled(raw)
    exercise = app.exercises[CHECKIN]
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = _entries.today(app, seeker)
        entry = await rows.of_day(tx, seeker.id, CHECKIN, today)
        before: Answers = entry.answers if entry else {}
        answers = before if counts and not given else exercises.check(exercise, given, before, whole=False)
        if entry:
            kept = await _entries.rewrite(app, tx, entry, answers, {**entry.numbers, **counts})
        else:
            occurrence_id = await _entries.open_on(tx, seeker, Ask.CHECKIN, today, CHECKIN)
            kept = await _entries.keep(app, tx, seeker.id, exercise, today, answers, counts, occurrence_id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def has_checkin_today(app: App, who: Person) -> bool:
    """Whether today's check-in is there already."""
    return await _checkin_today(app, who) is not None


async def _checkin_today(app: App, who: Person) -> Entry | None:
    found = await rows.newest_of(app.db.reading, who, CHECKIN)
    zone, entry = found or ((await seeking(app.db.reading, who)).zone, None)
    return entry if entry and entry.on == times.local_date(app.now(), ZoneInfo(zone)) else None


async def reflect(app: App, who: Person, exercise_id: str, raw: Raw) -> Kept:
    """Keep an exercise done of one's own accord; it answers today's prompt if that asked the same."""
    exercise = known_exercise(app, exercise_id)
    answers = exercises.check(exercise, raw)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = _entries.today(app, seeker)
        occurrence_id = await _entries.open_on(tx, seeker, Ask.REFLECTION, today, exercise.id)
        kept = await _entries.keep(app, tx, seeker.id, exercise, today, answers, {}, occurrence_id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


def _filled(raw: Raw) -> dict[str, str]:
    return {step: value for step, value in raw.items() if value.strip()}


# ------------------------------------------------------------------ changes


async def change(app: App, who: Person, entry_id: int, raw: Raw) -> Kept:
    """Replace an entry's answers by the form's; a field left blank takes its answer away."""
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        exercise = _entries.present(app, entry.exercise)
        answers = exercises.check(exercise, raw, entry.answers)
        kept = await _entries.rewrite(app, tx, entry, answers, entry.numbers)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def set_numbers(app: App, who: Person, entry_id: int, raw: Raw) -> Kept:
    """Replace an entry's counts; raises BadNumber."""
    counts = rules.check_numbers(raw)
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        if not (counts or entry.answers):
            raise exercises.Blank("That would leave nothing of this check-in. Keep one number, or add how you are.")
        kept = await _entries.rewrite(app, tx, entry, entry.answers, counts)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def rate(app: App, who: Person, entry_id: int, step: str, value: str) -> Kept:
    """Add one scale to an entry; the next open one is asked."""
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        exercise = _entries.present(app, entry.exercise)
        if all(scale.id != step for scale in exercise.missing_scales({})):
            raise exercises.NotAsked(f"“{exercise.title}” has no scale of that name.")
        answers = exercises.check(exercise, {step: value}, entry.answers, whole=False)
        kept = await _entries.rewrite(app, tx, entry, answers, entry.numbers)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def share(app: App, who: Person, entry_id: int, visibility: Visibility) -> Kept:
    """Let friends see an entry in the weekly summary, or keep it to oneself."""
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        await rows.set_visibility(tx, entry.id, visibility, app.now())
        kept = await _entries.read(tx, entry.id)
        stale = await _entries.show_again(app, tx, kept)
    await _entries.after(app, stale, kept)
    return await _entries.kept(app, kept)


async def forget(app: App, who: Person, entry_id: int, message: tuple[str, str] | None = None) -> Entry | None:
    """Delete an entry, or only the part of it that one message said; what is left of it."""
    async with app.db.writing() as tx:
        entry = await _entries.own(tx, who, entry_id)
        left = await _without(app, tx, entry, message) if message else None
        if left is None:
            await rows.delete(tx, entry.id)
            if entry.occurrence_id:
                await rhythm_rows.set_state(tx, entry.occurrence_id, Standing.FORGOTTEN)
        stale = await _entries.show_again(app, tx, entry)
    await _entries.after(app, stale, entry)
    return left


async def _without(app: App, tx: Tx, entry: Entry, message: tuple[str, str]) -> Entry | None:
    """The entry without one message's words; None where nothing is left, or they were changed by hand since."""
    plain = app.exercises[entry.exercise].plain
    found = await rows.part(tx, *message)
    if found is None or found[0] != entry.id:
        raise Gone("That part is forgotten already.")
    before = await rows.parts(tx, entry.id)
    after = [part for part in before if (part.channel, part.message) != message]
    text = rules.reworded(str(entry.answers.get(plain, "")), before, after)
    if len(before) == len(after) or text is None:
        return None
    answers = {step: value for step, value in entry.answers.items() if step != plain} | ({plain: text} if text else {})
    if not (answers or entry.numbers):
        return None
    await rows.drop_part(tx, *message)
    await rows.change(tx, entry.id, answers, entry.numbers, app.now())
    return await _entries.read(tx, entry.id)


async def read(app: App, who: Person, entry_id: int) -> Kept:
    """One's own entry, whole."""
    return await _entries.kept(app, await _entries.own(app.db.reading, who, entry_id))
