"""Giving an idea or an offer under Maya's post, finding it where it arrives, and any idea there can be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
from hypothesis import strategies as st

from bot.core.idea import Idea, Sort, Step
from tests.cogs._made import NOW, names, words
from tests.cogs._week import posted
from tests.cogs.conftest import World, ids_of

TEACH = {"what": "Teach an evening class", "why": "You explain so that it sticks"}
ALEX = {"what": "Alex, who builds robots", "why": "We shared a flat", "through": "yes"}
GIVES = {"idea": TEACH, "offer": ALEX}


async def give(world: World, verb: str = "idea", by: Any = None, **more: str) -> Any:
    """A friend presses a button under the post and fills in the form."""
    friend = by or world.jonas
    shown = await world.press(world.posts()[0], verb, by=friend)
    return await world.submit(shown, {**GIVES[verb], **more}, by=friend)


async def came(world: World, verb: str = "idea", **more: str) -> discord.Message:
    """What a friend gave stands in Maya's direct messages."""
    await posted(world)
    await give(world, verb, **more)
    await world.tick()
    return arrived(world)


def arrived(world: World) -> discord.Message:
    """The newest message that brought something, or asks about it."""
    return next(m for m in reversed(world.dms) if "thank" in ids_of(m) and not m.flags.ephemeral)


def shown(result: Any) -> discord.Message:
    """The last message that an interaction answered with."""
    return [*([result.response] if result.response else []), *result.followups][-1].message


async def only(world: World) -> dict[str, Any]:
    """The one row of ideas."""
    [row] = await world.app.db.reading.all("SELECT * FROM ideas")
    return dict(row)


ideas = st.builds(
    Idea,
    id=st.integers(1, 10**17),
    sort=st.sampled_from(Sort),
    friend_id=st.just(1),
    friend=st.one_of(st.just(""), names),
    seeker_id=st.just(2),
    seeker=names,
    week_id=st.none(),
    what=words(),
    why=st.one_of(st.just(""), words()),
    through=st.booleans(),
    unnamed=st.booleans(),
    step=st.sampled_from(Step),
    given_at=st.just(NOW),
    next_at=st.sampled_from([None, NOW + timedelta(days=7)]),
    hushed=st.sampled_from([None, Step.NEW, Step.KEPT]),
    thanked=st.booleans(),
    thanked_since=st.booleans(),
    came=st.booleans(),
)
