"""Experiments: planned from an idea or of one's own, learned from, moved or let go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from bot.core.dates import BadDate
from bot.core.exercise import TooLong
from bot.core.experiment import MOST_PLANNED, NothingLearned, NothingToTry, Over, Phase, TooMany
from bot.core.idea import Step
from bot.core.journal import Gone, NotYours
from bot.usecases import experiment, people
from bot.usecases.app import App
from bot.usecases.people import NotSeeking, Start
from tests.usecases._experiment import ANA, CLOSED, COFFEE, WISH, given, now_is, of_ana, trials, trying
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk

# ------------------------------------------------------------------ planning


async def test_an_idea_that_is_tried_gets_a_date_and_a_question(desk: Desk) -> None:
    made = await trying(desk)

    assert (made.what, made.try_on, made.friend) == (COFFEE, date(2026, 1, 8), "Ana")
    assert made.question == WISH["question"]
    assert (await of_ana(desk)).step is Step.TRYING
    assert [one.id for one in await experiment.planned(desk.app, MAYA)] == [made.id]


async def test_the_form_is_filled_with_the_ideas_words_and_a_week_from_today(desk: Desk) -> None:
    number = (await given(desk)).id

    before = await experiment.form_for_idea(desk.app, MAYA, number)
    await experiment.try_idea(desk.app, MAYA, number, WISH)
    after = await experiment.form_for_idea(desk.app, MAYA, number)

    assert (before.what, before.on, before.question) == (COFFEE, "Sun 11 January", "")
    assert (after.what, after.on, after.question) == (COFFEE, "Thu 8 January", WISH["question"])


async def test_trying_an_idea_twice_changes_the_plan_and_makes_no_second(desk: Desk) -> None:
    first = await trying(desk)

    again = await experiment.try_idea(desk.app, MAYA, 1, WISH | {"what": "Tea with her", "on": "9 January"})

    assert again.id == first.id
    assert (again.what, again.try_on) == ("Tea with her", date(2026, 1, 9))
    assert len(await experiment.planned(desk.app, MAYA)) == 1


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"on": "2026-01-03"}, BadDate),
        ({"on": "next blue moon"}, BadDate),
        ({"on": "2099-01-01"}, BadDate),
        ({"what": " \u200b "}, NothingToTry),
        ({"what": "x" * 1001}, TooLong),
        ({"question": "x" * 1001}, TooLong),
    ],
)
async def test_what_cannot_be_read_is_refused_and_changes_nothing(
    desk: Desk, wish: dict[str, str], refusal: type[Exception]
) -> None:
    await given(desk)

    with pytest.raises(refusal):
        await experiment.try_idea(desk.app, MAYA, 1, WISH | wish)
    with pytest.raises(refusal):
        await experiment.try_own(desk.app, MAYA, WISH | wish)

    assert await experiment.planned(desk.app, MAYA) == []
    assert (await of_ana(desk)).step is Step.NEW


async def test_more_than_anybody_keeps_in_mind_is_refused(desk: Desk) -> None:
    await desk.begin()
    for _ in range(MOST_PLANNED):
        await experiment.try_own(desk.app, MAYA, {"what": "A walk"})

    with pytest.raises(TooMany):
        await experiment.try_own(desk.app, MAYA, {"what": "One more"})

    await experiment.let_go(desk.app, MAYA, 1)
    await experiment.try_own(desk.app, MAYA, {"what": "One in its place"})
    with pytest.raises(TooMany):
        await experiment.move(desk.app, MAYA, 1, "friday")


# ------------------------------------------------------------------ somebody else


ACTS: list[Callable[[App], Awaitable[object]]] = [
    lambda app: experiment.form_for_idea(app, ANA, 1),
    lambda app: experiment.form_to_learn(app, ANA, 1),
    lambda app: experiment.form_to_move(app, ANA, 1),
    lambda app: experiment.try_idea(app, ANA, 1, WISH),
    lambda app: experiment.move(app, ANA, 1, "friday"),
    lambda app: experiment.learn(app, ANA, 1, "Mine"),
    lambda app: experiment.let_go(app, ANA, 1),
    lambda app: experiment.read(app, ANA, 1),
]


@pytest.mark.parametrize("act", ACTS)
async def test_somebody_elses_experiment_is_refused(desk: Desk, act: Callable[[App], Awaitable[object]]) -> None:
    before = await trying(desk)
    with pytest.raises((NotYours, NotSeeking)):
        await act(desk.app)

    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])
    with pytest.raises(NotYours):
        await act(desk.app)

    assert await now_is(desk) == before
    assert await experiment.planned(desk.app, ANA) == []


async def test_what_never_was_is_gone(desk: Desk) -> None:
    await desk.begin()
    for act in (
        experiment.form_for_idea(desk.app, MAYA, 9),
        experiment.form_to_learn(desk.app, MAYA, 9),
        experiment.try_idea(desk.app, MAYA, 9, WISH),
        experiment.let_go(desk.app, MAYA, 9),
    ):
        with pytest.raises(Gone):
            await act


# ------------------------------------------------------------------ what comes of it


async def test_what_was_learned_ends_it_and_the_message_says_so(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    done = await experiment.learn(desk.app, MAYA, 1, "They spend half the day with customers")

    assert (done.phase, done.learned, done.ask_at) == (Phase.LEARNED, "They spend half the day with customers", None)
    assert (await of_ana(desk)).step is Step.LEARNED
    assert trials(desk)[0].experiment == done
    await desk.until(25, 9)
    assert len(trials(desk)) == 1


async def test_what_was_learned_can_be_put_in_other_words(desk: Desk) -> None:
    await trying(desk)
    first = await experiment.learn(desk.app, MAYA, 1, "Much")
    await desk.wait(hours=1)

    again = await experiment.learn(desk.app, MAYA, 1, "Very much")

    assert (again.learned, again.ended_at) == ("Very much", first.ended_at)
    with pytest.raises(NothingLearned):
        await experiment.learn(desk.app, MAYA, 1, "  ")
    assert (await now_is(desk)).learned == "Very much"


async def test_another_day_is_asked_for_again_on_that_day(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    moved = await experiment.move(desk.app, MAYA, 1, "12 January")

    assert moved.try_on == date(2026, 1, 12)
    assert trials(desk)[0].experiment.try_on == date(2026, 1, 12)
    await desk.until(11, 9)
    assert len(trials(desk)) == 1
    await desk.until(12, 9)
    assert [one.again for one in trials(desk)] == [True, False]


async def test_moved_before_it_was_sent_it_is_not_asked_on_the_old_day(desk: Desk) -> None:
    await trying(desk)
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(8, 9)
    desk.paper.refuses.clear()
    await experiment.move(desk.app, MAYA, 1, "12 January")

    await people.wrote(desk.app, MAYA)
    await desk.wait(minutes=1)

    assert trials(desk) == []


async def test_closed_messages_that_open_again_bring_the_question(desk: Desk) -> None:
    await trying(desk)
    desk.paper.refuses[MAYA.id] = CLOSED
    await desk.until(8, 9)
    await desk.wait(hours=1)
    desk.paper.refuses.clear()

    await people.wrote(desk.app, MAYA)
    await desk.tick()

    assert len(trials(desk)) == 1


async def test_let_go_it_is_over_its_idea_is_kept_and_pressing_twice_says_so(desk: Desk) -> None:
    await trying(desk)
    await desk.until(8, 9)

    await experiment.let_go(desk.app, MAYA, 1)

    assert trials(desk)[0].experiment.phase is Phase.LET_GO
    assert (await of_ana(desk)).step is Step.KEPT
    for again in (experiment.let_go(desk.app, MAYA, 1), experiment.learn(desk.app, MAYA, 1, "Much")):
        with pytest.raises(Over):
            await again


async def test_what_was_let_go_can_be_taken_up_again(desk: Desk) -> None:
    await trying(desk)
    await experiment.let_go(desk.app, MAYA, 1)

    again = await experiment.move(desk.app, MAYA, 1, "friday")

    assert (again.phase, again.ended_at) == (Phase.PLANNED, None)
    assert (await of_ana(desk)).step is Step.TRYING


async def test_an_idea_has_one_plan_at_a_time(desk: Desk) -> None:
    await trying(desk)
    await experiment.let_go(desk.app, MAYA, 1)
    second = await experiment.try_idea(desk.app, MAYA, 1, WISH | {"on": "friday"})
    assert second.id == 2

    with pytest.raises(Over, match="Fri 9 January"):
        await experiment.move(desk.app, MAYA, 1, "monday")

    await experiment.learn(desk.app, MAYA, 2, "Much")
    third = await experiment.try_idea(desk.app, MAYA, 1, WISH)
    assert (third.id, third.phase) == (3, Phase.PLANNED)
    with pytest.raises(Over):
        await experiment.move(desk.app, MAYA, 2, "monday")
