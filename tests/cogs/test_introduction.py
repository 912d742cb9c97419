"""Introductions through the real bot: what a friend reads after *Yes, please*, and what their buttons do."""

from __future__ import annotations

import discord
from hypothesis import given, settings

from bot.core.idea import Idea
from bot.core.introduction import Introduction
from bot.core.people import Person
from bot.usecases import consent
from cogs import _render
from tests.cogs import _forged
from tests.cogs._idea import ideas
from tests.cogs._made import KEY, check_limits
from tests.cogs._week import posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

LENA = "Lena, who draws robot arms"


async def offered(world: World, *, accepts: bool = True) -> discord.Message:
    """Jonas's offer stands in Maya's direct messages."""
    await posted(world)
    if accepts:
        await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    shown = await world.press(world.posts()[0], "offer", by=world.jonas)
    await world.submit(shown, {"what": LENA, "why": "We studied together", "through": "yes"}, by=world.jonas)
    await world.tick()
    return world.prompt("yesplease")


def of_jonas(world: World) -> list[discord.Message]:
    return world.jonas.user.dm_channel.history(viewer=world.jonas.user)


async def test_a_friend_hears_the_yes_and_says_that_they_are_in_touch(world: World) -> None:
    message = await offered(world)
    heard = said(await world.press(message, "yesplease"))
    assert "Jonas has heard your yes." in heard

    told = of_jonas(world)[-1]
    assert "Maya would like that introduction" in words_of(told)
    assert LENA in words_of(told)
    assert labels_of(told) == ["They are in touch", "It fell through", "Stop these messages"]
    await world.press(told, "intouch", by=world.jonas.user)

    assert "You have put Maya in touch" in words_of(of_jonas(world)[-1])
    assert "Jonas has introduced you." in words_of(next(m for m in world.dms if m.id == message.id))
    await world.tick()
    assert "## Jonas has introduced you" in words_of(world.dm)
    assert words_of(world.dm).count("introduced") == 1
    assert "pass on" not in words_of(world.dm)
    await world.press(world.prompt("talked"), "talked")
    assert "Maya has talked with them" in words_of(of_jonas(world)[-1])


async def test_what_fell_through_reaches_the_seeker_who_can_thank_all_the_same(world: World) -> None:
    await world.press(await offered(world), "yesplease")

    await world.press(of_jonas(world)[-1], "fellthrough", by=world.jonas.user)
    await world.tick()

    assert "Jonas's introduction fell through" in words_of(world.dm)
    assert labels_of(world.dm) == ["In touch after all", "Say thanks"]
    assert labels_of(of_jonas(world)[-1]) == ["They are in touch after all", "Stop these messages"]


async def test_without_consent_the_friend_finds_the_same_buttons_in_circle_mine(world: World) -> None:
    heard = said(await world.press(await offered(world, accepts=False), "yesplease"))
    assert "has not accepted messages yet" in heard
    assert of_jonas(world) == []

    listed = await world.jonas.slash(world.channel, "circle mine")
    assert "Maya would like that" in said(listed)
    assert listed.response
    picked = await world.jonas.select(
        listed.response, custom_id=ids_of(listed.response.message)["openmine"], values=["1"]
    )
    opened = picked.followups[0]
    assert labels_of(opened.message) == ["They are in touch", "It fell through", "Change", "Take back"]
    assert "write one message to both" in words_of(opened.message)
    await world.press(opened, "intouch", by=world.jonas)

    assert "Jonas has introduced you." in words_of(world.prompt("talked"))


async def test_a_no_that_is_not_told_leaves_the_friends_message_as_it_was(world: World) -> None:
    await world.press(await offered(world), "yesplease")
    before = of_jonas(world)[-1]

    await _forged.press(world, world.maya.user, "hush:1")

    after = of_jonas(world)[-1]
    assert (words_of(after), labels_of(after)) == (words_of(before), labels_of(before))
    told = await world.press(after, "intouch", by=world.jonas.user)
    assert "Nothing more is needed from you for this one." in said(told)


@settings(max_examples=25, deadline=None)
@given(ideas)
def test_whatever_the_offer_discord_takes_what_its_friend_reads(idea: Idea) -> None:
    check_limits(_render.message(Introduction(KEY, idea)).view)
