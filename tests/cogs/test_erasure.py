"""Erasing everything of somebody, through the real bot."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs import _forged
from tests.cogs._week import DONE, FRIDAY, SECRET, choose, draft_of, edit_words, everything, posted, written
from tests.cogs.conftest import World, said, words_of


async def test_a_second_press_erases_everything_and_takes_the_posts_down(world: World) -> None:
    await posted(world)
    left = await world.maya.slash(world.channel, "leave")
    await world.restart()

    await world.press(left.response, "erase", by=world.maya)

    assert "Everything I kept about you is erased" in words_of(shown(world, left))
    assert "My host's copies forget it within 31 days" in words_of(shown(world, left))
    assert world.posts() == []
    tables = await everything(world)
    kept = {name for name, found in tables.items() if found}
    assert kept <= {"circles", "deliveries", "facts", "lease"}
    assert [row for row in tables["deliveries"] if "welcome" not in row] == []


def shown(world: World, result: Any) -> discord.Message:
    """What an ephemeral answer to Maya says now."""
    message_id = result.response.message.id
    return next(m for m in world.channel.history(viewer=world.maya) if m.id == message_id)


def raw(world: World) -> bytes:
    """All bytes of the data folder's files: the database and its log."""
    return b"".join(path.read_bytes() for path in world.config.data.folder.rglob("*") if path.is_file())


async def test_nothing_of_what_was_written_is_left_in_the_file(world: World) -> None:
    await posted(world)
    await edit_words(world, "Words above the entries")
    hers = (DONE, "Call Ana", SECRET, "Words above the entries", "Maya", str(world.maya.id))
    assert [words for words in hers if words.encode() not in raw(world)] == []

    left = await world.maya.slash(world.channel, "leave")
    await world.press(left.response, "erase", by=world.maya)

    assert [words for words in hers if words.encode() in raw(world)] == []


async def test_nobody_erases_another(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.maya.slash(world.channel, "leave")
    before = await everything(world)

    result = await _forged.press(world, world.jonas, "erase:1")

    assert "That button was for somebody else, so nothing was erased." in said(result)
    assert await everything(world) == before
    assert len(world.posts()) == 1


async def test_while_a_post_cannot_be_taken_down_nothing_is_erased(world: World) -> None:
    await posted(world)
    left = await world.maya.slash(world.channel, "leave")
    world.env.inject_error("DELETE", "/channels/*/messages/*", status=500, times=None)

    result = await world.press(left.response, "erase", by=world.maya)

    assert "I have not erased anything yet" in said(result)
    assert DONE in str(await everything(world))
    world.env.backend.faults.clear()
    await world.press(left.response, "erase", by=world.maya)
    assert DONE not in str(await everything(world))
    assert world.posts() == []


async def test_a_post_out_of_reach_is_named_when_the_rest_is_erased(world: World) -> None:
    await posted(world)
    left = await world.maya.slash(world.channel, "leave")
    world.env.inject_error("DELETE", f"/channels/{world.channel.id}/messages/*", status=403, code=50001)

    await world.press(left.response, "erase", by=world.maya)

    assert "one message of yours still stands in a channel that I can no longer reach" in words_of(shown(world, left))
    assert DONE not in str(await everything(world))


async def test_a_post_whose_arrival_is_unknown_is_looked_for_and_taken_down(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    async with world.app.db.writing() as tx:
        await tx.run("UPDATE deliveries SET state = 'unknown', post_id = NULL WHERE kind = 'post'")
    left = await world.maya.slash(world.channel, "leave")

    await world.press(left.response, "erase", by=world.maya)

    assert world.posts() == []
    assert DONE not in str(await everything(world))


async def test_a_friend_can_have_what_they_left_erased(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    form = await world.press(post, "cheer", by=world.jonas)
    await world.submit(form, {"words": "Proud of you"}, by=world.jonas)
    await world.aisha.react(post, "🎉")
    await world.until(5, 9)
    note = world.dm
    assert "Proud of you" in words_of(note)

    left = await world.jonas.slash(world.channel, "leave")
    assert "Your name, your reactions under posts, and what you said and gave there" in said(left)
    await world.press(left.response, "erase", by=world.jonas)

    tables = await everything(world)
    assert "Proud of you" not in str(tables)
    assert "Jonas" not in str(tables)
    note = next(message for message in world.dms if message.id == note.id)
    assert "Jonas" not in words_of(note)
    assert "**Aisha** 🎉" in words_of(note)
    assert len(world.posts()) == 1


async def test_what_friends_left_goes_with_the_seeker_and_their_names_with_it(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.jonas.send(world.channel, "proud of you", reply_to=post)
    left = await world.maya.slash(world.channel, "leave")

    await world.press(left.response, "erase", by=world.maya)

    tables = await everything(world)
    assert "Jonas" not in str(tables)
    assert "proud of you" not in str(tables)


async def test_a_third_press_finds_nothing_more_to_erase(world: World) -> None:
    await world.begin()
    left = await world.maya.slash(world.channel, "leave")
    await world.press(left.response, "erase", by=world.maya)

    result = await _forged.press(world, world.maya, "erase:1")

    assert "I keep nothing about you." in said(result)
