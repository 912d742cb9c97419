"""A database of the released version goes on as it was: what was asked, answered and left is kept, and found."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.core.goals import Activity, Goal
from bot.core.rhythm import Ask
from bot.store import goals, note, planning, rhythm, schema
from bot.store.db import open_database
from bot.store.schema import migrations
from tests.store._files import outside

NOW = "2026-01-04T18:00:00.000+00:00"
WHEN = datetime(2026, 1, 5, 18, tzinfo=UTC)
LEFT = f"""
    INSERT INTO people (id, platform, workspace, external_id, name) VALUES
        (1, 'discord', '', '1', 'Maya'), (2, 'discord', '', '2', 'Jonas');
    INSERT INTO circles (id, platform, workspace, external_id, name, made_at)
    VALUES (1, 'discord', '1', '2', 'friends', '{NOW}');
    INSERT INTO weeks (id, person_id, monday_on, words) VALUES (1, 1, '2025-12-29', '');
    INSERT INTO notes (id, person_id, week_id) VALUES (1, 1, 1);
    INSERT INTO reactions (week_id, channel, message, person_id, emoji, added_at, note_id)
    VALUES (1, 'c', 'm', 2, '*', '{NOW}', 1);
    INSERT INTO words (id, week_id, person_id, text, link, channel, message, said_at, note_id)
    VALUES (7, 1, 2, 'Well done', 'link', 'c', 'n', '{NOW}', 1), (9, 1, 2, 'Go', '', NULL, NULL, '{NOW}', NULL);
"""


async def test_reactions_and_words_are_kept_with_their_numbers_and_notes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await released_with(path, LEFT, monkeypatch)

    now_is = await open_database(path)

    assert outside(path, "SELECT week_id, channel, message, person_id, emoji, added_at, note_id FROM reactions") == [
        (1, "c", "m", 2, "*", NOW, 1)
    ]
    assert outside(path, "SELECT id, text, emoji, unnamed, note_id FROM words ORDER BY id") == [
        (7, "Well done", "", 0, 1),
        (9, "Go", "", 0, None),
    ]
    assert await note.of_message(now_is.reading, "c", "n") == [1]
    assert await now_is.reading.all("PRAGMA foreign_key_check") == []
    await now_is.close()


ASKED = f"""
    INSERT INTO people (id, platform, workspace, external_id, name) VALUES (1, 'discord', '', '1', 'Maya');
    INSERT INTO schedules (id, person_id, ask, days, at) VALUES (3, 1, 'checkin', '0123456', '18:00');
    INSERT INTO occurrences (id, person_id, schedule_id, ask, exercise, local_on, due_at, state) VALUES
        (5, 1, 3, 'checkin', 'checkin', '2026-01-03', '{NOW}', 'answered'),
        (8, 1, NULL, 'checkin', 'checkin', '2026-01-04', '{NOW}', 'open'),
        (9, 1, 3, 'checkin', 'checkin', '2026-01-04', '{NOW}', 'answered');
    INSERT INTO entries (id, person_id, exercise, entry_on, week_on, occurrence_id, answers, numbers, visibility,
        created_at, updated_at) VALUES
        (2, 1, 'checkin', '2026-01-03', '2025-12-29', 5, '{{}}', '{{}}', 'private', '{NOW}', '{NOW}'),
        (4, 1, 'checkin', '2026-01-02', '2025-12-29', NULL, '{{}}', '{{}}', 'private', '{NOW}', '{NOW}'),
        (6, 1, 'checkin', '2026-01-04', '2025-12-29', 9, '{{}}', '{{}}', 'private', '{NOW}', '{NOW}');
