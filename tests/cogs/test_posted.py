"""What becomes of a post afterwards: edited, taken down, posted again, and following what the seeker changes."""

from __future__ import annotations

import discord

from tests.cogs import _forged
from tests.cogs._week import (
    DONE,
    FRIDAY,
    NOTE,
    SECRET,
    alt_of,
    channel_words,
    choose,
    draft_of,
    edit_words,
    picture_of,
    posted,
)
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


def answer_of(world: World) -> discord.Message:
    """The prompt of Friday, which shows what was kept."""
    return next(m for m in world.dms if "### Daily check-in · Fri 2 January" in words_of(m))


def note_of(world: World) -> discord.Message:
    """What the bot answered when the note was kept."""
    return next(m for m in world.dms if {"share", "hide"} & set(ids_of(m)) and m.id != answer_of(world).id)


async def test_the_posted_draft_has_edit_and_take_down(world: World) -> None:
    await posted(world)

    assert labels_of(draft_of(world)) == [
        "Write a line", "Choose what goes in", "Edit an answer", "Only for some", "Take down",
    ]  # fmt: skip


async def test_a_week_posted_by_command_before_its_draft_came_can_be_taken_down_in_the_direct_messages(
    world: World,
) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=DONE, next="", stuck="")
    await world.press(world.prompt("share"), "share")
    shown = await world.maya.slash(world.channel, "week draft")
    (answer,) = [*([shown.response] if shown.response else []), *shown.followups]

    await world.press(answer, "post", by=world.maya)
    assert "goes into your next week" in words_of(world.dm)
    await world.press(world.dm, "takedown")

    assert world.posts() == []


async def test_edit_revises_the_post_where_it_stands(world: World) -> None:
    post = await posted(world)

    await edit_words(world, "Thank you all")

    [now] = world.posts()
    assert now.id == post.id
    assert "Thank you all" in words_of(now)


async def test_take_down_removes_the_post_and_it_can_be_posted_again(world: World) -> None:
    first = await posted(world)

    await world.press(draft_of(world), "takedown")
    assert world.posts() == []
    assert "Taken down" in words_of(draft_of(world))
    await world.restart()
    await world.press(draft_of(world), "post")

    [again] = world.posts()
    assert again.id != first.id
    assert words_of(again) == words_of(first)
    assert "Posted" in words_of(draft_of(world))


async def test_after_a_take_down_nothing_comes_back_by_itself(world: World) -> None:
    await posted(world)
    await world.press(draft_of(world), "takedown")

    await world.press(answer_of(world), "hide")
    await world.until(5, 9)
    await world.restart()
    await world.wait(hours=1)

    assert world.posts() == []


async def test_a_take_down_that_discord_refuses_for_now_is_done_by_the_next_round(world: World) -> None:
    await posted(world)
    world.env.inject_error("DELETE", "/channels/*/messages/*", status=503)

    await world.press(draft_of(world), "takedown")
    assert len(world.posts()) == 1
    await world.wait(minutes=5)

    assert world.posts() == []


async def test_an_edited_entry_revises_the_post(world: World) -> None:
    post = await posted(world)

    shown = await world.press(answer_of(world), "change")
    await world.submit(shown, {"done": "Wrote three applications"})

    [now] = world.posts()
    assert now.id == post.id
    assert "Wrote three applications" in words_of(now)
    assert DONE not in words_of(now)


async def test_another_mood_draws_another_picture(world: World) -> None:
    post = await posted(world, FRIDAY, "mood")

    await world.submit(await world.press(answer_of(world), "change"), {"mood": "2"})

    [now] = world.posts()
    assert picture_of(now) != picture_of(post)
    assert len(now.attachments) == 1
    assert "mood low" in alt_of(now)
    assert "mood light" not in alt_of(now)
    assert "Fri low" in words_of(now)


async def test_an_entry_made_private_leaves_the_post_and_its_picture(world: World) -> None:
    post = await posted(world, FRIDAY, NOTE)
    assert SECRET in words_of(post)
    assert "two stones" in alt_of(post)
    await world.press(note_of(world), "share")
    await world.restart()

    await world.press(note_of(world), "hide")

    [now] = world.posts()
    assert SECRET not in words_of(now)
    assert DONE in words_of(now)
    assert "one stone" in alt_of(now)
    assert picture_of(now) != picture_of(post)
    assert SECRET in words_of(draft_of(world)).split("**Private, only you**")[1]


async def test_a_deleted_entry_leaves_the_post_and_its_picture(world: World) -> None:
    post = await posted(world, FRIDAY, NOTE)
    message = next(m for m in world.dms if m.content == SECRET)

    await world.maya.user.delete(message)
    await world.press(world.prompt("forget"), "forget")

    [now] = world.posts()
    assert SECRET not in words_of(now)
    assert picture_of(now) != picture_of(post)


