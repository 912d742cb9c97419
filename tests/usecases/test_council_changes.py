"""Joint posts while things change around them: sections that empty, posts that go down, channels, hours and people."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.circle import Welcome
from bot.core.delivery import Cause, Outcome, State, Unknown, Unreachable
from bot.core.journal import Gone, Visibility
from bot.core.landing import Sort
from bot.core.people import Person, Post, Space
from bot.core.rhythm import Ask
from bot.core.summary import Draft, Phase, Portion
from bot.store import people as people_rows
from bot.store.delivery import claim
from bot.usecases import circle, consent, council, journal, landing, membership, people, reader, rhythm, summary
from bot.usecases._attempt import LEASE, attempt
from bot.usecases._settle import Ends, settle
from bot.usecases.council import Change
from bot.usecases.people import Start
from tests.usecases._council import ALL, ANA, JONAS, OMAR, OTHER, draft_of, joint, post, single, sitting, whom
from tests.usecases.conftest import CHANNEL, LOST, MAYA, ZONE, Desk


def hours(draft: Draft) -> list[str]:
    """When a week goes out with the others, in UTC; empty where that is out."""
    return [f"{one.at:%a %H:%M}" if one.at else "" for one in draft.joins]


# ------------------------------------------------------------------ what is for some alone


async def for_jonas_too(desk: Desk) -> tuple[int, int]:
    """Maya's week, with an answer for all and one for Jonas alone, is posted; the first answer, and the week."""
    await sitting(desk)
    await consent.accept(desk.app, JONAS, "Jonas", CHANNEL)
    for_all, named = [(await journal.reflect(desk.app, MAYA, "note", {"note": one})).entry.id for one in ("A", "B")]
    await journal.share(desk.app, MAYA, for_all, Visibility.FRIENDS)
    number = str(await people_rows.number_of(desk.app.db.reading, JONAS))
    await reader.name(desk.app, MAYA, named, [number], [number])
    draft = await summary.draft(desk.app, MAYA)
    return for_all, (await summary.post(desk.app, MAYA, draft.week.id)).week.id


def parts(desk: Desk) -> int:
    return sum(isinstance(sheet.what, Portion) for sheet in desk.paper.at(JONAS))


async def test_a_week_that_is_for_some_alone_by_the_hour_stays_posted_and_its_draft_says_so(desk: Desk) -> None:
    for_all, week = await for_jonas_too(desk)
    await journal.share(desk.app, MAYA, for_all, Visibility.PRIVATE)
    assert hours(await summary.draft_of(desk.app, MAYA, week)) == []

    await desk.until(4, 19)

    assert (joint(desk), parts(desk)) == ([], 1)
    assert (await summary.draft_of(desk.app, MAYA, week)).week.phase is Phase.POSTED


async def test_what_is_shared_with_all_again_is_in_the_joint_post_again(desk: Desk) -> None:
    for_all, _ = await for_jonas_too(desk)
    await journal.share(desk.app, MAYA, for_all, Visibility.PRIVATE)
    await desk.until(4, 19)
    await journal.share(desk.app, MAYA, for_all, Visibility.FRIENDS)
    assert joint(desk) == [["Maya"]]
    await post(desk, ANA)

    await journal.share(desk.app, MAYA, for_all, Visibility.PRIVATE)
    assert joint(desk) == [["Ana"]]
    await journal.share(desk.app, MAYA, for_all, Visibility.FRIENDS)

    assert [sorted(names) for names in joint(desk)] == [["Ana", "Maya"]]
    assert parts(desk) == 1


async def test_whose_week_is_for_some_alone_is_not_offered_under_the_joint_post(desk: Desk) -> None:
    for_all, week = await for_jonas_too(desk)
    anas = (await post(desk, ANA)).week.id
    await desk.until(4, 19)
    key = (await desk.delivery("council")).id
    assert await whom(desk, JONAS, key) == [(week, "Maya"), (anas, "Ana")]

    await journal.share(desk.app, MAYA, for_all, Visibility.PRIVATE)

    assert await whom(desk, JONAS, key) == [(anas, "Ana")]


# ------------------------------------------------------------------ at the same moment


async def test_who_posts_while_the_last_section_is_taken_down_stands_in_a_new_post(desk: Desk) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await desk.until(4, 19)
    retract, began, go_on = desk.paper.retract, asyncio.Event(), asyncio.Event()

    async def slowly(post: Post) -> Outcome:
        began.set()
        await go_on.wait()
        return await retract(post)

    desk.paper.retract = slowly
    going = asyncio.create_task(summary.take_down(desk.app, MAYA, draft.week.id))
    await began.wait()
    await post(desk, ANA)
    go_on.set()
    await going

    await desk.wait(minutes=1)
    assert joint(desk) == [["Ana"]]