"""


async def test_dates_are_kept_and_each_answer_goes_on_answering_its_own(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await released_with(path, ASKED, monkeypatch)
    dates = "SELECT id, person_id, schedule_id, ask, exercise, local_on, due_at, state FROM occurrences ORDER BY id"
    before = outside(path, dates)

    now_is = await open_database(path)

    assert outside(path, dates) == before
    assert outside(path, "SELECT id, occurrence_id FROM entries ORDER BY id") == [(2, 5), (4, None), (6, 9)]
    assert await now_is.reading.all("PRAGMA foreign_key_check") == []
    async with now_is.writing() as tx:
        assert await rhythm.add_occurrence(tx, 1, 3, Ask.CHECKIN, "checkin", date(2026, 1, 3), WHEN) is None
        assert await rhythm.add_occurrence(tx, 1, 3, Ask.CHECKIN, "checkin", date(2026, 1, 5), WHEN) is not None
        await tx.run("DELETE FROM people WHERE id = 1")
    assert outside(path, "SELECT id FROM occurrences UNION ALL SELECT id FROM entries") == []
    await now_is.close()


DUE = f"""
    INSERT INTO people (id, platform, workspace, external_id, name) VALUES
        (1, 'discord', '', '1', 'Maya'), (2, 'discord', '', '2', 'Jonas');
    INSERT INTO schedules (id, person_id, ask, days, at, exercise, last_on, next_on, next_at) VALUES
        (3, 1, 'checkin', '0123456', '19:00', NULL, '2026-01-03', '2026-01-04', '{NOW}'),
        (4, 1, 'reflection', '2', '08:30', 'wins', NULL, '2026-01-07', '2026-01-07T07:30:00.000+00:00'),
        (7, 1, 'week', '', '18:00', NULL, '2025-12-28', NULL, NULL),
        (9, 2, 'checkin', '01234', '18:00', NULL, NULL, '2026-01-04', '{NOW}');
"""


@pytest.mark.parametrize("version", [2, 4])
async def test_schedules_keep_their_numbers_and_when_they_are_next_due(
    path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    await released_with(path, DUE, monkeypatch, version)
    kept = "SELECT id, person_id, ask, days, at, exercise, last_on, next_on, next_at FROM schedules ORDER BY id"
    before = outside(path, kept)

    now_is = await open_database(path)

    assert outside(path, kept) == before
    assert await planning.due_after(now_is.reading, WHEN, planning.START, 10) == [(NOW, 3), (NOW, 9)]
    async with now_is.writing() as tx:
        await rhythm.set_schedule(tx, 1, Ask.CHECKIN, [0], time(8, 30), None)
        await rhythm.set_schedule(tx, 2, Ask.WEEK, [6], time(18), None)
    assert [(s.id, s.at) for s in await rhythm.schedules(now_is.reading, 2)] == [(9, time(18)), (10, time(18))]
    changed = next(one for one in await rhythm.schedules(now_is.reading, 1) if one.id == 3)
    assert (changed.at, changed.next_at) == (time(8, 30), datetime.fromisoformat(NOW))
    async with now_is.writing() as tx:
        await tx.run("DELETE FROM people WHERE id = 1")
    assert outside(path, "SELECT id FROM schedules ORDER BY id") == [(9,), (10,)]
    await now_is.close()


SEARCHED = f"""
    INSERT INTO people (id, platform, workspace, external_id, name) VALUES (1, 'discord', '', '1', 'Maya');
    INSERT INTO applications (id, person_id, company, role, made_at, stage, furthest, stage_on, active_on, nudged)
    VALUES (5, 1, '', '', '{NOW}', 'applied', 'applied', '2026-01-01', '2026-01-01', 2);
    INSERT INTO mornings (id, person_id, local_on, made_at) VALUES (3, 1, '2026-01-04', '{NOW}');
    INSERT INTO reminders (id, morning_id, person_id, application_id, sort, due_on, words, at)
    VALUES (8, 3, 1, 5, 'follow', '2026-01-04', '', '{NOW}');
    INSERT INTO goals (person_id, activity, from_on, per_week) VALUES (1, 'applications', '2025-12-29', 5);
"""


async def test_goals_reminders_and_what_they_are_about_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await released_with(path, SEARCHED, monkeypatch, 4)

    now_is = await open_database(path)

    monday = date(2025, 12, 29)
    assert await goals.of_person(now_is.reading, 1) == [Goal(Activity.APPLICATIONS, 5, monday, monday)]
    assert outside(path, "SELECT morning_id, application_id FROM reminders") == [(3, 5)]
    assert outside(path, "SELECT id, local_on FROM mornings") == [(3, "2026-01-04")]
    assert await now_is.reading.all("PRAGMA foreign_key_check") == []
    await now_is.close()


async def released_with(path: Path, script: str, monkeypatch: pytest.MonkeyPatch, version: int = 2) -> None:
    """A database as an earlier version made it, by default the released one, and what is written to it."""
    with monkeypatch.context() as released:
        released.setattr(schema, "migrations", lambda: migrations()[:version])
        before = await open_database(path)
        async with before.writing() as tx:
            for statement in schema.statements(script):
                await tx.run(statement)
        await before.close()
