"""What goes wrong is told in words, and logged under an id without what people wrote."""

from __future__ import annotations

import logging

import pytest

from cogs import _reply
from tests.cogs import _forged
from tests.cogs._journal import asked
from tests.cogs._week import posted
from tests.cogs.conftest import World

SECRET = "nobody-may-log-this"


async def test_an_error_of_ours_is_told_by_an_id_that_the_log_has_too(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(world)
    await broken(world)

    pressed = await world.press(world.prompt(), "nottoday")
    result = await world.press(_forged.answers(pressed)[0], "rest")

    words = _forged.told(result)
    key = words.partition("“")[2].partition("”")[0]
    assert "Something went wrong on my side" in words
    assert f"error {key}: OperationalError" in caplog.text
    caplog.clear()


async def test_what_somebody_wrote_never_reaches_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await asked(world)
    await broken(world)

    with caplog.at_level(logging.INFO):
        await world.maya.user.send_dm(SECRET)
        await world.answer(mood="4", done=SECRET)
        _reply.report(ValueError(SECRET))

    assert caplog.text.count("error ") >= 3
    assert SECRET not in caplog.text
    caplog.clear()


async def broken(world: World) -> None:
    """Let every change of an occurrence fail, as a damaged database would."""
    async with world.app.db.writing() as tx:
        await tx.run("CREATE TRIGGER broken BEFORE UPDATE ON occurrences BEGIN SELECT count(*) FROM no_such_table; END")


async def test_where_the_interaction_is_over_nobody_is_told_and_nothing_breaks(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(world)
    before = await _forged.rows(world)
    world.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, times=None)

    await world.press(world.prompt(), "later")

    assert "could not be told" in caplog.text
    assert await _forged.rows(world) == before
    caplog.clear()


async def test_a_listener_that_fails_is_logged_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await posted(world)
    async with world.app.db.writing() as tx:
        await tx.run("DROP TABLE words")

    await world.jonas.send(world.channel, SECRET, reply_to=world.posts()[0])

    assert "OperationalError" in caplog.text
    assert SECRET not in caplog.text
    caplog.clear()
    world.env._errors.clear()  # that it failed is the point


async def test_a_command_of_another_version_gets_words(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.begin()
    data = {"id": "1", "name": "juggle", "type": 1, "options": []}

    result = await world.jonas._dispatch_interaction(_forged.COMMAND, world.channel, data)

    assert "That command has changed" in _forged.told(result)
    assert result.ephemeral
    world.env._errors.clear()  # discord.py raised what was told
