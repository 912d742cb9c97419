"""What a draft tells its seeker before anything goes out."""

from __future__ import annotations

from datetime import timedelta

from bot.core.journal import NUMBERS, Entry, Visibility
from cogs import _draft
from tests.cogs._made import MONDAY, text_of, week_of
from tests.cogs._week import DONE, choose, draft_of, posted
from tests.cogs.conftest import World, said, words_of


async def test_the_draft_tells_numbers_and_moods_before_they_are_shared(world: World) -> None:
    await world.begin()
    await world.until(2, 12)
    await world.maya.slash(world.channel, "checkin", mood=4, applications=2, done=DONE)
    await world.until(4, 18)

    private = words_of(draft_of(world)).partition("Private, only you")[2]

    assert "The numbers of the week: 2 applications" in private
    assert "Mood and energy, and days of rest: Fri light" in private


def test_our_own_few_words_of_a_week_are_never_cut() -> None:
    counted = dict.fromkeys(NUMBERS, 12)
    week = tuple(
        Entry(n, 1, "checkin", MONDAY + timedelta(days=n), MONDAY, {"mood": 3}, counted, Visibility.PRIVATE)
        for n in range(7)
    )

    shown = text_of(_draft.draft(week_of(week)))

    assert "Mon steady · Tue steady · Wed steady · Thu steady · Fri steady · Sat steady · Sun steady" in shown
    assert "…" not in shown


async def test_a_row_of_days_is_told_to_the_seeker_alone_and_its_end_to_nobody(world: World) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    for day in (1, 2, 5, 6):  # the weekend between is rest
        await world.until(day, 17, 30)
        await world.answer(mood="3", energy="5", done=DONE)
    await world.until(6, 18)

    going_on = said(await world.maya.slash(world.channel, "week draft", week=0))
    await world.until(9, 12)
    ended = said(await world.maya.slash(world.channel, "week draft", week=0))

    assert "A word from you on four days in a row." in going_on
    assert "in a row" not in ended
    assert "in a row" not in "".join(words_of(message) for message in world.channel.history(viewer=world.jonas))


async def test_a_checkin_of_mood_alone_is_nothing_to_post_without_its_mood(world: World) -> None:
    await world.begin()
    await world.until(2, 12)
    await world.maya.slash(world.channel, "checkin", mood=4)
    await world.until(4, 18)
    await choose(world, "1")

    assert "without words; mood and energy have a part of their own" in words_of(draft_of(world))
    assert "Nothing is chosen yet" in said(await world.press(draft_of(world), "post"))
    assert world.posts() == []


async def test_an_answer_from_the_week_before_is_told_under_its_date(world: World) -> None:
    await posted(world)
    await world.maya.slash(world.channel, "checkin", mood=3, done="Late on Sunday")
    await world.until(11, 18)
    entry = (await world.app.db.reading.all("SELECT max(id) AS id FROM entries"))[0]["id"]
    assert "Sun 4 January check-in" in words_of(draft_of(world))

    await choose(world, str(entry))
    await world.press(draft_of(world), "post")

    assert "**Sun 4 January**" in words_of(world.posts()[-1])


def test_what_was_picked_is_told_with_its_question() -> None:
    answers = {"activity": "Drawing together", "engagement": 9, "energy": 8, "flow": "yes"}
    entry = Entry(1, 1, "good-time", MONDAY, MONDAY, answers, {}, Visibility.FRIENDS)

    assert "- Mon good time journal: Drawing together · flow: yes" in text_of(_draft.draft(week_of((entry,))))
