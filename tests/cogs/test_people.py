"""Starting, leaving and help, through the real bot."""

from __future__ import annotations

from tests.cogs.conftest import World, said, words_of


async def test_start_makes_a_seeker_and_sends_a_test_message(world: World) -> None:
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)

    result = await world.maya.slash(world.channel, "start", zone="Europe/Berlin")

    assert result.ephemeral
    assert "You are set up" in said(result)
    assert "Hello Maya" in words_of(world.dm)
