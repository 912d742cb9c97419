"""What on Discord may open a lost channel again: whatever it is, what waits goes out at once, not at the next try."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from simcord.backend import serializers

from tests.cogs._week import FRIDAY, choose, draft_of, written
from tests.cogs.conftest import World


async def waits_for_its_channel(world: World) -> None:
    """A week that Maya posted, and that Discord refused once; ten minutes are not over."""
    await written(world)
    await choose(world, FRIDAY)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50001)
    await world.press(draft_of(world), "post")
    await world.wait(minutes=1)
    assert world.posts() == []


async def a_role_of_its_own_comes_or_goes(world: World) -> None:
    """Discord tells a bot of its own member, with or without the intent for members; simcord does not."""
    backend = world.env.backend
    guild = backend.get_guild(world.guild.id)
    me = serializers.member_payload(backend, guild, guild.members[backend.bot_user.id])
    env, socket = cast(Any, world.env), cast(Any, world.bot.ws)
    with env._bot_scope():  # so that it is waited for like everything that the bot does
        socket._gateway.deliver("GUILD_MEMBER_UPDATE", {**me, "roles": [], "guild_id": str(guild.id)})


async def what_a_role_may_do_changes(world: World) -> None:
    backend = world.env.backend
    role = next(iter(backend.get_guild(world.guild.id).roles))
    backend.edit_role(world.guild.id, role, {"name": "walkers"})


async def it_is_invited_again(world: World) -> None:
    """A server that is joined is told without `unavailable`, which stands for one that was out of order."""
    backend = world.env.backend
    backend.emit("GUILD_DELETE", {"id": str(world.guild.id)})
    await world.env.settle()
    joined = dict(serializers.guild_create_payload(backend, backend.get_guild(world.guild.id)))
    del joined["unavailable"]
    backend.emit("GUILD_CREATE", joined)


async def its_permissions_in_the_channel_change(world: World) -> None:
    world.env.backend.edit_channel(world.channel.id, {"topic": "its permissions are back"})


@pytest.mark.parametrize(
    "happened",
    [
        a_role_of_its_own_comes_or_goes,
        what_a_role_may_do_changes,
        it_is_invited_again,
        its_permissions_in_the_channel_change,
    ],
    ids=lambda happened: happened.__name__,
)
async def test_what_waits_for_a_lost_channel_goes_out_as_soon_as_it_may_be_back(
    world: World, happened: Callable[[World], Awaitable[None]]
) -> None:
    await waits_for_its_channel(world)

    await happened(world)
    await world.env.settle()
    await world.tick()

    assert len(world.posts()) == 1


async def test_without_any_such_sign_it_is_tried_again_by_itself(world: World) -> None:
    await waits_for_its_channel(world)

    await world.tick()
    assert world.posts() == []
    await world.wait(minutes=9)

    assert len(world.posts()) == 1


async def test_a_server_without_a_lost_channel_has_nothing_to_try_again(world: World) -> None:
    await written(world)
    before = await world.app.db.reading.all("SELECT * FROM deliveries ORDER BY id")

    await what_a_role_may_do_changes(world)
    await world.env.settle()

    after = await world.app.db.reading.all("SELECT * FROM deliveries ORDER BY id")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
