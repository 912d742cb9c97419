"""Several circles of one seeker, and a circle that goes on in another channel."""

from __future__ import annotations

import pytest

from bot.core.circle import CouldNotPost, NoCircle, Welcome
from bot.core.delivery import Cause, Unreachable
from bot.core.summary import Phase
from bot.usecases import circle, membership, people, summary
from bot.usecases.people import Start
from tests.usecases._council import ALL, ANA, JONAS, OTHER, draft_of, joint, post, sitting
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk

SEEN = (CHANNEL, OTHER)


async def two_circles(desk: Desk) -> None:
    """Maya, Ana and Omar in one circle, and another that Maya joins."""
    await sitting(desk)
    await circle.set_up(desk.app, OTHER, "elsewhere")
    await membership.join(desk.app, MAYA, "elsewhere", SEEN)


def where(desk: Desk) -> tuple[int, int]:
    """How many messages stand in each of the two channels, the welcomes left out."""
    return len(desk.paper.at(CHANNEL)) - 1, len(desk.paper.at(OTHER)) - 1


async def test_a_week_goes_to_each_circle_in_that_circles_way(desk: Desk) -> None:
    await two_circles(desk)
    assert [one.name for one in (await draft_of(desk, MAYA)).circles] == ["maya-and-friends", "elsewhere"]

    draft = await post(desk, MAYA)
    assert where(desk) == (0, 1)
    assert [one.circle.name for one in draft.joins] == ["maya-and-friends"]

    await desk.until(4, 19)
    assert (where(desk), joint(desk)) == ((1, 1), [["Maya"]])


async def test_taken_down_it_is_gone_from_all_and_deleted_by_a_moderator_from_one(desk: Desk) -> None:
    await two_circles(desk)
    draft = await post(desk, MAYA)
    await desk.until(4, 19)
    standing = (await desk.delivery("council")).post
    assert standing
    del desk.paper.sheets[standing]

    await circle.message_deleted(desk.app, standing)
    assert (where(desk), (await draft_of(desk, MAYA)).week.phase) == ((0, 1), Phase.POSTED)

    await summary.take_down(desk.app, MAYA, draft.week.id)
    assert where(desk) == (0, 0)


async def test_who_leaves_a_circle_posts_there_no_more_and_what_waits_is_theirs_again(desk: Desk) -> None:
    await two_circles(desk)
    await membership.leave(desk.app, MAYA, "elsewhere", SEEN)
    await post(desk, MAYA)

    told = await membership.leave(desk.app, MAYA, "#maya-and-friends", SEEN)
    assert (told.circles, [one.name for one in told.others]) == ((), ["maya-and-friends", "elsewhere"])
    assert (await draft_of(desk, MAYA)).week.phase is Phase.DRAFTED

    await desk.until(4, 19)
    assert where(desk) == (0, 0)


@pytest.mark.parametrize(("wish", "words"), [("maya-and-friends", "already"), ("nowhere", "which circle")])
async def test_joining_twice_or_nowhere_changes_nothing(desk: Desk, wish: str, words: str) -> None:
    await two_circles(desk)

    with pytest.raises(NoCircle, match=words):
        await membership.join(desk.app, MAYA, wish, SEEN)


async def test_a_circle_that_somebody_does_not_see_cannot_be_joined(desk: Desk) -> None:
    await two_circles(desk)

    with pytest.raises(NoCircle):
        await membership.join(desk.app, ANA, "elsewhere", [CHANNEL])


async def test_starting_again_keeps_the_circles_and_naming_one_makes_it_the_only_one(desk: Desk) -> None:
    await two_circles(desk)
    await people.start(desk.app, MAYA, "Maya", Start(ZONE), SEEN)
    assert len(await membership.circles_of(desk.app, MAYA)) == 2

    await people.start(desk.app, MAYA, "Maya", Start(ZONE, "elsewhere"), SEEN)
    assert [one.name for one in await membership.circles_of(desk.app, MAYA)] == ["elsewhere"]


# ------------------------------------------------------------------ another channel


async def test_a_circle_that_moves_keeps_everybody_and_what_waits_goes_out_there(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)

    await membership.move(desk.app, CHANNEL, OTHER, "elsewhere")

    assert [isinstance(sheet.what, Welcome) for sheet in desk.paper.at(OTHER)] == [True]
    assert desk.paper.at(CHANNEL) == []
    shown = await draft_of(desk, ANA)
    assert [one.name for one in shown.circles] == ["elsewhere"]
    await desk.until(4, 19)
    await post(desk, ANA)
    assert joint(desk, OTHER) == [["Maya", "Ana"]]


async def test_what_stands_in_the_old_channel_stays_and_goes_on_being_theirs(desk: Desk) -> None:
    await sitting(desk)
    weeks = [(await post(desk, who)).week.id for who in ALL]
    await desk.until(4, 19)
    under = (await desk.delivery("council")).post
    assert under

    await membership.move(desk.app, CHANNEL, OTHER, "elsewhere")
    await circle.react(desk.app, under, JONAS, "Jonas", "🎉", added=True)
    await summary.take_down(desk.app, ANA, weeks[1])

    assert joint(desk) == [["Maya", "Omar"]]
    assert len(await desk.app.db.reading.all("SELECT 1 FROM reactions")) == 3


async def test_where_the_new_channel_takes_no_welcome_all_is_as_it_was(desk: Desk) -> None:
    await sitting(desk)
    desk.paper.refuses[OTHER.id] = Unreachable("a permission is missing", cause=Cause.LOST)

    with pytest.raises(CouldNotPost):
        await membership.move(desk.app, CHANNEL, OTHER, "elsewhere")

    assert [one.name for one in (await draft_of(desk, MAYA)).circles] == ["maya-and-friends"]
    assert [isinstance(sheet.what, Welcome) for sheet in desk.paper.at(CHANNEL)] == [True]


async def test_a_circle_does_not_move_onto_another_nor_from_nowhere(desk: Desk) -> None:
    await two_circles(desk)

    with pytest.raises(NoCircle, match="is a circle already"):
        await membership.move(desk.app, CHANNEL, OTHER, "elsewhere")
    with pytest.raises(NoCircle, match="is no circle"):
        await membership.move(desk.app, OTHER._replace(id="third"), OTHER, "elsewhere")
