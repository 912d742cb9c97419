"""Introductions: a friend who accepted messages hears of the yes to their offer, and says what came of it."""

from __future__ import annotations

import pytest

from bot.core.delivery import Cause, Unreachable
from bot.core.idea import Arrival, Given, Idea, Sort, Step
from bot.core.introduction import Introduction, NothingMore
from bot.core.journal import Gone, NotYours
from bot.core.people import IdeasCome, Person
from bot.usecases import consent, people, privacy, rhythm
from bot.usecases import idea as ideas
from bot.usecases.people import Start
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk

JONAS, ANA = Person(PAPER, "", "jonas"), Person(PAPER, "", "ana")
LENA = Given("Lena, who draws robot arms", "We studied together")


async def offered(desk: Desk, *, accepts: bool = True, sort: Sort = Sort.OFFER) -> Idea:
    """Jonas offered Maya an introduction, which has come; he accepts messages unless said otherwise."""
    await desk.posted()
    if accepts:
        await consent.accept(desk.app, JONAS, "Jonas")
    idea = await ideas.give(desk.app, JONAS, "Jonas", (await desk.delivery("post", turn=1)).id, sort, LENA)
    await desk.tick()
    return idea


async def yes(desk: Desk, idea: Idea) -> str:
    """Maya says yes; what she reads of it."""
    return await ideas.heard(desk.app, await ideas.step(desk.app, MAYA, idea.id, Step.ACCEPTED))


def introductions(desk: Desk, friend: Person = JONAS) -> list[Introduction]:
    return [sheet.what for sheet in desk.paper.at(friend) if isinstance(sheet.what, Introduction)]


def answered(desk: Desk) -> list[tuple[str, ...]]:
    """What Maya's messages about ideas say of what her friend has heard."""
    return [sheet.what.answered for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)]


async def test_a_yes_reaches_a_friend_who_accepted_messages(desk: Desk) -> None:
    idea = await offered(desk)

    assert await yes(desk, idea) == "Jonas has heard your yes."
    await desk.tick()

    [told] = introductions(desk)
    assert (told.idea.what, told.idea.step) == (LENA.what, Step.ACCEPTED)
    assert answered(desk) == [("Jonas has heard your yes.",)]
    await yes(desk, idea)
    await desk.tick()
    assert len(introductions(desk)) == 1


async def test_until_the_friend_accepts_messages_nothing_is_said_anywhere(desk: Desk) -> None:
    idea = await offered(desk, accepts=False)
    in_channel = len(desk.paper.at(CHANNEL))

    assert "Jonas has not accepted messages yet. I keep your yes until Sun 1 February" in await yes(desk, idea)
    await desk.wait(days=3)
    assert (desk.paper.at(JONAS), len(desk.paper.at(CHANNEL))) == ([], in_channel)

    await consent.accept(desk.app, JONAS, "Jonas")
    await desk.tick()
    assert len(introductions(desk)) == 1
    assert answered(desk)[0] == ("Jonas has heard your yes.",)


async def test_who_wants_no_messages_is_owed_none_and_their_seeker_reads_so(desk: Desk) -> None:
    idea = await offered(desk)
    await consent.quiet(desk.app, JONAS, "Jonas")

    assert "Jonas wants no messages from me" in await yes(desk, idea)
    assert await desk.states("introduction") == []


async def test_closed_direct_messages_are_told_to_the_seeker(desk: Desk) -> None:
    idea = await offered(desk)
    desk.paper.refuses[JONAS.id] = Unreachable("closed", cause=Cause.CLOSED)

    assert "direct messages are closed" in await yes(desk, idea)
    await desk.tick()
    assert "direct messages are closed" in answered(desk)[0][0]


async def test_a_yes_that_was_taken_back_before_it_was_heard_is_not_said(desk: Desk) -> None:
    idea = await offered(desk, accepts=False)
    await yes(desk, idea)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    await consent.accept(desk.app, JONAS, "Jonas")
    await desk.tick()
    assert introductions(desk) == []

    assert await yes(desk, idea) == "Jonas has heard your yes."


async def test_the_message_goes_on_to_say_what_came_of_it(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)
    for step in (Step.INTRODUCED, Step.TALKED):
        await ideas.step(desk.app, MAYA, idea.id, step)
        assert [told.idea.known for told in introductions(desk)] == [step]


