"""Answering by command and by button: sharing, numbers, and what becomes of an answer in the week."""

from __future__ import annotations

from typing import Any

import pytest
from simcord import actors

from tests.cogs._forged import COMMAND, command, press, rows, told
from tests.cogs._journal import asked, entries, shown, stray, words_kept, write
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def checkin(world: World, **options: Any) -> Any:
    """Maya uses /checkin in the server."""
    return await world.maya.slash(world.channel, "checkin", **options)


# ------------------------------------------------------------------ /checkin


async def test_checkin_opens_the_form_and_keeps_it_for_today(world: World) -> None:
    await world.begin()
    form = await checkin(world)
    await world.restart()
    result = await world.submit(form, {"mood": "4", "done": "A walk"}, by=world.maya)
    (entry,) = await entries(world)
    assert (str(entry.on), entry.answers) == ("2026-01-01", {"mood": 4, "done": "A walk"})
    assert result.ephemeral
    assert "A walk" in said(result)
    assert labels_of(result.response.message) == ["Change", "Share with friends", "Only for some", "Add numbers"]


async def test_checkin_with_options_is_kept_at_once_with_its_numbers(world: World) -> None:
    await world.begin()
    result = await checkin(world, mood=4, energy=0, done="Letters", applications=2, hours=0)
    (entry,) = await entries(world)
    assert entry.answers == {"mood": 4, "energy": 0, "done": "Letters"}
    assert entry.numbers == {"applications": 2, "hours": 0}
    assert result.ephemeral
    assert "2 applications · 0 hours" in said(result)


async def test_a_second_checkin_on_the_same_day_is_merged(world: World) -> None:
    await world.begin()
    await checkin(world, mood=4, done="Letters", applications=2)
    await world.restart()
    await checkin(world, mood=3, next="A call", applications=5, interviews=1)
    (entry,) = await entries(world)
    assert entry.answers == {"mood": 3, "done": "Letters", "next": "A call"}
    assert entry.numbers == {"applications": 5, "interviews": 1}


async def test_checkin_without_options_opens_today_s_answers_to_change(world: World) -> None:
    await world.begin()
    await checkin(world, mood=4, done="Letters", stuck="The fax")
    form = await checkin(world)
    answer = await world.submit(form, {"mood": "5", "stuck": ""}, by=world.maya)
    assert "**Mood** bright" in said(answer)
    assert await words_kept(world) == [{"mood": 5, "done": "Letters"}]


async def test_the_next_day_s_checkin_is_a_new_one(world: World) -> None:
    await world.begin()
    await checkin(world, mood=4)
    await world.until(2, 9)
    await checkin(world, mood=2)
    assert [(str(e.on), e.answers) for e in await entries(world)] == [
        ("2026-01-01", {"mood": 4}),
        ("2026-01-02", {"mood": 2}),
    ]


async def test_numbers_alone_are_kept_and_the_mood_is_asked_by_buttons(world: World) -> None:
    await world.begin()
    result = await checkin(world, applications=3)
    (entry,) = await entries(world)
    assert (entry.answers, entry.numbers) == ({}, {"applications": 3})
    assert labels_of(result.response.message)[0] == "1 heavy"
    await world.restart()
    await world.maya.click(result.response, label="4 light")
    (entry,) = await entries(world)
    assert (entry.answers, entry.numbers) == ({"mood": 4}, {"applications": 3})


async def test_numbers_alone_are_added_to_today_s_answer(world: World) -> None:
    await asked(world)
    await world.answer(mood="3", done="Letters")
    result = await checkin(world, conversations=2)
    (entry,) = await entries(world)
    assert (entry.answers, entry.numbers) == ({"mood": 3, "done": "Letters"}, {"conversations": 2})
    assert "2 conversations" in said(result)
    assert "2 conversations" in words_of(world.prompt("change"))


async def test_words_alone_are_kept_and_the_mood_is_asked(world: World) -> None:
    await world.begin()
    result = await checkin(world, done="Letters")
    assert await words_kept(world) == [{"done": "Letters"}]
    assert "How are you today?" in said(result)


