"""Edited and deleted direct messages: the entry follows, and nothing else is lost."""

from __future__ import annotations

from tests.cogs._forged import press, rows, told
from tests.cogs._journal import asked, entries, shown, stray, words_kept, write
from tests.cogs.conftest import World, ids_of, labels_of, words_of

# ------------------------------------------------------------------ edits


async def test_an_edited_message_edits_the_entry_and_what_the_prompt_shows(world: World) -> None:
    prompt = await asked(world)
    message = await write(world, "Wrote tow applications")
    await world.restart()
    said_before = len(world.dms)
    await world.maya.user.edit(message, "Wrote two applications")
    assert await words_kept(world) == [{"done": "Wrote two applications"}]
    assert "Wrote two applications" in shown(world, prompt)
    assert len(world.dms) == said_before


async def test_editing_one_of_several_messages_leaves_the_others_and_the_form_s_words(world: World) -> None:
    prompt = await asked(world)
    await world.answer(mood="3", done="Form")
    first = await write(world, "First", reply_to=prompt)
    await write(world, "Second")
    await world.maya.user.edit(first, "First, edited")
    assert await words_kept(world) == [{"mood": 3, "done": "Form\nFirst, edited\nSecond"}]


async def test_an_edit_follows_into_a_note_and_a_line_says_so(world: World) -> None:
    message = await stray(world)
    await world.press(world.dm, "keepnote")
    await world.restart()
    await world.maya.user.edit(message, "A better thought")
    assert await words_kept(world) == [{"note": "A better thought"}]
    assert "for Thu 1 January" in words_of(world.dm)


async def test_an_edit_follows_into_words_that_still_wait(world: World) -> None:
    message = await stray(world)
    offer = world.dm
    await world.restart()
    await world.maya.user.edit(message, "A better thought")
    await world.press(offer, "keepnote")
    assert await words_kept(world) == [{"note": "A better thought"}]


async def test_an_answer_changed_by_hand_is_not_overwritten_by_an_edit(world: World) -> None:
    await asked(world)
    message = await write(world, "By message")
    await world.submit(await world.press(world.prompt("change"), "change"), {"mood": "3", "done": "By hand"})
    await world.maya.user.edit(message, "By message, edited")
    assert await words_kept(world) == [{"mood": 3, "done": "By hand"}]
    assert "changed this answer by hand" in words_of(world.dm)


async def test_a_change_of_other_fields_leaves_the_message_s_words_to_the_message(world: World) -> None:
    await asked(world)
    message = await write(world, "By message")
    await world.submit(await world.press(world.prompt("change"), "change"), {"mood": "3", "next": "A call"})
    await world.maya.user.edit(message, "Edited")
    assert await words_kept(world) == [{"mood": 3, "next": "A call", "done": "Edited"}]


async def test_an_edited_message_that_is_no_answer_changes_nothing(world: World) -> None:
    await world.begin()
    message = await write(world, "Forget this")
    await world.press(world.dm, "letgo")
    before, said_before = await rows(world), len(world.dms)
    await world.maya.user.edit(message, "Something else")
    assert await rows(world) == before
    assert len(world.dms) == said_before


# ------------------------------------------------------------------ deletions


async def test_deleting_the_message_asks_and_then_deletes_the_answer(world: World) -> None:
    prompt = await asked(world)
    message = await write(world, "Regretted")
    await world.maya.user.delete(message)
    assert labels_of(world.dm) == ["Forget it", "Keep it"]
    assert await words_kept(world) == [{"done": "Regretted"}]
    await world.restart()
    await world.press(world.dm, "forget")
    assert "Regretted" not in str(await rows(world))
    assert "Forgotten" in words_of(world.dm)
    assert "What was here is forgotten" in shown(world, prompt)
    assert labels_of(world.prompt()) == ["Answer after all"]


async def test_deleting_the_message_of_a_note_asks_and_then_deletes_the_note(world: World) -> None:
    message = await stray(world, "Not for ever")
    await world.press(world.dm, "keepnote")
    await world.restart()
    await world.maya.user.delete(message)
    assert [entry.exercise for entry in await entries(world)] == ["note"]
    await world.press(world.dm, "forget")
    assert "Not for ever" not in str(await rows(world))


async def test_a_forgotten_answer_can_be_given_anew(world: World) -> None:
    prompt = await asked(world)
    await world.maya.user.delete(await write(world, "Regretted"))
    await world.press(world.dm, "forget")
    await world.answer(prompt, mood="4", done="Better")
    assert await words_kept(world) == [{"mood": 4, "done": "Better"}]
    assert "Better" in shown(world, prompt)


async def test_deleting_a_part_forgets_that_part_alone(world: World) -> None:
    prompt = await asked(world)
    await world.answer(mood="3", done="Form")
    await write(world, "First", reply_to=prompt)
    second = await write(world, "Second")
    await world.maya.user.delete(second)
    await world.press(world.dm, "forget")
    assert await words_kept(world) == [{"mood": 3, "done": "Form\nFirst"}]
    assert "the rest of the answer is kept" in words_of(world.dm)
    assert "Second" not in str(await rows(world))


async def test_deleting_and_keeping_changes_nothing(world: World) -> None:
    await asked(world)
    message = await write(world, "Still true")
    await world.maya.user.delete(message)
    await world.press(world.dm, "spare")
    assert await words_kept(world) == [{"done": "Still true"}]
    assert words_of(world.dm) == "Kept."


async def test_deleting_the_message_of_an_answer_changed_by_hand_asks_about_the_whole_answer(world: World) -> None:
    await asked(world)
    message = await write(world, "By message")
    await world.submit(await world.press(world.prompt("change"), "change"), {"mood": "3", "done": "By hand"})
    await world.maya.user.delete(message)
    assert "forget that whole answer" in words_of(world.dm)
    await world.press(world.dm, "forget")
    assert await entries(world) == []


async def test_a_part_can_be_forgotten_only_once(world: World) -> None:
    prompt = await asked(world)
    await world.answer(mood="3", done="Form")
    message = await write(world, "Part", reply_to=prompt)
    await world.maya.user.delete(message)
    button = ids_of(world.dm)["forget"]
    await world.press(world.dm, "forget")

    assert "forgotten already" in told(await press(world, world.maya.user, button))
    assert await words_kept(world) == [{"mood": 3, "done": "Form"}]


async def test_deleting_a_stray_message_forgets_its_words_at_once(world: World) -> None:
    message = await stray(world, "Not meant to be sent")
    offer = world.dm
    await world.maya.user.delete(message)
    assert "Not meant" not in str(await rows(world))
    result = await world.press(offer, "keepnote")
    assert "settled or deleted" in words_of(result.followups[0].message)
    assert await entries(world) == []
