"""The trail through the real bot: its picture, its pages, and its text."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import discord
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts import Picture
from bot.core.idea import Sort, Step
from bot.core.trail import ON_PAGE, Path, Stop
from bot.core.trail import card as made
from bot.usecases.trail import Drawn
from cogs import _trail
from tests.cogs import _forged
from tests.cogs._made import MONDAY, NOW, check_limits, names, words
from tests.cogs.conftest import ZONE, World, labels_of, said, words_of
from tests.cogs.test_experiment import IDEA, QUESTION, again, asked, experiments

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def alt_of(message: discord.Message) -> str:
    """The alt text of the picture of a message."""
    view = discord.ui.LayoutView.from_message(message)
    [gallery] = [item for item in view.walk_children() if isinstance(item, discord.ui.MediaGallery)]
    assert len(message.attachments) == 1
    return str(gallery.items[0].description)


async def trail_of(world: World) -> Any:
    """What /ideas trail answers Maya."""
    return await world.maya.slash(world.channel, "ideas trail")


async def own_ideas(world: World, many: int) -> None:
    """Maya plans things of her own, one an hour."""
    await world.begin()
    for number in range(many):
        await world.wait(hours=1)
        await _forged.submit(world, world.maya.user, "planned:new", {"what": f"Step {number}.", "on": "thursday"})


async def test_the_trail_is_drawn_from_the_idea_to_what_was_learned_and_told_as_text(world: World) -> None:
    message = await asked(world)
    await world.submit(await world.press(message, "happened"), {"learned": "Half the day with customers"})

    shown = await trail_of(world)

    assert shown.response.ephemeral
    assert labels_of(shown.response.message) == ["Read it as text"]
    assert alt_of(shown.response.message) == (
        "The trail of your ideas. Jonas: Have a coffee with somebody who builds… (given 4 Jan, learned 8 Jan)."
    )
    text = said(await world.press(shown.response, "trailtext", by=world.maya))
    for words_told in ("Jonas's idea", IDEA, "Thu 8 January", "Half the day with customers"):
        assert words_told in text


async def test_a_long_trail_has_pages(world: World) -> None:
    await own_ideas(world, ON_PAGE + 2)

    shown = await trail_of(world)
    assert "The newest 5 of 7." in said(shown)
    assert "Step 6." in alt_of(shown.response.message)
    await world.press(shown.response, "trailpage", by=world.maya)

    turned = shown.response.message
    assert "6 to 7 of 7" in words_of(turned)
    assert "Step 1." in alt_of(turned)
    assert "Step 6." not in alt_of(turned)
    assert labels_of(turned) == ["Newer", "Read it as text"]


async def test_without_an_idea_there_are_kind_words_and_no_picture(world: World) -> None:
    await world.begin()

    shown = await trail_of(world)

    assert "that is fine" in said(shown)
    assert not shown.response.message.attachments
    assert "Nothing is on your trail yet" in _forged.told(await _forged.press(world, world.maya.user, "trailtext:0"))


async def test_an_idea_taken_back_is_on_no_screen_any_more(world: World) -> None:
    message = await asked(world)
    mine = await world.jonas.slash(world.channel, "circle mine")
    assert IDEA in said(mine)

    await _forged.press(world, world.jonas, "unidea:1")

    drawn = await trail_of(world)
    assert "took back." in alt_of(drawn.response.message)
    trail = said(await world.press(drawn.response, "trailtext", by=world.maya))
    listed = said(await world.maya.slash(world.channel, "experiment list"))
    assert "coffee" not in alt_of(drawn.response.message)
    for told in (trail, listed, words_of(again(world, message))):
        assert IDEA not in told
        assert QUESTION in told


@many
@given(
    st.lists(
        st.tuples(st.sampled_from([*Sort, None]), names, words(), st.sampled_from(Step), experiments()), min_size=1
    ),
    st.integers(0, 9),
)
def test_whatever_was_tried_discord_takes_the_trail(ways: list[Any], page: int) -> None:
    paths = [
        Path(sort, friend, what, step if sort else None, NOW, NOW if sort else None, (one, one))
        for sort, friend, what, step, one in ways
    ]

    card = made(paths, page, MONDAY, ZoneInfo(ZONE))
    message = _trail.drawn(Drawn(card, Picture(b"png", "a" * 1000, "trail.png")))
    pages = _trail.whole(paths, ZoneInfo(ZONE))

    check_limits(message.view)
    assert pages
    assert all(page.strip() and len(page) <= 4000 for page in pages)


def test_a_long_text_says_how_much_is_left_out() -> None:
    path = Path(Sort.IDEA, "Ana", "A walk", Step.KEPT, NOW, None, ())

    assert "And 3 earlier" in "\n".join(_trail.whole([path] * (_trail.TOLD + 3), ZoneInfo(ZONE)))


def test_where_a_way_led_ends_it_in_the_text() -> None:
    path = Path(Sort.IDEA, "Ana", "A walk", Step.KEPT, NOW, None, (), (Stop("landed", MONDAY),))

    assert "".join(_trail.whole([path], ZoneInfo(ZONE))).endswith("→ landed on Mon 5 January")
