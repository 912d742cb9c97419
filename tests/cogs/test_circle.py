"""Making and undoing a circle, through the real bot."""

from __future__ import annotations

import discord

from bot.core.circle import RULES
from bot.store import circle as rows
from tests.cogs import _forged
from tests.cogs._week import FRIDAY, choose, draft_of, posted, written
from tests.cogs.conftest import World, labels_of, said, words_of


async def names(world: World) -> list[str]:
    """The circles that there are."""
    return [circle.name for circle in await rows.everywhere(world.app.db.reading)]


async def test_setup_welcomes_with_what_comes_how_to_take_part_and_the_rules(world: World) -> None:
    result = await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    assert result.ephemeral
    assert f"<#{world.channel.id}> is a circle now" in said(result)
    [welcome] = world.channel.history()
    assert "Once a week" in words_of(welcome)
    assert "press *Cheer*" in words_of(welcome)
    assert all(rule in words_of(welcome) for rule in RULES)


async def test_the_welcome_explains_itself_to_a_friend_alone_even_after_a_restart(world: World) -> None:
    await world.begin()
    await world.restart()

    result = await world.press(world.channel.history()[0], "helpme", by=world.jonas)

    assert [answer.ephemeral for answer in _forged.answers(result)] == [True]
    assert "Somebody here is looking for their next work" in said(result)


async def test_a_second_setup_changes_nothing(world: World) -> None:
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    result = await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    assert "is a circle already" in said(result)
    assert len(world.channel.history()) == 1
    assert await names(world) == ["maya-and-friends"]


async def test_only_who_may_manage_the_server_makes_a_circle(world: World) -> None:
    result = await _forged.command(world, world.jonas, "circle setup", channel=world.channel)

    assert "takes the permission Manage Server" in said(result)
    assert world.channel.history() == []
    assert await names(world) == []


async def test_only_who_may_manage_the_server_undoes_a_circle(world: World) -> None:
    await world.begin()

    result = await _forged.command(world, world.jonas, "circle remove", channel=world.channel)

    assert "takes the permission Manage Server" in said(result)
    assert len(world.channel.history()) == 1
    assert await names(world) == ["maya-and-friends"]


async def test_missing_permissions_are_named_and_no_others(world: World) -> None:
    barred = discord.PermissionOverwrite(send_messages=False, attach_files=False)
    closed = world.guild.create_text_channel("closed", overwrites={world.guild.default_role: barred})

    result = await world.sam.slash(world.channel, "circle setup", channel=closed)

    assert "#closed" in said(result)
    assert "I am missing Send Messages, Attach Files there" in said(result)
    assert closed.history() == []
    assert await names(world) == []


async def test_a_welcome_that_discord_refuses_makes_no_circle(world: World) -> None:
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50013)

    refused = await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    assert "nothing was changed" in said(refused)
    assert await names(world) == []
    again = await world.sam.slash(world.channel, "circle setup", channel=world.channel)
    assert "is a circle now" in said(again)
    assert len(world.channel.history()) == 1


async def test_remove_takes_the_welcome_down(world: World) -> None:
    await world.begin()

    result = await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    assert "is no circle any more" in said(result)
    assert "can choose another with /circle join" in said(result)
    assert world.channel.history() == []
    assert await names(world) == []


async def test_what_was_posted_stays_when_a_circle_is_removed(world: World) -> None:
    post = await posted(world)

    await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    assert [message.id for message in world.channel.history()] == [post.id]


async def test_a_channel_that_is_no_circle_cannot_be_removed(world: World) -> None:
    result = await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    assert "That channel is no circle" in said(result)


async def test_a_removed_channel_can_become_a_circle_again(world: World) -> None:
    await world.begin()
    await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    result = await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    assert "is a circle now" in said(result)
    [welcome] = world.channel.history()
    assert "What is this?" in labels_of(welcome)


async def test_a_draft_says_where_it_goes(world: World) -> None:
    await written(world)

    assert f"It goes to #{world.channel.name}" in words_of(draft_of(world))


async def test_a_renamed_channel_goes_by_its_new_name(world: World) -> None:
    await written(world)
    world.env.backend.edit_channel(world.channel.id, {"name": "on-the-road"})
    await world.env.settle()

    assert "in #on-the-road" in said(await world.maya.slash(world.channel, "rhythm show"))


async def test_an_open_draft_says_the_new_name_of_its_channel(world: World) -> None:
    await written(world)
    world.env.backend.edit_channel(world.channel.id, {"name": "on-the-road"})
    await world.env.settle()

    assert "It goes to #on-the-road." in words_of(draft_of(world))


async def test_a_channel_renamed_while_the_bot_was_down_goes_by_its_new_name(world: World) -> None:
    await written(world)
    await world.bot.remove_cog("circle")
    world.env.backend.edit_channel(world.channel.id, {"name": "on-the-road"})
    await world.restart()

    assert "in #on-the-road" in said(await world.maya.slash(world.channel, "rhythm show"))


async def test_a_waiting_draft_learns_that_its_circle_is_gone_and_waits_for_another(world: World) -> None:
    await written(world)
    await choose(world, FRIDAY)
    await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    assert "There is no circle to post to any more" in words_of(draft_of(world))
    refused = await world.press(draft_of(world), "post")
    assert "You have no circle to post to" in said(refused)
    assert "Only you see this" in words_of(draft_of(world))

    other = world.guild.create_text_channel("elsewhere")
    await world.sam.slash(world.channel, "circle setup", channel=other)
    await world.maya.slash(world.channel, "start", zone="Europe/Berlin")
    await world.press(draft_of(world), "post")
    assert len(other.history()) == 2
    assert "Posted" in words_of(draft_of(world))


async def test_a_deleted_channel_is_no_circle_any_more(world: World) -> None:
    await written(world)

    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()

    assert await names(world) == []
    assert "There is no circle to post to any more" in words_of(draft_of(world))


async def test_another_deleted_channel_changes_nothing(world: World) -> None:
    await world.begin()
    other = world.guild.create_text_channel("elsewhere")

    world.env.backend.delete_channel(other.id)
    await world.env.settle()

    assert await names(world) == ["maya-and-friends"]
