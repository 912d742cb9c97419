"""A draft that waits: recalled, closed, skipped, or posting by itself; through the real bot."""

from __future__ import annotations

from typing import Any

from tests.cogs._week import DONE, FRIDAY, channel_words, choose, draft_of, posted, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def test_a_draft_is_recalled_once_on_monday_and_closes_on_wednesday(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    drafts = len(_delivered(world))

    await world.until(5, 9)
    assert "Your week is still here" in words_of(draft_of(world))
    assert len(_delivered(world)) == drafts + 1
    await world.until(6, 9)
    assert len(_delivered(world)) == drafts + 1
    assert "Nothing goes out until you press Post" in words_of(draft_of(world))
    await world.until(7, 0, 1)
    assert all("This draft is closed" in words_of(message) for message in _delivered(world))
    assert world.posts() == []


def _delivered(world: World) -> list[Any]:
    return [m for m in world.dms if "edit" in ids_of(m) and not m.flags.ephemeral]


async def test_a_closed_draft_can_still_be_posted(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    await world.until(7, 12)

    draft = await world.maya.slash(world.channel, "week draft")
    assert DONE in said(draft)
    result = await world.press(draft.response, "post", by=world.maya)

    assert DONE in channel_words(world)
    assert result.followups == []


async def test_a_draft_asked_for_by_direct_message_shows_what_became_of_it(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    shown = await world.maya.user.slash("week draft")
    await world.restart()

    await world.press(shown.response, "post")

    now = next(message for message in world.dms if message.id == shown.response.id)
    assert "Posted" in words_of(now)
    assert "Take down" in labels_of(now)


async def test_a_week_in_which_nothing_was_written_is_not_recalled(world: World) -> None:
    await world.begin()
    await world.until(4, 18)

    await world.until(5, 9)

    assert len(_delivered(world)) == 1


async def test_a_posted_week_is_not_recalled(world: World) -> None:
    await posted(world)
    before = len(_delivered(world))

    await world.until(5, 9)

    assert len(_delivered(world)) == before


async def test_a_draft_that_comes_late_on_monday_is_not_recalled_as_well(world: World) -> None:
    await world.begin()
    await world.env.advance_time(60 * 60 * 24 * 4 + 60 * 60 * 11)

    await world.tick()

    assert len(_delivered(world)) == 1
    assert "Your week is still here" not in words_of(draft_of(world))


async def test_the_draft_after_one_that_never_came_says_which_is_missing(world: World) -> None:
    await world.begin()

    await world.until(11, 18)

    assert "I could not bring you the draft of 29 December – 4 January in time." in words_of(draft_of(world))


async def test_a_skipped_week_is_left_alone_and_can_be_posted_after_all(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)

    await world.press(draft_of(world), "skipweek")
    assert "Skipped" in words_of(draft_of(world))
    before = len(_delivered(world))
    await world.until(5, 9)
    assert len(_delivered(world)) == before
    await world.press(draft_of(world), "post")

    assert DONE in channel_words(world)


async def test_after_skipping_this_week_and_last_can_both_be_looked_at(world: World) -> None:
    await written(world)
    await world.press(draft_of(world), "skipweek")
    await world.until(5, 17, 30)
    await world.answer(mood="2", energy="3", done="A new Monday", next="", stuck="")

    this = await world.maya.slash(world.channel, "week draft", week=0)
    last = await world.maya.slash(world.channel, "week draft", week=1)

    assert "A new Monday" in said(this)
    assert DONE in said(last)
    assert said(await world.maya.slash(world.channel, "week draft")) == said(last)


# ------------------------------------------------------------------ posting by itself


async def by_itself(world: World, *parts: str) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "rhythm set", posting="itself")
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=DONE, next="", stuck="")
    await world.until(4, 18)
    if parts:
        await choose(world, *parts)


async def test_a_week_posts_by_itself_after_two_hours(world: World) -> None:
    await by_itself(world, FRIDAY)
    assert "posts by itself" in words_of(draft_of(world))

    await world.until(4, 19, 59)
    assert world.posts() == []
    await world.restart()
    await world.until(4, 20, 1)

    assert DONE in channel_words(world)
    assert "Posted" in words_of(draft_of(world))


async def test_stop_keeps_it_from_posting_by_itself(world: World) -> None:
    await by_itself(world, FRIDAY)
    await world.restart()

    await world.press(draft_of(world), "stop")

    assert "posts by itself" not in words_of(draft_of(world))
    await world.until(4, 21)
    assert world.posts() == []
    assert "Post" in labels_of(draft_of(world))


async def test_with_nothing_chosen_it_does_not_post_by_itself(world: World) -> None:
    await by_itself(world)

    await world.until(4, 20, 1)

    assert world.posts() == []
    assert "posts by itself" not in words_of(draft_of(world))
    assert "Nothing goes out until you press Post" in words_of(draft_of(world))


async def test_after_downtime_it_waits_its_two_hours_anew_outside_the_quiet_hours(world: World) -> None:
    await by_itself(world, FRIDAY)

    await world.until(5, 3)
    assert world.posts() == []
    assert "posts by itself" in words_of(draft_of(world))
    await world.until(5, 8)

    assert DONE in channel_words(world)


async def test_after_a_closed_week_nothing_posts_by_itself(world: World) -> None:
    await by_itself(world, FRIDAY)

    await world.until(8, 12)
    await world.until(8, 15)

    assert world.posts() == []


async def test_who_turns_it_off_is_asked_again_before_anything_goes_out(world: World) -> None:
    await by_itself(world, FRIDAY)

    await world.maya.slash(world.channel, "rhythm set", posting="press")
    await world.tick()
    assert "posts by itself" not in words_of(draft_of(world))
    await world.until(4, 20, 1)

    assert world.posts() == []


async def test_in_a_pause_nothing_posts_by_itself_and_nothing_is_recalled(world: World) -> None:
    await by_itself(world, FRIDAY)
    await world.maya.slash(world.channel, "rhythm pause")
    before = len(world.dms)

    await world.until(4, 20, 1)
    await world.until(5, 9)

    assert world.posts() == []
    assert len(world.dms) == before


async def test_with_nothing_shared_the_draft_promises_no_post(world: World) -> None:
    await by_itself(world)

    assert "Nothing is shared yet, so nothing posts by itself" in words_of(draft_of(world))
    assert {"Stop", "Skip this week"} <= set(labels_of(draft_of(world)))


async def test_a_lost_channel_is_told_in_the_draft_that_posts_by_itself(world: World) -> None:
    await by_itself(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013)

    await world.until(4, 20, 1)

    assert world.posts() == []
    assert "goes out by itself as soon as I may" in words_of(draft_of(world))
    await world.wait(minutes=10)
    assert len(world.posts()) == 1
    assert "Posted." in words_of(draft_of(world))