async def test_a_no_that_is_not_told_leaves_the_friend_with_the_yes(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)

    await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED, hushed=True)

    assert [told.idea.known for told in introductions(desk)] == [Step.ACCEPTED]
    with pytest.raises(NothingMore, match=r"^Nothing more is needed from you for this one. Thank you.$"):
        await ideas.report(desk.app, JONAS, idea.id, Step.INTRODUCED)


async def test_a_friend_brings_them_in_touch_and_the_seeker_hears_of_it_once(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)

    for _ in range(2):
        assert (await ideas.report(desk.app, JONAS, idea.id, Step.INTRODUCED)).step is Step.INTRODUCED
        await desk.tick()

    assert (await ideas.given(desk.app, MAYA, idea.id)).step is Step.INTRODUCED
    assert await desk.states("became") == ["sent"]


async def test_what_a_friend_reports_twice_before_the_seeker_hears_of_it_comes_as_one_message(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)
    await rhythm.friends(desk.app, MAYA, None, IdeasCome.WITH_CHEERS)
    for step in (Step.INTRODUCED, Step.FELL):
        await ideas.report(desk.app, JONAS, idea.id, step)
    await desk.until(5, 9)

    assert await desk.states("became") == ["sent"]
    told = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival) and sheet.what.asks]
    assert [one.idea.step for one in told] == [Step.FELL]


async def test_what_fell_through_is_an_end_that_the_seeker_hears_of_once(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)

    for _ in range(2):
        await ideas.report(desk.app, JONAS, idea.id, Step.FELL)
        await desk.tick()

    assert await desk.states("became") == ["sent"]
    told = await ideas.given(desk.app, MAYA, idea.id)
    assert (told.step, told.ended, told.next_at) == (Step.FELL, True, None)
    assert (await ideas.report(desk.app, JONAS, idea.id, Step.INTRODUCED)).step is Step.INTRODUCED


async def test_only_its_friend_says_what_came_of_an_offer_and_only_while_it_is_asked_for(desk: Desk) -> None:
    idea = await offered(desk)
    with pytest.raises(NothingMore):
        await ideas.report(desk.app, JONAS, idea.id, Step.INTRODUCED)
    await yes(desk, idea)
    for other in (ANA, MAYA):
        with pytest.raises(NotYours):
            await ideas.report(desk.app, other, idea.id, Step.FELL)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NothingMore):
        await ideas.report(desk.app, JONAS, idea.id, Step.FELL)
    await ideas.take_back(desk.app, JONAS, idea.id)
    with pytest.raises(Gone):
        await ideas.report(desk.app, JONAS, idea.id, Step.FELL)


async def test_an_idea_is_never_brought_in_touch(desk: Desk) -> None:
    idea = await offered(desk, sort=Sort.IDEA)
    with pytest.raises(NothingMore):
        await ideas.report(desk.app, JONAS, idea.id, Step.INTRODUCED)


async def test_erasing_the_seeker_takes_what_their_friend_was_told_with_them(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)
    await people.leave(desk.app, MAYA)

    await privacy.erase(desk.app, MAYA, 1)
    await desk.tick()

    assert introductions(desk) == []


async def test_erasing_the_friend_leaves_nothing_owed_to_them(desk: Desk) -> None:
    idea = await offered(desk)
    await people.start(desk.app, JONAS, "Jonas", Start(ZONE), [CHANNEL])
    await yes(desk, idea)
    friend = await desk.app.db.reading.one("SELECT id FROM people WHERE name = 'Jonas'")
    assert friend
    await people.leave(desk.app, JONAS)

    await privacy.erase(desk.app, JONAS, friend["id"])

    assert await desk.states("introduction") == []


async def test_their_seeker_may_say_as_well_that_it_fell_through_and_take_it_up_again(desk: Desk) -> None:
    idea = await offered(desk)
    await yes(desk, idea)

    fallen = await ideas.step(desk.app, MAYA, idea.id, Step.FELL)
    assert (fallen.ended, fallen.next_at) == (True, None)
    await desk.tick()
    assert introductions(desk)[0].idea.step is Step.FELL

    again = await ideas.step(desk.app, MAYA, idea.id, Step.INTRODUCED)
    assert again.next_at
