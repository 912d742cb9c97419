"""The talk that a welcome offer leads to: planned for a day, asked about on it, let go with the offer."""

from __future__ import annotations

import pytest

from bot.core.experiment import Phase
from bot.core.idea import CannotStep, Idea, Sort, Step
from bot.usecases import experiment, trail
from bot.usecases import idea as ideas
from tests.usecases._experiment import now_is, trials
from tests.usecases._idea import ALEX, JONAS, came
from tests.usecases.conftest import MAYA, Desk

WISH = {"what": ALEX.what, "on": "thursday", "question": "What does a day look like there?"}


async def welcome(desk: Desk) -> Idea:
    """Maya said yes to Jonas's offer."""
    offer = await came(desk, ALEX, Sort.OFFER)
    return await ideas.step(desk.app, MAYA, offer.id, Step.ACCEPTED)


async def planned(desk: Desk) -> Idea:
    """And she planned the talk for Thursday the 8th."""
    offer = await welcome(desk)
    await experiment.try_idea(desk.app, MAYA, offer.id, WISH)
    return await ideas.given(desk.app, MAYA, offer.id)


async def test_an_offer_can_be_planned_once_it_is_welcome(desk: Desk) -> None:
    offer = await came(desk, ALEX, Sort.OFFER)
    with pytest.raises(CannotStep, match="It waits for your word"):
        await experiment.try_idea(desk.app, MAYA, offer.id, WISH)
    await ideas.step(desk.app, MAYA, offer.id, Step.ACCEPTED)

    made = await experiment.try_idea(desk.app, MAYA, offer.id, WISH)

    assert (made.talk, made.friend, made.what, made.phase) == (True, "Jonas", ALEX.what, Phase.PLANNED)
    assert (await ideas.given(desk.app, MAYA, offer.id)).step is Step.ACCEPTED


async def test_on_its_day_the_talk_is_asked_about_and_what_was_learned_ends_the_offer(desk: Desk) -> None:
    offer = await planned(desk)
    await desk.until(8, 9)
    assert [asked.experiment.id for asked in trials(desk)] == [1]

    await experiment.learn(desk.app, MAYA, 1, "They start at ten")

    told = await ideas.given(desk.app, MAYA, offer.id)
    assert (told.step, told.next_at) == (Step.TALKED, None)
    assert [one.step for one in await ideas.mine(desk.app, JONAS)] == [Step.TALKED]


async def test_letting_the_talk_go_leaves_the_offer_where_it_is(desk: Desk) -> None:
    offer = await planned(desk)

    await experiment.let_go(desk.app, MAYA, 1)

    told = await ideas.given(desk.app, MAYA, offer.id)
    assert told.step is Step.ACCEPTED
    assert told.next_at


@pytest.mark.parametrize("to", [Step.KEPT, Step.DECLINED, Step.FELL])
async def test_an_offer_that_is_put_aside_lets_its_talk_go_and_nobody_is_asked(desk: Desk, to: Step) -> None:
    offer = await planned(desk)

    await ideas.step(desk.app, MAYA, offer.id, to)
    await desk.until(8, 9)

    assert (await now_is(desk)).phase is Phase.LET_GO
    assert trials(desk) == []
    assert await experiment.planned(desk.app, MAYA) == []


async def test_a_friend_who_says_that_it_fell_through_lets_the_talk_go_too(desk: Desk) -> None:
    offer = await planned(desk)
    await ideas.report(desk.app, JONAS, offer.id, Step.FELL)
    assert (await now_is(desk)).phase is Phase.LET_GO


async def test_taken_back_the_talk_stays_without_the_friends_words(desk: Desk) -> None:
    offer = await planned(desk)

    await ideas.take_back(desk.app, JONAS, offer.id)

    left = await now_is(desk)
    assert (left.what, left.friend, left.taken_back) == ("", "", True)


async def test_the_way_of_an_offer_has_its_talk(desk: Desk) -> None:
    await planned(desk)
    [path], _ = await trail.paths(desk.app, MAYA)
    assert (path.step, [one.talk for one in path.experiments]) == (Step.ACCEPTED, [True])
