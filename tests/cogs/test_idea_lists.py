"""Lists of ideas, a page at a time, and any idea at all within what Discord takes."""

from __future__ import annotations

import discord
from hypothesis import given as example
from hypothesis import strategies as st

from bot.core.idea import Arrival, Idea, Step
from cogs import _idea, _render
from tests.cogs import _forged
from tests.cogs._idea import TEACH, arrived, came, give, ideas, shown
from tests.cogs._made import KEY, check_limits, text_of
from tests.cogs.conftest import World, ids_of, said, words_of


async def many(world: World, count: int) -> None:
    """So many ideas, from the database's side."""
    async with world.app.db.writing() as tx:
        for n in range(count):
            await tx.run(
                "INSERT INTO ideas (sort, person_id, seeker_id, what, why, given_at, changed_at, step)"
                " SELECT sort, person_id, seeker_id, ?, why, given_at, changed_at, ? FROM ideas WHERE id = 1",
                f"Idea {n} " + "*" * 900, ("new", "kept", "trying")[n % 3],
            )  # fmt: skip


async def test_each_heading_of_the_list_stands_apart_from_what_is_above_it(world: World) -> None:
    await came(world)
    await many(world, 2)

    told = words_of(shown(await world.maya.slash(world.channel, "ideas list")))

    assert "-# Three ideas and offers\n**New**\n- " in told
    assert "\n\n**You keep**\n- " in told


async def test_two_hundred_ideas_fit_page_by_page(world: World) -> None:
    await came(world)
    await many(world, 199)
    page = shown(await world.maya.slash(world.channel, "ideas list"))
    assert "200 ideas and offers" in words_of(page)
    seen, turns = set[str](), 0
    while True:
        check_limits(discord.ui.LayoutView.from_message(page))
        seen |= _offered(page)
        more = next((i for i in _ids(page) if i == f"ideaspage:{turns + 1}"), None)
        if more is None:
            break
        turns += 1
        await world.maya.click(page, custom_id=more)
        page = _again(world, page)
    assert len(seen) == 200


def _again(world: World, page: discord.Message) -> discord.Message:
    return next(m for m in world.channel.history(viewer=world.maya) if m.id == page.id)


def _ids(message: discord.Message) -> list[str]:
    view = discord.ui.LayoutView.from_message(message)
    return [str(getattr(item, "custom_id", "") or "") for item in view.walk_children()]


def _offered(message: discord.Message) -> set[str]:
    view = discord.ui.LayoutView.from_message(message)
    selects = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
    return {option.value for select in selects for option in select.options}


async def test_open_ideas_stand_by_step_and_open_with_their_buttons(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)
    await world.press(arrived(world), "keepidea")
    listed = shown(await world.maya.slash(world.channel, "ideas list"))
    told = words_of(listed)
    assert told.index("**New**") < told.index("Alex") < told.index("**You keep**") < told.index("Teach")

    opened = await world.maya.select(listed, custom_id=ids_of(listed)["openidea"], values=["1"])

    assert TEACH["what"] in said(opened)
    asked = await world.press(shown(opened), "notforme", by=world.maya)
    assert "Shall Jonas hear of it?" in said(asked)


async def test_what_is_settled_is_a_press_away_and_opens_again(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)
    await _forged.press(world, world.maya.user, "hush:1")
    listed = shown(await world.maya.slash(world.channel, "ideas list"))
    assert TEACH["what"] not in words_of(listed)

    await world.press(listed, "settledpage", by=world.maya)
    settled = _again(world, listed)

    assert TEACH["what"] in words_of(settled)
    assert "Not for you just now." in words_of(settled)
    assert "Alex" not in words_of(settled)
    opened = await world.maya.select(settled, custom_id=ids_of(settled)["openidea"], values=["1"])
    assert {"keepidea", "tryidea"} <= set(ids_of(shown(opened)))
    await world.press(settled, "ideaspage", by=world.maya)
    assert "Alex" in words_of(_again(world, settled))


async def test_a_friend_sees_what_has_ended_below_what_is_on_its_way(world: World) -> None:
    await came(world)
    await give(world, "offer")
    await _forged.press(world, world.maya.user, "yesplease:2")
    await _forged.press(world, world.maya.user, "talked:2")
    told = said(await world.jonas.slash(world.channel, "circle mine"))
    assert told.index("**On the way**") < told.index("Teach") < told.index("**Come to an end**") < told.index("Alex")

    await _forged.press(world, world.maya.user, "hush:1")

    assert "**On the way**" in said(await world.jonas.slash(world.channel, "circle mine"))


@example(ideas.map(lambda idea: idea._replace(step=Step.NEW, hushed=None)))
def test_a_friend_who_opens_their_idea_cannot_tell_that_it_was_declined_without_a_word(idea: Idea) -> None:
    hushed = idea._replace(step=Step.DECLINED, hushed=Step.NEW)
    assert text_of(_idea.sent(hushed)) == text_of(_idea.sent(idea))


@example(ideas, st.booleans())
def test_any_idea_fits_its_message(idea: Idea, asks: bool) -> None:
    check_limits(_render.message(Arrival(KEY, idea, asks)).view)
    for view in (_idea.sent(idea), _idea.taken_back(idea), _idea.not_for_me(idea), _idea.accepted(idea, "Ana" * 99)):
        check_limits(view)
    assert all(len(page) <= 4000 for page in _idea.whole(idea))


@example(st.lists(ideas, max_size=20, unique_by=lambda idea: idea.id), st.integers(0, 9))
def test_any_list_fits_its_page(some: list[Idea], page: int) -> None:
    check_limits(_idea.opened(some, page))
    check_limits(_idea.settled(some, page))
    check_limits(_idea.mine(some, page))