async def test_two_who_post_at_the_same_moment_share_one_post(desk: Desk) -> None:
    await sitting(desk)
    await desk.until(4, 20)

    await asyncio.gather(post(desk, MAYA), post(desk, ANA), post(desk, OMAR))
    await desk.tick()

    assert [sorted(names) for names in joint(desk)] == [["Ana", "Maya", "Omar"]]


async def test_taken_down_while_it_is_going_out_it_does_not_stay(desk: Desk) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await post(desk, ANA)
    desk.move(4, 19)
    desk.paper.gate = asyncio.Event()
    going = asyncio.create_task(desk.tick())
    await desk.paper.knocked.wait()

    await summary.take_down(desk.app, MAYA, draft.week.id)
    desk.paper.gate.set()
    await going

    await desk.wait(minutes=1)
    assert joint(desk) == [["Ana"]]


@pytest.mark.parametrize("dropped_first", [True, False])
async def test_who_posts_as_the_joint_post_is_dropped_is_posted_all_the_same(desk: Desk, dropped_first: bool) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await summary.take_down(desk.app, MAYA, draft.week.id)
    desk.move(4, 19)
    waiting = await desk.delivery("council")
    found = await attempt(desk.app, waiting)
    assert isinstance(found, Ends)
    assert found.state is State.DROPPED

    if dropped_first:
        await settle(desk.app, waiting, found)
        await post(desk, ANA)
    else:
        async with desk.app.db.writing() as tx:
            await claim(tx, [waiting.id], desk.now, LEASE)
        await post(desk, ANA)
        await settle(desk.app, waiting, found)
    await desk.tick()

    assert joint(desk) == [["Ana"]]
    assert (await draft_of(desk, ANA)).week.phase is Phase.POSTED


async def test_a_joint_post_of_unknown_outcome_whose_circle_is_removed_is_dropped_and_its_weeks_are_drafts(
    desk: Desk,
) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    desk.paper.replies.append(Unknown(LOST))
    await desk.until(4, 19)
    assert await desk.states("council") == ["unknown"]

    await circle.remove(desk.app, CHANNEL)
    for _ in range(3):
        await desk.wait(minutes=30)

    assert await desk.states("council") == ["dropped"]
    assert (await draft_of(desk, MAYA)).week.phase is Phase.DRAFTED


async def test_a_joint_post_found_deleted_when_it_is_to_change_takes_its_weeks_down(desk: Desk) -> None:
    await sitting(desk)
    draft = await post(desk, MAYA)
    await post(desk, ANA)
    await desk.until(4, 19)
    desk.paper.sheets = {at: sheet for at, sheet in desk.paper.sheets.items() if sheet.to != CHANNEL}

    await summary.edit(desk.app, MAYA, draft.week.id, "Other words")

    assert [(await draft_of(desk, who)).week.phase for who in (MAYA, ANA)] == [Phase.TAKEN] * 2
    await summary.post(desk.app, MAYA, draft.week.id)
    assert joint(desk) == [["Maya"]]


# ------------------------------------------------------------------ the hour


