"""What happens around the loop: two friends at one moment, a friend who leaves. It goes on, in words."""

from __future__ import annotations

import asyncio

from tests.cogs import _forged
from tests.cogs._idea import TEACH, arrived, give
from tests.cogs._week import posted
from tests.cogs.conftest import World, ids_of, words_of
from tests.cogs.test_consent import accept, dms


async def test_two_friends_who_press_at_the_same_time_are_both_heard(world: World) -> None:
    ids = ids_of(await posted(world))
    pressed = await asyncio.gather(
        *(
            _forged.press(world, friend, ids[verb])
            for friend in (world.jonas, world.aisha)
            for verb in ("cheer", "idea")
        )
    )
    assert all(result.modal for result in pressed)

    key = ids["cheer"].partition(":")[2]
    given = await asyncio.gather(
        _forged.submit(world, world.jonas, f"said:{key}", {"words": "Proud of you"}),
        _forged.submit(world, world.aisha, f"said:{key}", {"words": "Well walked"}),
        _forged.submit(world, world.jonas, f"ideagiven:{key}", {"what": TEACH["what"]}),
        _forged.submit(world, world.aisha, f"ideagiven:{key}", {"what": "Drive a tram"}),
    )

    for result, words in zip(given, ["Proud of you", "Well walked", TEACH["what"], "Drive a tram"], strict=True):
        assert words in _forged.told(result)
    await world.until(5, 9)
    told = "\n".join(words_of(message) for message in world.dms)
    for words in (
        "Proud of you",
        "Well walked",
        "Jonas has an idea",
        "Aisha has an idea",
        TEACH["what"],
        "Drive a tram",
    ):
        assert words in told


async def test_a_friend_who_leaves_the_server_stays_in_the_loop(world: World) -> None:
    await posted(world)
    await accept(world, world.jonas)
    await give(world)
    await world.tick()
    world.guild.remove_member(world.jonas)
    await world.env.settle()

    form = await world.press(arrived(world), "tryidea")
    await world.submit(form, {"on": "thursday"})
    await world.until(8, 9)
    await world.submit(await world.press(world.prompt("happened"), "happened"), {"learned": "Much"})
    told = await world.submit(await world.press(arrived(world), "thank"), {"words": "Thank you"})
    await world.tick()

    assert "You thanked Jonas." in _forged.told(told)
    assert "Thank you" in words_of(dms(world.jonas)[-1])
