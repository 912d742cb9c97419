"""How fast forms open: each after one indexed read at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from typing import Any

import pytest

from bot.store.db import Tx, Value
from cogs._forms import FORMS
from tests.cogs._council import draft_of, joined
from tests.cogs._forged import press
from tests.cogs._lived import lived
from tests.cogs._verbs import FOR_ALL, OWN_PRESSES, values_for
from tests.cogs.conftest import World, ids_of
from tests.cogs.test_acknowledged import OPEN_A_FORM


class Counting(Tx):
    """Reads, counted, each with how SQLite finds its rows."""

    def __init__(self, tx: Tx) -> None:
        super().__init__(tx._connection)
        self.plans: list[str] = []

    async def one(self, sql: str, *values: Value) -> Any:
        await self._plan(sql, values)
        return await super().one(sql, *values)

    async def all(self, sql: str, *values: Value) -> Any:
        await self._plan(sql, values)
        return await super().all(sql, *values)

    async def _plan(self, sql: str, values: tuple[Value, ...]) -> None:
        plan = await super().all(f"EXPLAIN QUERY PLAN {sql}", *values)
        self.plans.append(" / ".join(row["detail"] for row in plan))


A_TABLE = re.compile(r"SCAN (?!(?:\d+ )?CONSTANT ROW|\(subquery-)")  # read whole; what a subquery reads is said apart
Opening = Callable[[World], Coroutine[Any, Any, Any]]
Opened = tuple[str, list[str]]  # which form, and what was read before it opened, as SQLite finds it
OPENINGS: dict[str, Opening] = {
    "answer": lambda world: world.press(world.prompt(), "answer"),
    "change": lambda world: world.press(world.prompt("change"), "change"),
    "numbers": lambda world: world.press(world.prompt("change"), "numbers"),
    "checkin": lambda world: world.maya.slash(world.channel, "checkin"),
    "reflect": lambda world: world.maya.slash(world.channel, "reflect", exercise="reframe"),
}


@pytest.mark.parametrize("name", OPENINGS)
async def test_a_form_opens_after_one_indexed_read(world: World, name: str) -> None:
    await world.begin()
    await world.until(1, 17, 30)
    await world.answer(mood="3", done="Yesterday")
    await world.until(2, 17, 30)
    counting = world.app.db.reading = Counting(world.app.db.reading)
    form = await OPENINGS[name](world)
    assert form.modal
    assert len(counting.plans) == 1
    assert not A_TABLE.search(counting.plans[0])


NOT_YET = {  # what reads more than once before its form opens, and how often; it can only shrink
    "tryagain": 2,  # the words that wait say which form they are of, and that reads for itself
}
BY_NAME: dict[str, tuple[str, dict[str, str]]] = {
    "checkedin": ("checkin", {}),
    "reflected": ("reflect", {"exercise": "reframe"}),
    "planned": ("experiment new", {}),
    "cheered": ("cheer", {"who": "Aisha"}),
    "ideafor": ("idea", {"who": "Aisha"}),
    "offerfor": ("idea", {"who": "Aisha", "what": "offer"}),
}
CHOSEN = {"cheerto": "said", "ideato": "ideagiven", "offerto": "offergiven"}  # under a joint post, of many
ALONE = {"cheerwhom": "said", "ideawhom": "ideagiven", "offerwhom": "offergiven"}  # of the only one left
INVITED = {f"{verb} (an invitation)": ALONE[verb] for verb in ("ideawhom", "offerwhom")}
FROM_WORDS = {"askreworded"}  # opened by a press of *Try again* alone


async def counted(world: World, pressing: Coroutine[Any, Any, Any]) -> Opened:
    """The form that something opens, and what is read before."""
    reading = world.app.db.reading
    counting = world.app.db.reading = Counting(reading)
    form = await pressing
    world.app.db.reading = reading
    assert form.modal
    return form.modal["custom_id"].partition(":")[0], counting.plans


async def opened(world: World) -> dict[str, Opened]:
    """What each press or command opens."""
    refs = await lived(world)
    await world.maya.slash(world.channel, "rhythm trusted", friend=world.jonas.user)
    presses = {**FOR_ALL, **OWN_PRESSES, "cheeron": "{person}"}
    found = dict[str, Opened]()
    for verb in sorted(OPEN_A_FORM - {*CHOSEN, *ALONE}) + sorted(BY_NAME):
        if verb in BY_NAME:
            name, options = BY_NAME[verb]
            pressing = world.maya.slash(world.channel, name, **options)
        else:
            by = world.jonas if verb in FOR_ALL and verb != "landas" else world.maya.user
            pressing = press(world, by, f"{verb}:{presses[verb].format(**asdict(refs))}", values_for(verb, refs))
        found[verb] = await counted(world, pressing)
    return found


async def test_every_form_opens_after_one_indexed_read_at_most(world: World) -> None:
    found = await opened(world)

    assert {form for form, _ in found.values()} == set(FORMS) - FROM_WORDS
    assert {verb: len(plans) for verb, (_, plans) in found.items() if len(plans) > 1} == NOT_YET
    assert {verb: plan for verb, (_, plans) in found.items() for plan in plans if A_TABLE.search(plan)} == {}


async def test_under_a_joint_post_too_a_form_opens_after_one_indexed_read(world: World) -> None:
    found = await chosen(world) | await alone(world)

    assert {verb: form for verb, (form, _) in found.items()} == {**CHOSEN, **ALONE, **INVITED}
    assert {verb: len(plans) for verb, (_, plans) in found.items() if len(plans) != 1} == {}
    assert {verb: plan for verb, (_, plans) in found.items() for plan in plans if A_TABLE.search(plan)} == {}


async def chosen(world: World) -> dict[str, Opened]:
    """Under a joint post of three, and what invites Aisha to answer the one who asks for something."""
    key = ids_of(await joined(world, "Read my CV"))["cheerwhom"].partition(":")[2]
    week = ids_of(draft_of(world.maya))["takedown"].partition(":")[2]
    found = {verb: await counted(world, press(world, world.jonas, f"{verb}:{key}", [week])) for verb in CHOSEN}
    await world.until(5, 9)
    dms = world.aisha.user.dm_channel.history(viewer=world.aisha.user)
    ids = next(ids for message in dms if "uninvite" in (ids := ids_of(message)))
    pressed = {verb: press(world, world.aisha.user, ids[verb.partition(" ")[0]]) for verb in INVITED}
    return found | {verb: await counted(world, pressing) for verb, pressing in pressed.items()}


async def alone(world: World) -> dict[str, Opened]:
    """Under the same post, once two of the three took their weeks down."""
    standing = world.posts()[-1]
    for who in (world.maya, world.aisha):
        await world.press(draft_of(who), "takedown", by=who.user)
    ids = ids_of(standing)
    return {verb: await counted(world, press(world, world.jonas, ids[verb])) for verb in ALONE}
