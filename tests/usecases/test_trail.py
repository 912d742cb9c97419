"""The trail: each of a seeker's ways in one query, and the picture of a page of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.delivery import Later
from bot.core.experiment import Phase
from bot.core.idea import Given, Sort, Step
from bot.core.trail import stops
from bot.usecases import consent, experiment, idea, reply, trail
from bot.usecases.people import NotSeeking
from tests.usecases._experiment import ANA, WISH, own, trying
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk


async def test_the_trail_tells_every_way_newest_first(desk: Desk) -> None:
    await own(desk)
    await desk.until(4, 19)
    await give_again(desk, "An idea", Sort.IDEA)
    await desk.wait(hours=1)
    await give_again(desk, "My aunt", Sort.OFFER)
    await experiment.try_idea(desk.app, MAYA, 1, WISH)
    await experiment.let_go(desk.app, MAYA, 2)
    await experiment.try_idea(desk.app, MAYA, 1, WISH)
    await experiment.learn(desk.app, MAYA, 3, "Much")
    await idea.step(desk.app, MAYA, 2, Step.ACCEPTED)

    paths, zone = await trail.paths(desk.app, MAYA)

    assert zone.key == ZONE
    assert [(path.sort, path.what, path.step) for path in paths] == [
        (Sort.OFFER, "My aunt", Step.ACCEPTED),
        (Sort.IDEA, "An idea", Step.LEARNED),
        (None, "A walk with the recruiter", None),
    ]
    assert [[one.phase for one in path.experiments] for path in paths] == [
        [],
        [Phase.LET_GO, Phase.LEARNED],
        [Phase.PLANNED],
    ]


async def give_again(desk: Desk, what: str, sort: Sort) -> None:
    """Ana gives Maya something under a post that stands."""
    await idea.give_to(desk.app, ANA, "Ana", 1, CHANNEL, [CHANNEL], sort, Given(what, ""))


async def test_what_was_taken_back_is_on_no_trail_and_what_was_made_of_it_is_ones_own(desk: Desk) -> None:
    await trying(desk)
    await idea.take_back(desk.app, ANA, 1)

    [path], _ = await trail.paths(desk.app, MAYA)

    assert (path.sort, path.friend, path.what, len(path.experiments)) == (None, "", "", 1)
    assert path.began_at - desk.now <= timedelta()


async def test_thanks_are_on_the_trail_once_they_came_and_never_where_they_were_not_sent(desk: Desk) -> None:
    await trying(desk)
    said_at = desk.now
    await reply.thank(desk.app, MAYA, 1, "Thank you")
    [held], zone = await trail.paths(desk.app, MAYA)
    await desk.wait(days=1)
    desk.paper.replies.extend([Later(60)] * 2)
    await consent.accept(desk.app, ANA, "Ana")
    [waiting], _ = await trail.paths(desk.app, MAYA)
    for _ in range(4):
        await desk.wait(minutes=2)
    [came], _ = await trail.paths(desk.app, MAYA)

    words = [stops(path, zone)[-1].words for path in (held, waiting, came)]
    assert words == ["thanks wait", "thanks on their way", "thanked"]
    assert [path.thanked_at for path in (held, waiting, came)] == [None, None, said_at]


async def test_thanks_that_were_never_sent_are_on_no_trail(desk: Desk) -> None:
    await trying(desk)
    await reply.thank(desk.app, MAYA, 1, "Thank you")
    await consent.quiet(desk.app, ANA, "Ana")
    [dropped], _ = await trail.paths(desk.app, MAYA)

    assert (dropped.thanked_at, dropped.thanks_wait) == (None, False)


async def test_an_unnamed_friend_is_named_to_their_seeker(desk: Desk) -> None:
    await desk.posted()
    await idea.give_to(desk.app, ANA, "Ana", 1, CHANNEL, [CHANNEL], Sort.IDEA, Given("A walk", "", unnamed=True))
    drawn = await trail.drawn(desk.app, MAYA)

    assert drawn
    assert [way.whose for way in drawn.card.ways] == ["Ana"]


async def test_without_an_idea_there_is_nothing_to_draw_and_no_trail_without_a_search(desk: Desk) -> None:
    await desk.begin()

    assert await trail.drawn(desk.app, MAYA) is None
    with pytest.raises(NotSeeking):
        await trail.drawn(desk.app, ANA)
