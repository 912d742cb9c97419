"""A database of the released version goes on as it was: what friends left is kept, and its buttons find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import db, note
from bot.store.db import migrations, open_database
from tests.store._files import outside

NOW = "2026-01-04T18:00:00.000+00:00"
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
    with monkeypatch.context() as released:
        released.setattr(db, "migrations", lambda: migrations()[:2])
        before = await open_database(path)
        async with before.writing() as tx:
            for statement in db.statements(LEFT):
                await tx.run(statement)
        await before.close()

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
