"""What friends leave under a joint post reaches each seeker in it, and what is for one reaches that one alone."""

from __future__ import annotations

import pytest

from bot.core.cheer import Wish
from bot.core.circle import Note
from bot.core.idea import Given, Sort
from bot.core.journal import Gone
from bot.core.people import Person, Post
from bot.core.summary import Phase
from bot.usecases import cheer, circle, council, idea, missed, summary
from bot.usecases.circle import OwnPost
from tests.usecases._council import ALL, ANA, JONAS, OMAR, draft_of, post, sitting, whom
from tests.usecases.conftest import MAYA, Desk


async def standing(desk: Desk, *who: Person) -> Post:
    """The joint post of these seekers, which is out."""
    await sitting(desk)
    for one in who or ALL:
        await post(desk, one)
    await desk.until(4, 19)
    found = (await desk.delivery("council")).post
    assert found
    return found


async def key(desk: Desk) -> str:
    return (await desk.delivery("council")).id


def told(desk: Desk, who: Person) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What of friends stands in somebody's notes, as (emoji, words)."""
    found = [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Note)]
    return [(one.emoji, one.words) for note in found for one in note.cheers]


async def test_a_reaction_and_a_reply_reach_each_seeker_in_the_post(desk: Desk) -> None:
    under = await standing(desk)
    await circle.react(desk.app, under, JONAS, "Jonas", "🎉", added=True)
    await circle.reply(desk.app, under, JONAS, "Jonas", under._replace(id="said"), "Well done, all", "link")

    await desk.until(5, 9)

    assert [told(desk, who) for who in ALL] == [[(("🎉",), ("Well done, all",))]] * 3


async def test_what_a_seeker_leaves_under_the_joint_post_reaches_the_others_alone(desk: Desk) -> None:
    under = await standing(desk)
    await circle.react(desk.app, under, ANA, "Ana", "🎉", added=True)
    assert await circle.reply(desk.app, under, ANA, "Ana", under._replace(id="said"), "Onward", "link")

    await desk.until(5, 9)

    assert [told(desk, who) for who in ALL] == [[(("🎉",), ("Onward",))], [], [(("🎉",), ("Onward",))]]


async def test_who_is_added_later_is_not_told_of_what_came_before(desk: Desk) -> None:
    under = await standing(desk, MAYA, ANA)
    await circle.react(desk.app, under, JONAS, "Jonas", "🎉", added=True)
    await post(desk, OMAR)
    await desk.wait(minutes=1)
    await circle.react(desk.app, under, JONAS, "Jonas", "❤️", added=True)

    await desk.until(5, 9)

    assert [told(desk, who) for who in ALL] == [[(("🎉", "❤️"), ())], [(("🎉", "❤️"), ())], [(("❤️",), ())]]


async def test_an_edit_or_deletion_of_a_reply_is_followed_in_every_note(desk: Desk) -> None:
    under = await standing(desk)
    said = under._replace(id="said")
    await circle.reply(desk.app, under, JONAS, "Jonas", said, "Well dnoe", "link")
    await desk.until(5, 9)

    await circle.reply_edited(desk.app, said, "Well done")
    assert [told(desk, who) for who in ALL] == [[((), ("Well done",))]] * 3

    await circle.message_deleted(desk.app, said)
    assert [told(desk, who) for who in ALL] == [[]] * 3


async def test_a_reaction_taken_back_in_time_is_told_to_nobody(desk: Desk) -> None:
    under = await standing(desk)
    await circle.react(desk.app, under, JONAS, "Jonas", "🎉", added=True)
    await circle.react(desk.app, under, JONAS, "Jonas", "🎉", added=False)

    await desk.until(5, 9)

    assert [told(desk, who) for who in ALL] == [[]] * 3


async def test_a_reply_that_was_missed_is_read_for_each_seeker(desk: Desk) -> None:
    under = await standing(desk)
    said = desk.paper.says(JONAS, "Well done", desk.now, under.id)
    desk.paper.said[0] = said._replace(post=said.post._replace(workspace=under.workspace, channel=under.channel))

    assert await missed.catch_up(desk.app)
    assert await missed.catch_up(desk.app)

    await desk.until(5, 9)
    assert [told(desk, who) for who in ALL] == [[((), ("Well done",))]] * 3


async def test_a_joint_post_that_was_deleted_while_away_is_noticed(desk: Desk) -> None:
    under = await standing(desk)
    del desk.paper.sheets[under]

    await missed.catch_up(desk.app)

    assert [(await draft_of(desk, who)).week.phase for who in ALL] == [Phase.TAKEN] * 3


# ------------------------------------------------------------------ for one of them


async def test_a_press_asks_whom_it_is_for_and_never_for_oneself(desk: Desk) -> None:
    await standing(desk)

    assert [name for _, name in await whom(desk, JONAS, await key(desk))] == ["Maya", "Ana", "Omar"]
    assert [name for _, name in await whom(desk, ANA, await key(desk))] == ["Maya", "Omar"]


async def test_the_only_one_in_a_joint_post_is_told_that_it_is_their_own(desk: Desk) -> None:
    await standing(desk, MAYA)

    with pytest.raises(OwnPost):
        await whom(desk, MAYA, await key(desk))


async def test_a_cheer_and_an_idea_for_one_reach_that_one(desk: Desk) -> None:
    await standing(desk)
    weeks = {name: week for week, name in await whom(desk, JONAS, await key(desk))}

    cheered = await cheer.give(desk.app, JONAS, "Jonas", await key(desk), Wish("", "Go"), weeks["Ana"])
    given = await idea.give(
        desk.app, ANA, "Ana", await key(desk), Sort.OFFER, Given("Lena", "", through=True), weeks["Omar"]
    )

    assert (cheered.seeker, given.seeker, given.week_id) == ("Ana", "Omar", weeks["Omar"])
    with pytest.raises(OwnPost):
        await cheer.give(desk.app, ANA, "Ana", await key(desk), Wish("", "Go"), weeks["Ana"])


async def test_a_week_of_another_post_cannot_be_answered_under_this_one(desk: Desk) -> None:
    await standing(desk, MAYA, ANA)
    omars = (await draft_of(desk, OMAR)).week.id

    for week_id in (omars, 999, None):
        with pytest.raises(Gone):
            await cheer.give(desk.app, JONAS, "Jonas", await key(desk), Wish("", "Go"), week_id)


async def test_one_section_is_read_whole_and_no_more_once_it_is_taken_down(desk: Desk) -> None:
    await standing(desk)
    [(week, _), *_] = await council.readable(desk.app, await key(desk))
    assert (await council.read(desk.app, await key(desk), week)).words == "A line of maya's"

    await summary.take_down(desk.app, MAYA, week)

    with pytest.raises(Gone):
        await council.read(desk.app, await key(desk), week)
