"""Care on Discord: the question to a silent seeker, its buttons by every role, and /help with where to turn."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.care import Became, Confided, Confiding, Friend, Silence, StillThere, Trust, Watch
from bot.core.consent import Consent
from bot.core.people import Person
from bot.usecases import consent
from cogs import _care, _render
from cogs._press import REFS
from cogs._reach import LOOKS
from tests.cogs import _forged, _made
from tests.cogs._made import KEY, NOW, check_limits
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of
from tests.cogs.test_commands import all_commands

NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
COUNTS = re.compile(rf"\b(?:\d+|{NUMBERS})\s+(?:more\s+)?(?:day|week|question|time)|\bmissed\b", re.IGNORECASE)


async def silent(world: World, *, friend: bool = False, accepts: bool = True, **options: int) -> discord.Message:
    """Maya has gone silent and is asked; she may have named Jonas before."""
    await world.begin()
    if friend:
        await world.maya.slash(world.channel, "rhythm trusted", friend=world.jonas.user, **options)
        if accepts:
            await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    await world.until(2, 17, 30)
    await world.until(12, 9)
    return world.prompt("carefine")


def dms_of(world: World, member: Any) -> str:
    """All that stands in somebody's direct messages."""
    return "\n".join(words_of(message) for message in member.user.dm_channel.history(viewer=member.user))


async def again(world: World, message: discord.Message) -> discord.Message:
    """The same message as it stands now."""
    return next(one for one in world.dms if one.id == message.id)


# ------------------------------------------------------------------ the question


async def test_the_question_is_gentle_counts_nothing_and_offers_what_may_help(world: World) -> None:
    message = await silent(world)

    assert labels_of(message) == ["I am fine", "Pause", "Lighten the rhythm", "Where to turn"]
    assert "nothing is owed" in words_of(message)
    assert not COUNTS.search(words_of(message))
    assert "!" not in words_of(message)


async def test_a_friend_may_be_let_know_only_where_one_is_named(world: World) -> None:
    message = await silent(world, friend=True)

    assert "Let a friend know" in labels_of(message)
    assert "Nobody else hears that I ask." in words_of(message)


async def test_who_chose_that_a_friend_hears_by_itself_reads_so_in_the_question(world: World) -> None:
    message = await silent(world, friend=True, unanswered=3)

    assert "As you wished, I let Jonas know" in words_of(message)
    assert not COUNTS.search(words_of(message))


async def test_who_is_fine_presses_once_also_after_a_restart(world: World) -> None:
    message = await silent(world)
    await world.restart()

    await world.press(message, "carefine")

    shown = await again(world, message)
    assert "Good to know" in words_of(shown)
    assert labels_of(shown) == ["Where to turn"]


async def test_a_plain_word_is_enough(world: World) -> None:
    message = await silent(world)

    await world.maya.user.send_dm("Still here, only tired")
    await world.tick()

    assert "Good to hear from you" in words_of(await again(world, message))


async def test_only_looking_and_what_is_refused_is_no_answer(world: World) -> None:
    message = await silent(world)

    await world.press(message, "helpme")
    await world.maya.slash(world.channel, "rhythm show")
    await world.press(message, "carepause")
    await world.tick()

    await world.maya.slash(world.channel, "rhythm set", quiet="never ending")
    await world.tick()

    assert "carefine" in ids_of(await again(world, message))

    await world.maya.slash(world.channel, "rhythm set", quiet="21:00-09:00")
    await world.tick()
    assert "Good to hear from you" in words_of(await again(world, message))


async def test_a_pause_opens_by_a_press_and_lasts_as_chosen(world: World) -> None:
    message = await silent(world)

    choices = await world.press(message, "carepause")
    assert labels_of(choices.followups[0].message) == ["A week", "Two weeks", "Until I say so"]
    await world.maya.user.click(choices.followups[0].message, custom_id="pausefor:1.7")

    assert "Paused until Mon 19 January" in said(await world.maya.slash(world.channel, "rhythm show"))
    assert "You rest now" in words_of(await again(world, message))


async def test_a_lighter_rhythm_shows_what_it_becomes_and_how_to_undo_it(world: World) -> None:
    message = await silent(world)

    told = said(await world.press(message, "lighten"))

    assert "Mon, Wed and Fri" in told
    assert "/rhythm set what: Check-in days: weekdays" in told
    assert "already" in said(await _forged.press(world, world.maya.user, "lighten:1"))
    undone = await world.maya.slash(world.channel, "rhythm set", what="checkin", days="weekdays")
    assert "weekdays" in said(undone)


