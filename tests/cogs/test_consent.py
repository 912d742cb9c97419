"""Yes, write to me: pressed in the circle, answered by a first message, ended by a button or /circle quiet."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.core.consent import Consent
from bot.core.people import Person
from bot.usecases import consent
from tests.cogs import _forged
from tests.cogs._week import everything, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

MESSAGES = "/channels/*/messages"
YES, STOP = "writeme:me", "quiet:me"


def dms(member: Any) -> list[discord.Message]:
    """What came to somebody's direct messages."""
    found = member.user.dm_channel.history(viewer=member.user) if member.user.dm_channel else []
    return [message for message in found if not message.flags.ephemeral]


def welcome(world: World) -> discord.Message:
    """The first message in the circle."""
    return next(message for message in world.channel.history() if "helpme" in ids_of(message))


async def standing(world: World, member: Any) -> Consent:
    """What a friend said last."""
    return await consent.standing(world.app, Person("discord", "", str(member.id)))


async def accept(world: World, member: Any) -> Any:
    """A friend presses *Yes, write to me* under the welcome."""
    return await world.press(welcome(world), "writeme", by=member)


async def test_the_welcome_asks_and_a_yes_is_followed_by_a_first_message(world: World) -> None:
    await world.begin()
    assert "press *Yes, write to me* once" in words_of(welcome(world))

    result = await accept(world, world.jonas)

    assert [answer.ephemeral for answer in result.followups] == [True]
    assert "I have just written to you" in said(result)
    [first] = dms(world.jonas)
    assert "Hello Jonas" in words_of(first)
    assert "goes to nobody" in words_of(first)
    assert "/circle quiet" in words_of(first)
    assert labels_of(first) == ["Stop these messages"]


async def test_pressing_again_says_so_and_writes_nothing_more(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)

    result = await accept(world, world.jonas)

    assert "Nothing more is needed" in said(result)
    assert len(dms(world.jonas)) == 1


async def test_a_yes_is_for_whoever_presses_alone(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)

    assert await standing(world, world.aisha) is Consent.NEVER
    assert dms(world.aisha) == []


@pytest.mark.parametrize("code", [50007, 50278])
async def test_closed_messages_are_answered_with_how_to_open_them(world: World, code: int) -> None:
    await world.begin()
    world.env.inject_error("POST", MESSAGES, status=403, code=code)

    result = await accept(world, world.jonas)

    assert "your direct messages are closed to me" in said(result)
    assert "Privacy Settings" in said(result)
    assert "writeme" in ids_of(result.followups[0].message)
    assert await standing(world, world.jonas) is Consent.CLOSED

    assert "I have just written to you" in said(await accept(world, world.jonas))


async def test_a_first_message_that_has_to_wait_is_said_to_be_on_its_way(world: World) -> None:
    await world.begin()
    world.env.inject_error("POST", MESSAGES, status=403, code=40003)

    assert "on its way" in said(await accept(world, world.jonas))

    await world.wait(minutes=2)
    assert len(dms(world.jonas)) == 1


async def test_the_button_in_the_message_ends_it_and_the_message_says_so(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)

    result = await world.press(dms(world.jonas)[0], "quiet", by=world.jonas.user)

    assert "Quiet from now on" in said(result)
    assert "I don't write to you any more" in words_of(dms(world.jonas)[0])
    assert labels_of(dms(world.jonas)[0]) == ["Yes, write to me"]
    assert await standing(world, world.jonas) is Consent.QUIET


async def test_the_command_ends_it_in_the_server_and_in_direct_messages(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)
    result = await world.jonas.slash(world.channel, "circle quiet")
    assert result.ephemeral
    assert "Quiet from now on" in said(result)

    await accept(world, world.aisha)
    assert "Quiet from now on" in said(await world.aisha.user.slash("circle quiet"))

    assert {await standing(world, one) for one in (world.jonas, world.aisha)} == {Consent.QUIET}


async def test_who_never_accepted_can_say_no_for_good(world: World) -> None:
    await world.begin()

    result = await world.jonas.slash(world.channel, "circle quiet")

    assert "I don't write to you, and it stays so." in said(result)
    assert dms(world.jonas) == []


async def test_after_giving_something_a_friend_is_asked_until_they_have_answered(world: World) -> None:
    await posted(world)
    for verb, words in (
        ("cheer", {"words": "Bravo"}),
        ("idea", {"what": "Teach"}),
        ("offer", {"what": "Alex", "through": "no"}),
    ):
        shown = await world.press(world.posts()[0], verb, by=world.jonas)
        given = await world.submit(shown, words, by=world.jonas)
        assert "may I bring it to you by direct message?" in said(given)
        assert "writeme" in ids_of(given.followups[-1].message)

    await world.press(given.followups[-1].message, "writeme", by=world.jonas)

    again = await world.submit(
        await world.press(world.posts()[0], "cheer", by=world.jonas), {"words": "Again"}, by=world.jonas
    )
    assert "may I bring it" not in said(again)
    assert len(dms(world.jonas)) == 1


async def test_who_was_not_reached_is_asked_again_with_what_they_give(world: World) -> None:
    await posted(world)
    world.env.inject_error("POST", MESSAGES, status=403, code=50007)
    await accept(world, world.jonas)

    shown = await world.press(world.posts()[0], "cheer", by=world.jonas)
    given = await world.submit(shown, {"words": "Bravo"}, by=world.jonas)

    assert "your direct messages are closed to me. If they are open again:" in said(given)
    asking = next(one.message for one in given.followups if "writeme" in ids_of(one.message))
    await world.press(asking, "writeme", by=world.jonas)
    assert await standing(world, world.jonas) is Consent.GIVEN


async def test_circle_mine_says_how_it_stands_and_changes_it(world: World) -> None:
    await world.begin()
    before = await world.jonas.slash(world.channel, "circle mine")
    assert "until you press" in said(before)

    await world.press(before.response, "writeme", by=world.jonas)

    after = await world.jonas.slash(world.channel, "circle mine")
    assert "I bring you by direct message" in said(after)
    assert after.response
    assert "quiet" in ids_of(after.response.message)


async def test_the_first_yes_is_said_in_the_circle_and_a_later_one_anywhere(world: World) -> None:
    await world.begin()
    mine = await world.jonas.user.slash("circle mine")
    assert "in the circle" in said(mine)
    assert mine.response
    assert "writeme" not in ids_of(mine.response.message)
    assert "once in the circle" in _forged.told(await _forged.press(world, world.jonas.user, YES))
    assert await standing(world, world.jonas) is Consent.NEVER

    await accept(world, world.jonas)
    greeted = len(dms(world.jonas)) - 1
    await world.press(dms(world.jonas)[greeted], "quiet", by=world.jonas.user)
    await world.press(dms(world.jonas)[greeted], "writeme", by=world.jonas.user)

    assert await standing(world, world.jonas) is Consent.GIVEN


@pytest.mark.parametrize("custom_id", ["writeme:1", "writeme:", "quiet:2", "quiet:me.me", "writeme:me/1"])
async def test_a_forged_press_changes_nothing(world: World, custom_id: str) -> None:
    await world.begin()
    before = await everything(world)

    result = await _forged.press(world, world.jonas, custom_id)

    assert "another version" in said(result)
    assert await everything(world) == before


async def test_buttons_work_after_a_restart(world: World) -> None:
    await world.begin()
    await accept(world, world.jonas)
    await world.restart()

    assert "Quiet from now on" in said(await world.press(dms(world.jonas)[0], "quiet", by=world.jonas.user))
    assert "I have just written to you" in said(await accept(world, world.jonas))
    assert len(dms(world.jonas)) == 2
