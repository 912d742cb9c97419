"""What friends press under a message opens after one read, and only for whoever can see it, where it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from bot.core.idea import ToOneself
from bot.core.journal import Gone, NotYours
from bot.core.landing import Sort
from bot.core.people import Person, Space
from bot.usecases import ask, cheer, closing, idea, landing, people, summary
from bot.usecases.circle import OwnPost
from tests.usecases import _council, _journey, _reader
from tests.usecases._council import OMAR, OTHER
from tests.usecases._reader import ANA, BEN
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_plans import scans, spoken

Found = TypeVar("Found")
Opener = Callable[..., Awaitable[str]]
NO_WEEK = "^This week .* /(cheer|idea)"
OPENERS = pytest.mark.parametrize("opens", [cheer.for_whom, idea.for_whom])


async def pressed(
    desk: Desk, opens: Opener, key: str, who: Person, week: int | None = None, at: Space = CHANNEL
) -> str:
    """For whom a form is that a friend opens under a message, by one read of no whole table."""
    return await by_one_read(desk, opens(desk.app, who, at.id, key, week))


async def offered(desk: Desk, key: str, who: Person, at: Space = CHANNEL) -> list[str]:
    """Those among whom somebody may choose under a joint post, by one read of no whole table."""
    return [name for _, name in await by_one_read(desk, _council.whom(desk, who, key, at))]


async def by_one_read(desk: Desk, opening: Awaitable[Found]) -> Found:
    """What something tells, or refuses, that reads once and by an index."""
    said = await spoken(desk.app.db)
    try:
        return await opening
    finally:
        assert len(said) == 1
        assert await scans(desk.app.db, list(said)) == set()


async def key(desk: Desk, kind: str, turn: int = 0) -> str:
    return (await desk.delivery(kind, turn)).id


@OPENERS
async def test_under_a_post_it_opens_in_its_channel_alone(desk: Desk, opens: Opener) -> None:
    await desk.posted()
    post = await key(desk, "post", turn=1)
    assert await pressed(desk, opens, post, BEN) == "Maya"
    with pytest.raises(NotYours, match="only under the post itself"):
        await pressed(desk, opens, post, BEN, at=OTHER)

    await people.leave(desk.app, MAYA)
    with pytest.raises(Gone, match="They have left"):
        await pressed(desk, opens, post, BEN)
    with pytest.raises(NotYours, match="only under the post itself"):
        await pressed(desk, opens, post, BEN, at=OTHER)


@OPENERS
async def test_under_a_message_without_a_week_nothing_opens(desk: Desk, opens: Opener) -> None:
    await desk.begin()
    for under in ("never-sent", await key(desk, "welcome")):
        with pytest.raises(Gone, match=NO_WEEK):
            await pressed(desk, opens, under, BEN)


@OPENERS
async def test_under_what_is_for_one_friend_it_opens_for_them_alone(desk: Desk, opens: Opener) -> None:
    await _reader.posted(desk)
    part = await key(desk, "part", turn=1)
    assert await pressed(desk, opens, part, ANA) == "Maya"
    with pytest.raises(NotYours, match="for somebody else"):
        await pressed(desk, opens, part, BEN)


@OPENERS
async def test_under_a_joint_post_it_opens_for_those_whom_it_tells_of(desk: Desk, opens: Opener) -> None:
    await _council.sitting(desk)
    await _council.post(desk, MAYA)
    await _council.post(desk, OMAR)
    await desk.until(4, 19)
    joint = await key(desk, "council")
    for week, name in await _council.whom(desk, BEN, joint):
        assert await pressed(desk, opens, joint, BEN, week) == name

    anas = (await _council.draft_of(desk, ANA)).week.id
    for week in (anas, 999, None):
        with pytest.raises(Gone, match=NO_WEEK):
            await pressed(desk, opens, joint, BEN, week)


@OPENERS
async def test_under_the_next_joint_post_it_opens_for_no_week_of_the_last(desk: Desk, opens: Opener) -> None:
    await _council.sitting(desk)
    last = (await _council.post(desk, MAYA)).week.id
    await desk.until(4, 19)
    await desk.until(11, 18)
    this = (await _council.post(desk, MAYA)).week.id
    await desk.until(11, 19)
    joint = await key(desk, "council")
    assert await pressed(desk, opens, joint, BEN, this) == "Maya"
    with pytest.raises(Gone, match=NO_WEEK):
        await pressed(desk, opens, joint, BEN, last)


@OPENERS
async def test_under_an_invitation_it_opens_for_whom_it_came_to(desk: Desk, opens: Opener) -> None:
    await _council.sitting(desk)
    await ask.add(desk.app, MAYA, "Read my CV")
    for who in _council.ALL:
        await _council.post(desk, who)
    await desk.until(4, 19)
    await desk.until(5, 9)
    [invited] = _council.invitations(desk, OMAR)
    [(week, _)] = await _council.whom(desk, OMAR, invited.delivery_id)
    assert await pressed(desk, opens, invited.delivery_id, OMAR, week) == "Maya"
    with pytest.raises(NotYours, match="for somebody else"):
        await pressed(desk, opens, invited.delivery_id, BEN, week)


async def test_under_a_joint_post_those_are_offered_who_are_there(desk: Desk) -> None:
    await _council.sitting(desk)
    for who in (OMAR, ANA, MAYA):
        await desk.wait(minutes=1)
        await _council.post(desk, who)
    await desk.until(4, 19)
    joint = await key(desk, "council")
    assert [await offered(desk, joint, who) for who in (BEN, ANA)] == [["Omar", "Ana", "Maya"], ["Omar", "Maya"]]
    with pytest.raises(NotYours, match="only under the post itself"):
        await offered(desk, joint, BEN, at=OTHER)

    await summary.take_down(desk.app, ANA, (await _council.draft_of(desk, ANA)).week.id)
    assert [await offered(desk, joint, who) for who in (BEN, MAYA)] == [["Omar", "Maya"], ["Omar"]]
    mayas = (await _council.draft_of(desk, MAYA)).week.id
    await people.leave(desk.app, MAYA)
    assert await offered(desk, joint, BEN) == ["Omar"]
    with pytest.raises(Gone, match="They have left"):
        await offered(desk, joint, OMAR)
    await summary.take_down(desk.app, MAYA, mayas)
    with pytest.raises(OwnPost, match="Only your own week"):
        await offered(desk, joint, OMAR)


async def test_under_no_joint_post_nobody_is_offered(desk: Desk) -> None:
    await desk.posted()
    for under in ("never-sent", await key(desk, "welcome"), await key(desk, "post", turn=1)):
        with pytest.raises(Gone, match=r"^This post was taken down.*/cheer still reaches them"):
            await offered(desk, under, MAYA)
    with pytest.raises(NotYours, match="for somebody else"):
        await offered(desk, await key(desk, "draft"), BEN)
    with pytest.raises(NotYours, match="only under the post itself"):
        await offered(desk, await key(desk, "post", turn=1), BEN, at=OTHER)


async def test_under_an_invitation_those_are_offered_who_still_ask_there(desk: Desk) -> None:
    await _council.sitting(desk)
    for who in (MAYA, ANA):
        await ask.add(desk.app, who, f"A walk with {who.id}")
    for who in _council.ALL:
        await _council.post(desk, who)
    await desk.until(4, 19)
    await desk.until(5, 9)
    [invited] = _council.invitations(desk, OMAR)
    assert await offered(desk, invited.delivery_id, OMAR) == ["Maya", "Ana"]
    with pytest.raises(NotYours, match="for somebody else"):
        await offered(desk, invited.delivery_id, BEN)

    await ask.close(desk.app, MAYA, "A walk with maya")
    assert await offered(desk, invited.delivery_id, OMAR) == ["Ana"]
    await ask.add(desk.app, MAYA, "Read my CV")  # since, so it is in no post
    anas = await _council.draft_of(desk, ANA)
    await summary.choose(desk.app, ANA, anas.week.id, ["asks"], [])
    with pytest.raises(Gone, match="Nobody asks for anything there any more"):
        await offered(desk, invited.delivery_id, OMAR)
    await people.leave(desk.app, ANA)
    await people.leave(desk.app, MAYA)
    with pytest.raises(Gone, match="They have left"):
        await offered(desk, invited.delivery_id, OMAR)


async def test_a_cheer_needs_a_week_that_stands_and_is_somebody_elses(desk: Desk) -> None:
    await desk.posted()
    post = await key(desk, "post", turn=1)
    with pytest.raises(OwnPost, match="your own week"):
        await pressed(desk, cheer.for_whom, post, MAYA)

    await summary.take_down(desk.app, MAYA, 1)
    for who in (BEN, MAYA):
        with pytest.raises(Gone, match=r"was taken down.*/cheer still reaches them"):
            await pressed(desk, cheer.for_whom, post, who)


async def test_a_cheer_opens_under_a_closing_post_until_that_is_taken_down(desk: Desk) -> None:
    await _journey.walked(desk)
    draft = await _journey.landed(desk)
    await summary.take_down(desk.app, MAYA, 1)
    await closing.post(desk.app, MAYA, draft.landing.id)
    post = await key(desk, "closing", turn=1)
    assert await pressed(desk, cheer.for_whom, post, BEN) == "Maya"
    with pytest.raises(OwnPost, match="your own week"):
        await pressed(desk, cheer.for_whom, post, MAYA)

    await closing.take_down(desk.app, MAYA, draft.landing.id)
    with pytest.raises(Gone, match="was taken down"):
        await pressed(desk, cheer.for_whom, post, BEN)


async def test_an_idea_is_for_somebody_else_who_takes_ideas(desk: Desk) -> None:
    await desk.posted()
    post = await key(desk, "post", turn=1)
    with pytest.raises(ToOneself, match="would go to yourself"):
        await pressed(desk, idea.for_whom, post, MAYA)
    await summary.take_down(desk.app, MAYA, 1)
    assert await pressed(desk, idea.for_whom, post, BEN) == "Maya"

    await landing.land(desk.app, MAYA, Sort.LANDED, "", None)
    for who in (BEN, MAYA):
        with pytest.raises(Gone, match="Maya takes no new ideas at present"):
            await pressed(desk, idea.for_whom, post, who)
    await people.leave(desk.app, MAYA)
    with pytest.raises(Gone, match="They have left"):
        await pressed(desk, idea.for_whom, post, MAYA)


async def test_no_idea_opens_under_a_closing_post(desk: Desk) -> None:
    await _journey.walked(desk)
    draft = await _journey.landed(desk, Sort.CHANGED)
    await closing.post(desk.app, MAYA, draft.landing.id)
    with pytest.raises(Gone, match="/idea carries your idea"):
        await pressed(desk, idea.for_whom, await key(desk, "closing", turn=1), BEN)
