"""The friend whom a seeker trusts, on Discord: named, shown what would go out, told once, and said so."""

from __future__ import annotations

from bot.core.care import Became, StillThere
from bot.core.people import Person
from bot.usecases import consent
from cogs import _care
from tests.cogs._made import KEY, text_of
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of
from tests.cogs.test_care import COUNTS, SILENCE, again, dms_of, silent


async def test_before_anything_goes_out_it_is_shown_and_asked_once_more(world: World) -> None:
    message = await silent(world, friend=True)
    before = dms_of(world, world.jonas)

    shown = await world.press(message, "letknow")

    assert "Jonas" in said(shown)
    assert labels_of(shown.followups[0].message) == ["Send it", "Change the words", "Not now"]
    await world.press(shown.followups[0], "letbe")
    assert dms_of(world, world.jonas) == before


async def test_the_friend_reads_the_words_by_direct_message_and_the_channel_nothing(world: World) -> None:
    message = await silent(world, friend=True)
    in_channel = [words_of(one) for one in world.channel.history()]
    shown = await world.press(message, "letknow")
    form = await world.press(shown.followups[0], "letword")
    assert form.modal["title"] == "To Jonas"
    await world.submit(form, {"words": "Could you *ring* me?"})

    await world.press(shown.followups[0], "letsend")

    told = dms_of(world, world.jonas)
    assert "Maya asks me to tell you, and nobody else" in told
    assert r"Could you \*ring\* me?" in told
    assert not COUNTS.search(told)
    assert [words_of(one) for one in world.channel.history()] == in_channel
    assert "Jonas knows, as you wished" in words_of(await again(world, message))


async def test_a_friend_who_has_not_accepted_gets_nothing_and_the_seeker_reads_so(world: World) -> None:
    message = await silent(world, friend=True, accepts=False)
    in_channel = [words_of(one) for one in world.channel.history()]

    shown = await world.press(message, "letknow")

    assert "has not yet accepted" in said(shown)
    assert "letsend" not in ids_of(shown.followups[0].message)
    assert dms_of(world, world.jonas) == ""
    assert [words_of(one) for one in world.channel.history()] == in_channel


async def test_of_a_friend_who_ended_messages_it_is_said_that_they_want_none(world: World) -> None:
    message = await silent(world, friend=True)
    await world.jonas.slash(world.channel, "circle quiet")

    shown = await world.press(message, "letknow")

    assert "Jonas wants no messages from me. Perhaps you write to them yourself" in said(shown)
    assert "They want no messages from me" in said(await world.maya.slash(world.channel, "rhythm trusted"))


async def test_the_question_promises_no_word_to_a_friend_who_accepts_none(world: World) -> None:
    message = await silent(world, friend=True, accepts=False, unanswered=3)
    assert "Jonas has not accepted messages from me yet. So they hear nothing of this from me." in words_of(message)

    await consent.accept(world.app, Person("discord", "", str(world.jonas.id)), "Jonas")
    assert "As you wished, I let Jonas know" in words_of(await again(world, message))

    await world.jonas.slash(world.channel, "circle quiet")
    assert "Jonas wants no messages from me. So they hear nothing of this from me." in words_of(
        await again(world, message)
    )


async def test_a_sentence_that_is_too_long_is_refused_and_waits(world: World) -> None:
    message = await silent(world, friend=True)
    shown = await world.press(message, "letknow")
    form = await world.press(shown.followups[0], "letword")

    result = await world.submit(form, {"words": "x" * 301})

    assert "301 characters" in said(result)
    assert "tryagain" in ids_of(result.followups[-1].message)


async def test_a_trusted_friend_is_named_shown_and_cleared_and_hears_nothing_of_it(world: World) -> None:
    await world.begin()
    assert "named nobody" in said(await world.maya.slash(world.channel, "rhythm trusted"))

    named = await world.maya.slash(world.channel, "rhythm trusted", friend=world.jonas.user, words="Ring me")
    assert "**Jonas** is the friend you trust" in said(named)
    assert "only when you press" in said(named)
    assert "not yet accepted" in said(named)
    assert "Ring me" in said(named)
    assert named.ephemeral

    await world.press(named.followups[0] if named.followups else named.response, "trustnobody", by=world.maya)
    assert "named nobody" in said(await world.maya.slash(world.channel, "rhythm trusted"))
    assert dms_of(world, world.jonas) == ""


async def test_a_bot_and_oneself_cannot_be_the_trusted_friend(world: World) -> None:
    await world.begin()
    robot = world.env.create_user("robot", bot=True)
    assert "is a bot" in said(await world.maya.slash(world.channel, "rhythm trusted", friend=robot))
    assert "That is you" in said(await world.maya.slash(world.channel, "rhythm trusted", friend=world.maya.user))


def test_the_question_says_whether_the_friend_knows_and_whether_they_could_not_be_reached() -> None:
    asked = StillThere(KEY, SILENCE._replace(friend_id=2, friend="Jonas"), "Maya", "Jonas", by_itself=True)
    for became in (Became.OPEN, Became.HEARD):
        what = asked._replace(silence=asked.silence._replace(became=became))
        assert "Jonas knows, as you wished." in text_of(_care.still_there(what._replace(knows=True)))
        lost = text_of(_care.still_there(what._replace(unreached=True)))
        assert "I wrote to Jonas, as you wished, and it did not arrive." in lost
        assert "I let Jonas know" not in lost
