"""Every command: described, short, acknowledged before anything else, and for one pair of eyes in a server."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
from discord import app_commands

from tests.cogs.conftest import World, ids_of, said

NAMES = (
    "start", "leave", "help", "checkin", "reflect",
    "cheer", "rhythm friends",
    "rhythm show", "rhythm set", "rhythm pause", "rhythm resume", "rhythm silence", "rhythm trusted",
    "ask set", "ask list", "ask close",
    "week preview", "week draft", "week show", "week hide", "week unhide", "circle setup", "circle remove",
    "circle mine", "circle quiet", "circle join", "circle leave", "circle move", "circle hour",
    "idea", "ideas list", "ideas trail", "experiment new", "experiment list",
    "landed", "story export",
    "log applied", "log outreach", "log conversation", "log interview", "log offer", "log rejection", "log note",
    "search board", "search show", "search next", "search funnel", "search import", "search export", "search calendar",
    "goals set", "goals show", "goals ease",
    "host status",
)  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "start": {"zone": "Europe/Berlin"},
    "reflect": {"exercise": "looking-back"},
    "idea": {"who": "Maya"},
    "ask set": {"words": "Read my CV"},
    "week show": {"week": "this week"},
    "week unhide": {"name": "Acme"},
    "rhythm set": {"quiet": "21:00-09:00"},
    "rhythm silence": {"days": 5},
    "circle leave": {"circle": "maya-and-friends"},
    "log applied": {"company": "Acme", "role": "Engineer"},
    **{f"log {act}": {"company": "Acme"} for act in ("outreach", "conversation", "interview", "offer", "rejection")},
    "log note": {"company": "Acme", "note": "Ask for Anna"},
    "search show": {"application": "Acme"},
    "search import": {"file": ("list.csv", b"Company,Role\nAcme,Engineer\n")},
    "search export": {"format": "csv"},
    "goals set": {"activity": "applications", "each_week": 5},
}
OPENS_A_FORM = ("checkin", "reflect", "idea", "experiment new")
MOST_LINES = 15
DEFERRED, FORM = 5, 9  # kinds of answers to an interaction
EPHEMERAL = 1 << 6


def all_commands(world: World) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in world.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def options_of(world: World, name: str) -> dict[str, Any]:
    if name == "circle move":
        return {"channel": world.channel, "to": world.guild.create_text_channel("elsewhere")}
    return {"channel": world.channel} if name in ("circle setup", "circle remove") else OPTIONS.get(name, {})


async def test_the_commands_are_these_and_are_published_once_at_the_start(world: World) -> None:
    assert {command.qualified_name for command in all_commands(world)} == set(NAMES)
    puts = [r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(puts) == 1

    await world.bot.on_ready()

    again = [r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert again == puts


async def test_every_command_and_option_says_what_it_is(world: World) -> None:
    for command in world.bot.tree.walk_commands():
        assert 3 <= len(command.description) <= 100, command.qualified_name
        assert "!" not in command.description
    for command in all_commands(world):
        for option in command.parameters:
            described = str(option.description) not in ("", "…") or (option.min_value, option.max_value) == (0, 999)
            assert described, f"{command.qualified_name} {option.name}"
            assert len(str(option.description)) <= 100


async def test_every_command_is_short(world: World) -> None:
    for command in all_commands(world):
        source = textwrap.dedent(inspect.getsource(command.callback))
        function = ast.parse(source).body[0]
        assert isinstance(function, ast.AsyncFunctionDef)
        lines = (function.end_lineno or 0) - function.body[0].lineno
        assert lines <= MOST_LINES, f"{command.qualified_name} has {lines} lines"


async def by(world: World, name: str) -> Any:
    """Whoever may use a command; what it needs is there."""
    if name.startswith(("circle", "host")) and name not in ("circle join", "circle leave"):
        if name in ("circle remove", "circle move", "circle hour"):
            await world.sam.slash(world.channel, "circle setup", channel=world.channel)
        return world.sam
    await world.begin()
    return world.jonas if name == "idea" else world.maya


@pytest.mark.parametrize("name", NAMES)
async def test_a_command_in_a_server_is_acknowledged_first_and_seen_by_one(world: World, name: str) -> None:
    actor = await by(world, name)
    before = len(world.env.http_requests)

    result = await actor.slash(world.channel, name, **options_of(world, name))

    first = world.env.http_requests[before]
    assert first.path.endswith("/callback"), first.path
    assert first.json is not None
    if name in OPENS_A_FORM:
        assert first.json["type"] == FORM
        return
    assert first.json["type"] == DEFERRED
    assert first.json["data"]["flags"] == EPHEMERAL
    assert result.ephemeral
    assert all(answer.ephemeral for answer in result.followups)
    assert said(result)
    assert "went wrong" not in said(result)


FOR_ALL = ("start", "leave", "help", "cheer", "host", *(f"circle {way}" for way in ("setup", "remove", "m", "h", "q")))
SEEKERS = [name for name in NAMES if not name.startswith(FOR_ALL) and name != "idea"]


@pytest.mark.parametrize("name", SEEKERS)
async def test_who_has_not_started_is_told_how(world: World, name: str) -> None:
    await world.begin()

    result = await world.jonas.slash(world.channel, name, **options_of(world, name))

    assert "/start" in said(result)
    assert result.ephemeral
    assert result.modal is None


async def test_a_command_in_a_direct_message_answers_there(world: World) -> None:
    await world.begin()

    result = await world.maya.user.slash("rhythm show")

    assert "Your rhythm" in said(result)
    assert not result.ephemeral


@pytest.mark.parametrize("name", NAMES)
async def test_every_command_works_after_a_restart(world: World, name: str) -> None:
    actor = await by(world, name)
    await world.restart()

    result = await actor.slash(world.channel, name, **options_of(world, name))

    assert result.modal or "went wrong" not in said(result)


async def test_help_opens_by_button_too_and_differs_by_who_asks(world: World) -> None:
    await world.begin()
    welcome = next(message for message in world.channel.history() if "helpme" in ids_of(message))

    told = {}
    for actor in (world.maya, world.jonas, world.sam):
        result = await actor.click(welcome, custom_id=ids_of(welcome)["helpme"])
        assert [answer.ephemeral for answer in result.followups] == [True]
        told[actor.name] = said(result)

    assert len(set(told.values())) == 3
