"""What came of many deliveries is written in few commits, and one that cannot be written spoils no other."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.core.delivery import Cause, Unreachable
from bot.core.people import Person
from bot.store import planning
from bot.store import summary as summary_rows
from bot.store.db import Database
from bot.usecases import people, privacy, rhythm, rounds
from bot.usecases.rhythm import Change
from tests.usecases.conftest import MAYA, PAPER, Desk

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)
PEOPLE = [Person(PAPER, "", f"friend-{number}") for number in range(30)]


async def spoil(database: Database, delivery_id: str) -> None:
    """Let the database refuse that a delivery is sent."""
    async with database.writing() as tx:
        await tx.run(
            "CREATE TRIGGER spoiled BEFORE UPDATE OF state ON deliveries"
            f" WHEN NEW.id = '{delivery_id}' AND NEW.state IN ('sent', 'late')"
            " BEGIN SELECT RAISE(ABORT, 'spoiled'); END"
        )


@pytest.mark.parametrize("turn", [0, 1])
async def test_one_outcome_that_cannot_be_written_spoils_no_other(desk: Desk, turn: int) -> None:
    for who in (*PEOPLE[:4], MAYA):
        await desk.begin(who)
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET turn = ? WHERE kind = 'prompt'", turn)
    await spoil(desk.app.db, (await desk.delivery("prompt", turn)).id)
    with pytest.raises(ExceptionGroup):
        await desk.tick()
    assert sorted(await desk.states("prompt")) == ["sending", "sent", "sent", "sent", "sent"]
    async with desk.app.db.writing() as tx:
        await tx.run("DROP TRIGGER spoiled")
    sends = desk.paper.count("deliver")
    await desk.wait(minutes=2)
    assert await desk.states("prompt") == ["sent"] * 5
    assert desk.paper.count("deliver") == sends


async def test_many_are_claimed_and_settled_in_few_commits(desk: Desk) -> None:
    for who in PEOPLE:
        await desk.begin(who)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE conversations SET channel = (SELECT external_id FROM people WHERE people.id = person_id)")
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    said: list[str] = []
    await desk.app.db._writer.set_trace_callback(said.append)
    await desk.tick()
    assert await desk.states("prompt") == ["sent"] * len(PEOPLE)
    assert sum(sql.startswith("COMMIT") for sql in said) <= 6
    assert not [sql for sql in said if sql.startswith("SAVEPOINT")][2:]


async def test_whoever_is_known_to_be_closed_is_not_asked_of_the_platform(desk: Desk) -> None:
    await desk.begin()
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(2, 17, 30)
    tries = desk.paper.count("deliver")
    await desk.until(5, 17, 30)
    assert desk.paper.count("deliver") == tries
    assert await desk.states("prompt") == ["unreachable"] * 2


async def test_what_comes_of_a_draft_of_somebody_erased_sets_nothing_for_the_next_one(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, Change(autopost=True))
    desk.move(4, 18)
    desk.paper.hangs.add(MAYA.id)
    round_ = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()
    left = await people.leave(desk.app, MAYA)
    await privacy.erase(desk.app, MAYA, left.person_id)
    ana = Person(PAPER, "", "ana")
    await desk.begin(ana)
    await rhythm.change(desk.app, ana, Change(autopost=True))
    async with desk.app.db.writing() as tx:
        hers = await summary_rows.week(tx, left.person_id, date(2025, 12, 29))
        await planning.set_drafted(tx, [(hers.id, desk.now + timedelta(days=1))])

    desk.paper.hangs.clear()
    desk.paper.moved.set()
    await round_

    now_is = await summary_rows.get(desk.app.db.reading, hers.id)
    assert now_is is not None
    assert now_is.posts_at is None