async def test_a_post_that_is_out_takes_the_next_at_once_and_their_draft_says_so(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await desk.until(4, 19)

    await council.hour(desk.app, ANA, CHANNEL, Change("Monday", "20:00"), manages=False)

    assert hours(await draft_of(desk, ANA)) == [""]
    assert hours(await post(desk, ANA)) == [""]
    assert joint(desk) == [["Maya", "Ana"]]


async def test_every_draft_tells_the_hour_of_the_post_that_waits_also_when_the_first_seeker_moves(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, ANA)

    await people.start(desk.app, MAYA, "Maya", Start("Asia/Tokyo"), [CHANNEL])

    assert [hours(await draft_of(desk, who)) for who in (ANA, OMAR)] == [["Sun 18:00"]] * 2
    await desk.until(4, 19)
    assert joint(desk) == [["Ana"]]


@pytest.mark.parametrize(
    ("day", "at", "goes_out"),
    [("Wednesday", "12:00", (7, 12)), ("Saturday", "19:00", (10, 19)), ("Sunday", "12:00", (11, 12))],
)
async def test_an_hour_before_the_drafts_waits_for_the_next_one_after_them(
    desk: Desk, day: str, at: str, goes_out: tuple[int, int]
) -> None:
    await sitting(desk)
    told = await council.hour(desk.app, MAYA, CHANNEL, Change(day, at), manages=False)
    assert (told.at.astimezone(ZoneInfo(ZONE)).day, told.monday) == (goes_out[0], date(2025, 12, 29))

    assert [one.at for one in (await draft_of(desk, MAYA)).joins] == [told.at]
    await post(desk, MAYA)
    await desk.until(4, 23)
    assert joint(desk) == []
    await desk.until(*goes_out)
    assert joint(desk) == [["Maya"]]


async def test_a_circle_that_set_no_hour_follows_the_drafts_of_its_first_seeker(desk: Desk) -> None:
    await sitting(desk)
    for who in ALL:
        await rhythm.change(desk.app, who, rhythm.Change(ask=Ask.WEEK, days="Monday", at="9:00"))

    told = await council.hour(desk.app, MAYA, CHANNEL, Change(), manages=False)

    assert told.at.astimezone(ZoneInfo(ZONE)) == datetime(2026, 1, 5, 10, tzinfo=ZoneInfo(ZONE))
    await post(desk, MAYA)
    await desk.until(5, 10)
    assert joint(desk) == [["Maya"]]


async def test_the_first_drafts_of_a_circle_say_which_hour_is_theirs(desk: Desk) -> None:
    await sitting(desk)
    await rhythm.change(desk.app, ANA, rhythm.Change(ask=Ask.WEEK, days="Friday", at="17:00"))

    told = await council.hour(desk.app, MAYA, CHANNEL, Change("Saturday", "12:00"), manages=False)

    assert (told.at.astimezone(ZoneInfo(ZONE)).day, told.monday) == (10, date(2026, 1, 5))


# ------------------------------------------------------------------ people and channels


async def test_whose_journey_is_over_makes_no_joint_post(desk: Desk) -> None:
    await sitting(desk)
    await landing.land(desk.app, OMAR, Sort.LANDED, "", None)

    await post(desk, MAYA)

    assert (single(desk), joint(desk)) == (["Maya"], [])


async def test_a_post_that_waits_for_a_lost_channel_is_theirs_again_when_they_leave_the_circle(desk: Desk) -> None:
    await sitting(desk, MAYA)
    desk.paper.refuses[CHANNEL.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    with pytest.raises(circle.CouldNotPost):
        await post(desk, MAYA)

    await membership.leave(desk.app, MAYA, "maya-and-friends", [CHANNEL])
    desk.paper.refuses.clear()
    await desk.wait(minutes=11)

    assert (single(desk), (await draft_of(desk, MAYA)).week.phase) == ([], Phase.DRAFTED)


async def move_and_die(desk: Desk) -> None:
    """The circle is to move; the process dies while its welcome is on its way."""
    desk.paper.silent = True
    moving = asyncio.create_task(membership.move(desk.app, CHANNEL, OTHER, "elsewhere"))
    await desk.paper.knocked.wait()
    moving.cancel()
    await asyncio.wait({moving})
    desk.paper.silent = False
    await desk.restart()


def welcomes(desk: Desk) -> list[Person | Space]:
    """Where a welcome stands."""
    return [sheet.to for sheet in desk.paper.sheets.values() if isinstance(sheet.what, Welcome)]


async def test_a_circle_whose_move_is_cut_short_goes_on_in_its_new_channel_alone(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)

    await move_and_die(desk)
    await desk.wait(minutes=1)

    assert welcomes(desk) == [OTHER]
    [shown] = [sheet.what for sheet in desk.paper.at(ANA) if isinstance(sheet.what, Draft)]
    assert [one.space for one in shown.circles] == [OTHER]
    await desk.until(4, 19)
    assert (joint(desk), joint(desk, OTHER)) == ([], [["Maya"]])


async def test_a_move_that_is_cut_short_and_refused_leaves_the_circle_where_it_was(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await move_and_die(desk)
    desk.paper.sheets = {at: sheet for at, sheet in desk.paper.sheets.items() if sheet.to != OTHER}
    desk.paper.refuses[OTHER.id] = Unreachable("a permission is missing", cause=Cause.LOST)

    await desk.wait(minutes=2)

    assert welcomes(desk) == [CHANNEL]
    await desk.until(4, 19)
    assert joint(desk) == [["Maya"]]


async def test_where_the_new_channel_takes_nothing_what_waits_goes_out_in_the_old_one(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    desk.paper.refuses[OTHER.id] = Unreachable("a permission is missing", cause=Cause.LOST)
    with pytest.raises(circle.CouldNotPost):
        await membership.move(desk.app, CHANNEL, OTHER, "elsewhere")

    await desk.until(4, 19)

    assert joint(desk) == [["Maya"]]


async def test_who_has_left_can_be_answered_no_more_and_that_is_said(desk: Desk) -> None:
    await sitting(desk)
    await post(desk, MAYA)
    await desk.until(4, 19)
    await people.leave(desk.app, MAYA)

    with pytest.raises(Gone, match="left"):
        await whom(desk, JONAS, (await desk.delivery("council")).id)
