"""Entries and the messages they were made of: written down and found again."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time, timedelta

import pytest

from bot.core.journal import Entry, Part, Visibility
from bot.core.people import Person, Post
from bot.core.rhythm import Ask, Standing
from bot.store import delivery, journal, people, rhythm
from bot.store.db import Tx
from tests.store.conftest import MAYA, NOW

ON, MONDAY = date(2026, 1, 2), date(2025, 12, 29)
MINUTE = timedelta(minutes=1)


async def kept(tx: Tx, person: int, on: date = ON, exercise: str = "checkin", occurrence: int | None = None) -> Entry:
    """An entry with words."""
    return await journal.add(tx, person, exercise, on, MONDAY, {"done": "Größe 👣"}, {"hours": 2}, occurrence, NOW)


async def question(tx: Tx, person: int, at: datetime = NOW, message: str = "1") -> tuple[int, str]:
    """An occurrence whose prompt arrived as a message."""
    await rhythm.set_schedule(tx, person, Ask.CHECKIN, {4}, time(17, 30), None)
    (schedule,) = await rhythm.schedules(tx, person)
    occurrence = await rhythm.add_occurrence(tx, person, schedule.id, Ask.CHECKIN, "checkin", at.date(), at)
    assert occurrence
    key = await delivery.owe(tx, delivery.Kind.PROMPT, MAYA, occurrence.id, at, person_id=person)
    assert key
    await delivery.settle(tx, key, delivery.State.SENT, at, post=Post("discord", "", "c", message))
    return occurrence.id, key


async def test_an_entry_is_found_as_it_was_kept_and_private(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    assert await journal.get(tx, entry.id) == entry
    assert (entry.answers, entry.numbers, entry.visibility) == ({"done": "Größe 👣"}, {"hours": 2}, Visibility.PRIVATE)
    assert await journal.owned(tx, entry.id) == (MAYA, entry)


async def test_a_deleted_entry_takes_its_messages_with_it(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    await journal.add_part(tx, entry, Part("c", "1", "Größe 👣"), NOW)
    await journal.delete(tx, entry.id)
    assert await journal.owned(tx, entry.id) is None
    assert await journal.part(tx, "c", "1") is None


async def test_one_occurrence_has_one_answer(tx: Tx, maya: int) -> None:
    occurrence, _ = await question(tx, maya)
    entry = await kept(tx, maya, occurrence=occurrence)
    assert await journal.for_occurrence(tx, occurrence) == entry
    with pytest.raises(sqlite3.IntegrityError):
        await kept(tx, maya, occurrence=occurrence)


async def test_a_question_tells_whose_it_is_and_its_answer(tx: Tx, maya: int) -> None:
    occurrence, key = await question(tx, maya)
    asked = await journal.asked(tx, key)
    assert asked
    assert (asked.person, asked.person_id, asked.occurrence_id, asked.on) == (MAYA, maya, occurrence, ON)
    assert asked.entry_id is None
    entry = await kept(tx, maya, occurrence=occurrence)
    asked = await journal.asked(tx, key)
    assert asked
    assert asked.entry_id == entry.id


async def test_what_is_no_prompt_asked_nothing(tx: Tx, maya: int) -> None:
    occurrence, _ = await question(tx, maya)
    hello = await delivery.owe(tx, delivery.Kind.HELLO, MAYA, occurrence, NOW, person_id=maya)
    assert hello
    assert await journal.asked(tx, hello) is None
    assert await journal.asked(tx, "nothing") is None


async def test_the_newest_entry_is_that_of_the_latest_day(tx: Tx, maya: int) -> None:
    latest = await kept(tx, maya)
    await kept(tx, maya, on=ON - timedelta(days=1))
    await kept(tx, maya, exercise="note", on=ON + timedelta(days=1))
    assert await journal.newest_of(tx, MAYA, "checkin") == ("Europe/Berlin", latest)


async def test_a_seeker_without_entries_has_a_zone_and_none_newest(tx: Tx, maya: int) -> None:
    assert await journal.newest_of(tx, MAYA, "checkin") == ("Europe/Berlin", None)


async def test_whoever_left_or_never_began_has_no_newest_entry(tx: Tx, maya: int) -> None:
    await people.leave(tx, maya, NOW)
    assert await journal.newest_of(tx, MAYA, "checkin") is None
    assert await journal.newest_of(tx, Person("discord", "", "8"), "checkin") is None


async def test_parts_keep_the_order_in_which_they_were_added(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    for minutes, message in enumerate(("30", "4", "200")):
        await journal.add_part(tx, entry, Part("c", message, message), NOW + minutes * MINUTE)
    await journal.change_part(tx, "c", "4", "edited")
    assert [part.text for part in await journal.parts(tx, entry.id)] == ["30", "edited", "200"]


async def test_parts_that_were_replaced_by_hand_no_longer_speak(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    await journal.add_part(tx, entry, Part("c", "1", "a"), NOW)
    await journal.replace_parts(tx, entry.id)
    await journal.add_part(tx, entry, Part("c", "2", "b"), NOW)
    assert [part.text for part in await journal.parts(tx, entry.id)] == ["b"]
    assert await journal.part(tx, "c", "1") == (entry.id, "a", True)


async def nearby(tx: Tx, maya: int, message: str, said_at: datetime) -> Entry | None:
    return await journal.newest_with_parts(tx, maya, ("c", message), said_at, 10 * MINUTE)


async def test_the_answer_just_given_is_found_for_a_while_before_and_after(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    await journal.add_part(tx, entry, Part("c", "20", "a"), NOW)
    assert await nearby(tx, maya, "30", NOW + 10 * MINUTE) == entry
    assert await nearby(tx, maya, "30", NOW + 11 * MINUTE) is None
    assert await nearby(tx, maya, "9", NOW - 10 * MINUTE) == entry
    assert await nearby(tx, maya, "9", NOW - 11 * MINUTE) is None
    assert await journal.newest_with_parts(tx, maya, ("d", "30"), NOW, 10 * MINUTE) is None


async def test_an_open_question_that_stands_between_two_messages_parts_them(tx: Tx, maya: int) -> None:
    entry = await kept(tx, maya)
    await journal.add_part(tx, entry, Part("c", "20", "a"), NOW)
    occurrence, _ = await question(tx, maya, NOW, "100")
    assert await nearby(tx, maya, "99", NOW) == entry
    assert await nearby(tx, maya, "101", NOW) is None
    await rhythm.set_state(tx, occurrence, Standing.SKIPPED)
    assert await nearby(tx, maya, "101", NOW) == entry


async def test_the_last_question_above_a_message_is_told_by_the_order_in_the_channel(tx: Tx, maya: int) -> None:
    first, _ = await question(tx, maya, NOW, "9")
    second, _ = await question(tx, maya, NOW + timedelta(days=7), "100")

    async def asked(message: str, since: datetime = NOW) -> int | None:
        return await journal.last_asked(tx, maya, ("c", message), NOW, since)

    assert [await asked(message) for message in ("8", "10", "99", "101")] == [None, first, first, second]
    assert await asked("10", NOW + MINUTE) is None


async def test_a_question_that_may_stand_counts_by_its_time(tx: Tx, maya: int) -> None:
    occurrence, key = await question(tx, maya)
    await tx.run("UPDATE deliveries SET state = 'unknown', settled_at = NULL, post_id = NULL WHERE id = ?", key)
    await tx.run("UPDATE deliveries SET claimed_at = ?", NOW.isoformat(timespec="milliseconds"))
    entry = await kept(tx, maya)
    await journal.add_part(tx, entry, Part("c", "8", "a"), NOW - MINUTE)
    assert [await nearby(tx, maya, "9", NOW + late) for late in (-MINUTE, MINUTE)] == [entry, None]
    asked = [await journal.last_asked(tx, maya, ("c", "9"), NOW + late, NOW) for late in (-MINUTE, MINUTE)]
    assert asked == [None, occurrence]


async def test_an_answer_given_only_below_a_message_is_told_from_one_above_it(tx: Tx, maya: int) -> None:
    occurrence, _ = await question(tx, maya, NOW, "9")
    entry = await kept(tx, maya, occurrence=occurrence)
    await journal.add_part(tx, entry, Part("c", "100", "a"), NOW)
    assert await journal.answered_after(tx, occurrence, "99") == entry
    assert await journal.answered_after(tx, occurrence, "101") is None
