from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.config import Config, Data
from bot.practice import practising
from tests.practice.browser import Frame, Page


@asynccontextmanager
async def practice(folder: Path, *, empty: bool = False) -> AsyncIterator[Page]:
    """The real bot in practice mode, and its page."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with (
            practising(Config(data=Data(folder)), listener, empty=empty) as url,
            aiohttp.ClientSession(url.rstrip("/")) as http,
        ):
            yield await Page.load(http)


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Page]:
    async with practice(tmp_path) as page:
        yield page


@pytest.fixture
async def dm(lived: Page) -> Frame:
    return await lived.frame("dm")


@pytest.fixture
async def channel(lived: Page) -> Frame:
    return await lived.frame("channel")


async def test_it_begins_on_the_sunday_of_a_week_in_which_all_was_answered(lived: Page, dm: Frame):
    assert (lived.setup["clock"], lived.setup["next"]) == ("Sunday 22 November, 17:20", "End the week")
    answered = re.findall(r"(?:Daily check-in|Good time journal) · \w+ (\d+) November", dm.read())
    assert answered == ["12", "13", "16", "17", "18", "18", "19", "20"]
    assert not re.search(r"^(Answer|Answer after all)$", dm.read(), re.MULTILINE)


async def test_jonas_hosts_and_sees_how_all_is(channel: Frame):
    await channel.command("host status")
    await channel.until("Last 24 hours")
    assert "Something needs you" not in channel.read()
    assert "All is well" in channel.read()


async def test_last_week_stands_in_the_channel_with_what_the_friends_gave(dm: Frame, channel: Frame):
    assert "Maya, week 5" in channel.read()
    assert "💪 1\n❤️ 1" in channel.read()
    assert "Settled, thank you: Half an hour with somebody who designs for robots" in channel.read()
    assert "I know just the person" in channel.read()
    assert "My old flatmate Lena" not in channel.read()
    assert "Maya, week 6" not in channel.read()
    note = dm.read().partition("From your friends")[2]
    assert "Jonas" in note
    assert "Aisha" in note
    assert "💪" in note


async def test_an_idea_waits_and_an_offer_was_talked_through_and_thanked(dm: Frame):
    told = dm.read()
    offer = told.partition("Aisha knows someone for you")[2]
    assert offer.index("You have talked.") < offer.index("You thanked Aisha.")
    assert told.index("Aisha knows someone for you") < told.index("Jonas has an idea for you")
    assert told.partition("Jonas has an idea for you")[2].rstrip().endswith("Try it\nKeep\nNot for me\nSay thanks")


async def test_an_idea_is_tried_learned_from_and_thanked_by_hand(lived: Page, dm: Frame):
    await dm.click("Try it")
    what, on, question = form(dm)
    await dm.submit(**{what: "Draw at the workshop", on: "tomorrow", question: "Is it better together?"})
    await dm.until("To try on Mon 23 November")
    await lived.press("/do/go-on")
    await dm.until("An hour on Monday with a stern interviewer")
    assert "It has been quiet" not in dm.read()
    await lived.press("/do/go-on")
    await dm.until("Today you wanted to try this")
    await dm.click("It happened")
    await dm.submit(**{form(dm)[0]: "It is."})
    await dm.until("You tried this")
    await dm.command("ideas trail")
    await dm.until("The trail of your ideas")


async def test_the_same_weeks_are_told_every_time(tmp_path: Path):
    told: list[tuple[str, str]] = []
    for folder in ("first", "second"):
        async with practice(tmp_path / folder) as page:
            told.append(((await page.frame("dm")).read(), (await page.frame("channel")).read()))
    assert told[0] == told[1]


async def test_the_search_so_far_stands_on_its_board_and_an_application_on_the_trail(dm: Frame):
    await dm.command("search board")
    await dm.until("Your board")
    board = dm.read().partition("Your board")[2]
    assert board.index("Canal Robotics") < board.index("Lantern Maps")
    assert "1 interviewing" in board
    assert "1 ended" in board
    await dm.command("ideas trail")
    await dm.until("The trail of your ideas")
    await dm.click("Read it as text")
    await dm.until("applied on Tue 17 November")


async def test_the_whole_turn_by_hand(lived: Page, dm: Frame, channel: Frame):
    await lived.press("/do/ask")
    await dm.until("Sun 22 November")
    await dm.click("Answer")
    fields = form(dm)
    await dm.submit(**{fields[0]: ["4"], fields[1]: ["6"], fields[2]: "Long breakfast with Aisha."})
    await dm.until("Long breakfast with Aisha.")
    await dm.click("Share with friends")

    _, told = await lived.press("/do/go-on")
    assert (told["clock"], told["next"]) == ("Sunday 22 November, 18:00", "On to the morning")
    await dm.until("Skip this week")
    await dm.click("Post")
    await channel.until("Maya, week 6")
    await channel.until("Long breakfast with Aisha.")
    assert "A no from the hospital team" not in channel.read()

    await lived.press("/do/react", {"as": "Jonas", "emoji": "🎉"})
    await channel.view_as(lived.setup["viewers"]["Aisha"])
    await channel.click("Cheer")
    await channel.submit(emoji=[], own="", words="Stern interviewer reporting for duty.", known=["named"])

    _, told = await lived.press("/do/go-on")
    assert told == {
        "clock": "Monday 23 November, 09:00",
        "next": "End the week",
        "line": "A new day, and Cairn has something for Maya.",
    }
    await dm.until("Stern interviewer reporting for duty.")
    assert "Jonas 🎉" in dm.read().replace("*", "").partition("About your week of 16")[2]


async def test_without_a_cheer_the_morning_brings_no_note(lived: Page, dm: Frame):
    await lived.press("/do/go-on")
    await dm.until("Skip this week")
    await dm.click("Post")
    _, told = await lived.press("/do/go-on")
    assert told["line"] == "A new day. Nobody has reacted yet, so there is no note for Maya."


async def test_a_draft_left_alone_is_recalled_in_the_morning(lived: Page, dm: Frame):
    await lived.press("/do/go-on")
    _, told = await lived.press("/do/go-on")
    assert told["line"] == "A new day, and Cairn has something for Maya."


async def test_the_week_after_ends_as_well(lived: Page, dm: Frame):
    clocks = [(await lived.press("/do/go-on"))[1]["clock"] for _ in range(3)]
    assert clocks[-1] == "Sunday 29 November, 18:00"
    await dm.until("Week 7")


async def test_whoever_answered_today_is_not_asked_again(lived: Page, dm: Frame):
    await dm.command("checkin", mood="4")
    _, told = await lived.press("/do/ask")
    assert told["line"] == "Maya has answered today. “Change” under her answer edits it."


async def test_a_week_without_a_summary_cannot_be_ended(lived: Page, dm: Frame):
    await dm.command("rhythm set", what="week", days="never")
    status, told = await lived.press("/do/go-on")
    assert (status, told["clock"]) == (409, "Sunday 22 November, 17:20")
    assert told["line"].startswith("Maya's rhythm has no weekly summary.")


async def test_after_leaving_there_is_no_week_to_end(lived: Page, dm: Frame):
    await dm.command("leave")
    status, told = await lived.press("/do/go-on")
    assert (status, told["line"]) == (
        409,
        "You have left, and your answers are still here. /start picks up where you were.",
    )


async def test_an_empty_practice_is_set_up_by_hand(tmp_path: Path):
    async with practice(tmp_path, empty=True) as page:
        dm, channel = await page.frame("dm"), await page.frame("channel")
        assert (dm.read(), channel.read()) == ("", "")
        assert "/circle setup" in page.setup["line"]
        status, told = await page.press("/do/ask")
        assert (status, told["line"][:25]) == (409, "You have not started yet.")
        status, told = await page.press("/do/react", {"as": "Jonas", "emoji": "🎉"})
        assert (status, told["line"]) == (409, "There is no weekly post yet. End the week and post it first.")

        await channel.view_as(page.setup["viewers"]["Maya"])
        await channel.command("circle setup", channel=channel.shown["channelId"])
        await channel.until("A circle for the road")
        await channel.command("start", zone="Europe/Berlin")
        await dm.until("Hello Maya")
        await page.press("/do/ask")
        await dm.until("How are you today?")


def form(frame: Frame) -> list[str]:
    """The fields of the form that is open, by their ids."""
    labels = frame.shown["modal"]["payload"]["components"]
    return [label["component"]["custom_id"] for label in labels]
