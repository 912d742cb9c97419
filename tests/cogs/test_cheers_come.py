"""When cheers come to their seeker, through the real bot: as they chose, outside pauses and quiet hours."""

from __future__ import annotations

from tests.cogs import _forged
from tests.cogs._cheer import give
from tests.cogs._week import draft_of, next_morning, notes, posted, written
from tests.cogs.conftest import World, ids_of, said, words_of


async def test_each_morning(world: World) -> None:
    post = await posted(world)
    shown = await world.maya.slash(world.channel, "rhythm friends", cheers="daily")
    assert "cheers come each morning, ideas and offers at once" in said(shown)
    await world.until(6, 12)
    await give(world, post, words="On Tuesday")

    await world.until(7, 8, 59)
    assert notes(world) == []
    await world.until(7, 9)
    assert "On Tuesday" in words_of(notes(world)[0])


async def test_at_once_several_within_a_minute_are_one_note_outside_the_quiet_hours(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")
    await world.until(6, 12)
    await give(world, post, words="One")
    await world.wait(seconds=40)
    await world.aisha.react(post, "🎉")
    assert notes(world) == []
    await world.wait(seconds=20)
    assert "One" in words_of(notes(world)[0])
    assert "**Aisha** 🎉" in words_of(notes(world)[0])

    await world.until(6, 23)
    await give(world, post, words="At night")
    await world.until(7, 7, 59)
    assert len(notes(world)) == 1
    await world.until(7, 8)
    assert "At night" in words_of(notes(world)[1])


async def test_another_choice_moves_what_waits_sooner_and_later(world: World) -> None:
    post = await posted(world)
    await world.until(6, 12)
    await give(world, post, words="Waiting")
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")
    await world.maya.slash(world.channel, "rhythm friends", cheers="weekly")
    await world.until(11, 23)
    assert notes(world) == []
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")

    await world.until(12, 8)

    assert "Waiting" in words_of(notes(world)[0])
    await world.until(13, 9)
    assert len(notes(world)) == 1


async def test_without_a_choice_it_tells_what_holds_now(world: World) -> None:
    await world.begin()
    shown = said(await world.maya.slash(world.channel, "rhythm friends"))
    assert "cheers come on Monday mornings, ideas and offers at once" in shown
    assert "Changed" not in shown
    shown = said(await world.maya.slash(world.channel, "rhythm friends", ideas="with cheers"))
    assert "cheers, ideas and offers come on Monday mornings" in shown
    assert "cheers, ideas and offers come on Monday mornings" in said(
        await world.maya.slash(world.channel, "rhythm show")
    )


async def test_a_pause_holds_the_note_until_it_ends(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="For later")
    await world.maya.slash(world.channel, "rhythm pause", until="2026-01-08")
    await world.until(5, 9)
    await world.until(8, 9)
    assert notes(world) == []

    await world.until(12, 9)

    assert "For later" in words_of(notes(world)[0])


async def test_a_pause_without_an_end_holds_the_note_until_it_is_resumed(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="Before")
    await world.maya.slash(world.channel, "rhythm pause")
    await world.aisha.react(post, "❤️")
    for day in (5, 6, 12, 13):
        await world.until(day, 9)
    await give(world, post, words="Meanwhile")
    assert notes(world) == []

    await world.maya.slash(world.channel, "rhythm resume")
    await world.until(19, 9)

    [note] = notes(world)
    assert all(words in words_of(note) for words in ("Before", "Meanwhile", "**Aisha** ❤️"))


async def test_what_came_in_a_pause_alone_is_told_after_it(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "rhythm pause")
    await give(world, post, words="Meanwhile")
    await world.maya.slash(world.channel, "rhythm resume")

    assert "Meanwhile" in await next_morning(world)


async def test_a_friend_is_not_told_whether_the_seeker_pauses(world: World) -> None:
    post = await posted(world)
    before = said(await give(world, post, emoji="🎉"))
    await world.maya.slash(world.channel, "rhythm pause")

    assert said(await give(world, post, emoji="🎉")) == before


async def test_a_draft_of_nobody_is_no_place_to_cheer(world: World) -> None:
    await written(world)

    forged = await _forged.press(world, world.jonas, f"cheer:{ids_of(draft_of(world))['post'].partition(':')[2]}")

    assert "taken down" in said(forged) or "another version" in said(forged)
    assert not forged.modal
