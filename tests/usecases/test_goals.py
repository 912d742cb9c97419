"""Goals through the use cases: how a week stands to them, in check-ins and in what friends read."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.goals import Activity, Goal, Goals, NothingToEase
from bot.core.people import Person
from bot.core.search import Act
from bot.core.summary import Draft, WeekPost
from bot.usecases import goals, journal, rhythm, search, summary
from bot.usecases.people import NotSeeking
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk, in_channel, prompts
from tests.usecases.test_plans import scans, spoken


async def aimed(desk: Desk, per_week: int = 5, activity: Activity = Activity.APPLICATIONS) -> Goals:
    return await goals.aim(desk.app, MAYA, activity, per_week)


async def told(desk: Desk) -> list[str]:
    """What a check-in says of the week."""
    return list((await journal.checkin(desk.app, MAYA, {"mood": "3"}, {})).goals)


async def test_the_log_and_the_check_in_count_towards_a_goal_and_nothing_twice(desk: Desk) -> None:
    await desk.begin()
    await aimed(desk)
    await applied(desk)
    await applied(desk, "Initech")

    assert await told(desk) == ["●●○○○ 2 of 5 applications"]
    kept = await journal.checkin(desk.app, MAYA, {}, {"applications": 2})
    assert kept.goals == ("●●○○○ 2 of 5 applications",)
    kept = await journal.checkin(desk.app, MAYA, {}, {"applications": 4})
    assert kept.goals == ("●●●●○ 4 of 5 applications",)


async def test_a_prompt_that_was_answered_tells_how_the_week_goes(desk: Desk) -> None:
    await desk.begin()
    await aimed(desk)
    await desk.until(2, 17, 30)
    await applied(desk)

    await journal.answer(desk.app, MAYA, (await desk.delivery("prompt")).id, {"mood": "4"})

    assert prompts(desk)[-1].goals == ("●○○○○ 1 of 5 applications",)

    await desk.until(5, 17, 30)
    assert (await journal.change(desk.app, MAYA, 1, {"mood": "5"})).goals == ()
    assert await told(desk) == ["○○○○○ 5 applications planned"]


async def test_a_change_and_easing_bind_from_monday_on(desk: Desk) -> None:
    await desk.begin()
    await aimed(desk, 50)
    await goals.ease(desk.app, MAYA, None, None)
    right = await aimed(desk)
    assert ([one.target for one in right.progress], right.coming) == ([5], ())

    desk.move(2, 9)
    higher = await aimed(desk, 8)
    assert [one.target for one in higher.progress] == [5]
    assert [goal.per_week for goal in higher.coming] == [8]

    eased = await goals.ease(desk.app, MAYA, None, None)
    assert [goal.per_week for goal in eased.coming] == [4]
    desk.move(5, 9)
    assert [one.target for one in (await goals.show(desk.app, MAYA)).progress] == [4]


async def test_rest_and_pauses_make_a_goal_smaller(desk: Desk) -> None:
    await desk.begin()
    await aimed(desk, 7)
    await desk.until(2, 17, 30)
    await rhythm.not_today(desk.app, MAYA, (await desk.delivery("prompt")).id, rest=True)
    assert (await goals.show(desk.app, MAYA)).progress[0].target == 6

    desk.move(3, 9)
    await rhythm.pause(desk.app, MAYA, "")
    found = await goals.show(desk.app, MAYA)
    assert (found.rests, found.progress[0].target) == (3, 4)


async def test_goals_are_told_to_friends_only_where_they_are_chosen_and_stay_right(desk: Desk) -> None:
    await desk.begin()
    await aimed(desk)
    await aimed(desk, 2, Activity.OUTREACH)
    await applied(desk)
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    draft = await summary.post(desk.app, MAYA, 1)
    assert draft.summary.goals == ()

    await summary.choose(desk.app, MAYA, 1, {"goals", "numbers", "rejections"}, {"goals"})
    assert [(goal.activity, goal.done) for goal in posted(desk).summary.goals] == [(Activity.APPLICATIONS, 1)]

    await applied(desk, "Initech")
    await desk.tick()
    assert [goal.done for goal in posted(desk).summary.goals] == [2]


async def test_the_numbers_are_those_of_the_log_too_and_rejections_only_where_chosen(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.INTERVIEW, "Acme", when="today")
    lost = await logged(desk, Act.LOST, "Acme")
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.choose(desk.app, MAYA, 1, {"numbers"}, {"numbers"})
    await summary.post(desk.app, MAYA, 1)
    assert posted(desk).summary.numbers == {"applications": 1, "interviews": 1}
    assert posted(desk).summary.card.numbers == ((1, "application"), (1, "interview"))

    await summary.choose(desk.app, MAYA, 1, {"rejections"}, {"rejections"})
    assert posted(desk).summary.numbers == {"applications": 1, "interviews": 1, "rejections": 1}
    assert len(posted(desk).summary.card.numbers) == 2

    await search.undo(desk.app, MAYA, lost.event.id)
    await desk.tick()
    assert posted(desk).summary.numbers == {"applications": 1, "interviews": 1}


async def test_a_post_follows_a_correction_of_another_week_and_its_undoing(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.INTERVIEW, "Acme", when="today")
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.choose(desk.app, MAYA, 1, {"numbers"}, {"numbers"})
    await summary.post(desk.app, MAYA, 1)
    await desk.until(20, 12)

    corrected = await logged(desk, Act.APPLIED, "#1", right=True)
    await desk.tick()
    assert posted(desk).summary.numbers == {"applications": 1}

    await search.undo(desk.app, MAYA, corrected.event.id)
    await desk.tick()
    assert posted(desk).summary.numbers == {"applications": 1, "interviews": 1}


async def test_a_draft_follows_the_log(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await applied(desk)
    await desk.tick()

    [draft] = [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)]
    assert draft.material.numbers(draft.week.monday) == {"applications": 1}


def posted(desk: Desk) -> WeekPost:
    """The weekly post that stands in the channel."""
    [post] = in_channel(desk, WeekPost)
    assert isinstance(post, WeekPost)
    return post


async def test_goals_are_ones_own_and_there_are_none_to_begin_with(desk: Desk) -> None:
    await desk.begin()
    assert await goals.show(desk.app, MAYA) == Goals()
    assert await told(desk) == []
    with pytest.raises(NothingToEase):
        await goals.ease(desk.app, MAYA, None, None)
    with pytest.raises(NotSeeking):
        await goals.aim(desk.app, Person(PAPER, "", "ora"), Activity.OUTREACH, 3)


async def test_goals_survive_a_restart_and_nothing_reads_a_whole_table(desk: Desk) -> None:
    await desk.begin()
    said = await spoken(desk.app.db)
    found = await aimed(desk)
    await goals.ease(desk.app, MAYA, Activity.APPLICATIONS, 1)
    await applied(desk)
    await told(desk)
    assert await scans(desk.app.db, list(said)) == set()
    await desk.restart()

    shown = await goals.show(desk.app, MAYA)
    assert found.changed == (Goal(Activity.APPLICATIONS, 5, date(2025, 12, 29), date(2026, 1, 1)),)
    assert [(one.done, one.target) for one in shown.progress] == [(1, 5)]
    assert shown.coming == (Goal(Activity.APPLICATIONS, 1, date(2026, 1, 5), date(2026, 1, 1)),)
