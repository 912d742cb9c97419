"""Planning the talk that an offer leads to, through the real bot, and being offered to say thanks for it."""

from __future__ import annotations

from typing import Any

import discord

from tests.cogs import _forged
from tests.cogs._week import posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

LENA = "Lena, who draws robot arms"
LEARNED = "They start at ten"
OFFERED = "Would you like to tell Jonas what came of it?"


async def welcome(world: World) -> Any:
    """Jonas's offer came, and Maya said yes; the answer to that."""
    await posted(world)
    shown = await world.press(world.posts()[0], "offer", by=world.jonas)
    await world.submit(shown, {"what": LENA, "why": "We studied together", "through": "no"}, by=world.jonas)
    await world.tick()
    return await world.press(world.prompt("yesplease"), "yesplease")


async def had(world: World) -> discord.Message:
    """The talk was planned and had; what the message says that asked about it."""
    shown = await world.press((await welcome(world)).followups[0], "tryidea", by=world.maya.user)
    await world.submit(shown, {"on": "thursday", "question": "What is a day like?"})
    await world.until(8, 9)
    asked = world.prompt("happened")
    assert "Today you wanted to have this talk" in words_of(asked)
    await world.submit(await world.press(asked, "happened"), {"learned": LEARNED})
    return again(world, asked)


def again(world: World, message: discord.Message) -> discord.Message:
    """What a direct message says now."""
    return next(m for m in world.dms if m.id == message.id)


async def test_after_a_yes_the_talk_can_be_planned_at_once(world: World) -> None:
    heard = await welcome(world)
    assert "Jonas sees how far it is, and nothing that you write for yourself." in said(heard)

    shown = await world.press(heard.followups[0], "tryidea", by=world.maya.user)
    assert (shown.modal["title"], shown.modal["components"][0]["label"]) == ("Plan the talk", "With whom")
    told = _forged.told(await world.submit(shown, {"on": "thursday"}))

    assert "A talk on Thu 8 January" in told
    assert LENA in told
    assert "Plan the talk" in labels_of(world.prompt("talked"))


async def test_a_talk_that_was_had_offers_to_say_thanks_until_that_is_done(world: World) -> None:
    message = await had(world)
    offer = next(m for m in world.dms if "knows someone" in words_of(m))
    assert all(words in words_of(message) for words in ("You had this talk", LEARNED, OFFERED))
    assert "You have talked." in words_of(offer)
    assert OFFERED in words_of(offer)

    await world.submit(await world.press(message, "thank"), {"words": "That opened a door"})

    assert OFFERED not in words_of(again(world, message)) + words_of(again(world, offer))
    assert "You said thanks." in words_of(again(world, message))
    assert "thank" in ids_of(again(world, message))


async def test_thanks_that_were_said_before_are_offered_anew_once_something_came_of_it(world: World) -> None:
    await welcome(world)
    message = world.prompt("talked")
    await world.submit(await world.press(message, "thank"), {"words": "Thank you for thinking of me"})
    assert OFFERED not in words_of(again(world, message))
    await world.wait(minutes=1)

    await world.press(message, "talked")

    assert OFFERED in words_of(again(world, message))
