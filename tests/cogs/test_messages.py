"""Plain direct messages: what they answer, what becomes of them without a question, and what is not kept."""

from __future__ import annotations

import pytest

from tests.cogs._forged import press, rows, told
from tests.cogs._journal import CHOICES, MOODS, asked, entries, shown, stray, words_kept, write
from tests.cogs.conftest import World, ids_of, labels_of, words_of

# ------------------------------------------------------------------ what a message answers


async def test_a_plain_message_answers_the_open_prompt_for_its_day(world: World) -> None:
    prompt = await asked(world)
    await write(world, "Wrote *two* applications")
    (entry,) = await entries(world)
    assert (entry.answers, str(entry.on), entry.shared) == ({"done": "Wrote *two* applications"}, "2026-01-02", False)
    assert "Wrote \\*two\\* applications" in shown(world, prompt)
    assert "for Fri 2 January" in words_of(world.dm)


async def test_the_scales_that_a_plain_answer_lacks_are_asked_one_after_another(world: World) -> None:
    await asked(world)
    await write(world, "A walk")
    assert "How are you today?" in words_of(world.dm)
    assert labels_of(world.dm) == MOODS
    await world.restart()
    await world.maya.user.click(world.dm, label="4 light")
    assert "How much energy did you have?" in words_of(world.dm)
    assert labels_of(world.dm) == ["0 empty", "2", "5", "7", "10 full"]
    await world.maya.user.click(world.dm, label="7")
    assert await words_kept(world) == [{"done": "A walk", "mood": 4, "energy": 7}]
    assert labels_of(world.dm) == ["Share with friends"]
    assert "light (4 of 5)" in words_of(world.prompt("change"))


async def test_a_second_message_within_ten_minutes_is_added_to_the_answer(world: World) -> None:
    await asked(world)
    await write(world, "First")
    await world.restart()
    await world.wait(minutes=9)
    await write(world, "Second")
    await world.wait(minutes=9)
    await write(world, "Third")
    assert await words_kept(world) == [{"done": "First\nSecond\nThird"}]


async def test_a_message_after_ten_minutes_is_no_part_of_the_answer_any_more(world: World) -> None:
    await asked(world)
    await write(world, "First")
    await world.wait(minutes=11)
    await write(world, "Much later")
    assert await words_kept(world) == [{"done": "First"}]
    assert labels_of(world.dm) == CHOICES


async def test_a_message_right_after_a_new_prompt_answers_that_and_not_the_last_answer(world: World) -> None:
    await world.begin()
    await world.until(7, 17, 30)
    await world.until(7, 18, 55)
    await write(world, "The day")
    await world.until(7, 19)
    await write(world, "The reflection")
    assert next((entry.exercise, len(entry.answers)) for entry in await entries(world)) == ("checkin", 1)
    first, second = await entries(world)
    assert first.answers == {"done": "The day"}
    assert second.exercise != "checkin"
    assert "The reflection" in second.answers.values()


