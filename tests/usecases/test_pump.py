"""The pump: row, send, settle, in order and evenly paced, whatever the platform answers."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.core.circle import Note
from bot.core.delivery import MOST_ATTEMPTS, Later, Unknown, Unreachable
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.usecases import circle, journal, rhythm, summary
from bot.usecases.rhythm import Change
from tests.usecases.conftest import CHANNEL, LOST, MAYA, PAPER, Desk, prompts

FRIDAY = "2026-01-02"


# ------------------------------------------------------------------ row, send, settle


async def test_a_face_that_raises_leaves_others_sent_and_itself_owed(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    for who in (ana, MAYA, ben):
        await desk.begin(who)
    desk.paper.refuses[MAYA.id] = RuntimeError("the face stumbled")
    await desk.until(2, 17, 30)
    assert [len(desk.paper.at(who)) for who in (ana, MAYA, ben)] == [2, 1, 2]
    assert (await desk.states("prompt")).count("unknown") == 1
    assert "the face stumbled" in caplog.text
    del desk.paper.refuses[MAYA.id]
    await desk.wait(minutes=2)
    assert len(prompts(desk)) == 1
    assert await desk.states("prompt") == ["sent"] * 3


async def test_asked_to_wait_it_waits_as_long(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(Later(90))
    await desk.until(2, 17, 30)
    await desk.wait(seconds=89)
    assert prompts(desk) == []
    await desk.wait(seconds=1)
    assert len(prompts(desk)) == 1
    assert desk.paper.count("find") == 0


async def test_an_unreachable_person_is_tried_once_and_again_at_the_next_date(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed")
    await desk.until(2, 17, 30)
    tries = desk.paper.count("deliver")
    for _ in range(5):
        await desk.wait(minutes=10)
    assert desk.paper.count("deliver") == tries
    assert await desk.states("prompt") == ["unreachable"]
    row = await desk.app.db.reading.one("SELECT why FROM deliveries WHERE kind = 'prompt'")
    assert row
    assert row["why"] == "direct messages are closed"
    desk.paper.refuses.clear()
    await desk.until(5, 17, 30)
    assert len(prompts(desk)) == 1


async def test_what_nobody_could_ever_send_ends(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    desk.paper.refuses[CHANNEL.id] = LOST
    await summary.post(desk.app, MAYA, 1)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET attempts = ? WHERE kind = 'post'", MOST_ATTEMPTS)
    await desk.wait(minutes=2)
    assert await desk.states("post") == ["unreachable"]


async def test_a_slow_send_is_unknown_and_holds_up_nobody_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.delivery.SEND_TIMEOUT", timedelta(0))
    desk.paper.gate = asyncio.Event()
    await desk.begin()
    assert await desk.states("hello") == ["unknown"]
    desk.paper.gate.set()
    monkeypatch.undo()
    await desk.wait(minutes=2)
    assert await desk.states("hello") == ["sent"]


async def test_logs_name_deliveries_and_never_words(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await desk.begin()
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4", "done": "a secret deed"}, {})
    desk.paper.replies.append(Unknown("the line broke"))
    await desk.until(4, 18)
    assert f"delivery={(await desk.delivery('prompt')).id} kind=prompt state=sent tries=1" in caplog.text
    assert "kind=draft state=unknown" in caplog.text
    assert "a secret deed" not in caplog.text


# ------------------------------------------------------------------ order and pace


async def test_a_second_part_never_stands_before_the_first(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A long story. " * 20)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    assert await desk.states("post") == ["unknown", "owed"]
    await desk.wait(minutes=2)
    await desk.wait(minutes=2)
    standing = [sheet.what for sheet in desk.paper.at(CHANNEL)]
    assert [getattr(what, "part", None) for what in standing] == [None, 0, 1]


async def test_a_first_part_that_cannot_arrive_takes_the_second_with_it(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A long story. " * 20)
    desk.paper.replies.append(LOST)
    await summary.post(desk.app, MAYA, 1)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone")
    for _ in range(3):
        await desk.wait(minutes=2)
    assert await desk.states("post") == ["unreachable", "dropped"]


async def test_where_one_has_to_wait_nothing_overtakes(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(ask=Ask.REFLECTION, days="every day", at="17:40"))
    desk.paper.replies.append(Later(60))
    await desk.until(2, 18)
    assert prompts(desk) == []
    await desk.wait(seconds=60)
    assert [prompt.occurrence.ask for prompt in prompts(desk)] == [Ask.CHECKIN, Ask.REFLECTION]


async def test_a_note_that_had_to_wait_still_tells_what_friends_left(desk: Desk) -> None:
    post = await desk.posted()
    await circle.react(desk.app, post, Person(PAPER, "", "ana"), "Ana", "\N{PARTY POPPER}", added=True)
    desk.paper.refuses[MAYA.id] = Later(60)
    await desk.until(5, 12)
    assert await desk.states("note") == ["owed"]
    desk.paper.refuses.clear()
    await desk.wait(seconds=60)
    (note,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert [cheer.name for cheer in note.cheers] == ["Ana"]


async def test_what_a_note_could_not_bring_comes_with_the_next(desk: Desk) -> None:
    post = await desk.posted()
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    await circle.react(desk.app, post, ana, "Ana", "\N{PARTY POPPER}", added=True)
    await circle.reply(desk.app, post, ana, "Ana", post._replace(id="ana-says"), "Well done", "link")
    desk.paper.refuses[MAYA.id] = Unreachable("direct messages are closed")
    await desk.until(5, 12)
    assert await desk.states("note") == ["unreachable"]
    desk.paper.refuses.clear()
    await circle.react(desk.app, post, ben, "Ben", "\N{PARTY POPPER}", added=True)
    await desk.until(12, 12)
    (note,) = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Note)]
    assert sorted(cheer.name for cheer in note.cheers) == ["Ana", "Ben"]
    assert [word for cheer in note.cheers for word in cheer.words] != []
