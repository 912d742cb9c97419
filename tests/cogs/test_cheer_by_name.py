"""/cheer, through the real bot: by name at any time, and the friend's own to be changed or taken back."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs import _forged
from tests.cogs._cheer import answer, cheer_on, give
from tests.cogs._week import everything, next_morning, notes, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

# ------------------------------------------------------------------ by name


async def test_cheer_reaches_somebody_before_any_post_and_after_a_restart(world: World) -> None:
    await world.begin()
    [maya] = await world.jonas.autocomplete(world.channel, "cheer", "who", "ma")
    assert maya["name"] == "Maya"
    shown = await world.jonas.slash(world.channel, "cheer", who=maya["value"])
    assert shown.modal is not None
    assert shown.modal["title"] == "To Maya"
    await world.restart()

    result = await world.submit(shown, {"emoji": "☀️", "words": "Thinking of you"}, by=world.jonas)

    assert "I will carry it to Maya" in said(result)
    told = await next_morning(world)
    assert "**Jonas** ☀️" in told
    assert "About your week of 29 December – 4 January" in told


async def test_a_cheer_by_name_belongs_to_the_newest_post(world: World) -> None:
    await posted(world)
    await world.until(7, 12)
    await cheer_on(world, "Maya", emoji="🎉")

    await world.until(12, 9)

    assert "About your week of 29 December – 4 January" in words_of(notes(world)[0])


async def test_without_a_name_the_command_shows_what_was_given_and_whom_to_cheer_on(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="A first line")
    await give(world, post, by=world.aisha, words="Of somebody else")
    await world.aisha.slash(world.channel, "start", zone="Europe/Berlin")

    result = await world.jonas.slash(world.channel, "cheer")

    assert "**To Maya** · on its way\nA first line" in said(result)
    assert "Of somebody else" not in said(result)
    shown = answer(result).message
    assert labels_of(shown) == ["Change", "Take back", "Aisha", "Maya"]
    form = await world.press(shown, "cheeron", by=world.jonas)
    assert form.modal["title"] == "To Maya"
    await world.submit(form, {"words": "By button"}, by=world.jonas)
    assert "By button" in await next_morning(world)


async def test_a_cheer_that_was_told_is_found_again_and_taken_back_long_after(world: World) -> None:
    await give(world, await posted(world), words="A slip")
    await give(world, world.posts()[0], words="Meant so")
    assert "A slip" in await next_morning(world)

    shown = answer(await world.jonas.slash(world.channel, "cheer"))

    assert "**To Maya** · arrived\nA slip" in words_of(shown.message)
    await _forged.press(world, world.jonas, "uncheer:1")
    assert "A slip" not in words_of(notes(world)[0])
    assert "A slip" not in said(await world.jonas.slash(world.channel, "cheer"))


async def test_nobody_cheers_themselves_on(world: World) -> None:
    await world.begin()

    assert await world.maya.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.maya.slash(world.channel, "cheer", who="Maya"))
    assert "Nobody here can be cheered on" in said(await world.maya.slash(world.channel, "cheer"))


async def test_who_cannot_see_the_circles_channel_learns_of_nobody(world: World) -> None:
    closed, open_ = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    friends = {world.guild.me: open_, world.aisha: open_, world.sam: open_, world.maya: open_}
    inner = world.guild.create_text_channel("inner", overwrites={world.guild.default_role: closed, **friends})
    await world.sam.slash(world.channel, "circle setup", channel=inner)
    await world.maya.slash(world.channel, "start", zone="Europe/Berlin")
    await world.jonas.send(world.channel, "Who is around?")

    assert [one["name"] for one in await world.aisha.autocomplete(world.channel, "cheer", "who", "")] == ["Maya"]
    assert await world.jonas.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.jonas.slash(world.channel, "cheer", who="1"))
    assert "Maya" not in said(await world.jonas.slash(world.channel, "cheer"))
    forged = await _forged.submit(world, world.jonas, "cheered:1", {"words": "Forged"})
    assert "I don't know whom you mean" in said(forged)
    assert (await everything(world))["words"] == []


async def test_somebody_of_another_server_is_nobody_here(world: World) -> None:
    await world.begin()
    elsewhere = world.env.create_guild("Elsewhere", owner=world.env.create_user("zoe"))
    lobby = elsewhere.create_text_channel("lobby")
    lena = elsewhere.add_member(world.env.create_user("lena"))

    assert await lena.autocomplete(lobby, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await lena.slash(lobby, "cheer", who="1"))


async def test_who_has_left_cannot_be_cheered_on_by_name(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")

    assert await world.jonas.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.jonas.slash(world.channel, "cheer", who="Maya"))


# ------------------------------------------------------------------ changed, taken back


async def test_a_cheer_is_changed_before_it_is_told(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, own="🦊", words="Prod of you", known="unnamed"))
    await world.restart()

    shown = await world.press(given, "recheer", by=world.jonas)
    values = [label["component"].get("value") for label in shown.modal["components"]]
    assert values[1:3] == ["🦊", "Prod of you"]
    changed = await world.submit(shown, {"words": "Proud of you", "known": "named"}, by=world.jonas)

    assert "Proud of you" in said(changed)
    told = await next_morning(world)
    assert "**Jonas** 🦊\n**Jonas** wrote: Proud of you" in told
    assert "Prod" not in told
    assert "not be named" not in told


async def test_a_cheer_that_was_told_is_changed_and_taken_back_in_the_note(world: World) -> None:
    post = await posted(world)
    await world.aisha.react(post, "❤️")
    given = answer(await give(world, post, words="Prod of you"))
    assert "Prod of you" in await next_morning(world)

    shown = await world.press(given, "recheer", by=world.jonas)
    changed = await world.submit(shown, {"words": "Proud of you"}, by=world.jonas)
    assert "also in the note that Maya has" in words_of(answer_after(changed, given))
    assert "Proud of you" in words_of(notes(world)[0])

    gone = await world.press(answer_after(changed, given), "uncheer", by=world.jonas)
    assert "Taken back: your cheer for Maya is gone, also from the note that told it." in words_of(
        answer_after(gone, given)
    )
    [note] = notes(world)
    assert "Jonas" not in words_of(note)
    assert "**Aisha** ❤️" in words_of(note)


def answer_after(result: Any, given: Any) -> discord.Message:
    """What the message that was pressed says now."""
    return result.message if getattr(result, "message", None) else given.message


async def test_the_only_cheer_of_a_note_taken_back_takes_the_note_with_it(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="A slip"))
    await next_morning(world)

    await world.press(given, "uncheer", by=world.jonas)

    assert notes(world) == []
    assert (await everything(world))["words"] == []


async def test_a_cheer_taken_back_before_it_is_told_is_simply_gone(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="A slip"))

    await world.press(given, "uncheer", by=world.jonas)

    assert (await everything(world))["words"] == []
    await world.until(5, 9)
    assert notes(world) == []
    again = await _forged.press(world, world.jonas, "uncheer:1")
    assert "taken back already" in said(again)


async def test_a_change_to_nothing_is_refused_and_changes_nothing(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="Well done"))

    shown = await world.press(given, "recheer", by=world.jonas)
    result = await world.submit(shown, {"words": " "}, by=world.jonas)

    assert "There was nothing in that yet." in _forged.told(result)
    assert "Well done" in await next_morning(world)


async def test_nobody_changes_or_takes_back_anothers_cheer(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="Mine"))
    ids = ids_of(given.message)

    for verb in ("recheer", "uncheer"):
        refused = await _forged.press(world, world.aisha, ids[verb])
        assert "That cheer is somebody else's." in said(refused)
        assert refused.modal is None
    form = ids["recheer"].replace("recheer", "recheered")
    assert "somebody else's" in said(await _forged.submit(world, world.aisha, form, {"words": "Forged"}))
    assert "**Jonas** wrote: Mine" in await next_morning(world)
