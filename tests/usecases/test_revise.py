"""What stands is kept true: revised, taken down, let go where it is gone."""

from __future__ import annotations

import asyncio

from bot.core.delivery import Later, Unknown, Unreachable
from bot.core.journal import Prompt
from bot.usecases import journal, summary
from tests.usecases.conftest import CHANNEL, MAYA, Desk, prompts


async def test_a_revision_that_failed_is_made_up_for_later(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    desk.paper.edits.extend([Unknown("the line broke"), RuntimeError("the face stumbled"), Later(30)])
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    assert prompts(desk)[0].entry is None
    for _ in range(2):
        await desk.wait(minutes=1)
        assert prompts(desk)[0].entry is None
    await desk.wait(seconds=29)
    assert prompts(desk)[0].entry is None
    await desk.wait(seconds=1)
    assert prompts(desk)[0].entry is not None
    edits = desk.paper.count("revise")
    await desk.wait(minutes=5)
    assert desk.paper.count("revise") == edits


async def test_a_message_deleted_by_hand_is_let_go(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    gone = next(post for post, sheet in desk.paper.sheets.items() if isinstance(sheet.what, Prompt))
    del desk.paper.sheets[gone]
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    edits = desk.paper.count("revise")
    for _ in range(3):
        await desk.wait(hours=7)
    assert desk.paper.count("revise") == edits
    assert (await desk.delivery("prompt")).post is None


async def test_where_one_may_not_write_at_present_the_truth_is_told_once_one_may(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    desk.paper.edits.extend([Unreachable("a permission is missing")] * 2)
    await summary.take_down(desk.app, MAYA, 1)
    assert len(desk.paper.at(CHANNEL)) == 2
    await desk.wait(minutes=30)
    assert len(desk.paper.at(CHANNEL)) == 2
    await desk.wait(hours=6)
    assert len(desk.paper.at(CHANNEL)) == 1


async def test_one_revision_that_stumbles_keeps_no_other_from_being_made(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await desk.until(4, 18)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET stale = 1, try_at = due_at WHERE kind IN ('prompt', 'draft')")
    desk.paper.edits.append(RuntimeError("the face stumbled"))
    await desk.tick()
    assert desk.paper.count("revise") == 2
    left = await desk.app.db.reading.all("SELECT kind FROM deliveries WHERE stale > 0")
    assert [row["kind"] for row in left] == ["prompt"]


async def test_what_changes_on_its_way_is_revised_as_soon_as_it_stands(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    desk.paper.gate = asyncio.Event()
    sending = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    desk.paper.gate.set()
    await sending
    (kept,) = prompts(desk)
    assert kept.entry is not None


async def test_an_older_text_that_takes_its_time_does_not_arrive_behind_a_newer_one(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    on_its_way = asyncio.Event()

    async def slowly() -> None:
        if not on_its_way.is_set():
            on_its_way.set()
            for _ in range(100):  # in which a revision that need not wait is made
                await desk.app.db.reading.one("SELECT 1")

    desk.paper.while_revising = slowly
    older = asyncio.create_task(journal.checkin(desk.app, MAYA, {"mood": "2"}, {}))
    await on_its_way.wait()
    await asyncio.gather(older, journal.checkin(desk.app, MAYA, {"mood": "5"}, {}))
    (asked,) = (sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Prompt))
    moods = [said.entry.answers["mood"] for said in asked.said if isinstance(said, Prompt) and said.entry]
    assert moods[-2:] == [2, 5]
