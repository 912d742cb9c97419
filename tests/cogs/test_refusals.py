"""What the face says to the core while it rests, and where Discord refuses: an outcome each time, never an error."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.conversations import CaughtUp
from bot.core.delivery import CannotTell, Later, Sent, Unreachable
from bot.core.people import Person, Post
from bot.core.rhythm import Hello
from bot.store.trouble import Refused
from cogs._breaker import MOST, Breaker
from cogs._mark import carried
from tests.cogs import _forged
from tests.cogs.conftest import World, said

KEY = "0123456789abcdef0123"
HELLO = Hello(KEY, "Maya", ())
TOLD = "**I have not reached you** since"


def maya(world: World) -> Person:
    return Person("discord", "", str(world.maya.id))


async def greeting(world: World) -> tuple[Post, str]:
    """Maya has begun: her greeting, and the id that it carries."""
    await world.begin()
    row = await world.app.db.reading.one("SELECT id, post_channel, post_id FROM deliveries WHERE kind = 'hello'")
    assert row is not None
    return Post("discord", "", row["post_channel"], row["post_id"]), row["id"]


async def test_at_rest_nothing_is_read_answered_revised_or_taken_down(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    post, _ = await greeting(world)
    for _ in range(MOST):
        world.bot.breaker.count(403)
    caplog.clear()
    asked = len(world.env.http_requests)

    assert await world.bot.written(maya(world), post.channel, post.id) is None
    assert isinstance(await world.bot.answer(KEY, maya(world), post.channel, CaughtUp(3)), Later)
    assert isinstance(await world.bot.revise(post, HELLO), Later)
    assert isinstance(await world.bot.retract(post), Later)
    assert await world.bot.reactions(post) is None

    assert len(world.env.http_requests) == asked
    world.bot.breaker = Breaker()
    assert await world.bot.retract(post) == Sent(post)


@pytest.mark.parametrize(
    ("status", "code", "outcome"), [(403, 50007, Unreachable), (400, 40003, Later), (404, 10003, Unreachable)]
)
async def test_an_answer_that_discord_refuses_is_an_outcome(
    world: World, status: int, code: int, outcome: type
) -> None:
    post, _ = await greeting(world)
    world.env.inject_error("POST", f"/channels/{post.channel}/messages", status=status, code=code)

    assert isinstance(await world.bot.answer(KEY, maya(world), post.channel, CaughtUp(3)), outcome)


async def test_a_message_is_looked_for_where_the_conversation_is_by_now(world: World) -> None:
    post, key = await greeting(world)
    world.env.inject_error("GET", "/channels/4711/messages", status=404, code=10003)

    assert await world.bot.find(key, maya(world), world.now, "4711") == post


async def test_a_history_that_cannot_be_read_tells_nothing(world: World) -> None:
    post, key = await greeting(world)
    world.env.inject_error("GET", f"/channels/{post.channel}/messages", status=403, code=50001)

    assert isinstance(await world.bot.find(key, maya(world), world.now, post.channel), CannotTell)


def test_what_came_of_no_message_carries_no_delivery() -> None:
    assert carried(None) == ""


async def test_a_command_with_something_else_than_it_takes_is_told_under_an_id(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.begin()
    root = world.env.backend.find_command("circle", world.guild.id, type=1)
    assert root is not None
    option = {"name": "channel", "type": 7, "value": "4711"}  # a channel that is not told of
    setup = {"name": "setup", "type": 1, "options": [option]}
    data = {"id": root["id"], "name": "circle", "type": 1, "options": [setup], "resolved": {}}

    result = await world.sam._dispatch_interaction(_forged.COMMAND, world.channel, data)

    assert "Something went wrong on my side" in _forged.told(result)
    assert "TransformerError" in caplog.text
    caplog.clear()
    world.env._errors.clear()  # discord.py raised what was told


# ------------------------------------------------------------------ telling of closed direct messages


async def closed(world: World) -> None:
    """Maya was to be asked on Friday, and could not be."""
    await world.begin()
    world.env.inject_error("POST", f"/channels/{world.maya.user.dm_channel.id}/messages", status=403, code=50007)
    await world.until(2, 17, 30)


async def test_where_it_cannot_be_kept_that_they_were_told_the_command_is_answered_and_they_are_told_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await closed(world)

    def full(**_: Any) -> Any:
        raise Refused("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(world.app.db, "writing", full)
        first = said(await world.jonas.slash(world.channel, "help")) + said(
            await world.maya.slash(world.channel, "help")
        )
    assert TOLD in first

    assert TOLD in said(await world.maya.slash(world.channel, "help"))
    assert TOLD not in said(await world.maya.slash(world.channel, "help"))


async def test_an_error_while_it_is_told_is_logged_and_spoils_no_answer(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await closed(world)
    async with world.app.db.writing() as tx:
        await tx.run(
            "CREATE TRIGGER broken BEFORE UPDATE ON conversations BEGIN SELECT count(*) FROM no_such_table; END"
        )

    result = await world.maya.slash(world.channel, "help")

    assert TOLD in said(result)
    assert "Something went wrong" not in said(result)
    assert "OperationalError" in caplog.text
    caplog.clear()
