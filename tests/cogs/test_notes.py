"""The note that carries back to the seeker what friends left, through the real bot."""

from __future__ import annotations

from tests.cogs import _forged
from tests.cogs._week import FRIDAY, choose, draft_of, next_morning, notes, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def test_the_note_waits_for_monday_morning(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")

    await world.until(5, 8, 59)
    assert notes(world) == []
    await world.restart()
    await world.until(5, 9)
    assert len(notes(world)) == 1


async def test_a_cheer_late_on_sunday_is_told_on_monday_after_the_quiet_hours(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done="Wrote", next="", stuck="")
    await world.until(4, 18)
    await world.until(4, 23)
    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    await world.jonas.react(world.posts()[0], "❤️")

    await world.until(5, 8, 59)
    assert notes(world) == []
    await world.until(5, 9)
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


async def test_a_week_posted_meanwhile_is_told_of_in_the_note_that_waits(world: World) -> None:
    first = await posted(world)
    await world.jonas.react(first, "❤️")
    await next_morning(world)
    await world.aisha.react(first, "🌱")
    await world.until(7, 17, 30)
    await world.answer(mood="3", energy="5", done="Early this week", next="", stuck="")
    await world.press(world.prompt("share"), "share")
    draft = await world.maya.user.slash("week draft", week=0)
    await world.press(draft.response, "post")
    await world.jonas.react(world.posts()[-1], "🎉")

    await world.until(11, 23)
    assert len(notes(world)) == 1
    await world.until(12, 9)
    assert "**Aisha** 🌱" in words_of(notes(world)[-1])
    assert "**Jonas** 🎉" in words_of(notes(world)[-1])
    await world.until(20, 9)
    assert len(notes(world)) == 2


async def test_a_later_cheer_comes_a_week_later(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await world.until(5, 9, 5)
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
        shown = await world.press(post, "cheer", by=friend)
        await world.submit(shown, {"words": f"start{number} " + "so good " * 110 + f"end{number}"}, by=friend)

    await world.until(5, 9)
    [note] = notes(world)
    assert "Read all" in labels_of(note)
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


async def test_what_was_taken_back_after_the_note_is_not_read_again(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await next_morning(world)
    pressed = ids_of(notes(world)[0])["readnote"]
    await world.jonas.unreact(post, "❤️")

    result = await _forged.press(world, world.maya.user, pressed)

    assert notes(world) == []
    assert "What was in that note has been taken back." in _forged.told(result)


async def test_who_has_left_hears_of_cheers_only_after_coming_back(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "leave")
    await world.jonas.react(post, "❤️")
    await world.until(6, 9)
    assert notes(world) == []

    await world.maya.slash(world.channel, "start", zone="Europe/Berlin")
    await world.aisha.react(post, "🎉")
    await world.until(12, 9)

    assert "**Jonas** ❤️" in words_of(notes(world)[0])
    assert "**Aisha** 🎉" in words_of(notes(world)[0])


async def test_a_note_that_came_follows_what_a_friend_edits_and_deletes(world: World) -> None:
    post = await posted(world)
    reply = await world.jonas.send(world.channel, "Proud of yuo", reply_to=post)
    await world.aisha.react(post, "❤️")
    assert "Proud of yuo" in await next_morning(world)

    await world.jonas.edit(reply, "Proud of you")
    [note] = notes(world)
    assert "Proud of you" in words_of(note)

    await world.jonas.delete(reply)
    [note] = notes(world)
    assert "Jonas" not in words_of(note)
    assert "**Aisha** ❤️" in words_of(note)


async def test_nothing_is_promised_to_a_friend_once_the_seeker_has_left(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "leave")

    result = await world.press(post, "cheer", by=world.jonas)

    assert "They have left" in said(result)
    assert not result.modal
