"""In which channels a friend may be thanked by name, of those that a seeker's weeks go to."""

from __future__ import annotations

import pytest

from bot.core.idea import Given, Sort
from bot.core.people import Space
from bot.core.reply import PRIVATELY, NoWay
from bot.usecases import circle, consent, idea, membership, reply, summary
from tests.usecases._experiment import ANA
from tests.usecases.conftest import CHANNEL, MAYA, Desk

FAMILY = Space(CHANNEL.platform, CHANNEL.workspace, "maya-and-family")


async def given_in_two_circles(desk: Desk) -> int:
    """Maya's week stands in two channels, and Ana, who was nowhere seen, gave her an idea; its number."""
    await desk.begin()
    await circle.set_up(desk.app, FAMILY, "maya-and-family")
    await membership.join(desk.app, MAYA, "maya-and-family", [FAMILY])
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    given = await idea.give_to(desk.app, ANA, "Ana", 1, FAMILY, [FAMILY], Sort.IDEA, Given("A walk", ""))
    return given.id


async def ways(desk: Desk, idea_id: int) -> list[str]:
    """The channels that Maya may thank in, by name."""
    to = await reply.addressee(desk.app, MAYA, idea_id)
    return [way.circle for way in to.ways if way.value != PRIVATELY]


async def test_a_friend_is_named_in_no_channel_that_they_were_not_seen_in(desk: Desk) -> None:
    number = await given_in_two_circles(desk)

    assert await ways(desk, number) == []
    for circle_id in ("1", "2"):
        with pytest.raises(NoWay):
            await reply.thank(desk.app, MAYA, number, "Thank you", circle_id)


async def test_a_reaction_or_a_yes_shows_where_a_friend_is(desk: Desk) -> None:
    number = await given_in_two_circles(desk)
    stands = await desk.app.db.reading.one(
        "SELECT post_id FROM deliveries WHERE kind = 'post' AND to_id = ?", FAMILY.id
    )
    assert stands
    post = next(post for post in desk.paper.sheets if post.id == stands["post_id"])

    await circle.react(desk.app, post, ANA, "Ana", "*", added=True)
    assert await ways(desk, number) == ["maya-and-family"]
    await consent.accept(desk.app, ANA, "Ana", CHANNEL)

    assert await ways(desk, number) == ["maya-and-friends", "maya-and-family"]