# ------------------------------------------------------------------ who may press


@pytest.mark.parametrize("verb", ["carefine", "carepause", "lighten", "letknow"])
async def test_nobody_else_can_press_for_the_seeker(world: World, verb: str) -> None:
    message = await silent(world, friend=True)
    await world.aisha.slash(world.channel, "start", zone="Europe/Berlin")

    for actor, words in ((world.jonas, "You have not started"), (world.aisha, "meant for somebody else")):
        assert words in _forged.told(await _forged.press(world, actor, ids_of(message)[verb]))

    assert "carefine" in ids_of(await again(world, message))


@pytest.mark.parametrize("custom_id", ["carefine:999", "pausefor:1.365", "lighten:x", "letsend:999", "trustnobody:2"])
async def test_a_button_that_was_never_sent_changes_nothing(world: World, custom_id: str) -> None:
    await silent(world)
    result = await _forged.press(world, world.maya.user, custom_id)
    assert "no longer" in said(result)


# ------------------------------------------------------------------ set beforehand


async def test_the_rhythm_shows_when_it_asks_and_silence_can_be_turned_off(world: World) -> None:
    await world.begin()
    assert "after ten days without an answer" in said(await world.maya.slash(world.channel, "rhythm show"))

    told = said(await world.maya.slash(world.channel, "rhythm silence", days=0))

    assert "I don't ask" in told
    assert "If it gets quiet" not in said(await world.maya.slash(world.channel, "rhythm show"))
    await world.until(2, 17, 30)
    await world.until(30, 9)
    assert not [message for message in world.dms if "carefine" in ids_of(message)]


def test_what_only_looks_is_known_by_name(world: World) -> None:
    assert {command.qualified_name for command in all_commands(world)} | set(REFS) >= LOOKS


# ------------------------------------------------------------------ where to turn


async def test_starting_says_what_cairn_is_not_and_where_to_turn(world: World) -> None:
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    told = said(await world.maya.slash(world.channel, "start", zone="Europe/Berlin", country="Ireland"))

    assert "not counselling" in told
    assert "Where to turn · Ireland" in told
    assert "116 123" in told
    assert "Ireland" in said(await world.maya.slash(world.channel, "help"))


async def test_help_tells_the_lines_of_the_zones_country_and_of_one_that_is_named(world: World) -> None:
    await world.begin()
    guessed = said(await world.maya.slash(world.channel, "help"))
    assert "Where to turn · Germany" in guessed
    assert "/help country:" in guessed

    assert "988" in said(await world.maya.slash(world.channel, "help", country="US"))
    assert "Lifeline" in said(await world.jonas.slash(world.channel, "help", country="AU"))
    assert "findahelpline.com" in said(await world.jonas.slash(world.channel, "help"))
    assert "I don't know the country" in said(await world.jonas.slash(world.channel, "help", country="Atlantis"))


async def test_a_country_is_found_as_it_is_typed(world: World) -> None:
    await world.begin()
    for command in ("help", "start"):
        found = await world.maya.autocomplete(world.channel, command, "country", "irel")
        assert found[0]["name"] == "Ireland"


# ------------------------------------------------------------------ limits

SILENCE = Silence(1, 1, Became.OPEN, None, "", "", pressed=False)


@given(_made.names, st.sampled_from(Became), _made.names, st.booleans(), st.booleans())
def test_whatever_the_names_the_question_fits(
    name: str, became: Became, friend: str, by_itself: bool, knows: bool
) -> None:
    what = StillThere(KEY, SILENCE._replace(became=became), name, friend, by_itself, knows)
    check_limits(_render.message(what).view)


@given(_made.names, _made.words(300), st.booleans(), st.sampled_from(Consent))
def test_whatever_the_words_what_the_friend_reads_fits(name: str, words: str, flag: bool, said: Consent) -> None:
    check_limits(_render.message(Confided(KEY, name, words, pressed=flag)).view)
    check_limits(_care.confiding(Confiding(1, name, words, words, said)))
    watch = Watch(10, 3 if flag else 0, NOW, Friend(1, Person("discord", "", "1"), name), words)
    check_limits(_care.trust(Trust(watch, words, said)))
