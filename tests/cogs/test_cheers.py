"""What friends leave under a post: reactions, words, replies; through the real bot."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from msgspec import structs
from simcord.backend.models.message import AllowedMentions

from bot.config import Config
from tests.cogs import _forged
from tests.cogs._privacy_world import Place
from tests.cogs._week import draft_of, everything, next_morning, notes, posted
from tests.cogs.conftest import World, ids_of, said, words_of


async def say(world: World, post: discord.Message, words: str) -> Any:
    """Jonas presses *Cheer* and writes."""
    return await world.submit(await world.press(post, "cheer", by=world.jonas), {"words": words}, by=world.jonas)


# ------------------------------------------------------------------ reactions


async def test_reactions_are_told_by_friend_each_emoji_once(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.jonas.react(post, "🎉")
    await world.aisha.react(post, "❤️")

    told = await next_morning(world)

    assert "**Jonas** ❤️ 🎉" in told
    assert "**Aisha** ❤️" in told
    assert "Two friends thought of you. About your week of 29 December – 4 January" in told


async def test_the_bots_and_the_seekers_own_reactions_are_left_out(world: World) -> None:
    post = await posted(world)
    await world.maya.react(post, "💪")
    await world.bot.get_partial_messageable(post.channel.id).get_partial_message(post.id).add_reaction("🤖")
    await world.env.settle()

    await world.until(5, 9)

    assert notes(world) == []
    assert (await everything(world))["reactions"] == []


async def test_a_custom_emoji_is_told_as_it_looks(world: World) -> None:
    post = await posted(world)
    emoji = world.guild.create_emoji("cheer", animated=True)
    await world.jonas.react(post, f"cheer:{emoji.id}")
    assert f"**Jonas** <:cheer:{emoji.id}>" in await next_morning(world)


async def test_a_custom_emoji_can_be_taken_back(world: World) -> None:
    post = await posted(world)
    emoji = world.guild.create_emoji("cheer", animated=True)
    await world.jonas.react(post, f"cheer:{emoji.id}")
    await world.jonas.unreact(post, f"cheer:{emoji.id}")

    await world.until(5, 9)

    assert notes(world) == []


async def test_a_reaction_taken_back_before_the_note_is_not_told(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.aisha.react(post, "🎉")
    await world.jonas.unreact(post, "❤️")

    told = await next_morning(world)

    assert "Jonas" not in told
    assert "**Aisha** 🎉" in told


async def test_with_every_reaction_taken_back_there_is_no_note_until_somebody_cheers(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.jonas.unreact(post, "❤️")
    await world.until(5, 9)
    assert notes(world) == []

    await world.jonas.react(post, "🎉")
    await world.until(12, 9)

    assert "**Jonas** 🎉" in words_of(notes(world)[0])


async def test_reactions_that_a_moderator_took_off_are_not_told(world: World) -> None:
    post = await posted(world)
    for friend, emoji in ((world.jonas, "❤️"), (world.jonas, "🎉"), (world.aisha, "🎉"), (world.aisha, "💪")):
        await friend.react(post, emoji)
    world.env.backend.clear_reaction(world.channel.id, post.id, "🎉")
    await world.env.settle()

    told = await next_morning(world)

    assert "**Jonas** ❤️" in told
    assert "**Aisha** 💪" in told
    assert "🎉" not in told


async def test_with_all_reactions_taken_off_at_once_there_is_no_note(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    world.env.backend.clear_reactions(world.channel.id, post.id)
    await world.env.settle()

    await world.until(5, 9)

    assert notes(world) == []


async def test_reactions_under_other_messages_are_nothing_to_the_bot(world: World) -> None:
    await posted(world)
    other = await world.aisha.send(world.channel, "lunch?")
    await world.jonas.react(other, "❤️")

    await world.until(5, 9)

    assert notes(world) == []
    assert "Jonas" not in str((await everything(world))["people"])


async def test_reactions_changed_while_the_bot_was_down_are_caught_up(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.wait(minutes=1)
    assert await world.bot.remove_cog("circle")
    await world.jonas.unreact(post, "❤️")
    await world.jonas.react(post, "🎉")
    await world.aisha.react(post, "🌱")
    await world.maya.react(post, "💪")

    await world.restart()

    told = await next_morning(world)
    assert "**Jonas** 🎉" in told
    assert "❤️" not in told
    assert "**Aisha** 🌱" in told
    assert "💪" not in told


async def test_catching_up_tells_nothing_twice(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await next_morning(world)

    await world.restart()
    await world.until(13, 9)

    assert len(notes(world)) == 1


# ------------------------------------------------------------------ say something


async def test_what_a_friend_says_reaches_the_seeker_and_nobody_else(world: World) -> None:
    post = await posted(world)

    result = await say(world, post, "So *good* to read")

    assert [answer.ephemeral for answer in _forged.answers(result)] == [True]
    assert "I will carry it to Maya" in said(result)
    assert len(world.posts()) == 1
    assert "**Jonas** wrote: So \\*good\\* to read" in await next_morning(world)


async def test_the_form_says_to_whom_it_goes_even_after_a_restart(world: World) -> None:
    post = await posted(world)
    await world.restart()

    shown = await world.press(post, "cheer", by=world.jonas)
    assert shown.modal["title"] == "To Maya"
    await world.restart()
    await world.submit(shown, {"words": "Well done"}, by=world.jonas)

    assert "**Jonas** wrote: Well done" in await next_morning(world)


async def test_blanks_are_refused_in_words(world: World) -> None:
    post = await posted(world)

    result = await say(world, post, "  \u200b \n ")

    assert "There was nothing in that yet." in said(result)
    await world.until(5, 9)
    assert notes(world) == []


async def test_too_many_words_are_refused_and_kept(world: World) -> None:
    post = await posted(world)

    result = await _forged.submit(
        world, world.jonas, ids_of(post)["cheer"].replace("cheer", "said"), {"words": "y" * 1200}
    )

    assert "has 1,200 characters" in said(result)
    assert (await everything(world))["words"] == []
    again = await world.press(_forged.answers(result)[0], "tryagain", by=world.jonas)
    assert again.modal["components"][2]["component"]["value"] == "y" * 1200


async def test_what_waits_of_a_cheer_is_tried_again_under_its_post_alone(world: World) -> None:
    post = await posted(world)
    again = ids_of(_forged.answers(await say(world, post, " "))[0].message)["tryagain"]
    other = world.guild.create_text_channel("elsewhere")
    await world.jonas.send(other, "Hello")

    elsewhere = await _forged.press(Place(world.env, world.guild, other), world.jonas, again)

    assert "only under the post itself" in _forged.told(elsewhere)
    assert elsewhere.modal is None
    assert (await _forged.press(world, world.jonas, again)).modal


async def test_what_was_written_while_the_post_went_down_still_reaches_the_seeker(world: World) -> None:
    post = await posted(world)
    pressed = ids_of(post)["cheer"]
    await world.press(draft_of(world), "takedown")

    result = await _forged.submit(world, world.jonas, pressed.replace("cheer", "said"), {"words": "Hello"})

    assert "I will carry it to Maya" in said(result)
    assert "Hello" in await next_morning(world)
    again = _forged.told(await _forged.press(world, world.jonas, pressed))
    assert "This week was taken down, so there is nothing to answer any more. /cheer still reaches them." in again


async def test_the_seeker_is_told_how_to_add_to_their_own_week(world: World) -> None:
    post = await posted(world)

    result = await world.press(post, "cheer", by=world.maya)

    assert "This is your own week" in said(result)
    assert result.modal is None


# ------------------------------------------------------------------ replies


async def test_a_reply_that_pings_is_carried_with_its_words(world: World) -> None:
    post = await posted(world)
    await world.jonas.send(world.channel, "proud of you", reply_to=post)

    assert "**Jonas** wrote: proud of you" in await next_morning(world)


async def test_a_mention_in_a_reply_is_carried_by_name(world: World) -> None:
    post = await posted(world)
    bot = world.bot.user
    assert bot
    await world.jonas.send(world.channel, f"<@{bot.id}> tell her: proud", reply_to=post)

    assert f"@{bot.name} tell her: proud" in await next_morning(world)


async def test_a_reply_whose_words_are_withheld_is_carried_as_a_link(world: World) -> None:
    post = await posted(world)
    sent = await world.jonas.send(world.channel, "", reply_to=post, attachments=[("hug.txt", b"hug")])

    told = await next_morning(world)

    assert f"**Jonas** wrote under your post: {sent.jump_url}" in told


async def quiet_reply(world: World, post: discord.Message, words: str) -> int:
    """Jonas replies with the ping turned off; the message's number."""
    backend = world.env.backend
    reference = backend.normalize_message_reference(world.channel.id, {"message_id": str(post.id)})
    quiet = AllowedMentions(replied_user=False)
    sent = backend.create_message(world.channel.id, world.jonas.id, words, reference=reference, allowed_mentions=quiet)
    await world.env.settle()
    return sent.id


