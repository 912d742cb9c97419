"""The week from its draft to its post, through the real bot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.core.week_card import Stone
from bot.store import journal as journal_rows
from tests.cogs import _forged
from tests.cogs._week import (
    DONE,
    FRIDAY,
    NOTE,
    SECRET,
    Sketchbook,
    alt_of,
    channel_words,
    choose,
    draft_of,
    edit_words,
    everything,
    posted,
    written,
)
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

MONDAY, FRI, SAT = date(2025, 12, 29), date(2026, 1, 2), date(2026, 1, 3)
ALL = (FRIDAY, NOTE, "numbers", "mood")


@pytest.fixture
def sketches(world: World) -> list[Any]:
    """What the world's studio was asked to draw."""
    book = Sketchbook(world.studio)
    world.app.studio = world.studio = book
    return book.cards


# ------------------------------------------------------------------ the draft


async def test_the_draft_comes_on_sunday_with_each_part_marked(world: World) -> None:
    await written(world)

    told = words_of(draft_of(world))
    assert "**Shared with friends**\nNothing yet." in told
    private = told.split("**Private, only you**")[1]
    assert DONE in private
    assert SECRET in private
    assert "Mood and energy" in private
    first = ["Post", "Choose what goes in", "Write a line", "Edit an answer", "Preview"]
    second = ["Ask for something", "Only for some", "Skip this week"]
    assert labels_of(draft_of(world)) == [*first, *second]
    assert world.posts() == []


async def test_the_draft_comes_at_sunday_evening_where_the_seeker_is(world: World) -> None:
    await world.begin(zone="America/Los_Angeles")

    await world.until(4, 17, 59, zone="America/Los_Angeles")
    assert "edit" not in ids_of(world.dm)
    await world.until(4, 18, zone="America/Los_Angeles")
    assert "edit" in ids_of(world.dm)


async def test_a_draft_of_a_week_without_words_says_so_and_can_be_written(world: World) -> None:
    await world.begin()
    await world.until(4, 18)

    assert "A quiet week, with nothing written down" in words_of(draft_of(world))
    assert labels_of(draft_of(world)) == ["Write a line", "Ask for something", "Skip this week"]
    assert "Nothing is owed" in words_of(draft_of(world))
    await edit_words(world, "A quiet week. I slept.")
    await world.press(draft_of(world), "post")
    assert "A quiet week. I slept." in channel_words(world)


async def test_what_comes_after_the_draft_joins_it_until_it_is_posted(world: World) -> None:
    await written(world)

    await world.maya.slash(world.channel, "checkin", mood=3, done="A late walk on Sunday")
    assert "A late walk on Sunday" in words_of(draft_of(world))

    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    await world.maya.user.send_dm("And one more thought")
    await world.press(world.dm, "keepnote")
    assert "And one more thought" not in words_of(draft_of(world))
    await world.until(11, 18)
    assert "And one more thought" in words_of(draft_of(world))


# ------------------------------------------------------------------ choosing, editing, looking


async def test_exactly_what_is_picked_is_shared(world: World) -> None:
    await written(world)

    result = await choose(world, FRIDAY, "mood")

    shared, private = words_of(draft_of(world)).split("**Private, only you**")
    assert DONE in shared
    assert "Mood and energy" in shared
    assert SECRET in private
    assert result.followups == []
    await choose(world, "mood")
    assert DONE in words_of(draft_of(world)).split("**Private, only you**")[1]


async def test_what_was_not_on_offer_stays_as_it_is(world: World) -> None:
    await written(world)
    await world.press(world.prompt("numbers"), "share")
    old = await world.press(draft_of(world), "choose")
    shown = await world.press(world.prompt("numbers"), "numbers")
    await world.submit(shown, {"applications": "2"})
    await choose(world, FRIDAY, "numbers")

    await world.maya.user.select(old.followups[0], ["mood"], custom_id=ids_of(old.followups[0].message)["chosen"])

    shared, private = words_of(draft_of(world)).split("**Private, only you**")
    assert "The numbers of the week" in shared
    assert "Mood and energy" in shared
    assert DONE in private


