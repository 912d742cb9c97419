"""Answering friends through the real bot: forms, what the friend reads, what stands in the channel."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import discord
import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from bot.core.consent import Consent, Greeting
from bot.core.reply import Brought, Reply, Sort
from cogs import _render
from tests.cogs import _forged
from tests.cogs._idea import arrived, came, give, shown
from tests.cogs._made import KEY, check_limits, names, words
from tests.cogs._week import everything, notes, posted
from tests.cogs.conftest import World, ids_of, said, words_of
from tests.cogs.test_consent import accept, dms

THANKS = "You saw it before I did"


async def thank(world: World, **values: str) -> Any:
    """Maya presses *Say thanks* on what arrived, and fills in the form."""
    return await world.submit(await world.press(arrived(world), "thank"), {"words": THANKS, **values})


def fields(shown: Any) -> dict[str, dict[str, Any]]:
    """The fields of a form by name, each with its label's description."""
    return {one["component"]["custom_id"]: {**one["component"], "hint": one.get("description") or ""}
            for one in shown.modal["components"]}  # fmt: skip


def in_channel(world: World) -> list[str]:
    """What stands in the channel below the week's post."""
    return [words_of(message) for message in world.posts() if "cheer" not in ids_of(message)]


async def noted(world: World, *friends: Any) -> discord.Message:
    """A note has brought Maya what friends left."""
    await posted(world)
    for friend in friends:
        await friend.react(world.posts()[0], "🎉")
    await world.until(5, 9)
    [note] = notes(world)
    return note


# ------------------------------------------------------------------ thanks


async def test_thanks_reach_the_friend_and_the_arrival_says_so(world: World) -> None:
    message = await came(world)
    await accept(world, world.jonas)

    result = await thank(world)

    assert "You thanked Jonas." in said(result)
    assert "You thanked Jonas." in words_of(arrived(world))
    last = words_of(dms(world.jonas)[-1])
    assert "Maya thanks you" in last
    assert "Teach an evening class" in last
    assert THANKS in last
    assert "quiet" in ids_of(dms(world.jonas)[-1])
    assert in_channel(world) == []
    assert message.id == arrived(world).id


async def test_until_a_yes_the_form_and_the_answer_say_that_it_waits(world: World) -> None:
    await came(world)
    form = await world.press(arrived(world), "thank")
    options = [option["label"] for option in fields(form)["way"]["options"]]
    assert options == ["By direct message, to Jonas alone, once accepted", "In #maya-and-friends, for all there to see"]
    assert "has not accepted messages from me yet" in fields(form)["words"]["hint"]

    result = await world.submit(form, {"words": THANKS})

    assert "Jonas has not accepted messages yet. I keep them until" in said(result)
    assert "has not accepted messages yet" in words_of(arrived(world))
    listed = words_of(shown(await world.maya.slash(world.channel, "ideas list")))
    assert "-# Your thanks wait until Jonas accepts messages" in listed
    assert dms(world.jonas) == []
    await accept(world, world.jonas)
    await world.tick()
    assert [THANKS in words_of(one) for one in dms(world.jonas)] == [False, True]
    assert "You thanked Jonas." in words_of(arrived(world))
    assert "-# Thanked" in words_of(shown(await world.maya.slash(world.channel, "ideas list")))


async def test_in_the_channel_the_friend_is_named_and_nobody_is_pinged(world: World) -> None:
    await came(world)

    result = await thank(world, way="1", words="Thank you @everyone <@1>")

    assert "You thanked Jonas in the channel." in said(result)
    [message] = in_channel(world)
    assert "Maya thanks Jonas" in message
    assert "Teach an evening class" not in message
    sent = [r.json for r in world.env.http_requests if r.path.endswith(f"/{world.channel.id}/messages") and r.json]
    assert sent[-1]["allowed_mentions"]["parse"] == []


async def test_a_friend_who_would_not_be_named_is_offered_no_channel(world: World) -> None:
    await came(world, named="no")
    form = await world.press(arrived(world), "thank")
    assert "way" not in fields(form)

    forged = await _forged.submit(world, world.maya.user, "thanked:1", {"words": THANKS, "way": "1"})

    assert "without their name" in _forged.told(forged)
    assert in_channel(world) == []


async def test_a_friend_who_ended_messages_is_named_so_and_the_channel_is_left(world: World) -> None:
    await came(world)
    await world.jonas.slash(world.channel, "circle quiet")

    form = await world.press(arrived(world), "thank")

    assert [option["value"] for option in fields(form)["way"]["options"]] == ["1"]
    refused = await _forged.submit(world, world.maya.user, "thanked:1", {"words": THANKS, "way": "person"})
    assert "Jonas wants no messages from me" in _forged.told(refused)
    assert "tryagain" in ids_of(_forged.answers(refused)[-1].message)
    assert dms(world.jonas) == []


async def test_with_no_way_left_the_seeker_is_told_instead_of_a_form(world: World) -> None:
    await came(world, named="no")
    await world.jonas.slash(world.channel, "circle quiet")

    result = await world.press(arrived(world), "thank")

    assert result.modal is None
    assert "no way to carry that" in said(result)


async def test_somebody_closed_is_found_out_once_and_the_seeker_reads_it(world: World) -> None:
    await came(world)
    await accept(world, world.jonas)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)

    result = await thank(world)

    assert "Jonas's direct messages are closed to me, or they left" in said(result)
    assert "were not sent" in words_of(arrived(world))
    assert in_channel(world) == []