async def test_any_other_message_answers_the_newest_prompt_and_never_an_older_one(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    await world.until(2, 17, 30)
    await write(world, "Friday")
    assert [str(entry.on) for entry in await entries(world)] == ["2026-01-02"]
    await world.wait(minutes=20)
    await write(world, "Still Friday")
    assert [str(entry.on) for entry in await entries(world)] == ["2026-01-02"]
    assert labels_of(world.dm) == CHOICES


async def test_a_reply_answers_the_prompt_that_it_points_to_for_the_day_it_asked(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    older = world.prompt()
    await world.until(2, 17, 30)
    await world.restart()
    await write(world, "About Thursday", reply_to=older)
    (entry,) = await entries(world)
    assert (str(entry.on), entry.answers) == ("2026-01-01", {"done": "About Thursday"})
    assert "About Thursday" in shown(world, older)
    assert labels_of(world.prompt()) == ["Answer", "Later", "Not today"]


async def test_a_reply_to_an_answered_prompt_adds_to_the_form_s_words(world: World) -> None:
    prompt = await asked(world)
    await world.answer(mood="3", done="From the form")
    await world.wait(hours=2)
    await write(world, "One more thing", reply_to=prompt)
    assert await words_kept(world) == [{"mood": 3, "done": "From the form\nOne more thing"}]


async def test_a_reply_to_a_skipped_prompt_answers_it_after_all(world: World) -> None:
    prompt = await asked(world)
    choice = await world.press(prompt, "nottoday")
    await world.press(choice.followups[0], "skip")
    await write(world, "After all", reply_to=prompt)
    assert await words_kept(world) == [{"done": "After all"}]
    assert "After all" in shown(world, prompt)


async def test_a_late_answer_counts_for_the_day_that_was_asked(world: World) -> None:
    await asked(world)
    await world.until(3, 9)
    await write(world, "Yesterday was fine")
    (entry,) = await entries(world)
    assert (str(entry.on), str(entry.week)) == ("2026-01-02", "2025-12-29")


# ------------------------------------------------------------------ no prompt open


async def test_with_no_open_prompt_three_choices_are_offered_and_nothing_is_kept_yet(world: World) -> None:
    await stray(world)
    assert labels_of(world.dm) == CHOICES
    assert await entries(world) == []


async def test_a_stray_message_is_kept_as_a_note(world: World) -> None:
    await stray(world)
    await world.restart()
    await world.press(world.dm, "keepnote")
    (entry,) = await entries(world)
    assert (entry.exercise, entry.answers, entry.shared) == ("note", {"note": "A stray thought"}, False)
    assert "for Thu 1 January" in words_of(world.dm)


async def test_a_second_message_soon_after_a_note_is_added_to_it(world: World) -> None:
    await stray(world)
    await world.press(world.dm, "keepnote")
    await write(world, "and more")
    assert await words_kept(world) == [{"note": "A stray thought\nand more"}]


async def test_a_stray_message_becomes_today_s_check_in_and_the_mood_is_asked(world: World) -> None:
    await stray(world)
    await world.restart()
    await world.press(world.dm, "keepcheckin")
    assert labels_of(world.dm) == MOODS
    (entry,) = await entries(world)
    assert (entry.exercise, entry.answers) == ("checkin", {"done": "A stray thought"})


async def test_a_stray_message_is_added_to_today_s_check_in_where_there_is_one(world: World) -> None:
    await asked(world)
    await world.answer(mood="3", done="A walk")
    await world.wait(hours=1)
    await write(world, "And a call")
    await world.press(world.dm, "keepcheckin")
    assert await words_kept(world) == [{"mood": 3, "done": "A walk\nAnd a call"}]


async def test_a_stray_message_is_forgotten_and_its_words_are_gone(world: World) -> None:
    await stray(world, "Never mind this")
    await world.restart()
    await world.press(world.dm, "letgo")
    assert "Forgotten" in words_of(world.dm)
    assert "Never mind" not in str(await rows(world))


async def test_what_was_settled_can_not_be_settled_again(world: World) -> None:
    await stray(world)
    offer = world.dm
    verbs = ids_of(offer)
    await world.press(offer, "letgo")
    before = await rows(world)

    for verb in ("keepnote", "keepcheckin", "letgo"):
        assert "no longer wait" in told(await press(world, world.maya.user, verbs[verb]))
    assert await rows(world) == before


async def test_waiting_words_are_let_go_after_a_week(world: World) -> None:
    await stray(world, "Undecided")
    offer = ids_of(world.dm)["keepnote"]
    await world.wait(days=7, minutes=5)
    assert "Undecided" not in str(await rows(world))

    assert "no longer wait" in told(await press(world, world.maya.user, offer))


# ------------------------------------------------------------------ what is not kept


async def test_a_message_over_the_limit_changes_nothing_and_is_taken_once_it_is_edited(world: World) -> None:
    prompt = await asked(world)
    before = await rows(world, "held", "taken", "lease", "conversations")
    message = await write(world, "x" * 1001)
    assert "“Done” has 1,001 characters, and 1,000 is the most" in words_of(world.dm)
    assert "Edit your message above" in words_of(world.dm)
    assert await rows(world, "held", "taken", "lease", "conversations") == before
    await world.restart()
    await world.maya.user.edit(message, "x" * 1002)
    assert "1,002 characters" in words_of(world.dm)
    assert await rows(world, "held", "taken", "lease", "conversations") == before
    await world.maya.user.edit(message, "Shorter")
    assert await words_kept(world) == [{"done": "Shorter"}]
    assert "Shorter" in shown(world, prompt)
    assert "for Fri 2 January" in words_of(world.dm)
    assert "xxx" not in str(await rows(world))


async def test_a_message_that_makes_the_answer_too_long_changes_nothing(world: World) -> None:
    await asked(world)
    await write(world, "x" * 600)
    before = await rows(world, "held", "taken", "lease", "conversations")
    await write(world, "y" * 600)
    assert "1,201 characters" in words_of(world.dm)
    assert await rows(world, "held", "taken", "lease", "conversations") == before


async def test_a_stray_message_over_the_limit_is_refused_and_offered_once_it_is_edited(world: World) -> None:
    message = await stray(world, "x" * 1500)
    assert "“Your message” has 1,500 characters" in words_of(world.dm)
    await world.maya.user.edit(message, "A shorter thought")
    assert labels_of(world.dm) == CHOICES
    await world.press(world.dm, "keepnote")
    assert await words_kept(world) == [{"note": "A shorter thought"}]


async def test_a_refused_message_that_was_deleted_leaves_nothing_behind(world: World) -> None:
    message = await stray(world, "x" * 1500)
    await world.maya.user.delete(message)
    assert "xxx" not in str(await rows(world))


async def test_an_edit_over_the_limit_changes_nothing(world: World) -> None:
    await asked(world)
    message = await write(world, "Short")
    before = await rows(world, "taken")
    await world.maya.user.edit(message, "x" * 1001)
    assert "1,001 characters" in words_of(world.dm)
    assert await rows(world, "taken") == before
    await world.maya.user.edit(message, "Short again")
    assert await words_kept(world) == [{"done": "Short again"}]


@pytest.mark.parametrize("blank", ["\u200b\n\u200e", "\u200b", "\u2800 \u3164"])
async def test_only_blanks_change_nothing_and_are_told(world: World, blank: str) -> None:
    await asked(world)
    before = await rows(world, "taken")
    await write(world, blank)
    assert "There were no words in that" in words_of(world.dm)
    assert await rows(world, "taken") == before


async def test_an_edit_to_blanks_changes_nothing(world: World) -> None:
    await asked(world)
    message = await write(world, "Words")
    before = await rows(world, "taken")
    await world.maya.user.edit(message, "\u200b")
    assert "no words in that any more" in words_of(world.dm)
    assert await rows(world, "taken") == before


async def test_an_attachment_gets_a_line_on_what_is_kept(world: World) -> None:
    await asked(world)
    await write(world, "See this", files=("cv.pdf",))
    assert await words_kept(world) == [{"done": "See this"}]
    assert "I keep your words, not files" in words_of(world.dm)


async def test_an_attachment_beside_a_stray_message_gets_that_line_too(world: World) -> None:
    await stray(world, "See this", files=("cv.pdf",))
    assert labels_of(world.dm) == CHOICES
    assert "Only the words: the attachment stays in this chat" in words_of(world.dm)


async def test_a_voice_message_is_not_kept_and_the_question_stays_open(world: World) -> None:
    await asked(world)
    before = await rows(world, "taken")
    await write(world, "", files=("voice-message.ogg",))
    assert "not files or voice messages" in words_of(world.dm)
    assert await rows(world, "taken") == before
    await write(world, "In writing then")
    assert await words_kept(world) == [{"done": "In writing then"}]


# ------------------------------------------------------------------ strangers and errors


async def test_a_stranger_gets_a_friendly_line_and_nothing_is_kept(world: World) -> None:
    await world.begin()
    before = await rows(world)
    await world.jonas.user.send_dm("Who are you?")
    answer = world.jonas.user.dm_channel.history(viewer=world.jonas.user)[-1]
    assert "I am Cairn" in words_of(answer)
    assert "was not kept" in words_of(answer)
    assert await rows(world) == before


async def test_whoever_left_and_writes_is_told_how_to_come_back(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")
    before = await rows(world, "taken")
    await write(world, "Hello?")
    assert "You have left, and your answers are still here." in words_of(world.dm)
    assert await rows(world, "taken") == before


async def test_what_is_written_in_the_channel_is_no_answer(world: World) -> None:
    await asked(world)
    before = await rows(world)
    await world.maya.send(world.channel, "Talking to friends")
    assert await rows(world) == before


async def test_an_answer_is_kept_before_the_reply_is_sent(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await asked(world)
    world.env.inject_error("POST", "/channels/*/messages", status=500)
    await write(world, "Kept in any case")
    assert await words_kept(world) == [{"done": "Kept in any case"}]
    assert "Please look whether it worked" in words_of(world.dm)
    caplog.clear()


async def test_an_error_of_ours_is_told_under_the_id_that_it_is_logged_with(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(world)
    async with world.app.db.writing() as tx:
        await tx.run("ALTER TABLE entries RENAME TO gone")
    await write(world, "Secret words")
    (record,) = [r for r in caplog.get_records("call") if r.levelname == "ERROR"]
    key = record.getMessage().split()[1].rstrip(":")
    assert key in words_of(world.dm)
    assert "Secret words" not in caplog.text
    caplog.clear()


async def test_a_reply_to_the_draft_answers_no_question(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.until(4, 18)

    await write(world, "Skip this week please", reply_to=world.dm)

    assert "Keep as a note" in labels_of(world.dm)


async def test_a_second_message_that_no_longer_fits_is_told_how_much_room_is_left(world: World) -> None:
    await asked(world)
    await write(world, "word " * 196)
    before = (await rows(world))["entries"]

    await write(world, "One more line that is too much now.")

    told = words_of(world.dm)
    assert "Together with what you wrote before, that is 1,015 characters" in told
    assert "there is room for 20 more" in told
    assert (await rows(world))["entries"] == before
