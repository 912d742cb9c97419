"""Closed direct messages and lost channels on Discord: who is told, where, how often, and how it goes on."""

from __future__ import annotations

import discord
import pytest

from bot.core.people import Person
from tests.cogs._week import FRIDAY, choose, draft_of, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

TOLD = "**I have not reached you** since"


@pytest.fixture(autouse=True)
async def hosted(world: World) -> None:
    """Sam hosts."""
    world.app.settings = world.app.settings._replace(host=Person("discord", "", str(world.sam.id)))


def close(world: World, times: int | None = 1) -> None:
    """Maya's direct messages are closed for so many sends."""
    path = f"/channels/{world.maya.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=times)


async def closed(world: World) -> None:
    """Maya was to be asked on Friday, and could not be."""
    await world.begin()
    close(world)
    await world.until(2, 17, 30)
    await world.wait(minutes=5)


def to_host(world: World) -> list[str]:
    """What stands in the host's direct messages."""
    return [words_of(message) for message in world.sam.user.dm_channel.history(viewer=world.sam.user)]


async def test_the_next_command_tells_her_alone_and_the_one_after_brings_the_question(world: World) -> None:
    await closed(world)

    first = await world.maya.slash(world.channel, "rhythm show")
    assert TOLD in said(first)
    assert all(answer.ephemeral for answer in first.followups)
    await world.wait(minutes=2)
    second = await world.maya.slash(world.channel, "rhythm show")

    assert TOLD not in said(second)
    assert "A little late" in words_of(world.dm)
    assert {"answer", "later"} <= set(ids_of(world.dm))


async def test_a_press_tells_her_too_and_so_does_a_form(world: World) -> None:
    await world.begin()
    welcome = next(message for message in world.channel.history() if "helpme" in ids_of(message))
    close(world)
    await world.until(2, 17, 30)
    await world.wait(minutes=5)

    assert TOLD in said(await world.press(welcome, "helpme", by=world.maya))
    await world.wait(minutes=5)
    close(world)
    assert TOLD in said(await world.press(welcome, "helpme", by=world.maya))
    await world.wait(minutes=5)
    form = await world.maya.slash(world.channel, "checkin")
    assert form.modal
    assert TOLD not in said(form)


async def test_a_refused_command_tells_her_as_well(world: World) -> None:
    await closed(world)

    result = await world.maya.slash(world.channel, "rhythm resume")

    assert "You are not in a pause" in said(result)
    assert TOLD in said(result)


async def test_a_form_that_comes_back_tells_her(world: World) -> None:
    await closed(world)

    form = await world.maya.slash(world.channel, "checkin")
    result = await world.submit(form, {"mood": "4"}, by=world.maya)

    assert TOLD in said(result)


async def test_start_says_it_once(world: World) -> None:
    close(world)
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    result = await world.maya.slash(world.channel, "start", zone="Europe/Berlin")

    assert "I could not write to you" in said(result)
    assert TOLD not in said(result)


async def test_a_direct_message_of_hers_brings_the_question(world: World) -> None:
    await closed(world)

    await world.maya.user.send_dm("I am back")

    assert any("answer" in ids_of(message) for message in world.dms)


async def test_others_are_told_nothing(world: World) -> None:
    await closed(world)

    assert TOLD not in said(await world.jonas.slash(world.channel, "help"))


async def test_the_host_is_told_once_without_her_name_and_told_when_it_is_over(world: World) -> None:
    await closed(world)

    [told] = to_host(world)
    assert "I can't write to somebody" in told
    assert "Maya" not in told
    await world.maya.slash(world.channel, "help")
    await world.wait(minutes=2)
    await world.maya.slash(world.channel, "help")
    await world.tick()

    [told] = to_host(world)
    assert "That is over" in told


async def test_the_circle_is_told_only_where_she_chose_it_and_nobody_is_pinged(world: World) -> None:
    await world.begin()
    shown = await world.maya.slash(world.channel, "rhythm show")
    assert "I say so at your next command only" in said(shown)
    changed = await world.maya.slash(world.channel, "rhythm set", unreachable="circle")
    assert "at your next command and in #maya-and-friends" in said(changed)
    close(world)
    await world.until(2, 17, 30)
    await world.tick()

    line = world.posts()[-1]
    assert words_of(line).startswith("Maya, I can't write to you")
    assert not line.mentions
    result = await world.press(line, "helpme", by=world.maya)
    assert TOLD in said(result)


async def test_a_week_waits_for_its_channel_and_a_permission_given_back_sends_it(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50013)

    result = await world.press(draft_of(world), "post")

    assert "goes out by itself as soon as I may. I told my host." in said(result)
    assert "I can't write in #maya-and-friends at the moment" in words_of(draft_of(world))
    assert "Take down" in labels_of(draft_of(world))
    await world.wait(minutes=1)
    assert world.posts() == []
    assert "I can't write in #maya-and-friends" in to_host(world)[0]

    world.env.backend.edit_channel(world.channel.id, {"topic": "its permissions are back"})
    await world.env.settle()
    await world.tick()

    assert len(world.posts()) == 1
    assert "Posted." in words_of(draft_of(world))
    assert "again" in to_host(world)[0]


async def test_the_host_sees_in_two_seconds_whether_all_is_well(world: World) -> None:
    await world.begin()
    await world.until(2, 17, 30)

    result = await world.sam.slash(world.channel, "host status")

    told = said(result)
    assert len(told.splitlines()) <= 9
    assert told.startswith("## All is well")
    assert "**Due now** 0" in told
    assert "**Last 24 hours** 1 sent" in told
    assert "**Out of reach** nobody" in told
    assert "discord.py " + discord.__version__ in told
    assert result.ephemeral


async def test_looking_again_changes_the_view_that_is_there(world: World) -> None:
    await world.begin()
    first = await world.sam.slash(world.channel, "host status")
    await world.until(2, 17, 30)

    again = await world.press(first.response, "status", by=world.sam)

    assert again.followups == []
    assert "**Last 24 hours** 1 sent" in said(again)


async def test_from_an_alert_the_host_sees_how_all_is(world: World) -> None:
    await closed(world)
    alert = next(iter(world.sam.user.dm_channel.history(viewer=world.sam.user)))

    result = await world.press(alert, "status", by=world.sam.user)

    assert "All is well" in said(result)
    assert "I can't write to somebody" in to_host(world)[0]


async def test_the_host_sees_what_lasts_first(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013, times=None)
    await world.press(draft_of(world), "post")

    told = said(await world.sam.slash(world.channel, "host status"))

    assert told.startswith("## Something needs you\n- **I can't write in #maya-and-friends**")
    assert "**Out of reach** #maya-and-friends" in told
    assert "Maya" not in told


async def test_nobody_else_sees_it(world: World) -> None:
    await world.begin()

    for actor in (world.jonas, world.maya):
        result = await actor.user.slash("host status")
        assert said(result) == "Only whoever hosts me can see this."
