"""What becomes of ideas and offers: steps and their ends, and being asked until there is one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from bot.core.delivery import Later
from bot.core.idea import ENDS, CannotStep, Given, Idea, Sort, Step, told
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.reply import KINDLY
from bot.usecases import idea as ideas
from bot.usecases import people, reply, rhythm
from bot.usecases.people import NotSeeking
from tests._database import quick_folder
from tests.usecases._idea import ALEX, ANA, JONAS, TEACH, arrivals, came, give
from tests.usecases.conftest import MAYA, PAPER, Desk

# ------------------------------------------------------------------ steps


async def test_the_message_always_says_where_it_stands(desk: Desk) -> None:
    idea = await came(desk, ALEX, Sort.OFFER)
    for step in (Step.KEPT, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED):
        await ideas.step(desk.app, MAYA, idea.id, step)
        [arrival] = arrivals(desk)
        assert arrival.idea.step is step


async def test_pressing_twice_is_one_step(desk: Desk) -> None:
    idea = await came(desk)

    await asyncio.gather(*[ideas.step(desk.app, MAYA, idea.id, Step.KEPT) for _ in range(2)])

    assert (await ideas.given(desk.app, MAYA, idea.id)).step is Step.KEPT


async def test_of_keeping_and_taking_back_at_the_same_time_both_are_told(desk: Desk) -> None:
    idea = await came(desk)

    kept, gone = await asyncio.gather(
        ideas.step(desk.app, MAYA, idea.id, Step.KEPT),
        ideas.take_back(desk.app, JONAS, idea.id),
        return_exceptions=True,
    )

    assert isinstance(gone, Idea)
    assert isinstance(kept, Idea | Gone)
    assert [arrival.idea.step for arrival in arrivals(desk)] == [Step.WITHDRAWN]


async def test_only_the_seeker_takes_steps_and_only_the_friend_changes_words(desk: Desk) -> None:
    idea = await came(desk)
    await desk.begin(ANA)

    for who in (JONAS, Person(PAPER, "", "stranger")):
        with pytest.raises(NotSeeking):
            await ideas.step(desk.app, who, idea.id, Step.KEPT)
    with pytest.raises(NotYours):
        await ideas.step(desk.app, ANA, idea.id, Step.KEPT)
    for who in (ANA, MAYA):
        with pytest.raises(NotYours):
            await ideas.change(desk.app, who, idea.id, TEACH)
        with pytest.raises(NotYours):
            await ideas.take_back(desk.app, who, idea.id)
    as_it_came = (await ideas.given(desk.app, MAYA, idea.id))._replace(came=False)
    assert [arrival.idea for arrival in arrivals(desk)] == [as_it_came]


async def test_what_never_was_is_told(desk: Desk) -> None:
    await came(desk)
    with pytest.raises(Gone):
        await ideas.step(desk.app, MAYA, 999, Step.KEPT)
    with pytest.raises(Gone):
        await ideas.own(desk.app, JONAS, 999)
    with pytest.raises(Gone):
        await ideas.give(desk.app, JONAS, "Jonas", "never-posted", Sort.IDEA, TEACH)


async def test_declined_in_silence_can_be_told_later_and_taken_up_again(desk: Desk) -> None:
    idea = await came(desk)
    assert (await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED, hushed=True)).known is Step.NEW
    assert (await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED)).known is Step.DECLINED

    kept = await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)

    assert kept.next_at is not None
    with pytest.raises(CannotStep):
        await ideas.step(desk.app, MAYA, idea.id, Step.TALKED)


async def test_a_friend_never_reads_a_no_that_was_not_told_nor_one_that_was_told_unsaid(desk: Desk) -> None:
    idea = await came(desk)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    [before] = await ideas.mine(desk.app, JONAS)
    await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED, hushed=True)
    [hushed] = await ideas.mine(desk.app, JONAS)
    assert told(hushed) == told(before) == "Maya keeps it"

    await reply.decline(desk.app, MAYA, idea.id, KINDLY)
    await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED, hushed=True)

    [declined] = await ideas.mine(desk.app, JONAS)
    assert told(declined) == "it is not for Maya just now"


# ------------------------------------------------------------------ what became of it


async def test_what_waits_for_a_word_is_asked_about_after_a_week(desk: Desk) -> None:
    idea = await came(desk)

    await desk.until(11, 8, 59)
    assert len(arrivals(desk)) == 1
    await desk.until(12, 9)

    assert [(a.idea.id, a.asks) for a in arrivals(desk)] == [(idea.id, False), (idea.id, True)]


async def test_the_question_goes_on_until_there_is_an_end(desk: Desk) -> None:
    idea = await came(desk)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    for _ in range(3):
        await desk.wait(days=29)
    assert [a.asks for a in arrivals(desk)] == [False, True, True, True]

    await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED)
    await desk.wait(days=90)

    assert {a.idea.step for a in arrivals(desk)} == {Step.DECLINED}
    assert len(arrivals(desk)) == 4


@pytest.mark.parametrize("runs", [False, True], ids=["clock stands", "clock runs"])
async def test_a_seeker_is_asked_about_one_a_day(desk: Desk, runs: bool) -> None:
    await desk.posted()
    if runs:
        desk.let_clock_run()
    for n in range(3):
        await give(desk, Given(f"Idea {n}", ""))
    await desk.tick()

    counts: list[int] = []
    for day in range(12, 16):
        await desk.until(day, 9)
        await desk.wait(hours=3)
        counts.append(sum(a.asks for a in arrivals(desk)))

    assert counts == [1, 2, 3, 3]
    assert [a.idea.what for a in arrivals(desk) if a.asks] == ["Idea 0", "Idea 1", "Idea 2"]


async def test_nothing_is_asked_in_a_pause_and_all_of_it_after(desk: Desk) -> None:
    await came(desk)
    await desk.until(11, 12)
    await rhythm.pause(desk.app, MAYA, "")
    await desk.until(20, 12)
    assert not any(a.asks for a in arrivals(desk))

    await rhythm.resume(desk.app, MAYA)
    await desk.until(21, 10)

    assert [a.asks for a in arrivals(desk)] == [False, True]


async def test_a_pause_that_begins_while_a_question_is_due_holds_it_to_the_first_morning_after(desk: Desk) -> None:
    await came(desk)
    await give(desk, Given("Another", ""))
    await desk.until(11, 9)
    desk.paper.replies.append(Later(3 * 3600))
    await desk.until(12, 9)
    await rhythm.pause(desk.app, MAYA, "2026-01-15")
    for day in (12, 13, 14):
        await desk.until(day, 13)
        assert not any(a.asks for a in arrivals(desk))

    counts: list[int] = []
    for day in (15, 16, 17):
        await desk.until(day, 9)
        await desk.until(day, 12)
        counts.append(sum(a.asks for a in arrivals(desk)))

    assert counts == [1, 2, 2]


async def test_nothing_is_asked_of_who_left(desk: Desk) -> None:
    await came(desk)
    await people.leave(desk.app, MAYA)

    await desk.wait(days=40)

    assert not any(a.asks for a in arrivals(desk))


@settings(deadline=None, max_examples=15)
@example(
    steps=st.lists(st.sampled_from([Step.KEPT, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED, Step.DECLINED])),
    sort=st.sampled_from(Sort),
)
def test_nothing_offered_is_without_an_end_or_a_next_date(steps: list[Step], sort: Sort) -> None:
    async def run(folder: str) -> None:
        desk = Desk(Path(folder) / "cairn.sqlite3")
        await desk.open()
        await desk.posted()
        idea = await give(desk, ALEX, sort)
        for step in [Step.NEW, *steps]:
            try:
                idea = await ideas.step(desk.app, MAYA, idea.id, step)
            except CannotStep:
                continue
            assert (idea.next_at is None) is (idea.step in ENDS)
        await desk.close()

    with quick_folder() as folder:
        asyncio.run(run(folder))
