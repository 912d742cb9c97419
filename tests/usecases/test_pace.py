"""Pace: background sends are evenly spaced and fair, a round ends in time, and no answer to a person waits for it."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta

from bot.core.journal import Prompt
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.store import conversations as conversation_rows
from bot.usecases import _pump, conversations, rhythm, rounds
from bot.usecases._lines import Lines
from bot.usecases.pace import Pace
from bot.usecases.rhythm import Change
from tests.usecases.conftest import ARRIVES_UNHEARD, LOST, MAYA, PAPER, Desk, prompts


class Stopwatch:
    """A clock that only the sleeper moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds

    def pass_by(self, seconds: float) -> None:
        self.now += seconds

    def pace(self, per_second: float) -> Pace:
        return Pace(per_second, clock=lambda: self.now, sleep=self.sleep)


async def known(desk: Desk) -> None:
    """Nobody's conversation has to be opened."""
    async with desk.app.db.writing() as tx:
        for row in await tx.all("SELECT id FROM people"):
            await conversation_rows.meet(tx, row["id"], f"dm-{row['id']}")


async def send(desk: Desk, watch: Stopwatch, per_second: float, seconds: float = _pump.ROUND) -> None:
    """One round's sending at a pace, with so many seconds left of the round."""
    desk.app.pace = watch.pace(per_second)
    await _pump.send_due(desk.app, desk.app.pace.after(seconds))


async def test_background_sends_are_spaced_evenly() -> None:
    watch = Stopwatch()
    pace = watch.pace(4)
    assert [await pace.turn() for _ in range(5)] == [True] * 5
    assert watch.slept == [0.25] * 4


async def test_what_finds_the_round_over_waits_for_the_next() -> None:
    watch = Stopwatch()
    pace = watch.pace(1)
    by = pace.after(_pump.ROUND)
    turns = [await pace.turn(by=by) for _ in range(25)]
    assert turns == [True] * 20 + [False] * 5
    assert watch.now < 120


async def test_one_conversation_is_opened_a_second_and_the_others_go_on_meanwhile() -> None:
    watch = Stopwatch()
    pace = watch.pace(10)
    opened: list[float] = []
    for _ in range(3):
        await pace.turn(opens=True)
        opened.append(watch.now)
    assert [round(at - opened[0], 6) for at in opened] == [0, 1, 2]
    watch = Stopwatch()
    pace = watch.pace(10)
    assert await pace.turn(opens=True)
    assert await pace.turn(by=pace.after(0.2))
    assert not await pace.turn(opens=True, by=pace.after(0.5))
    assert watch.slept == [0.1]