async def test_a_pick_of_somebody_elses_entry_shares_nothing(world: World) -> None:
    await written(world)
    await world.sam.slash(world.channel, "start", zone="Europe/Berlin")
    await world.sam.slash(world.channel, "checkin", mood=2, done="Of Sam alone")

    await _forged.press(world, world.maya, "chosen:1", ["3", "999", "nonsense"])
    await world.press(draft_of(world), "post")

    assert "Of Sam alone" not in channel_words(world)
    rows = (await everything(world))["entries"]
    assert ["private" in row for row in rows] == [True, True, True]


async def test_the_words_above_can_be_written_changed_and_taken_back(world: World) -> None:
    await written(world)

    await edit_words(world, "Thank you for *being* here")
    assert "Thank you for" in words_of(draft_of(world))
    again = await world.press(draft_of(world), "edit")
    [label] = again.modal["components"]
    assert label["component"]["value"] == "Thank you for *being* here"
    await world.submit(again, {"words": "   "})
    assert "Your words" not in words_of(draft_of(world))


async def test_words_over_the_limit_are_refused_and_kept_behind_try_again(world: World) -> None:
    await written(world)
    before = words_of(draft_of(world))

    result = await _forged.submit(world, world.maya.user, "worded:1", {"words": "x" * 1001})

    assert "has 1,001 characters" in said(result)
    assert "Nothing was changed" in said(result)
    assert words_of(draft_of(world)) == before
    again = await world.press(result.followups[0], "tryagain")
    assert again.modal["components"][0]["component"]["value"] == "x" * 1001


async def test_the_preview_is_what_friends_will_see_and_only_the_seeker_sees_it(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY, "mood")

    pressed = await world.press(draft_of(world), "look")
    asked = await world.maya.slash(world.channel, "week preview")

    assert asked.response
    assert asked.ephemeral
    assert world.posts() == []
    await world.press(draft_of(world), "post")
    [post] = world.posts()
    looked = pressed.followups[0].message
    assert words_of(looked) == said(asked) == words_of(post)
    assert looked.flags.ephemeral
    assert alt_of(looked) == alt_of(asked.response.message) == alt_of(post)


async def test_a_preview_of_nothing_says_so(world: World) -> None:
    await written(world)

    for result in (await world.press(draft_of(world), "look"), await world.maya.slash(world.channel, "week preview")):
        assert "Your friends would see nothing yet" in said(result)


async def test_in_the_week_preview_and_draft_show_the_week_so_far(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=DONE, next="", stuck="")
    await world.press(world.prompt("share"), "share")

    assert DONE in said(await world.maya.slash(world.channel, "week preview"))
    assert DONE in said(await world.maya.slash(world.channel, "week draft"))


# ------------------------------------------------------------------ posting


async def test_only_what_is_chosen_goes_out(world: World, sketches: list[Any]) -> None:
    await written(world)
    await choose(world, FRIDAY)

    result = await world.press(draft_of(world), "post")

    [post] = world.posts()
    assert "## Maya, week 1" in words_of(post)
    assert DONE in words_of(post)
    assert labels_of(post) == ["Cheer", "I have an idea", "I know someone"]
    told = channel_words(world)
    for hidden in (SECRET, "light", "energy", "Saturday", "rest"):
        assert hidden not in told
    assert sketches[-1].stones == (Stone(FRI),)
    assert sketches[-1].numbers == ()
    assert "Posted" in words_of(draft_of(world))
    assert result.followups == []


async def test_mood_and_energy_alone_draw_no_day_that_was_kept_private(world: World, sketches: list[Any]) -> None:
    await written(world)
    await choose(world, "mood")

    await world.press(draft_of(world), "post")

    told = channel_words(world)
    assert "Fri light, energy 7" in told
    assert "mood light, energy 7 of 10" in alt_of(world.posts()[0])
    assert DONE not in told
    assert SECRET not in told
    drawn = {stone.on: stone for stone in sketches[-1].stones}
    assert drawn[FRI] == Stone(FRI, mood=4, energy=7)
    assert drawn[SAT] == Stone(SAT, rest=True)


async def test_numbers_go_out_only_when_chosen(world: World, sketches: list[Any]) -> None:
    await written(world)
    shown = await world.press(world.prompt("numbers"), "numbers")
    await world.submit(shown, {"applications": "2", "hours": "3"})
    await choose(world, FRIDAY)
    await world.press(draft_of(world), "post")
    assert "2 applications" not in channel_words(world)
    assert sketches[-1].numbers == ()

    await choose(world, FRIDAY, "numbers")

    assert "2 applications" in words_of(world.posts()[0])
    assert "2 applications" in alt_of(world.posts()[0])
    assert sketches[-1].numbers == ((2, "applications"), (3, "hours"))


