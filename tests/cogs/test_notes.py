"""What friends leave under a post, and the note that carries it back, through the real bot."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs import _forged
from tests.cogs._week import FRIDAY, choose, draft_of, everything, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


def notes(world: World) -> list[discord.Message]:
    """The notes that came to Maya."""
    return [m for m in world.dms if "readnote" in ids_of(m) and not m.flags.ephemeral]


async def say(world: World, post: discord.Message, words: str) -> Any:
    """Jonas presses *Say something* and writes."""
    return await world.submit(await world.press(post, "say", by=world.jonas), {"words": words}, by=world.jonas)


async def next_morning(world: World) -> str:
    """What the note of Monday morning says."""
    await world.until(5, 9)
    [note] = notes(world)
    return words_of(note)


# ------------------------------------------------------------------ reactions


async def test_reactions_are_told_by_friend_each_emoji_once(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.jonas.react(post, "🎉")
    await world.aisha.react(post, "❤️")

    told = await next_morning(world)

    assert "**Jonas** ❤️ 🎉" in told
    assert "**Aisha** ❤️" in told
    assert "About your week of 29 December – 4 January" in told


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
    await world.until(6, 9)

    assert "**Jonas** 🎉" in words_of(notes(world)[0])


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
    await world.bot.unload_extension("cogs.circle")
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

    assert result.ephemeral
    assert "I will carry it to them" in said(result)
    assert len(world.posts()) == 1
    assert "**Jonas** wrote: So \\*good\\* to read" in await next_morning(world)


async def test_the_form_says_to_whom_it_goes_even_after_a_restart(world: World) -> None:
    post = await posted(world)
    await world.restart()

    shown = await world.press(post, "say", by=world.jonas)
    assert shown.modal["title"] == "To Maya"
    await world.restart()
    await world.submit(shown, {"words": "Well done"}, by=world.jonas)

    assert "**Jonas** wrote: Well done" in await next_morning(world)


async def test_blanks_are_refused_in_words(world: World) -> None:
    post = await posted(world)

    result = await say(world, post, "  \u200b \n ")

    assert "There were no words in that. A short line is plenty." in said(result)
    await world.until(5, 9)
    assert notes(world) == []


async def test_too_many_words_are_refused_and_kept(world: World) -> None:
    post = await posted(world)

    result = await _forged.submit(world, world.jonas, ids_of(post)["say"].replace("say", "said"), {"words": "y" * 1200})

    assert "has 1,200 characters" in said(result)
    assert (await everything(world))["words"] == []
    again = await world.press(result.response or result.followups[0], "tryagain", by=world.jonas)
    assert again.modal["components"][0]["component"]["value"] == "y" * 1200


async def test_a_post_taken_down_meanwhile_is_told(world: World) -> None:
    post = await posted(world)
    form = ids_of(post)["say"].replace("say", "said")
    await world.press(draft_of(world), "takedown")

    result = await _forged.submit(world, world.jonas, form, {"words": "Hello"})

    assert "This week was taken down, so there is nothing to answer any more." in said(result)
    assert (await everything(world))["words"] == []


async def test_the_seeker_is_told_how_to_add_to_their_own_week(world: World) -> None:
    post = await posted(world)

    result = await world.press(post, "say", by=world.maya)

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


# ------------------------------------------------------------------ the note


async def test_the_note_waits_for_the_first_morning_twelve_hours_after_the_post(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")

    await world.until(5, 8, 59)
    assert notes(world) == []
    await world.restart()
    await world.until(5, 9)
    assert len(notes(world)) == 1


async def test_a_post_late_at_night_is_followed_by_a_note_a_morning_later(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done="Wrote", next="", stuck="")
    await world.until(4, 18)
    await world.until(4, 23)
    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    await world.jonas.react(world.posts()[0], "❤️")

    await world.until(5, 10)
    assert notes(world) == []
    await world.until(6, 9)
    assert len(notes(world)) == 1


async def test_without_a_cheer_there_is_no_note(world: World) -> None:
    await posted(world)

    await world.until(12, 9)

    assert notes(world) == []


async def test_later_cheers_join_the_next_note_with_the_next_weeks(world: World) -> None:
    first = await posted(world)
    await world.jonas.react(first, "❤️")
    await next_morning(world)
    await world.aisha.react(first, "🌱")
    await world.until(9, 17, 30)
    assert len(notes(world)) == 1
    await world.answer(mood="3", energy="5", done="Second week", next="", stuck="")
    await world.press(world.prompt("share"), "share")
    await world.until(11, 18)
    await world.press(draft_of(world), "post")
    await world.jonas.react(world.posts()[-1], "🎉")

    await world.until(12, 9)

    [_, second] = notes(world)
    assert "**Aisha** 🌱" in words_of(second)
    assert "**Jonas** 🎉" in words_of(second)
    assert "About your week of 5 – 11 January" in words_of(second)
    await world.until(19, 9)
    assert len(notes(world)) == 2


async def test_a_later_cheer_comes_a_week_later_where_no_other_week_was_posted(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await next_morning(world)
    await world.aisha.react(post, "🌱")

    await world.until(11, 23)
    assert len(notes(world)) == 1
    await world.until(12, 9)
    assert "**Aisha** 🌱" in words_of(notes(world)[1])
    assert "Jonas" not in words_of(notes(world)[1])


async def test_two_friends_of_one_name_stay_two(world: World) -> None:
    post = await posted(world)
    twin = world.guild.add_member(world.env.create_user("jonas2", global_name="Jonas"))
    await world.jonas.react(post, "❤️")
    await twin.react(post, "❤️")

    assert (await next_morning(world)).count("**Jonas** ❤️") == 2


async def test_a_friend_goes_by_the_name_they_have_in_the_server(world: World) -> None:
    post = await posted(world)
    lena = world.guild.add_member(world.env.create_user("lena_1999", global_name="Lena M."), nick="Leni")
    await lena.react(post, "❤️")
    await world.restart()

    assert "**Leni** ❤️" in await next_morning(world)


async def test_a_long_note_is_shortened_and_can_be_read_whole(world: World) -> None:
    post = await posted(world)
    for number in range(12):
        friend = world.guild.add_member(world.env.create_user(f"friend{number}", global_name=f"Friend {number}"))
        shown = await world.press(post, "say", by=friend)
        await world.submit(shown, {"words": f"start{number} " + "so good " * 110 + f"end{number}"}, by=friend)

    await world.until(5, 9)
    [note] = notes(world)
    assert labels_of(note) == ["Read all"]
    await world.restart()
    read = await world.press(note, "readnote")

    assert [number for number in range(12) if f"end{number}" not in said(read)] == []
    assert [number for number in range(12) if f"**Friend {number}**" not in said(read)] == []


async def test_nobody_else_reads_a_note(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await next_morning(world)

    result = await _forged.press(world, world.aisha, ids_of(notes(world)[0])["readnote"])

    assert "That note was for somebody else" in said(result)
