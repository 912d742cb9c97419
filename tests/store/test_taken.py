"""Which messages were taken: once each, for as long as a read may bring them again, and from an older database too."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.conversations import Known
from bot.core.people import Person, Post, Quiet, Said
from bot.store import conversations, people, taken
from bot.store.db import Tx, open_database
from bot.store.schema import migrations, statements

NOW = datetime(2026, 1, 2, 17, 30, tzinfo=UTC)
MAYA = Person("discord", "", "7")
AT = NOW.isoformat(timespec="milliseconds")
BEFORE = f"""
    INSERT INTO people VALUES (1, 'discord', '', '7', 'Maya');
    INSERT INTO seekers (person_id, zone, quiet_from, quiet_to, started_at)
    VALUES (1, 'UTC', '22:00', '08:00', '2026-01-01T00:00:00.000+00:00');
    INSERT INTO entries (id, person_id, exercise, entry_on, week_on, answers, numbers, visibility, created_at,
     updated_at) VALUES (1, 1, 'checkin', '2026-01-02', '2025-12-29', '{{}}', '{{}}', 'private', '{AT}', '{AT}');
    INSERT INTO entry_parts (channel, message, person_id, entry_id, text, said_at) VALUES ('c', '8', 1, 1, 'A', '{AT}');
    INSERT INTO held VALUES ('h1', 1, 'stray', 'c/9', '{{"text":"B"}}', '{AT}');
    INSERT INTO held VALUES ('h2', 1, 'form', 'answered:1', '{{"done":"C"}}', '{AT}');
    INSERT INTO deliveries (id, person_id, kind, subject, to_kind, to_platform, to_workspace, to_id, due_at, try_at,
     state, settled_at, post_workspace, post_channel, post_id)
    VALUES ('d', 1, 'hello', 1, 'person', 'discord', '', '7', '{AT}', '{AT}', 'sent', '{AT}', '', 'c', '5');
"""


@pytest.fixture
async def maya(tx: Tx) -> int:
    number = await people.remember(tx, MAYA, "Maya")
    await people.start(tx, number, "UTC", Quiet(time(22), time(8)), NOW)
    await conversations.meet(tx, number, "c")
    return number


def said(message: str, edited: int | None = None) -> Said:
    edited_at = None if edited is None else NOW + timedelta(seconds=edited)
    return Said(Post("discord", "", "c", message), MAYA, "Maya", "words", NOW, edited_at=edited_at)


async def test_a_message_is_taken_once(tx: Tx, maya: int) -> None:
    assert [await taken.take(tx, maya, said("1"), NOW) for _ in range(2)] == [True, False]
    assert await taken.known(tx, "c", "1") == Known(NOW, None)
    assert list(await taken.all_known(tx, maya, "c")) == ["1"]


async def test_an_edit_older_than_one_that_was_followed_is_not(tx: Tx, maya: int) -> None:
    await taken.take(tx, maya, said("1"), NOW)
    assert [await taken.follow(tx, said("1", edited)) for edited in (None, 2, 1, None, 2, 3)] == [
        *(True, True, False, False, True, True)
    ]


async def test_the_same_refused_edit_is_told_from_another(tx: Tx, maya: int) -> None:
    await taken.take(tx, maya, said("1"), NOW)
    assert [await taken.refuse_edit(tx, "c", "1", mark) for mark in ("a", "a", "b", "a")] == [True, False, True, True]


async def test_what_a_later_read_may_bring_again_is_not_forgotten(tx: Tx, maya: int) -> None:
    for message in ("9", "10", "11"):
        await taken.take(tx, maya, said(message), NOW)
    chat = await conversations.chat_in(tx, "c")
    assert chat
    for seen in ("10", "9"):
        await conversations.saw(tx, chat, seen)
    await taken.forget_before(tx, NOW + timedelta(days=60), timedelta(days=60))
    assert len(await taken.all_known(tx, maya, "c")) == 3
    await taken.forget_before(tx, NOW + timedelta(days=60, seconds=1), timedelta(days=60))
    assert list(await taken.all_known(tx, maya, "c")) == ["11"]


async def test_those_who_seek_are_read_the_last_read_first(tx: Tx, maya: int) -> None:
    other = await people.remember(tx, Person("discord", "", "8"), "Jonas")
    left = await people.remember(tx, Person("discord", "", "9"), "Aisha")
    for number, channel in ((other, "d"), (left, "e")):
        await people.start(tx, number, "UTC", Quiet(time(22), time(8)), NOW)
        await conversations.meet(tx, number, channel)
    await people.leave(tx, left, NOW)
    for channel, message in (("c", "99"), ("d", "100")):
        chat = await conversations.chat_in(tx, channel)
        assert chat
        await conversations.saw(tx, chat, message)
    assert [(chat.channel, chat.seen, chat.since) for chat in await conversations.chats(tx)] == [
        ("d", "100", NOW),
        ("c", "99", NOW),
    ]


async def test_another_channel_is_read_from_its_beginning(tx: Tx, maya: int) -> None:
    chat = await conversations.chat_in(tx, "c")
    assert chat
    await conversations.saw(tx, chat, "5")
    await conversations.meet(tx, maya, "c")
    assert [chat.seen for chat in await conversations.chats(tx)] == ["5"]
    await conversations.meet(tx, maya, "d")
    assert [(chat.channel, chat.seen) for chat in await conversations.chats(tx)] == [("d", "")]


async def test_a_database_of_the_first_version_knows_what_it_took(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    old = sqlite3.connect(path)
    for statement in (*statements(migrations()[0]), *statements(BEFORE), "PRAGMA user_version = 1"):
        old.execute(statement)
    old.commit()
    old.close()
    database = await open_database(path)
    try:
        known = await taken.all_known(database.reading, 1, "c")
        chats = await conversations.chats(database.reading)
        asked = await database.reading.all("SELECT id FROM held WHERE asked_at IS NULL")
    finally:
        await database.close()
    assert known == {"8": Known(NOW, "A"), "9": Known(NOW, "B")}
    assert [(chat.channel, chat.since) for chat in chats] == [("c", NOW)]
    assert asked == []
