"""/goals in the real bot, how a week stands to them in what is shown, and names of the log in the draft."""

from __future__ import annotations

from typing import Any

from bot.core.ask import Request
from bot.core.exercise import CHECKIN
from bot.core.goals import Activity, Progress
from bot.core.summary import Draft, WeekPost, summarise
from cogs import _post, _render
from tests.cogs import _made
from tests.cogs._made import KEY, LIBRARY, MONDAY, check_limits
from tests.cogs._week import channel_words, choose, draft_of, edit_words
from tests.cogs.conftest import World, said, words_of


async def goals(world: World, name: str, **options: Any) -> str:
    """What a /goals command of Maya's answers."""
    return said(await world.maya.slash(world.channel, f"goals {name}", **options))


async def applied(world: World, company: str) -> None:
    await world.maya.slash(world.channel, "log applied", company=company, role="Engineer")


async def test_goals_are_set_shown_and_eased_in_plain_words(world: World) -> None:
    await world.begin()
    assert "none are needed" in await goals(world, "show")
    assert "5 applications a week, from this week on" in await goals(world, "set", activity="applications", each_week=5)
    await applied(world, "Acme")

    assert "●○○○○ 1 of 5 applications" in await goals(world, "show")
    lower = await goals(world, "set", activity="applications", each_week=4)
    assert "4 applications a week, from this week on" in lower
    await goals(world, "set", activity="applications", each_week=5)
    await world.until(2, 9)
    raised = await goals(world, "set", activity="applications", each_week=8)
    assert "From next Monday: 8 applications a week. This week stays as it is." in raised
    eased = await goals(world, "ease")
    assert "From next Monday: 4 applications a week. A goal is there for you" in eased
    assert "From next Monday: 4 applications a week." in await goals(world, "show")
    assert "make it smaller" in await goals(world, "ease", activity="applications", each_week=4)
    assert "no goal for applications" in await goals(world, "set", activity="applications", each_week=0)


async def test_a_check_in_tells_how_the_week_goes_for_the_seeker_alone(world: World) -> None:
    await world.begin()
    await goals(world, "set", activity="interviews", each_week=2)
    shown = await world.maya.slash(world.channel, "checkin", mood=3, interviews=1)

    assert shown.ephemeral
    assert "**This week**\n●○ 1 of 2 interviews" in said(shown)
    await world.until(2, 17, 30)
    await world.answer(mood="4", done="A walk")
    assert "●○ 1 of 2 interviews" in words_of(world.prompt("change"))


async def test_goals_and_masked_names_in_the_draft_the_preview_and_the_post(world: World) -> None:
    await world.begin()
    await goals(world, "set", activity="applications", each_week=2)
    await applied(world, "Acme Robotics GmbH")
    await world.until(4, 18)
    await edit_words(world, "I wrote to Acme, one good thing")
    draft = words_of(draft_of(world))
    assert "- Your goals: ●○ 1 of 2 applications" in draft.split("Private, only you")[1]
    assert "Your friends read “(a name)” for Acme. Names from your log are masked" in draft

    looked = await world.press(draft_of(world), "look")
    assert "for Acme. Names from your log are masked; /week unhide" in said(looked)
    await choose(world, "goals", "numbers")
    await world.press(draft_of(world), "post")
    assert "I wrote to (a name), one good thing" in channel_words(world)
    assert "**In numbers** 1 application" in channel_words(world)
    assert "**Goals** ●○ 1 of 2 applications" in channel_words(world)

    offered = await world.maya.autocomplete(world.channel, "week unhide", "name", "acm")
    assert [choice["value"] for choice in offered] == ["Acme", "Acme Robotics", "Acme Robotics GmbH"]
    shown = said(await world.maya.slash(world.channel, "week unhide", name="Acme"))
    assert "“Acme” again, also in one week that stands" in shown
    assert "In your log, and friends may read them" in shown
    assert "I wrote to Acme, one good thing" in channel_words(world)


def test_the_most_parts_in_the_longest_week_fit() -> None:
    entries = tuple(_made.worst(LIBRARY[CHECKIN], number) for number in range(1, 41))
    made = _made.week_of(entries, share_goals=True, share_rejections=True)
    material = made.material._replace(
        goals=tuple(Progress(activity, 99, 99) for activity in Activity),
        days={MONDAY: {"rejections": 999, "offers": 999}},
        asks=tuple(Request(number, 1, "Look at my CV. " * 10, _made.NOW, _made.NOW) for number in range(1, 4)),
    )
    summary = summarise(made.week, material, LIBRARY)
    draft = Draft(KEY, made.week, material, summary)

    assert (len(summary.goals), summary.numbers["rejections"], len(summary.card.numbers)) == (5, 999, 4)
    for view in (_render.draft(draft), _render.chooser(draft)):
        check_limits(view)
    for part in range(len(_post.pages(summary))):
        check_limits(_render.week_post(WeekPost(KEY, summary, part)).view)
    for page in _render.whole_draft(draft):
        check_limits(_render.say(page))