async def test_checkin_answers_the_prompt_of_today(world: World) -> None:
    prompt = await asked(world)
    await checkin(world, mood=4, done="By command")
    assert len(await entries(world)) == 1
    assert "By command" in shown(world, prompt)


async def test_who_has_checked_in_already_is_not_asked_again_that_day(world: World) -> None:
    await world.begin()
    await checkin(world, mood=4, done="Early")
    await world.until(1, 17, 30)
    assert all("answer" not in ids_of(message) for message in world.dms)
    await world.until(2, 17, 30)
    assert "Fri 2 January" in words_of(world.prompt())


async def test_checkin_of_somebody_who_has_not_started_is_told_what_to_do(world: World) -> None:
    await world.begin()
    before = await rows(world)
    for options in ({}, {"mood": 3}, {"hours": 2}):
        result = await world.jonas.slash(world.channel, "checkin", **options)
        assert "You have not started yet. /start sets you up" in said(result)
        assert result.modal is None
    assert await rows(world) == before


async def test_discord_lets_nobody_type_more_into_checkin_than_an_answer_holds(world: World) -> None:
    spec = world.env.backend.find_command("checkin", world.guild.id, type=1)
    assert spec
    limits = {option["name"]: option.get("max_length") for option in spec["options"]}
    assert [limits[name] for name in ("done", "next", "stuck")] == [1000, 1000, 1000]


@pytest.mark.parametrize("words", ["x" * 1001, "x" * 6000])
async def test_a_checkin_over_the_limit_is_refused_and_changes_nothing(world: World, words: str) -> None:
    await world.begin()
    before = await rows(world)
    option = {"name": "done", "type": 3, "value": words}
    root = world.env.backend.find_command("checkin", world.guild.id, type=1)
    assert root
    data = {"id": root["id"], "name": "checkin", "type": 1, "options": [option]}
    result = await actors._dispatch_actor_interaction(world.maya, COMMAND, world.channel, data)
    assert f"“Done” has {len(words):,} characters, and 1,000 is the most" in said(result)
    assert await rows(world) == before


async def test_checkin_of_blanks_alone_is_refused_and_changes_nothing(world: World) -> None:
    await world.begin()
    before = await rows(world)
    assert "There were no words in that" in said(await checkin(world, done="\u200b\u200e"))
    assert await rows(world) == before


# ------------------------------------------------------------------ shared or private


async def test_an_answer_is_private_until_it_is_shared_and_can_be_taken_back(world: World) -> None:
    await asked(world)
    await world.answer(mood="4", done="A walk")
    assert [entry.shared for entry in await entries(world)] == [False]
    await world.restart()
    await world.press(world.prompt("share"), "share")
    assert [entry.shared for entry in await entries(world)] == [True]
    assert "your friends see this" in words_of(world.prompt("hide"))
    assert labels_of(world.prompt("hide")) == ["Change", "Keep private", "Add numbers"]
    await world.restart()
    await world.press(world.prompt("hide"), "hide")
    assert [entry.shared for entry in await entries(world)] == [False]
    assert "only you see this" in words_of(world.prompt("share"))


async def test_a_note_can_be_shared_where_it_was_kept(world: World) -> None:
    await stray(world)
    await world.press(world.dm, "keepnote")
    await world.press(world.dm, "share")
    assert [entry.shared for entry in await entries(world)] == [True]
    assert "A stray thought" in words_of(world.dm)


async def test_a_friend_can_not_share_an_answer(world: World) -> None:
    await asked(world)
    await world.answer(mood="4", done="A walk")
    before = await rows(world)
    result = await press(world, world.jonas, ids_of(world.prompt("share"))["share"])
    assert "belongs to somebody else" in told(result)
    assert await rows(world) == before


async def test_buttons_of_an_answer_that_was_deleted_say_so(world: World) -> None:
    await asked(world)
    message = await write(world, "Regretted")
    buttons = ids_of(world.prompt("change"))
    await world.maya.user.delete(message)
    await world.press(world.dm, "forget")
    before = await rows(world)
    for verb in ("change", "share", "numbers"):
        assert "no longer here; it may have been deleted" in told(await press(world, world.maya.user, buttons[verb]))
    assert await rows(world) == before


# ------------------------------------------------------------------ numbers