async def test_nobody_whose_conversation_is_known_waits_for_those_that_are_opened(desk: Desk) -> None:
    names = [f"new-{number}" for number in range(15)]
    for name in (*names, "ana", "ben"):
        await desk.begin(Person(PAPER, "", name))
    async with desk.app.db.writing() as tx:
        await tx.run(
            "UPDATE conversations SET channel = '' WHERE person_id IN (SELECT id FROM people WHERE name LIKE 'New%')"
        )
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    watch, opening = Stopwatch(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds > 0.6:
            await opening.wait()

    desk.app.pace = Pace(30, clock=lambda: watch.now, sleep=sleep)
    round_ = asyncio.create_task(_pump.send_due(desk.app, desk.app.pace.after(_pump.ROUND)))
    async with asyncio.timeout(5):
        while not all(asked(desk, name) for name in ("ana", "ben")):
            await asyncio.wait({round_}, timeout=0.01)
    assert [asked(desk, name) for name in names].count(1) <= 2
    opening.set()
    await round_
    assert [asked(desk, name) for name in names] == [1] * 15


def asked(desk: Desk, name: str) -> int:
    """How many questions stand in somebody's direct messages."""
    return sum(isinstance(sheet.what, Prompt) for sheet in desk.paper.at(Person(PAPER, "", name)))


async def test_without_a_pace_nothing_waits() -> None:
    watch = Stopwatch()
    pace = watch.pace(math.inf)
    assert [await pace.turn(opens=True) for _ in range(5)] == [True] * 5
    assert watch.slept == []


async def test_the_pump_takes_a_turn_for_every_send_and_every_revision(desk: Desk) -> None:
    for name in ("ana", "ben", "cleo", "maya"):
        await desk.begin(Person(PAPER, "", name))
    await known(desk)
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    watch = Stopwatch()
    await send(desk, watch, 2)
    assert watch.slept == [0.5] * 3
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET stale = 1 WHERE kind = 'prompt'")
    await _pump.revise_stale(desk.app, desk.app.pace.after(_pump.ROUND))
    assert watch.slept == [0.5] * 7


async def test_a_conversation_that_is_not_known_is_opened_at_most_once_a_second(desk: Desk) -> None:
    for name in ("ana", "ben", "cleo"):
        await desk.begin(Person(PAPER, "", name))
    async with desk.app.db.writing() as tx:
        await tx.run("DELETE FROM conversations")
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    watch = Stopwatch()
    await send(desk, watch, 10)
    assert watch.now - 100 >= 2
    assert await desk.states("prompt") == ["sent"] * 3


async def test_everybodys_first_message_goes_before_anybodys_second(desk: Desk) -> None:
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    for who in (ana, ben, MAYA):
        await desk.begin(who)
    await rhythm.change(desk.app, ana, Change(ask=Ask.REFLECTION, days="every day", at="17:00"))
    await rhythm.change(desk.app, ana, Change(ask=Ask.CHECKIN, at="16:00"))
    await desk.until(2, 18)
    asked = [sheet.to.id for sheet in desk.paper.sheets.values() if getattr(sheet.what, "occurrence", None)]
    assert sorted(asked[:3]) == ["ana", "ben", "maya"]
    assert asked[3:] == ["ana"]


def test_whoever_was_served_stands_behind_everybody_who_was_not() -> None:
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    lines = Lines([("ana's first", ana), ("ana's second", ana), ("ben's only one", ben)])
    served: list[str] = []
    while not lines.over:
        (delivery,) = lines.take(1)
        served.append(delivery)
        lines.back(ben if "ben" in delivery else ana, goes_on=True)
    assert served == ["ana's first", "ben's only one", "ana's second"]


async def test_what_was_missed_is_read_and_answered_in_turns_too(desk: Desk) -> None:
    await desk.posted()
    await conversations.met(desk.app, MAYA, MAYA.id)
    desk.paper.says(MAYA, "A walk", desk.now)
    watch = Stopwatch()
    desk.app.pace = watch.pace(4)
    asked = len(desk.paper.calls)
    await conversations.catch_up(desk.app)
    assert [what for what, _ in desk.paper.calls[asked:]] == ["written", "answer", "reactions", "written"]
    assert watch.slept == [0.25] * 3


async def test_a_place_that_hangs_holds_up_nobody_elses_second_message(desk: Desk) -> None:
    ana = Person(PAPER, "", "ana")
    for who in (ana, MAYA):
        await desk.begin(who)
        await rhythm.change(desk.app, who, Change(ask=Ask.REFLECTION, days="every day", at="17:00"))
    desk.paper.hangs.add(ana.id)
    desk.move(2, 18)
    sending = asyncio.create_task(desk.tick())
    await desk.paper.stands(MAYA, 3)
    assert len(desk.paper.at(ana)) == 1
    desk.paper.hangs.clear()
    desk.paper.moved.set()
    await sending
    assert len(desk.paper.at(ana)) == 3


async def test_what_the_round_has_no_turn_for_stays_owed(desk: Desk) -> None:
    await desk.begin()
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    await send(desk, Stopwatch(), 1, 0)
    assert prompts(desk) == []
    assert (await desk.states("prompt"), (await desk.delivery("prompt")).attempts) == (["owed"], 0)
    await desk.tick()
    assert len(prompts(desk)) == 1


async def test_what_was_claimed_and_found_no_turn_any_more_stays_owed(desk: Desk) -> None:
    for name in ("ana", "ben", "cleo", "maya"):
        await desk.begin(Person(PAPER, "", name))
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    await send(desk, Stopwatch(), 1, 1.5)
    assert sorted(await desk.states("prompt")) == ["owed", "owed", "sent", "sent"]
    await desk.tick()
    assert await desk.states("prompt") == ["sent"] * 4


async def test_a_round_that_is_over_looks_for_nothing_any_more(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(ARRIVES_UNHEARD)
    await desk.until(2, 17, 30)
    desk.now += timedelta(minutes=2)
    pace = desk.app.pace
    await send(desk, Stopwatch(), 1, 0)
    assert (desk.paper.count("find"), await desk.states("prompt")) == (0, ["unknown"])
    desk.app.pace = pace
    await desk.tick()
    assert (desk.paper.count("find"), await desk.states("prompt")) == (1, ["sent"])


async def test_what_a_slow_search_did_not_find_is_sent_by_the_next_round(desk: Desk) -> None:
    await desk.begin()
    desk.paper.replies.append(LOST)
    await desk.until(2, 17, 30)
    desk.now += timedelta(minutes=2)
    watch, sends = Stopwatch(), desk.paper.count("deliver")
    desk.paper.while_looking = lambda: watch.pass_by(_pump.ROUND)
    await send(desk, watch, 1)
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends)
    await desk.tick()
    assert (desk.paper.count("find"), desk.paper.count("deliver")) == (1, sends + 1)
    assert len(prompts(desk)) == 1


async def test_the_answer_to_a_person_never_waits_for_the_background(desk: Desk) -> None:
    watch = Stopwatch()
    desk.app.pace = watch.pace(1)
    for _ in range(100):
        await desk.app.pace.turn()
    slept = len(watch.slept)
    await desk.begin()
    assert await desk.states("hello") == ["sent"]
    assert len(watch.slept) == slept