async def test_a_quiet_reply_is_told_without_words_and_with_a_link(world: World) -> None:
    post = await posted(world)
    sent = await quiet_reply(world, post, "psst, proud")

    told = await next_morning(world)

    assert "psst" not in told
    link = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{sent}"
    assert f"**Jonas** wrote under your post: {link}" in told


class TestWithMessageContent:
    """Where the host lets the bot read messages' text."""

    @pytest.fixture
    def config(self, config: Config) -> Config:
        return structs.replace(config, discord=structs.replace(config.discord, message_content=True))

    async def test_a_quiet_reply_is_carried_with_its_words(self, world: World) -> None:
        post = await posted(world)
        await quiet_reply(world, post, "psst, proud")

        assert "**Jonas** wrote: psst, proud" in await next_morning(world)


async def test_an_edited_reply_is_carried_as_it_reads_now(world: World) -> None:
    post = await posted(world)
    sent = await world.jonas.send(world.channel, "prod of you", reply_to=post)
    await world.jonas.edit(sent, "proud of you")

    told = await next_morning(world)

    assert "proud of you" in told
    assert "prod" not in told


async def test_a_deleted_reply_is_not_carried(world: World) -> None:
    post = await posted(world)
    sent = await world.jonas.send(world.channel, "a slip", reply_to=post)
    await world.jonas.delete(sent)

    await world.until(5, 9)

    assert notes(world) == []


async def test_a_seekers_own_reply_and_other_talk_are_not_carried(world: World) -> None:
    post = await posted(world)
    lunch = await world.aisha.send(world.channel, "lunch?")
    await world.jonas.send(world.channel, "yes", reply_to=lunch)
    await world.maya.send(world.channel, "thank you all", reply_to=post)
    await world.jonas.forward(post, world.channel)

    await world.until(5, 9)

    assert notes(world) == []
