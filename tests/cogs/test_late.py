"""A weekly post that goes out late: who reads so, and who need not."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.circle import Circle
from bot.core.people import Person, Space
from bot.core.summary import Phase
from cogs import _render
from tests.cogs._made import text_of, week_of
from tests.cogs._week import FRIDAY, choose, draft_of, posted, written
from tests.cogs.conftest import World, said, words_of

LATE = "I could not post it before"


async def posted_late(world: World) -> None:
    """Maya presses Post on Sunday, and Discord takes the message two days later."""
    await written(world)
    await choose(world, FRIDAY)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50013)
    await world.press(draft_of(world), "post")
    world.env.inject_error("POST", path, status=403, code=50013)
    await world.wait(days=2)
    assert world.posts() == []
    await world.wait(minutes=11)
    assert len(world.posts()) == 1
    await world.tick()


async def test_the_seeker_reads_when_a_late_post_came_for_they_meant_it_to_come_sooner(world: World) -> None:
    await posted_late(world)

    assert LATE in words_of(draft_of(world))
    assert "Posted." in words_of(draft_of(world))


def test_with_several_channels_the_draft_says_in_which_it_came_late() -> None:
    draft = week_of((), said="A line", phase=Phase.POSTED)
    other = Circle(2, "robots", Space("discord", "1", "2"))
    late = draft._replace(late=datetime(2026, 1, 6, 11, tzinfo=UTC), late_in=(other,))

    assert f"{LATE} in #robots before" not in text_of(_render.draft(draft))
    assert "I could not post it in #robots before" in text_of(_render.draft(late))


async def test_friends_read_which_week_it_is_and_nothing_of_lateness_for_it_is_nobodys_fault(world: World) -> None:
    await posted_late(world)

    [post] = world.posts()
    assert words_of(post).startswith("## Maya, week 1\n-# 29 December – 4 January")
    assert "late" not in words_of(post).casefold()


async def test_the_host_sees_a_late_post_among_what_was_late_for_the_machine_may_be_the_reason(world: World) -> None:
    await posted_late(world)
    world.app.settings = world.app.settings._replace(host=Person("discord", "", str(world.sam.id)))

    assert "2 of them late" in said(await world.sam.slash(world.channel, "host status"))  # and Monday's reminder


async def test_the_draft_says_so_too_where_the_channel_was_never_lost(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=400, code=40003)
    await world.press(draft_of(world), "post")

    await world.wait(hours=1)
    await world.tick()

    assert len(world.posts()) == 1
    assert LATE in words_of(draft_of(world))


async def test_a_post_in_time_says_nothing_of_the_kind(world: World) -> None:
    await posted(world)
    await world.wait(hours=1)

    assert LATE not in words_of(draft_of(world))


async def test_a_late_post_that_is_taken_down_and_posted_again_in_time_is_late_no_more(world: World) -> None:
    await posted_late(world)
    await world.press(draft_of(world), "takedown")
    assert LATE not in words_of(draft_of(world))

    await world.press(draft_of(world), "post")

    assert LATE not in words_of(draft_of(world))
    assert "Posted." in words_of(draft_of(world))