async def test_numbers_are_added_changed_and_taken_away(world: World) -> None:
    await asked(world)
    await world.answer(mood="4")
    form = await world.press(world.prompt("numbers"), "numbers")
    await world.restart()
    await world.submit(form, {"applications": "2", "hours": "3"})
    assert "2 applications · 3 hours" in words_of(world.prompt("numbers"))
    assert "Change numbers" in labels_of(world.prompt("numbers"))
    await world.submit(await world.press(world.prompt("numbers"), "numbers"), {"applications": "", "interviews": "1"})
    assert (await entries(world))[0].numbers == {"interviews": 1, "hours": 3}


async def test_a_change_of_words_leaves_the_numbers(world: World) -> None:
    await world.begin()
    result = await checkin(world, mood=3, applications=2)
    form = await world.maya.click(result.response, custom_id=ids_of(result.response.message)["change"])
    await world.submit(form, {"mood": "5"}, by=world.maya)
    (entry,) = await entries(world)
    assert (entry.answers, entry.numbers) == ({"mood": 5}, {"applications": 2})


async def test_taking_away_all_that_a_check_in_says_is_refused(world: World) -> None:
    await world.begin()
    await checkin(world, applications=2)
    (entry,) = await entries(world)
    before = await rows(world, "held")
    form = await press(world, world.maya, f"numbers:{entry.id}")
    result = await world.submit(form, {"applications": ""}, by=world.maya)
    assert "That would leave nothing of this check-in" in said(result)
    assert await rows(world, "held") == before


async def test_only_a_check_in_has_numbers(world: World) -> None:
    await stray(world)
    await world.press(world.dm, "keepnote")
    await world.press(world.dm, "share")
    assert labels_of(world.dm) == ["Change", "Keep private"]


# ------------------------------------------------------------------ reading whole


async def test_a_long_answer_is_shortened_at_a_word_s_end_and_read_whole_behind_a_button(world: World) -> None:
    await asked(world)
    words = " ".join(f"word{n}" for n in range(120))
    await world.answer(mood="4", done=words)
    kept = world.prompt("readall")
    assert "word119" not in words_of(kept)
    assert "…" in words_of(kept)
    await world.restart()
    result = await world.press(world.prompt("readall"), "readall")
    assert words in said(result)


# ------------------------------------------------------------------ rating


async def test_a_rating_that_is_not_offered_changes_nothing(world: World) -> None:
    await asked(world)
    await write(world, "A walk")
    before = await rows(world)
    number = (await entries(world))[0].id
    for ref, words in (
        ("mood.9", "from 1 to 5"),
        ("salary.3", "no scale of that name"),
        ("done.3", "no scale of that"),
    ):
        assert words in told(await press(world, world.maya.user, f"rate:{number}.{ref}"))
    assert await rows(world) == before


# ------------------------------------------------------------------ the week of an answer


async def test_an_answer_after_the_week_was_posted_belongs_to_the_next(world: World) -> None:
    await asked(world)
    await world.until(4, 18)
    await world.submit(await world.press(world.dm, "edit"), {"words": "A quiet week"})
    await world.press(world.prompt("post"), "post")
    assert len(world.posts()) == 1
    await write(world, "Late, for Friday", reply_to=world.prompt("later"))
    (entry,) = await entries(world)
    assert (str(entry.on), str(entry.week)) == ("2026-01-02", "2026-01-05")


async def test_an_answer_after_the_draft_belongs_to_it_until_it_is_posted(world: World) -> None:
    await asked(world)
    await world.until(4, 18)
    draft = world.prompt("skipweek")
    await write(world, "Late, for Friday", reply_to=world.prompt("later"))
    assert [str(entry.week) for entry in await entries(world)] == ["2025-12-29"]
    assert "Late, for Friday" in shown(world, draft)


# ------------------------------------------------------------------ in the server


async def test_what_is_answered_to_a_seeker_s_command_in_a_server_is_theirs_alone(world: World) -> None:
    await world.begin()
    assert (await checkin(world, mood=4, done="Private")).ephemeral
    assert (await command(world, world.maya, "checkin", mood=4)).ephemeral
    assert all("Private" not in words_of(message) for message in world.channel.history())
