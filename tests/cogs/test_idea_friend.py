"""What a friend does with what they gave: changed, taken back, looked at."""

from __future__ import annotations

import pytest

from tests.cogs._idea import ALEX, TEACH, arrived, came, give, only, shown
from tests.cogs._week import everything, posted
from tests.cogs.conftest import World, ids_of, said, words_of


async def test_a_friend_changes_their_words_and_the_message_follows(world: World) -> None:
    await posted(world)
    given = await give(world)
    await world.tick()

    form = await world.press(shown(given), "reword", by=world.jonas)
    await world.submit(form, {"what": "Teach on Saturdays"}, by=world.jonas)

    assert "Teach on Saturdays" in words_of(arrived(world))
    assert TEACH["why"] in words_of(arrived(world))


async def test_a_friend_takes_it_back_and_the_seeker_reads_so(world: World) -> None:
    await posted(world)
    given = await give(world)
    await world.tick()
    message = arrived(world)

    await world.press(shown(given), "unidea", by=world.jonas)

    told = words_of(next(m for m in world.dms if m.id == message.id))
    assert "Jonas took this back" in told
    assert TEACH["what"] not in told
    assert "not given" in said(await world.jonas.slash(world.channel, "circle mine"))
    assert "Nothing is open" in said(await world.maya.slash(world.channel, "ideas list"))
    assert all(TEACH["what"] not in str(row) for row in (await everything(world))["ideas"])


async def test_a_friend_opens_one_of_theirs_and_takes_it_back_there(world: World) -> None:
    await came(world)
    mine = await world.jonas.slash(world.channel, "circle mine")
    number = str((await only(world))["id"])

    opened = await world.jonas.select(shown(mine), custom_id=ids_of(shown(mine))["openmine"], values=[number])
    await world.press(shown(opened), "unidea", by=world.jonas)

    assert (await only(world))["step"] == "withdrawn"


async def test_a_friend_never_reads_the_seekers_notes_or_others_gifts(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)

    told = said(await world.jonas.slash(world.channel, "circle mine"))

    assert TEACH["what"] in told
    assert ALEX["what"] not in told


@pytest.mark.parametrize("name", ["circle setup", "circle remove"])
async def test_whoever_may_not_manage_the_server_is_told_and_nothing_changes(world: World, name: str) -> None:
    await world.begin()
    before = await everything(world)

    result = await world.jonas.slash(world.channel, name, channel=world.channel)

    assert "Manage Server" in said(result)
    assert await everything(world) == before


async def test_friends_see_the_circles_commands(world: World) -> None:
    group = world.bot.tree.get_command("circle")
    assert group is not None
    assert group.default_permissions is None