async def test_the_same_form_sent_twice_is_one_message(world: World) -> None:
    await came(world)
    await accept(world, world.jonas)
    await thank(world)

    assert "said just that already" in said(await thank(world))

    assert len(dms(world.jonas)) == 2


async def test_words_that_are_refused_wait_behind_try_again(world: World) -> None:
    await came(world)
    await thank(world, way="1")
    refused = await thank(world, way="1")
    assert "tryagain" in ids_of(shown(refused))

    again = await world.press(shown(refused), "tryagain")

    assert fields(again)["words"]["value"] == THANKS
    assert [option.get("default") for option in fields(again)["way"]["options"]] == [False, True]


async def test_where_something_came_of_it_thanks_stand_out_and_no_message_more_comes(world: World) -> None:
    await came(world, "offer")
    await world.press(arrived(world), "yesplease")
    before = len(world.dms)
    for verb in ("introduced", "talked"):
        if verb in ids_of(arrived(world)):
            await world.press(arrived(world), verb)

    [thanks] = [one for one in buttons(arrived(world)) if one.label == "Say thanks"]
    due = "talked" not in ids_of(arrived(world)) and "introduced" not in ids_of(arrived(world))
    assert (thanks.style is discord.ButtonStyle.primary) is due
    assert due
    assert len([m for m in world.dms if not m.flags.ephemeral]) <= before


def buttons(message: discord.Message) -> list[Any]:
    """The buttons of a message."""
    view = discord.ui.LayoutView.from_message(message)
    return [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]


# ------------------------------------------------------------------ whoever presses


async def test_of_thirty_friends_in_a_note_every_one_can_be_thanked(world: World) -> None:
    names = [f"Friend {number:02}" for number in range(30)]
    friends = [world.guild.add_member(world.env.create_user(f"f{n}", global_name=name)) for n, name in enumerate(names)]
    note = await noted(world, *friends)

    asked = _forged.answers(await world.press(note, "thankcheer"))[-1]
    view = discord.ui.LayoutView.from_message(asked.message)
    menus = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
    assert [option.label for one in menus for option in one.options] == names
    assert [one.placeholder for one in menus] == ["Friend 00 to Friend 24", "Friend 25 to Friend 29"]

    last = menus[1]
    shown = await world.maya.user.select(asked, [last.options[-1].value], custom_id=last.custom_id)
    assert shown.modal["title"] == "Thanks to Friend 29"


@pytest.mark.parametrize("who", ["jonas", "aisha", "sam"])
@pytest.mark.parametrize("custom_id", ["thank:1", "decline:1", "thankcheer:{note}", "thankwhom:{note}"])
async def test_nobody_answers_for_the_seeker(world: World, who: str, custom_id: str) -> None:
    note = await noted(world, world.jonas)
    await give(world)
    await world.tick()
    key = ids_of(note)["readnote"].partition(":")[2]
    before = await everything(world)

    values = ["1"] if custom_id.startswith("thankwhom") else None
    result = await _forged.press(world, getattr(world, who), custom_id.format(note=key), values)

    assert result.modal is None
    assert "have not started" in _forged.told(result)
    assert await everything(world) == before


@pytest.mark.parametrize("ref", ["thanked:1", "declined:1", "cheerthanked:{note}.2"])
async def test_a_forged_form_changes_nothing(world: World, ref: str) -> None:
    note = await noted(world, world.jonas)
    await give(world)
    await world.tick()
    key = ids_of(note)["readnote"].partition(":")[2]
    before = await _forged.rows(world, "held", "people")

    result = await _forged.submit(world, world.aisha, ref.format(note=key), {"words": "Forged", "way": "1"})

    assert "have not started" in _forged.told(result)
    assert await _forged.rows(world, "held", "people") == before


@pytest.mark.parametrize("value", ["0", "999", "x", "1.1", ""])
async def test_a_friend_who_is_not_in_the_note_is_not_thanked(world: World, value: str) -> None:
    note = await noted(world, world.jonas)
    key = ids_of(note)["readnote"].partition(":")[2]

    result = await _forged.press(world, world.maya.user, f"thankwhom:{key}", [value])

    assert result.modal is None
    assert "went wrong" not in _forged.told(result)


# ------------------------------------------------------------------ how it looks


@example(words(1000), names, names, words(1000), st.sampled_from(Sort), st.booleans())
def test_a_reply_of_any_words_keeps_to_discords_limits(
    text: str, seeker: str, friend: str, idea: str, sort: Sort, in_circle: bool
) -> None:
    made = datetime(2026, 1, 4, 18, tzinfo=UTC)
    reply = Reply(1, sort, 1, seeker, 2, friend, 3, None, in_circle, False, text, made)

    check_limits(_render.message(Brought(KEY, reply, idea)).view)


@example(names, st.sampled_from(Consent))
def test_a_greeting_of_any_name_keeps_to_discords_limits(name: str, consent: Consent) -> None:
    check_limits(_render.message(Greeting(KEY, name, consent)).view)


def test_the_channel_learns_names_and_words_alone() -> None:
    made = datetime(2026, 1, 4, 18, tzinfo=UTC)
    reply = Reply(1, Sort.THANKS, 1, "Maya", 2, "Jonas", 3, None, True, False, THANKS, made)
    view = _render.message(Brought(KEY, reply, "")).view

    said = [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]

    assert said == ["### Maya thanks Jonas", THANKS]
    assert date(2026, 1, 4) == made.date()
