"""Whatever a message says by now, its delivery's id is in it, and so it is found again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from discord.ui import Button

from bot.store import delivery as rows
from cogs._layout import layout
from cogs._mark import keys, mark
from cogs._press import button
from tests.cogs._rhythm import leave_out, put_off
from tests.cogs.conftest import World


async def answered(world: World) -> None:
    await world.answer(mood="4", done="a walk")


async def shared(world: World) -> None:
    await answered(world)
    await world.press(world.prompt("share"), "share")


async def hidden(world: World) -> None:
    await shared(world)
    await world.press(world.prompt("hide"), "hide")


async def changed(world: World) -> None:
    await answered(world)
    await world.submit(await world.press(world.prompt("change"), "change"), {"done": "two walks"})


async def counted(world: World) -> None:
    await answered(world)
    await world.submit(await world.press(world.prompt("numbers"), "numbers"), {"applications": "2"})


async def put_off_for_20_minutes(world: World) -> None:
    await put_off(world, "20m")


async def asked_again(world: World) -> None:
    await put_off(world, "20m")
    await world.wait(minutes=21)


async def rested(world: World) -> None:
    await leave_out(world, "rest")


async def skipped(world: World) -> None:
    await leave_out(world, "skip")


async def drafted(world: World) -> None:
    await shared(world)
    await world.until(4, 18)


async def edited(world: World) -> None:
    await drafted(world)
    await world.submit(await world.press(world.prompt("edit"), "edit"), {"words": "A good week"})


async def posted(world: World) -> None:
    await drafted(world)
    await world.press(world.prompt("post"), "post")


async def taken_down(world: World) -> None:
    await posted(world)
    await world.press(world.prompt("takedown"), "takedown")


async def left_out(world: World) -> None:
    await drafted(world)
    await world.press(world.prompt("skipweek"), "skipweek")


HAPPENED = [
    *(answered, shared, hidden, changed, counted, put_off_for_20_minutes, asked_again, rested, skipped),
    *(drafted, edited, posted, taken_down, left_out),
]


@pytest.mark.parametrize("happened", HAPPENED, ids=lambda happened: happened.__name__)
async def test_what_stands_is_found_whatever_happened_to_it(
    world: World, happened: Callable[[World], Awaitable[None]]
) -> None:
    await world.begin()
    await world.until(2, 17, 30)
    await happened(world)
    tx = world.app.db.reading
    standing = [await rows.get(tx, row["id"]) for row in await tx.all("SELECT id FROM deliveries WHERE post_id > ''")]
    assert len(standing) >= 3
    for delivery in standing:
        assert delivery is not None
        found = await world.bot.find(delivery.id, delivery.to, delivery.due_at - timedelta(minutes=5))
        assert found == delivery.post, delivery.kind


def test_a_view_that_names_its_delivery_is_left_alone() -> None:
    view = mark(layout(["words"], [button("later", "abc", "Later"), button("change", 1, "Change")]), "abc")
    ids = [item.custom_id for item in view.walk_children() if isinstance(item, Button)]
    assert ids == ["later:abc", "change:1"]


def test_an_id_is_read_from_both_of_its_places() -> None:
    assert keys("later:abc") == {"abc"}
    assert keys("change:1~abc") == {"1", "abc"}
