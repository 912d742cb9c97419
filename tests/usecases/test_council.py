"""Three seekers in a circle: one joint post a week, at the circle's hour, that each can enter and leave alone."""

from __future__ import annotations

import pytest

from bot.core.council import JointPost, NotInCircle, NotOneDay
from bot.core.dates import BadTime
from bot.core.delivery import Cause, Unknown, Unreachable
from bot.core.people import Person
from bot.core.summary import Phase, WeekPost
from bot.usecases import circle, council, membership, people, privacy, summary
from bot.usecases.council import Change
from bot.usecases.people import Start
from tests.usecases._council import ALL, ANA, OMAR, OTHER, draft_of, joint, post, single, sitting, whom
from tests.usecases.conftest import ARRIVES_UNHEARD, CHANNEL, LOST, MAYA, ZONE, Desk, in_channel


async def test_who_pressed_by_the_hour_is_in_one_post_and_later_ones_are_added_to_it(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await post(desk, ANA)
    assert joint(desk) == []

    await desk.until(4, 19)
    assert joint(desk) == [["Maya", "Ana"]]

    await post(desk, OMAR)
    assert joint(desk) == [["Maya", "Ana", "Omar"]]
    assert single(desk) == []
    assert await desk.states("council") == ["sent"]


async def test_the_draft_says_when_it_goes_out_and_then_that_it_stands(desk: Desk) -> None:
    await sitting(desk)
    before = await draft_of(desk, MAYA)
    assert [str(one.at) for one in before.joins] == ["2026-01-04 18:00:00+00:00"]

    waiting = await post(desk, MAYA)
    assert (waiting.week.phase, [one.at is None for one in waiting.joins]) == (Phase.POSTED, [False])

    await desk.until(4, 19)
    assert [(one.circle.space, one.at) for one in (await draft_of(desk, MAYA)).joins] == [(CHANNEL, None)]


async def test_the_preview_shows_ones_own_section_as_it_will_stand(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await summary.edit(desk.app, ANA, (await draft_of(desk, ANA)).week.id, "A line of ana's")

    _, [shown] = await summary.previewed(desk.app, ANA)
    assert isinstance(shown, JointPost)
    assert [one.summary.name for one in shown.sections if one.week_id == shown.own] == ["Ana"]

    await summary.post(desk.app, ANA, (await draft_of(desk, ANA)).week.id)
    await desk.until(4, 19)
    assert (await summary.previewed(desk.app, ANA, back=0))[1] == [shown]
    [standing] = in_channel(desk, JointPost)
    assert isinstance(standing, JointPost)
    assert standing.sections == shown.sections


async def test_the_preview_of_two_circles_shows_both_looks(desk: Desk) -> None:
    await sitting(desk)
    await circle.set_up(desk.app, OTHER, "elsewhere")
    await membership.join(desk.app, MAYA, "elsewhere", [OTHER])
    await summary.edit(desk.app, MAYA, (await draft_of(desk, MAYA)).week.id, "A line")

    _, shown = await summary.previewed(desk.app, MAYA)

    assert [type(one) for one in shown] == [WeekPost, JointPost]


async def test_a_week_that_stood_before_another_circle_was_joined_is_shown_as_it_stands(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await desk.until(4, 19)
    await circle.set_up(desk.app, OTHER, "elsewhere")
    await membership.join(desk.app, MAYA, "elsewhere", [OTHER])

    assert [type(one) for one in (await summary.previewed(desk.app, MAYA, back=0))[1]] == [JointPost]


async def test_nobody_pressed_and_nothing_is_posted_or_said(desk: Desk) -> None:
    await sitting(desk)
    before = len(desk.paper.at(CHANNEL))

    await desk.until(4, 23)

    assert len(desk.paper.at(CHANNEL)) == before
    assert await desk.states("council") == []


async def test_who_posts_after_an_hour_that_nobody_met_starts_the_joint_post(desk: Desk) -> None:
    await sitting(desk)
    await desk.until(4, 20)

    await post(desk, ANA)

    assert joint(desk) == [["Ana"]]


async def test_two_seekers_have_a_post_each(desk: Desk) -> None:
    await sitting(desk, MAYA, ANA)

    await post(desk, MAYA)

    assert (single(desk), joint(desk)) == (["Maya"], [])


async def test_two_of_one_name_are_told_apart_in_the_post_and_where_it_is_asked_whom_it_is_for(desk: Desk) -> None:
    await circle.set_up(desk.app, CHANNEL, "maya-and-friends")
    for who in ALL:
        await people.start(desk.app, who, "Ana" if who is OMAR else who.id.title(), Start(ZONE), [CHANNEL])
    await desk.until(4, 18)
    for who in ALL:
        await post(desk, who)
    await desk.until(4, 19)
    key = (await desk.delivery("council")).id

    assert joint(desk) == [["Maya", "Ana (1)", "Ana (2)"]]
    assert [name for _, name in await whom(desk, MAYA, key)] == ["Ana (1)", "Ana (2)"]
    assert [name for _, name in await whom(desk, OMAR, key)] == ["Maya", "Ana (1)"]
    assert [name for _, name in await council.readable(desk.app, key)] == ["Maya", "Ana (1)", "Ana (2)"]


async def test_a_post_that_stands_when_the_third_comes_remains_and_nothing_stands_twice(desk: Desk) -> None:
    await sitting(desk, MAYA, ANA)
    await post(desk, MAYA)
    await people.start(desk.app, OMAR, "Omar", Start(ZONE), [CHANNEL])

    await post(desk, ANA)
    await desk.until(4, 19)

    assert (single(desk), joint(desk)) == (["Maya"], [["Ana"]])


async def test_a_joint_post_that_stands_takes_the_others_of_its_week_when_one_has_left(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await desk.until(4, 19)
    await people.leave(desk.app, OMAR)

    await post(desk, ANA)

    assert (single(desk), joint(desk)) == ([], [["Maya", "Ana"]])


async def test_one_seekers_take_down_removes_their_section_and_the_last_ones_the_post(desk: Desk) -> None:
    await sitting(desk)
    weeks = [(who, (await post(desk, who)).week.id) for who in ALL]
    await desk.until(4, 19)

    left = ["Maya", "Ana", "Omar"]
    for who, week_id in weeks:
        await summary.take_down(desk.app, who, week_id)
        left.remove(who.id.title())
        assert joint(desk) == ([left] if left else [])

    await summary.post(desk.app, OMAR, weeks[2][1])
    assert joint(desk) == [["Omar"]]


async def test_who_is_taken_down_before_the_hour_does_not_go_out(desk: Desk) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await summary.take_down(desk.app, MAYA, draft.week.id)

    await desk.until(4, 19)
    assert (joint(desk), await desk.states("council")) == ([], ["dropped"])

    await summary.post(desk.app, MAYA, draft.week.id)
    assert joint(desk) == [["Maya"]]


async def test_who_leaves_before_the_hour_is_not_told_of_and_who_leaves_later_still_stands(desk: Desk) -> None:
    await sitting(desk)
    for who in ALL:
        await post(desk, who)
    await people.leave(desk.app, OMAR)

    await desk.until(4, 19)
    assert joint(desk) == [["Maya", "Ana"]]

    left = await people.leave(desk.app, ANA)
    assert left.posted == 1
    assert joint(desk) == [["Maya", "Ana"]]


async def test_erasing_one_seeker_takes_their_section_out_and_leaves_the_others(desk: Desk) -> None:
    await sitting(desk)
    for who in ALL:
        await post(desk, who)
    await desk.until(4, 19)

    assert await privacy.erase(desk.app, ANA, 2) == 0

    assert joint(desk) == [["Maya", "Omar"]]


async def test_nothing_is_erased_while_nobody_knows_whether_the_joint_post_was_changed(desk: Desk) -> None:
    await sitting(desk)
    for who in ALL:
        await post(desk, who)
    await desk.until(4, 19)
    desk.paper.edits.append(Unknown("no answer in time"))

    with pytest.raises(privacy.PostsStand):
        await privacy.erase(desk.app, OMAR, 3)

    await desk.tick()
    assert joint(desk) == [["Maya", "Ana"]]
    await privacy.erase(desk.app, OMAR, 3)


async def test_a_moderator_who_deletes_the_joint_post_takes_every_section_down(desk: Desk) -> None:
    await sitting(desk)
    for who in ALL:
        await post(desk, who)
    await desk.until(4, 19)
    standing = (await desk.delivery("council")).post
    assert standing
    del desk.paper.sheets[standing]

    await circle.message_deleted(desk.app, standing)

    assert [(await draft_of(desk, who)).week.phase for who in ALL] == [Phase.TAKEN] * 3
    await summary.post(desk.app, ANA, 2)
    assert joint(desk) == [["Ana"]]


async def test_an_edit_is_seen_in_the_joint_post(desk: Desk) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await desk.until(4, 19)

    await summary.edit(desk.app, MAYA, draft.week.id, "Other words")

    [what] = in_channel(desk, JointPost)
    assert isinstance(what, JointPost)
    assert [section.summary.words for section in what.sections] == ["Other words"]


# ------------------------------------------------------------------ the guarantee


@pytest.mark.parametrize("reply", [ARRIVES_UNHEARD, LOST])
async def test_a_joint_post_whose_answer_is_lost_stands_once(desk: Desk, reply: str) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    desk.paper.replies.append(reply)
    await desk.until(4, 19)
    await desk.restart()

    await post(desk, ANA)
    await desk.wait(minutes=2)
    await desk.tick()

    assert joint(desk) == [["Maya", "Ana"]]


async def test_a_joint_post_due_while_down_goes_out_late_and_its_drafts_say_so(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    desk.move(4, 22)
    await desk.restart()

    await desk.tick()

    assert joint(desk) == [["Maya"]]
    assert await desk.states("council") == ["late"]
    assert (await draft_of(desk, MAYA)).late == desk.now


async def test_a_joint_post_that_cannot_arrive_gives_each_week_back(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await post(desk, ANA)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone", gone=True, cause=Cause.LOST)

    await desk.until(4, 19)

    for who in (MAYA, ANA):
        draft = await draft_of(desk, who)
        assert (draft.week.phase, draft.lost) == (Phase.DRAFTED, True)


async def test_a_joint_post_waits_for_its_channel_and_says_so(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    desk.paper.refuses[CHANNEL.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    await desk.until(4, 19)
    assert [one.space for one in (await draft_of(desk, MAYA)).waits_for] == [CHANNEL]

    desk.paper.refuses.clear()
    await desk.wait(minutes=11)

    assert joint(desk) == [["Maya"]]
    assert not (await draft_of(desk, MAYA)).waits_for


async def test_a_removed_circle_gives_back_what_was_to_go_out(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)

    await circle.remove(desk.app, CHANNEL)
    await desk.until(4, 19)

    assert (joint(desk), (await draft_of(desk, MAYA)).week.phase) == ([], Phase.DRAFTED)


# ------------------------------------------------------------------ the hour


async def test_another_hour_moves_what_waits(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)

    hour = (await council.hour(desk.app, ANA, CHANNEL, Change("Monday", "8pm"), manages=False)).hour
    assert (hour.day, f"{hour.at:%H:%M}", hour.zone) == (0, "20:00", ZONE)

    await desk.until(4, 19)
    assert joint(desk) == []
    await desk.until(5, 20)
    assert joint(desk) == [["Maya"]]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [(Change("weekdays"), NotOneDay), (Change(at="late"), BadTime), (Change(at="25:00"), BadTime)],
)
async def test_an_hour_that_cannot_be_read_changes_nothing(
    desk: Desk, change: Change, refusal: type[Exception]
) -> None:
    await sitting(desk)
    with pytest.raises(refusal):
        await council.hour(desk.app, MAYA, CHANNEL, change, manages=False)

    hour = (await council.hour(desk.app, MAYA, CHANNEL, Change(), manages=False)).hour
    assert (hour.day, f"{hour.at:%H:%M}") == (6, "19:00")


async def test_a_stranger_cannot_set_the_hour(desk: Desk) -> None:
    await sitting(desk)
    with pytest.raises(NotInCircle):
        await council.hour(desk.app, Person("paper", "", "lena"), CHANNEL, Change("Monday"), manages=False)
