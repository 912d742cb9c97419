from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from bot.practice._simcord import NoPostYetError, World
from tests.practice.browser import PATIENCE, Page
from tests.practice.small_bot import SmallBot


async def test_both_panes_stay_live_after_presses_in_each(page: Page):
    dm, channel = await page.frame("dm"), await page.frame("channel")
    await page.press("/do/ask")
    await dm.until("How was today?")
    assert (await dm.click("Answer"))["settlement"] == "settled"
    assert (await dm.click("Post"))["settlement"] == "settled"
    await channel.until("The week")
    assert (await channel.click("Say"))["settlement"] == "settled"
    assert (await channel.submit(words="well done"))["settlement"] == "settled"
    assert "Kept." in channel.read()
    await dm.until("jonas wrote well done")
    assert (await dm.click("Post"))["settlement"] == "settled"


async def test_presses_that_land_during_our_own_operations_are_handled_after_them(
    world: World, bot: SmallBot, page: Page
):
    dm, channel = await page.frame("dm"), await page.frame("channel")
    async with world.operation():
        await bot.ask()
        await bot.post()
    await dm.until("How was today?")
    await channel.until("The week")
    async with world.operation():
        presses = asyncio.gather(dm.click("Answer"), channel.click("Say"))
        await dm.look()
        await bot.tell("Something else meanwhile")
    receipts = await presses
    assert [receipt["settlement"] for receipt in receipts] == ["settled", "settled"]
    assert (await channel.submit(words="hello"))["settlement"] == "settled"
    assert (await dm.click("Post"))["settlement"] == "settled"


async def test_what_the_bot_says_by_itself_appears_without_a_press(world: World, bot: SmallBot, page: Page):
    dm, channel = await page.frame("dm"), await page.frame("channel")
    await bot.tell("A note for you")
    await bot.post()
    await dm.until("A note for you")
    await channel.until("The week")


async def test_a_press_on_an_older_view_counts_while_its_message_is_unchanged(world: World, bot: SmallBot, page: Page):
    dm = await page.frame("dm")
    await page.press("/do/ask")
    await dm.until("How was today?")
    before, button = dm.shown, dm.button("Answer")
    await bot.tell("Something newer")
    await dm.until("Something newer")
    assert dm.shown["publishedRevision"] > before["publishedRevision"]
    receipt = await dm.act("click", view=before, **button)
    assert receipt["settlement"] == "settled"


async def test_a_press_on_a_message_that_changed_meanwhile_is_refused_and_changes_nothing(page: Page):
    dm, channel = await page.frame("dm"), await page.frame("channel")
    await page.press("/do/ask")
    await dm.until("How was today?")
    before, button = dm.shown, dm.button("Answer")
    await dm.click("Answer")
    receipt = await dm.act("click", view=before, **button)
    assert receipt["rejected"]
    assert "The week" not in (await channel.look())["messages"]
    assert (await dm.click("Post"))["settlement"] == "settled"


async def test_a_second_window_shows_what_was_done_in_the_first(http: aiohttp.ClientSession, page: Page):
    first, second = await page.frame("dm"), await (await Page.load(http)).frame("dm")
    await page.press("/do/ask")
    await first.until("How was today?")
    await first.click("Answer")
    await second.until("Kept")
    await first.close()
    assert (await second.click("Post"))["settlement"] == "settled"


async def test_a_friend_reacts_and_takes_it_back(world: World, bot: SmallBot):
    await bot.post()
    await world.react("Jonas", "🎉")
    await world.react("Aisha", "🎉")
    jonas, aisha = world.members["Jonas"].id, world.members["Aisha"].id
    assert bot.reactions == [(jonas, "🎉"), (aisha, "🎉")]
    await world.react("Jonas", "🎉")
    assert bot.reactions == [(aisha, "🎉")]


async def test_without_a_post_there_is_nothing_to_react_to(world: World, bot: SmallBot):
    await bot.tell("not a post")
    with pytest.raises(NoPostYetError):
        await world.react("Jonas", "🎉")
    assert bot.reactions == []


async def test_only_the_friend_who_spoke_sees_the_answer(page: Page, bot: SmallBot):
    channel = await page.frame("channel")
    await bot.post()
    await channel.until("The week")
    await channel.view_as(page.setup["viewers"]["Aisha"])
    await channel.click("Say")
    await channel.submit(words="hello")
    assert "Kept." in channel.read()
    await channel.view_as(page.setup["viewers"]["Jonas"])
    assert "Kept." not in channel.read()
    await channel.view_as(page.setup["viewers"]["Maya"])
    assert "Kept." not in channel.read()


async def test_the_seeker_runs_a_command_in_the_dm_and_in_the_channel(page: Page):
    dm, channel = await page.frame("dm"), await page.frame("channel")
    await dm.command("help")
    assert "Hello" in dm.read()
    await channel.view_as(page.setup["viewers"]["Maya"])
    await channel.command("help")
    assert "Hello" in channel.read()


async def test_a_handler_that_fails_leaves_the_page_live(page: Page):
    dm = await page.frame("dm")
    await page.press("/do/ask")
    await dm.until("How was today?")
    await dm.click("Fail")
    assert (await dm.click("Answer"))["settlement"] == "settled"


async def test_the_heartbeat_beats_after_each_change_and_comes_to_rest(world: World, bot: SmallBot, page: Page):
    beats: list[str] = []

    async def beat() -> None:
        beats.append("beat")
        if len(beats) == 1:
            await bot.tell("Owed by the first")

    world.heartbeat = beat
    dm = await page.frame("dm")
    await dm.say("hello")
    await dm.until("Owed by the first")
    async with asyncio.timeout(PATIENCE):
        while len(beats) < 2:
            await dm.look()
    for _ in range(5):
        await dm.look()
    assert len(beats) == 2


async def test_a_heartbeat_that_fails_stops_nothing(world: World, bot: SmallBot, page: Page):
    async def fail() -> None:
        world.heartbeat = None
        raise ValueError("this heartbeat always fails")

    world.heartbeat = fail
    dm = await page.frame("dm")
    await bot.tell("first")
    await bot.tell("second")
    await dm.until("second")


async def test_the_clock_moves_forward_and_never_back(world: World):
    before = world.now()
    await world.move_to(before + timedelta(hours=2))
    await world.move_to(before)
    assert world.now() == before + timedelta(hours=2)


async def test_a_picture_arrives_as_one(page: Page, bot: SmallBot):
    channel = await page.frame("channel")
    await bot.post()
    await channel.until("The week")
    pictures = [identity for identity, asset in channel.shown["assets"].items() if asset["filename"] == "week.png"]
    async with page.http.get(f"{channel.root}api/assets/{pictures[0]}", headers=channel.headers) as answer:
        assert answer.content_type == "image/png"
        assert (await answer.read()).startswith(b"\x89PNG")


async def test_everybody_has_a_face(page: Page, bot: SmallBot):
    channel = await page.frame("channel")
    await bot.post()
    await channel.until("The week")
    assert all(viewer["avatar_available"] for viewer in channel.shown["viewers"])
    assert all(message["author"]["avatar_available"] for message in channel.shown["messages"].values())
