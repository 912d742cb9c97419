"""Erasure: every table says whose data its rows are, and all of one person's rows go, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.people import Person
from bot.store import people, privacy
from bot.store.db import Database, Tx

MAYA, JONAS = 1, 2
NOW = "2026-01-04T18:00:00.000+00:00"
WORDS = "Nobody may read this any more"
ROWS = {  # one row for each table with data of people; {p} is the person, {o} somebody else
    "seekers": "(person_id, zone, quiet_from, quiet_to, started_at) VALUES ({p}, 'UTC', '22:00', '08:00', '{now}')",
    "memberships": "(person_id, circle_id) VALUES ({p}, 1)",
    "schedules": "(id, person_id, ask, days, at) VALUES ({p}, {p}, 'checkin', '0', '17:30')",
    "pauses": "(person_id, from_on) VALUES ({p}, '2026-01-01')",
    "rests": "(person_id, rest_on) VALUES ({p}, '2026-01-01')",
    "occurrences": "(id, person_id, schedule_id, ask, exercise, local_on, due_at)"
    " VALUES ({p}, {p}, {p}, 'checkin', 'checkin', '2026-01-02', '{now}')",
    "entries": "(id, person_id, exercise, entry_on, week_on, occurrence_id, answers, numbers, visibility, created_at,"
    " updated_at) VALUES ({p}, {p}, 'checkin', '2026-01-02', '2025-12-29', {p}, '{words}', '', 'private', '{now}',"
    " '{now}')",
    "readers": "(entry_id, person_id, friend_id) VALUES ({p}, {p}, {o})",
    "friends": "(circle_id, person_id) VALUES (1, {p})",
    "entry_parts": "(channel, message, person_id, entry_id, text, said_at)"
    " VALUES ('c', '{p}', {p}, {p}, '{words}', '{now}')",
    "held": "(id, person_id, purpose, ref, words, held_at) VALUES ('{p}', {p}, 'stray', '', '{words}', '{now}')",
    "asks": "(id, person_id, words, set_at, next_at) VALUES ({p}, {p}, '{words}', '{now}', '{now}')",
    "hidden": "(person_id, name) VALUES ({p}, '{words}')",
    "weeks": "(id, person_id, monday_on, words) VALUES ({p}, {p}, '2025-12-29', '{words}')",
    "asked_in": "(week_id, ask_id, person_id) VALUES ({p}, {p}, {p})",
    "sections": "(council_id, week_id, person_id, turn, added_at) VALUES (1, {p}, {p}, 1, '{now}')",
    "notes": "(id, person_id, week_id) VALUES ({p}, {p}, {p})",
    "silences": "(id, person_id, since_at, friend_words) VALUES ({p}, {p}, '{now}', '{words}')",
    "consents": "(person_id, standing, changed_at) VALUES ({p}, 'given', '{now}')",
    "ideas": "(sort, person_id, seeker_id, what, why, given_at, changed_at)"
    " VALUES ('idea', {p}, {o}, '{words}', '{words}', '{now}', '{now}')",
    "experiments": "(person_id, what, question, try_on, learned, made_at)"
    " VALUES ({p}, '{words}', '{words}', '2026-01-08', '{words}', '{now}')",
    "replies": "(person_id, friend_id, sort, way, words, made_at)"
    " VALUES ({p}, {o}, 'thanks', 'person', '{words}', '{now}')",
    "deliveries": "(id, person_id, kind, subject, to_kind, to_platform, to_workspace, to_id, due_at, try_at)"
    " VALUES ('{p}', {p}, 'note', {p}, 'person', 'discord', '', '{p}', '{now}', '{now}')",
    "reactions": "(week_id, channel, message, person_id, emoji, added_at, note_id)"
    " VALUES ({o}, 'c', 'm', {p}, '*', '{now}', {o})",
    "conversations": "(person_id, channel) VALUES ({p}, 'c{p}')",
    "taken": "(channel, message, person_id, said_at, taken_at) VALUES ('c', '{p}', {p}, '{now}', '{now}')",
    "alerts": "(topic, about, person_id, raised_at) VALUES ('closed', '{p}', {p}, '{now}')",
    "words": "(week_id, person_id, text, link, said_at, note_id) VALUES ({o}, {p}, '{words}', '', '{now}', {o})",
    "landings": "(id, person_id, sort, words, began_at, at, week_id)"
    " VALUES ({p}, {p}, 'landed', '{words}', '{now}', '{now}', {p})",
    "applications": "(id, person_id, company, role, link, source, kind, place, reach, made_at, stage, furthest,"
    " stage_on, active_on, next_words) VALUES ({p}, {p}, '{words}', '{words}', '{words}', '{words}', '{words}',"
    " '{words}', '{words}', '{now}', 'applied', 'applied', '2026-01-02', '2026-01-02', '{words}')",
    "events": "(person_id, application_id, act, happened_on, noted_at, whom, words)"
    " VALUES ({p}, {p}, 'applied', '2026-01-02', '{now}', '{words}', '{words}')",
    "mornings": "(id, person_id, local_on) VALUES ({p}, {p}, '2026-01-09')",
    "reminders": "(morning_id, person_id, application_id, sort, due_on, words, at)"
    " VALUES ({p}, {p}, {p}, 'hand', '2026-01-09', '{words}', '{now}')",
    "interviews": "(person_id, application_id, event_id, starts_at) VALUES ({p}, {p}, {p}, '{now}')",
    "imports": "(person_id, content, choices, sent_at) VALUES ({p}, '{words}', '', '{now}')",
    "goals": "(person_id, activity, from_on, per_week, set_on) VALUES ({p}, 'offers', '2025-12-29', 5, '2026-01-01')",
    "allowed_names": "(person_id, name) VALUES ({p}, '{words}')",
    "thanks_lines": "(landing_id, person_id, friend_id, unnamed, standing, words, mark)"
    " VALUES ({p}, {p}, {o}, 0, 'confirmed', '{words}', '')",
}


async def fill(tx: Tx) -> None:
    """One row in every table for Maya and for Jonas, each a friend under the other's post."""
    await tx.run(
        f"INSERT INTO circles (id, platform, workspace, external_id, name, made_at)"
        f" VALUES (1, 'discord', '1', '2', 'friends', '{NOW}')"
    )
    await tx.run("INSERT INTO councils (id, circle_id, monday_on) VALUES (1, 1, '2025-12-29')")
    for name in ("Maya", "Jonas"):
        await people.remember(tx, Person("discord", "", name), name)
    for table, row in ROWS.items():
        for person, other in ((MAYA, JONAS), (JONAS, MAYA)):
            await tx.run(f"INSERT INTO {table} {row.format(p=person, o=other, now=NOW, words=WORDS + str(person))}")


