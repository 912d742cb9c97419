"""Ideas and offers on paper: given and arriving, kept true, changed, taken back, erased."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.cheer import NotAround
from bot.core.delivery import Unreachable
from bot.core.errors import Told
from bot.core.idea import Empty, Given, Sort, Step, ToOneself, told
from bot.core.journal import Gone
from bot.core.people import Comes, IdeasCome
from bot.store import circle as circle_rows
from bot.store import people as people_rows
from bot.usecases import idea as ideas
from bot.usecases import people, privacy, summary
from tests.usecases._idea import ALEX, ANA, JONAS, TEACH, arrivals, came, give, number_of
from tests.usecases.conftest import CHANNEL, MAYA, Desk

# ------------------------------------------------------------------ arrival


async def test_an_idea_comes_at_once_with_who_what_and_why(desk: Desk) -> None:
    idea = await came(desk)

    [arrival] = arrivals(desk)
    assert (arrival.idea.friend, arrival.idea.what, arrival.idea.why) == ("Jonas", TEACH.what, TEACH.why)
    assert arrival.idea.step is Step.NEW
    assert not arrival.asks
    assert idea.week_id == 1


async def test_a_form_that_is_sent_twice_brings_one_idea_and_other_words_another(desk: Desk) -> None:
    await desk.posted()
    again = [TEACH, TEACH, TEACH._replace(why=""), TEACH._replace(unnamed=True)]

    given = [*await asyncio.gather(*(give(desk, one) for one in again)), await give(desk, friend=ANA)]
    await desk.tick()

    assert [idea.id for idea in given] == [1, 1, 2, 3, 4]
    assert len(arrivals(desk)) == 4


async def test_quiet_hours_are_respected(desk: Desk) -> None:
    await desk.posted()
    await desk.until(4, 23)
    await give(desk)
    await desk.tick()
    assert arrivals(desk) == []

    await desk.until(5, 8)

    assert len(arrivals(desk)) == 1


async def test_ideas_come_with_the_cheers_where_the_seeker_chose_that(desk: Desk) -> None:
    await desk.posted()
    async with desk.app.db.writing() as tx:
        await people_rows.set_comes(tx, await number_of(desk, MAYA), Comes.DAILY, IdeasCome.WITH_CHEERS)
    await give(desk)
    await desk.tick()
    assert arrivals(desk) == []
    assert [told(idea) for idea in await ideas.mine(desk.app, JONAS)] == ["it is on its way"]

    await desk.until(5, 9)

    assert len(arrivals(desk)) == 1
    assert [told(idea) for idea in await ideas.mine(desk.app, JONAS)] == ["it has arrived"]


async def test_an_idea_that_could_not_arrive_comes_when_the_way_is_open_again(desk: Desk) -> None:
    await desk.posted()
    desk.paper.refuses["maya"] = Unreachable("closed")
    idea = await give(desk)
    await desk.tick()
    desk.paper.refuses.clear()
    assert [one.id for one in await ideas.listed(desk.app, MAYA)] == [idea.id]

    await desk.until(12, 9)
    await desk.tick()

    assert [(one.idea.id, one.asks) for one in arrivals(desk)] == [(idea.id, False)]


async def test_what_came_while_the_seeker_was_gone_comes_after_they_are_back(desk: Desk) -> None:
    await desk.posted()
    await desk.until(4, 23)
    idea = await give(desk)
    await people.leave(desk.app, MAYA)
    await desk.until(6, 9)
    assert arrivals(desk) == []

    await people.start(desk.app, MAYA, "Maya", people.Start("Europe/Berlin"), [CHANNEL])
    await desk.tick()
    await desk.tick()

    assert [(one.idea.id, one.asks) for one in arrivals(desk)] == [(idea.id, False)]


async def test_an_idea_on_its_way_when_the_process_dies_comes_once(desk: Desk) -> None:
    await desk.posted()
    await give(desk)

    await desk.die_sending()
    await desk.wait(minutes=2)

    assert len(arrivals(desk)) == 1


async def test_two_friends_at_the_same_time_both_arrive(desk: Desk) -> None:
    await desk.posted()

    await asyncio.gather(give(desk), give(desk, ALEX, Sort.OFFER, ANA))
    await desk.tick()

    assert {arrival.idea.friend for arrival in arrivals(desk)} == {"Jonas", "Ana"}


# ------------------------------------------------------------------ who may give


async def test_nothing_goes_to_oneself(desk: Desk) -> None:
    await desk.posted()
    with pytest.raises(ToOneself, match="/experiment new plans an idea of your own"):
        await give(desk, friend=MAYA)
    with pytest.raises(NotAround):
        await ideas.give_to(desk.app, MAYA, "Maya", await number_of(desk, MAYA), CHANNEL, [CHANNEL], Sort.IDEA, TEACH)
    assert await ideas.listed(desk.app, MAYA) == []


async def test_a_friend_names_a_seeker_of_the_servers_circles_and_nobody_else(desk: Desk) -> None:
    await desk.posted()
    maya = await number_of(desk, MAYA)

    idea = await ideas.give_to(desk.app, ANA, "Ana", maya, CHANNEL, [CHANNEL], Sort.OFFER, ALEX)

    assert (idea.seeker, idea.week_id, idea.through) == ("Maya", None, True)
    for here, seen in ((CHANNEL, []), (CHANNEL._replace(workspace="other"), [CHANNEL])):
        with pytest.raises(NotAround):
            await ideas.give_to(desk.app, ANA, "Ana", maya, here, seen, Sort.IDEA, TEACH)


async def test_who_left_the_circle_in_the_same_moment_is_given_nothing_by_name(desk: Desk) -> None:
    await desk.posted()
    maya = await number_of(desk, MAYA)

    async with desk.app.db.writing() as tx:
        giving = asyncio.create_task(ideas.give_to(desk.app, ANA, "Ana", maya, CHANNEL, [CHANNEL], Sort.IDEA, TEACH))
        for circle in await circle_rows.of_seeker(tx, maya):
            await circle_rows.leave(tx, maya, circle.id)
    with pytest.raises(NotAround):
        await giving
    assert await ideas.listed(desk.app, MAYA) == []


async def test_a_seeker_who_left_is_told(desk: Desk) -> None:
    await desk.posted()
    await people.leave(desk.app, MAYA)

    with pytest.raises(Gone, match="left"):
        await give(desk)
    with pytest.raises(Gone, match="left"):
        await ideas.for_whom(desk.app, JONAS, CHANNEL.id, (await desk.delivery("post", turn=1)).id)


async def test_an_idea_written_while_the_post_went_down_still_arrives(desk: Desk) -> None:
    await desk.posted()
    await summary.take_down(desk.app, MAYA, 1)

    await give(desk)
    await desk.tick()

    assert len(arrivals(desk)) == 1


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("given", [Given("", "Because"), Given(" \u200b ", ""), Given("x" * 1001, "")])
async def test_what_cannot_be_kept_is_refused_and_nothing_changes(desk: Desk, sort: Sort, given: Given) -> None:
    idea = await came(desk, sort=sort)

    with pytest.raises(Told):
        await give(desk, given, sort)
    with pytest.raises(Told):
        await ideas.change(desk.app, JONAS, idea.id, given)

    assert [one.what for one in await ideas.mine(desk.app, JONAS)] == [TEACH.what]


async def test_an_empty_offer_is_told_what_is_missing(desk: Desk) -> None:
    await desk.posted()
    with pytest.raises(Empty, match="who it is"):
        await give(desk, Given("", "Old friends"), Sort.OFFER)


# ------------------------------------------------------------------ changed, taken back, erased


async def test_changed_words_stand_in_the_message(desk: Desk) -> None:
    idea = await came(desk)

    await ideas.change(desk.app, JONAS, idea.id, Given("Teach two classes", "", unnamed=True))

    [arrival] = arrivals(desk)
    assert (arrival.idea.what, arrival.idea.why, arrival.idea.unnamed) == ("Teach two classes", "", True)


async def test_taken_back_is_gone_from_every_list_and_its_words_from_the_database(desk: Desk) -> None:
    idea = await came(desk)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)

    await ideas.take_back(desk.app, JONAS, idea.id)

    assert [(a.idea.step, a.idea.what, a.idea.why) for a in arrivals(desk)] == [(Step.WITHDRAWN, "", "")]
    assert await ideas.listed(desk.app, MAYA) == await ideas.mine(desk.app, JONAS) == []
    with pytest.raises(Gone, match="Jonas took that back"):
        await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    with pytest.raises(Gone, match="took that back"):
        await ideas.change(desk.app, JONAS, idea.id, TEACH)
    assert not await asked(desk)


async def asked(desk: Desk) -> bool:
    """Whether anything is asked about within half a year."""
    row = await desk.app.db.reading.one("SELECT 1 FROM ideas WHERE next_at IS NOT NULL")
    return row is not None


async def test_taken_back_before_it_came_never_comes(desk: Desk) -> None:
    await desk.posted()
    idea = await give(desk)
    await ideas.take_back(desk.app, JONAS, idea.id)

    await desk.wait(days=9)

    assert arrivals(desk) == []


async def test_an_erased_friends_ideas_go_with_their_messages(desk: Desk) -> None:
    idea = await came(desk)
    await privacy.erase(desk.app, JONAS, idea.friend_id)

    assert arrivals(desk) == []
    assert await ideas.listed(desk.app, MAYA) == []
    anew = await give(desk, ALEX, Sort.OFFER, ANA)
    await desk.tick()
    assert anew.id != idea.id
    assert [arrival.idea.friend for arrival in arrivals(desk)] == ["Ana"]


async def test_an_erased_friends_idea_that_is_on_its_way_does_not_come(desk: Desk) -> None:
    await desk.posted()
    idea = await give(desk)
    await privacy.erase(desk.app, JONAS, idea.friend_id)

    await desk.wait(days=30)

    assert arrivals(desk) == []


async def test_an_erased_seekers_ideas_go(desk: Desk) -> None:
    idea = await came(desk)
    await privacy.erase(desk.app, MAYA, idea.seeker_id)

    assert await ideas.mine(desk.app, JONAS) == []
    await desk.wait(days=60)
