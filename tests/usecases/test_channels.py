"""A channel that refuses: what waits for it goes out by itself or back to its seeker, and the host is told."""

from __future__ import annotations

import pytest

from bot.core.alert import Topic
from bot.core.circle import CouldNotPost
from bot.core.delivery import Cause, Unreachable
from bot.core.people import Person
from bot.core.summary import Draft, Phase, WeekPost
from bot.usecases import circle, host, journal, membership, people, summary
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk, alerted, in_channel

pytestmark = pytest.mark.usefixtures("hosted")

CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)
NOT_ALLOWED = Unreachable("a permission is missing", cause=Cause.LOST)
GONE = Unreachable("the channel is gone", gone=True, cause=Cause.LOST)


async def posting(desk: Desk) -> None:
    """Maya has a week to post; the channel takes nothing."""
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    desk.paper.refuses[CHANNEL.id] = NOT_ALLOWED


async def drafted(desk: Desk) -> Draft:
    return await summary.draft_of(desk.app, MAYA, 1)


async def test_a_week_waits_for_a_channel_says_so_and_goes_out_by_itself(desk: Desk) -> None:
    await posting(desk)

    with pytest.raises(CouldNotPost, match=r"by itself as soon as I may\. I told my host\."):
        await summary.post(desk.app, MAYA, 1)

    draft = await drafted(desk)
    assert draft.week.phase is Phase.POSTED
    assert [circle.space for circle in draft.waits_for] == [CHANNEL]
    await desk.wait(minutes=1)
    [alert] = alerted(desk)
    assert (alert.topic, alert.detail) == (Topic.LOST, "maya-and-friends")

    await desk.wait(minutes=10)
    await desk.wait(minutes=10)
    assert len(alerted(desk)) == 1
    assert not in_channel(desk, WeekPost)

    desk.paper.refuses.clear()
    await desk.wait(minutes=10)
    assert len(in_channel(desk, WeekPost)) == 1
    assert await desk.states("post") == ["late"]
    assert [alert.over for alert in alerted(desk)] == [True]
    assert not (await drafted(desk)).waits_for
    shown = [sheet for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]
    assert [bool(draft.waits_for) for draft in shown[-1].said if isinstance(draft, Draft)][-2:] == [True, False]


async def test_where_it_came_late_is_said_when_there_are_several_channels(desk: Desk) -> None:
    other = CHANNEL._replace(id="another")
    await circle.set_up(desk.app, other, "another")
    await membership.join(desk.app, MAYA, "another", [other])
    await posting(desk)
    await summary.post(desk.app, MAYA, 1)
    assert (await drafted(desk)).late_in == ()

    desk.paper.refuses.clear()
    await desk.wait(minutes=20)

    draft = await drafted(desk)
    assert draft.late == desk.now
    assert [one.name for one in draft.late_in] == ["maya-and-friends"]


async def test_a_permission_given_back_sends_what_waits_with_the_next_round(desk: Desk) -> None:
    await posting(desk)
    with pytest.raises(CouldNotPost):
        await summary.post(desk.app, MAYA, 1)
    desk.paper.refuses.clear()
    await desk.wait(minutes=1)
    assert not in_channel(desk, WeekPost)

    await host.try_again(desk.app, PAPER, CHANNEL.workspace)
    await desk.tick()

    assert len(in_channel(desk, WeekPost)) == 1


async def test_what_else_waits_for_a_channel_goes_out_once_one_message_came(desk: Desk) -> None:
    ana = Person(PAPER, "", "ana")
    await people.start(desk.app, ana, "Ana", people.Start("Europe/Berlin"), [CHANNEL])
    await journal.checkin(desk.app, ana, {"mood": "3"}, {})
    await posting(desk)
    await summary.edit(desk.app, ana, 2, "Another line")
    for who, week in ((MAYA, 1), (ana, 2)):
        with pytest.raises(CouldNotPost):
            await summary.post(desk.app, who, week)
        await desk.wait(minutes=4)
    desk.paper.refuses.clear()

    await desk.wait(minutes=3)
    await desk.tick()

    assert len(in_channel(desk, WeekPost)) == 2


async def test_after_three_days_a_week_goes_back_to_its_seeker(desk: Desk) -> None:
    await posting(desk)
    with pytest.raises(CouldNotPost):
        await summary.post(desk.app, MAYA, 1)

    await desk.wait(days=2, hours=23)
    assert await desk.states("post") == ["owed"]
    await desk.wait(hours=2)

    assert await desk.states("post") == ["unreachable"]
    draft = await drafted(desk)
    assert (draft.week.phase, draft.lost, draft.waits_for) == (Phase.DRAFTED, True, ())


async def test_a_week_that_waits_can_be_taken_back(desk: Desk) -> None:
    await posting(desk)
    with pytest.raises(CouldNotPost):
        await summary.post(desk.app, MAYA, 1)

    await summary.take_down(desk.app, MAYA, 1)
    desk.paper.refuses.clear()
    await desk.wait(minutes=10)

    assert await desk.states("post") == ["dropped"]


async def test_a_channel_that_is_gone_gives_the_week_back_at_once(desk: Desk) -> None:
    await posting(desk)
    desk.paper.refuses[CHANNEL.id] = GONE

    with pytest.raises(CouldNotPost, match="draft is as it was"):
        await summary.post(desk.app, MAYA, 1)

    assert (await drafted(desk)).lost
    await desk.tick()
    assert [alert.topic for alert in alerted(desk)] == [Topic.LOST]


async def test_an_undone_circle_is_no_trouble_any_more(desk: Desk) -> None:
    await posting(desk)
    with pytest.raises(CouldNotPost):
        await summary.post(desk.app, MAYA, 1)
    await desk.tick()

    await circle.remove(desk.app, CHANNEL)

    assert not alerted(desk)
    assert not (await host.look(desk.app)).lost


async def test_a_channel_that_refuses_its_welcome_is_no_circle_and_no_alert(desk: Desk) -> None:
    other = CHANNEL._replace(id="other")
    desk.paper.refuses["other"] = NOT_ALLOWED

    with pytest.raises(CouldNotPost):
        await circle.set_up(desk.app, other, "other")

    await desk.tick()
    assert not alerted(desk)
