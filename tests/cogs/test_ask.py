"""What a seeker asks their friends for, through the real bot: by draft and command, in the post, and once it is old."""

from __future__ import annotations

import pytest

from bot.core.ask import LIMIT
from tests.cogs import _forged
from tests.cogs._ask import CV, INTRO, WALK, ask_from_draft, asked_about, question
from tests.cogs._made import (
    check_modal,
)
from tests.cogs._week import DONE, FRIDAY, channel_words, choose, draft_of, edit_words, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of
from tests.cogs.test_erasure import raw

# ------------------------------------------------------------------ asking


async def test_the_draft_invites_one_ask_and_its_button_opens_a_form_of_one_line(world: World) -> None:
    await written(world)
    assert "What could your friends do for you?" in words_of(draft_of(world))

    shown = await world.press(draft_of(world), "ask")

    check_modal(shown.modal)
    [label] = shown.modal["components"]
    assert (label["label"], label["component"]["max_length"]) == ("What would help?", LIMIT)
    await world.submit(shown, {"words": INTRO})
    told = words_of(draft_of(world))
    assert f"You ask for: {INTRO}" in told.partition("Private, only you")[0]
    assert "What could your friends do for you?" not in told


async def test_a_draft_that_was_called_for_shows_the_new_ask_as_well(world: World) -> None:
    await written(world)
    called = await world.maya.slash(world.channel, "week draft")
    assert called.response
    shown = await world.press(called.response, "ask", by=world.maya)

    await world.submit(shown, {"words": CV}, by=world.maya)

    turned = next(m for m in world.channel.history(viewer=world.maya) if m.id == called.response.message.id)
    assert f"You ask for: {CV}" in words_of(turned)
    assert f"You ask for: {CV}" in words_of(draft_of(world))


async def test_by_command_it_is_set_listed_and_closed(world: World) -> None:
    await world.begin()
    assert "Nothing is open" in said(await world.maya.slash(world.channel, "ask list"))

    for words in (CV, WALK):
        assert words in said(await world.maya.slash(world.channel, "ask set", words=words))

    listed = said(await world.maya.slash(world.channel, "ask list"))
    assert CV in listed
    assert WALK in listed
    [offered] = await world.maya.autocomplete(world.channel, "ask close", "ask", "cv")
    assert offered["name"] == CV
    closed = await world.maya.slash(world.channel, "ask close", ask=offered["value"])
    assert CV in said(closed)
    assert "Closed" in said(closed)
    assert closed.ephemeral
    listed = said(await world.maya.slash(world.channel, "ask list"))
    assert CV not in listed
    again = await world.maya.slash(world.channel, "ask close", ask=offered["value"])
    assert "closed already" in said(again)


async def test_the_list_of_choices_holds_ones_own_open_asks_alone(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "ask set", words="x" * LIMIT)

    [offered] = await world.maya.autocomplete(world.channel, "ask close", "ask", "")
    assert len(offered["name"]) <= 100
    assert await world.jonas.autocomplete(world.channel, "ask close", "ask", "") == []
    forged = await _forged.command(world, world.jonas, "ask close", ask=offered["value"])
    assert "/start" in said(forged)


async def test_a_fourth_ask_is_refused_in_words_and_the_button_is_gone(world: World) -> None:
    await written(world)
    for words in (CV, WALK, INTRO):
        await ask_from_draft(world, words)

    assert "ask" not in ids_of(draft_of(world))
    refused = await world.maya.slash(world.channel, "ask set", words="Coffee")
    assert "Three asks are open already" in said(refused)
    pressed = await _forged.press(world, world.maya.user, "ask:1")
    assert "Three asks are open already" in _forged.told(pressed)
    assert "Coffee" not in said(await world.maya.slash(world.channel, "ask list"))


@pytest.mark.parametrize(("words", "told"), [(" \u200b ", "no words"), ("x" * 201, "201 characters")])
async def test_refused_words_wait_behind_try_again_and_nothing_is_changed(world: World, words: str, told: str) -> None:
    await written(world)
    result = await _forged.submit(world, world.maya.user, "asked:1", {"words": words})

    assert told in said(result)
    again = await world.press(result.followups[0], "tryagain")
    check_modal(again.modal)
    await world.submit(again, {"words": CV})
    assert f"You ask for: {CV}" in words_of(draft_of(world))
    listed = said(await world.maya.slash(world.channel, "ask list"))
    assert "Up to three asks may be open at once." in listed
    assert listed.count("> ") == 1


