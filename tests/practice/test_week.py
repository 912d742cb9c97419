"""The practised week and its buttons, gone through by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.practice._practised import practice
from tests.practice.browser import Frame, Page


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