async def test_an_edited_message_revises_the_post(world: World) -> None:
    await posted(world, FRIDAY, NOTE)
    message = next(m for m in world.dms if m.content == SECRET)

    await world.maya.user.edit(message, "Friends may read this")

    assert "Friends may read this" in channel_words(world)
    assert SECRET not in channel_words(world)


async def test_an_entry_shared_after_posting_joins_the_post(world: World) -> None:
    post = await posted(world)

    await world.press(note_of(world), "share")

    [now] = world.posts()
    assert SECRET in words_of(now)
    assert picture_of(now) != picture_of(post)


async def test_a_post_with_nothing_left_is_taken_down(world: World) -> None:
    await posted(world)

    await choose(world)

    assert world.posts() == []
    assert "Taken down" in words_of(draft_of(world))
    refused = await world.press(draft_of(world), "post")
    assert "Nothing is chosen yet" in said(refused)


async def test_the_last_entry_made_private_takes_the_post_down(world: World) -> None:
    await posted(world)

    await world.press(answer_of(world), "hide")

    assert world.posts() == []
    assert "Taken down" in words_of(draft_of(world))


async def test_a_post_that_a_host_deleted_counts_as_taken_down(world: World) -> None:
    post = await posted(world)

    world.env.backend.delete_message(world.channel.id, post.id)
    await world.env.settle()

    assert "Taken down" in words_of(draft_of(world))
    await world.press(draft_of(world), "post")
    assert len(world.posts()) == 1


async def test_everybody_can_read_a_shortened_post_whole_until_it_is_taken_down(world: World) -> None:
    await world.begin()
    long = " ".join(["walked"] * 140)
    for day in range(1, 5):
        await world.until(day, 17, 30)
        await world.maya.slash(world.channel, "checkin", mood=3, done=long, next=long, stuck=f"{long} end{day}")
    await world.until(4, 18)
    await choose(world, "1", "2", "3", "4")
    await world.press(draft_of(world), "post")
    last = world.posts()[-1]

    read = await world.press(last, "readweek", by=world.jonas)

    assert all(answer.message.flags.ephemeral for answer in read.followups)
    assert [day for day in range(1, 5) if f"end{day}" not in said(read)] == []
    key = ids_of(last)["readweek"]
    await world.press(draft_of(world), "takedown")
    gone = await _forged.press(world, world.jonas, key)
    assert "This week was taken down" in said(gone)


async def test_what_is_chosen_in_the_draft_shows_beside_the_answer_too(world: World) -> None:
    await posted(world)
    assert "hide" in ids_of(answer_of(world))

    await choose(world, NOTE)

    assert "share" in ids_of(answer_of(world))


async def test_a_cleared_channel_counts_as_taken_down(world: World) -> None:
    post = await posted(world)

    world.env.backend.bulk_delete_messages(world.channel.id, [m.id for m in world.channel.history()])
    await world.env.settle()

    assert post.id not in [message.id for message in world.channel.history()]
    assert "Taken down" in words_of(draft_of(world))


async def test_an_answer_of_a_posted_week_says_that_it_joins_the_post_at_once(world: World) -> None:
    await posted(world, NOTE)

    await world.wait(minutes=1)
    assert "Only you see this; it is not in your post." in words_of(answer_of(world))
    assert "Add to your post" in labels_of(answer_of(world))

    shared = await world.maya.user.click(answer_of(world), custom_id=ids_of(answer_of(world))["share"])
    assert DONE in channel_words(world)
    assert "Your friends see this in your post." in words_of(answer_of(world)) + said(shared)

    await world.press(draft_of(world), "takedown")
    await world.wait(minutes=1)
    assert "your friends see this in your next post" in words_of(answer_of(world))


async def test_a_kept_note_of_a_posted_week_offers_to_add_it_to_the_post(world: World) -> None:
    await posted(world)

    await world.press(note_of(world), "share")
    hidden = await world.press(note_of(world), "hide")

    assert "Only you see this; it is not in your post." in words_of(note_of(world)) + said(hidden)
    assert "Add to your post" in labels_of(note_of(world))


async def test_what_changes_in_private_leaves_the_post_untouched(world: World) -> None:
    post = await posted(world)
    message = next(m for m in world.dms if m.content == SECRET)
    await world.wait(minutes=1)

    await world.maya.user.edit(message, "Another secret")
    await world.wait(minutes=1)

    [now] = world.posts()
    assert now.edited_at == post.edited_at
    assert "Another secret" in words_of(draft_of(world))