async def counts(tx: Tx, person_id: int) -> dict[str, int]:
    """How many rows each table has of a person."""
    found = await privacy.personal_tables(tx)
    return {t: len(await tx.all(f"SELECT 1 FROM {t} WHERE {c} = ?", person_id)) for t, c in found.items()}


async def test_a_table_that_does_not_say_whose_its_rows_are_stops_the_erasure(database: Database) -> None:
    async with database.writing() as tx:
        await tx.run("CREATE TABLE diaries (id INTEGER PRIMARY KEY, owner INTEGER) STRICT")

        with pytest.raises(LookupError, match="diaries"):
            await privacy.erase(tx, MAYA)


async def test_every_table_of_people_is_filled_by_this_test(database: Database) -> None:
    assert set(await privacy.personal_tables(database.reading)) == {"people", *ROWS}


async def test_every_row_of_one_person_goes_and_what_is_of_others_alone_stays(database: Database) -> None:
    async with database.writing() as tx:
        await fill(tx)
        assert set((await counts(tx, MAYA)).values()) == {1}

        await privacy.erase(tx, MAYA)

        assert set((await counts(tx, MAYA)).values()) == {0}
        # what Jonas gave Maya, said to her or kept for her goes with it
        gone = {"reactions", "words", "replies", "ideas", "readers", "thanks_lines"}
        assert await counts(tx, JONAS) == {table: int(table not in gone) for table in ("people", *sorted(ROWS))}
        assert await tx.all("PRAGMA foreign_key_check") == []


async def test_friends_of_whom_nothing_else_is_left_are_forgotten_with_the_post(database: Database) -> None:
    async with database.writing() as tx:
        await fill(tx)
        aisha = await people.remember(tx, Person("discord", "", "Aisha"), "Aisha")
        await tx.run(
            "INSERT INTO reactions (week_id, channel, message, person_id, emoji, added_at)"
            " VALUES (?, 'c', 'n', ?, '', ?)",
            MAYA, aisha, NOW,
        )  # fmt: skip

        await privacy.erase(tx, MAYA)

        assert [row["name"] for row in await tx.all("SELECT name FROM people")] == ["Jonas"]


async def test_after_the_checkpoint_the_words_are_in_no_byte_of_the_files(path: Path, database: Database) -> None:
    async with database.writing() as tx:
        await fill(tx)
    assert f"{WORDS}{MAYA}".encode() in raw(path.parent)

    async with database.writing() as tx:
        await privacy.erase(tx, MAYA)
    await database.checkpoint()

    assert f"{WORDS}{MAYA}".encode() not in raw(path.parent)
    assert f"{WORDS}{JONAS}".encode() in raw(path.parent)


def raw(folder: Path) -> bytes:
    """All bytes of the database and its log."""
    return b"".join(path.read_bytes() for path in folder.iterdir())