async def test_with_nothing_chosen_nothing_is_posted(world: World) -> None:
    await written(world)

    result = await world.press(draft_of(world), "post")

    assert "Nothing is chosen yet" in said(result)
    assert world.posts() == []
    assert "Only you see this" in words_of(draft_of(world))


async def test_a_second_press_posts_nothing_more(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    draft = draft_of(world)
    await world.press(draft, "post")

    result = await _forged.press(world, world.maya.user, ids_of(draft)["post"])

    assert "This week is posted already" in said(result)
    assert len(world.posts()) == 1


async def test_a_channel_that_is_gone_leaves_the_draft_as_it_was_and_says_so(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=404, code=10003)

    result = await world.press(draft_of(world), "post")

    assert "I could not post in your circle's channel" in said(result)
    assert "I could not post it in" in words_of(draft_of(world))
    assert "Post" in labels_of(draft_of(world))
    await world.press(draft_of(world), "post")
    assert len(world.posts()) == 1
    assert "Posted" in words_of(draft_of(world))


async def test_a_post_that_discord_did_not_confirm_comes_with_the_next_round(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=503)

    await world.press(draft_of(world), "post")
    assert world.posts() == []
    await world.restart()
    await world.wait(minutes=5)

    assert len(world.posts()) == 1
    assert DONE in channel_words(world)


async def test_every_button_of_the_draft_works_after_a_restart(world: World) -> None:
    await written(world)
    await world.restart()
    await choose(world, FRIDAY)
    await world.restart()
    await edit_words(world, "Hello friends")
    await world.restart()
    assert "Hello friends" in said(await world.press(draft_of(world), "look"))
    await world.restart()
    await world.press(draft_of(world), "post")
    assert "Hello friends" in channel_words(world)
    await world.restart()
    await world.press(draft_of(world), "takedown")
    assert world.posts() == []


async def test_what_is_long_goes_on_in_a_second_message(world: World) -> None:
    await world.begin()
    long = " ".join(["walked"] * 140)
    for day in (1, 2, 3, 4):
        await world.until(day, 17, 30)
        await world.maya.slash(world.channel, "checkin", mood=3, done=f"{day} {long}", next=long)
    await world.until(4, 18)
    await choose(world, "1", "2", "3", "4")

    await world.press(draft_of(world), "post")

    first, second = world.posts()
    assert first.attachments
    assert second.attachments == []
    assert "Cheer" not in labels_of(first)
    assert "Cheer" in labels_of(second)
    together = words_of(first) + words_of(second)
    assert [str(day) for day in (1, 2, 3, 4) if f"{day} walked" not in together] == []
    await choose(world, "1")
    assert len(world.posts()) == 1
    assert "Cheer" in labels_of(world.posts()[0])
    await choose(world, "1", "2", "3", "4")
    assert len(world.posts()) == 2


async def test_a_week_of_forty_long_answers_still_arrives_and_can_be_read_whole(world: World) -> None:
    await world.begin()
    async with world.app.db.writing() as tx:
        for number in range(40):
            answers = {"note": f"{number} " + "*word* " * 140 + f"end{number}"}
            await journal_rows.add(tx, 1, "note", FRI, MONDAY, answers, {}, None, world.now)
        await tx.run("UPDATE entries SET visibility = 'friends'")

    await world.until(4, 18)
    await world.press(draft_of(world), "post")

    posts = world.posts()
    assert len(posts) == 2
    read = await world.press(posts[-1], "readweek", by=world.jonas)
    assert [number for number in range(40) if f"end{number}" not in said(read)] == []
    assert "Posted" in words_of(draft_of(world))


async def test_a_full_week_with_a_late_answer_to_the_posted_one_before_can_be_posted(world: World) -> None:
    await posted(world)
    await world.maya.slash(world.channel, "checkin", mood=2, done="Late on Sunday")
    for day in range(5, 12):
        await world.until(day, 18)
        await world.maya.slash(world.channel, "checkin", mood=4, done=f"Wrote on day {day}")
    await choose(world, "3", "4", "mood")

    await world.press(draft_of(world), "post")

    post = world.posts()[-1]
    assert "A cairn of seven stones" in alt_of(post)
    assert "mood low" not in alt_of(post)
    assert "Late on Sunday" in words_of(post)
