"""What stands there when practice mode begins; all read it in one and the same."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from tests.practice._practised import practice
from tests.practice.browser import Frame, Page

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Begun(NamedTuple):
    """A practice, and what its two panes said at first."""

    page: Page
    dm: Frame
    channel: Frame
    told: tuple[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def begun(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Begun]:
    async with practice(tmp_path_factory.mktemp("lived")) as page:
        dm, channel = await page.frame("dm"), await page.frame("channel")
        yield Begun(page, dm, channel, (dm.read(), channel.read()))


@pytest.fixture
def dm(begun: Begun) -> Frame:
    return begun.dm


@pytest.fixture
def channel(begun: Begun) -> Frame:
    return begun.channel


async def test_it_begins_on_the_sunday_of_a_week_in_which_all_was_answered(begun: Begun, dm: Frame):
    assert (begun.page.setup["clock"], begun.page.setup["next"]) == ("Sunday 22 November, 17:20", "End the week")
    answered = re.findall(r"(?:Daily check-in|Good time journal) · \w+ (\d+) November", dm.read())
    assert answered == ["12", "13", "16", "17", "18", "18", "19", "20"]
    assert not re.search(r"^(Answer|Answer after all)$", dm.read(), re.MULTILINE)


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


@pytest.mark.asyncio(loop_scope="function")  # an event loop has but one simulated Discord
async def test_the_same_weeks_are_told_every_time(begun: Begun, tmp_path: Path):
    async with practice(tmp_path) as page:
        assert ((await page.frame("dm")).read(), (await page.frame("channel")).read()) == begun.told


async def test_jonas_hosts_and_sees_how_all_is(channel: Frame):
    await channel.command("host status")
    await channel.until("Last 24 hours")
    assert "Something needs you" not in channel.read()
    assert "All is well" in channel.read()


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
