"""Who may see and do what: each command, button, form and message, tried as each role in one lived-in world."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from discord import app_commands

from bot.core.delivery import Kind
from cogs._forms import FORMS
from cogs._press import PRESSES
from tests.cogs._privacy_page import PAGE, page
from tests.cogs._privacy_story import lived
from tests.cogs._privacy_table import Line, lines
from tests.cogs._privacy_trial import DONE, FIRST, Trials, Tried, trials
from tests.cogs._privacy_world import CIRCLE, FRIEND, NAMED, OTHER, SEEKER, STRANGER, Lived
from tests.cogs.conftest import World

KEPT_OF_REFUSED = {"held", "people"}  # words that wait behind Try again, and the name of whose they are


def commands(world: World) -> Iterator[app_commands.Command]:
    found = world.bot.tree.walk_commands()
    return (command for command in found if isinstance(command, app_commands.Command))


async def test_the_table_has_a_line_for_every_command_button_form_and_message(world: World) -> None:
    names = {line.name.partition(" (")[0] for line in lines()}
    there = {f"/{command.qualified_name}" for command in commands(world)}
    there |= {f"press {verb}" for verb in PRESSES} | {f"form {verb}" for verb in FORMS}
    there |= {f"message {kind}" for kind in Kind}

    assert not there - names, f"_privacy_table.py: say what each role may do with {sorted(there - names)}"
    assert not names - there, f"_privacy_table.py: these are no more: {sorted(names - there)}"
    assert len({line.name for line in lines()}) == len(lines()), "a line stands twice"


def test_the_page_tells_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.cogs._privacy_page writes docs/privacy.md anew"


@pytest.mark.parametrize("roles", [(SEEKER, NAMED, FRIEND), (OTHER, STRANGER)], ids=["circle", "others"])
async def test_each_role_does_and_sees_what_the_table_says_and_no_more(world: World, roles: tuple[str, ...]) -> None:
    told = await lived(world)
    wrong = [f"before: {found}" for shown in told.shown() for found in shown.leaks()]
    with trials(told) as trying:
        for role in roles:
            wrong += [f"{line.name} as {role}: {why}" for line in lines() for why in await faults(trying, role, line)]
            wrong += [f"{name} as {role}: {why}" for name, why in await offered(world, trying, role)]
            wrong += [f"{name} as {role}: {why}" for name, why in messages(told, role)]
            wrong += [f"{name} as {role}: {why}" for name, why in buttons(told, trying, role)]
    assert not wrong, "\n".join(wrong)


async def faults(trying: Trials, role: str, line: Line) -> list[str]:
    """What of a try is not as its line says."""
    if line.name.startswith("message "):
        return []
    cell, tried = line.cells[role], await trying.tried(role, line.name)
    found = list(tried.leaks)
    if (tried.outcome == DONE) is not (cell in ("yes", "own")):
        found.append(f"the table says {cell!r}, it was {tried.outcome}: {tried.words[:200]!r}")
    if others := changed_of_others(trying, role, cell, tried):
        found.append(f"the table says {cell!r}, yet rows were changed: {sorted(others, key=str)}")
    return found


def changed_of_others(trying: Trials, role: str, cell: str, tried: Tried) -> set[tuple[str, int | None]]:
    """The rows changed that a cell does not allow to be changed."""
    near = {name for name in trying.people if (name in CIRCLE) is (role in CIRCLE)}
    may = near if cell == "yes" else {role}
    forbidden = {number for name, number in trying.people.items() if name not in may}
    if tried.outcome != DONE:
        return {(table, whose) for table, whose in tried.changed if whose in forbidden or table not in KEPT_OF_REFUSED}
    told_of_it = {"deliveries"} if cell == "own" and role in CIRCLE else set[str]()
    return {(table, whose) for table, whose in tried.changed if whose in forbidden and table not in told_of_it}


async def offered(world: World, trying: Trials, role: str) -> list[tuple[str, str]]:
    """What leaks by the choices under the options of commands."""
    asked = [(c.qualified_name, p.display_name) for c in commands(world) for p in c.parameters if p.autocomplete]
    assert asked
    return [(f"/{name} {option}", leak) for name, option in asked for leak in await trying.offered(role, name, option)]


def messages(told: Lived, role: str) -> Iterator[tuple[str, str]]:
    """Kinds of messages that a role reads and should not, or the other way round."""
    for line in lines():
        sort, _, kind = line.name.partition(" ")
        if sort != "message":
            continue
        assert told.stands[kind], f"no {kind} was sent in the world"
        reads = any(role in told.readers_of(channel) for channel in told.stands[kind])
        cell = ("yes" if role in CIRCLE else "own") if reads else "-"
        if cell != line.cells[role]:
            yield line.name, f"the table says {line.cells[role]!r}, it was {cell!r}"


def buttons(told: Lived, trying: Trials, role: str) -> Iterator[tuple[str, str]]:
    """Buttons and forms that a role was shown and should not have been, or the other way round."""
    shown = {part for one in told.shown() if role in one.to for part in re.findall(r'"custom_id": "([^"~]+)', one.text)}
    for line in lines():
        if line.name.startswith(("press ", "form ")) and line.name not in FIRST and line.cells[role] in ("no", "-"):
            there = trying.custom_id(line.name) in shown
            if there is not (line.cells[role] == "no"):
                yield line.name, f"the table says {line.cells[role]!r}, it was {'' if there else 'never '}shown"