async def test_a_form_that_comes_back_after_the_post_says_where_the_ask_goes(world: World) -> None:
    await written(world)
    shown = await world.press(draft_of(world), "ask")
    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    await world.wait(minutes=1)

    result = await world.submit(shown, {"words": CV})

    assert "It goes into your next weekly post" in said(result)
    assert CV not in channel_words(world)


# ------------------------------------------------------------------ the post


async def test_an_ask_stands_in_the_preview_and_the_post_and_is_settled_there_when_it_is_closed(world: World) -> None:
    await written(world)
    await ask_from_draft(world, CV)
    await choose(world, FRIDAY, "asks")
    assert CV in said(await world.maya.slash(world.channel, "week preview"))
    await world.press(draft_of(world), "post")
    assert f"**What would help**\n- {CV}" in channel_words(world)
    await world.wait(hours=1)

    await world.maya.slash(world.channel, "ask close")

    assert f"**What would help**\n- Settled, thank you: {CV}" in channel_words(world)
    assert DONE in channel_words(world)
    await world.until(11, 18)
    await edit_words(world, "The week after")
    await world.press(draft_of(world), "post")
    assert CV not in words_of(world.posts()[-1])


async def test_an_ask_can_be_left_out_of_one_week_by_choosing(world: World) -> None:
    await written(world)
    await ask_from_draft(world, CV)

    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")

    assert CV not in channel_words(world)
    assert f"You ask for: {CV}" in words_of(draft_of(world)).partition("Private, only you")[2]


async def test_after_a_restart_an_ask_can_be_made_and_closed(world: World) -> None:
    await written(world)
    await world.restart()
    await ask_from_draft(world, CV)
    await world.press(draft_of(world), "post")
    await world.wait(hours=1)
    await world.restart()
    await world.maya.slash(world.channel, "ask close")
    assert f"Settled, thank you: {CV}" in channel_words(world)


async def test_erased_nothing_of_an_ask_is_left_in_the_file_or_the_channel(world: World) -> None:
    await written(world)
    await ask_from_draft(world, INTRO)
    await world.press(draft_of(world), "post")
    assert INTRO in channel_words(world)
    assert INTRO.encode() in raw(world)

    left = await world.maya.slash(world.channel, "leave")
    await world.press(left.response, "erase", by=world.maya)

    assert INTRO not in channel_words(world)
    assert INTRO.encode() not in raw(world)


# ------------------------------------------------------------------ still open?


async def test_two_weeks_on_the_question_comes_in_the_morning_with_three_buttons(world: World) -> None:
    await asked_about(world)

    assert "### Is this still open?" in words_of(question(world))
    assert labels_of(question(world)) == ["Still open", "Change it", "Close it"]


async def test_still_open_says_so_and_can_be_closed_later(world: World) -> None:
    await asked_about(world)
    await world.restart()

    await world.press(question(world), "askopen")

    assert "### Still open" in words_of(question(world))
    assert labels_of(question(world)) == ["Change it", "Close it"]
    await world.press(question(world), "askclose")
    assert "Closed." in words_of(question(world))


async def test_closed_it_offers_to_ask_for_something_else(world: World) -> None:
    await asked_about(world)
    key = ids_of(question(world))["askclose"].partition(":")[2]
    await world.press(question(world), "askclose")

    assert labels_of(question(world)) == ["Ask for something"]
    assert key in ids_of(question(world))["ask"]
    result = await world.submit(await world.press(question(world), "ask"), {"words": WALK})
    assert WALK in said(result)
    stale = await _forged.press(world, world.maya.user, f"askopen:{key}")
    assert "closed already" in _forged.told(stale)


async def test_change_it_opens_the_form_with_the_words_so_far(world: World) -> None:
    await asked_about(world)

    shown = await world.press(question(world), "askchange")

    assert shown.modal["components"][0]["component"]["value"] == CV
    await world.submit(shown, {"words": WALK})
    assert WALK in words_of(question(world))
    assert CV not in words_of(question(world))
    assert "### Still open" in words_of(question(world))
