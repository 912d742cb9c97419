"""/search in the real bot: the board and its pages, one application and what can be done with it, what is next."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from bot.core.board import ON_PAGE, Board, Card, Look, Step
from bot.core.search import Act, Application, Event, Stage, Standing
from bot.core.text import clean
from bot.usecases.application import History, Line
from bot.usecases.search import Logged
from bot.when import When
from cogs import _application, _board
from tests.cogs._made import NOW, check_limits, text_of
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

TODAY = date(2026, 2, 1)


async def applied(world: World, company: str = "Acme", role: str = "Engineer", **more: Any) -> None:
    """Maya logs an application."""
    await world.maya.slash(world.channel, "log applied", company=company, role=role, **more)


async def search(world: World, name: str, **options: Any) -> Any:
    """Maya looks at her search."""
    return await world.maya.slash(world.channel, f"search {name}", **options)


async def opened(world: World, **more: Any) -> Any:
    """Maya applied at Acme, and looks at it."""
    await world.begin()
    await applied(world, **more)
    return await search(world, "show", application="#1")


def now(result: Any) -> Any:
    """The message of an interaction as it is by now."""
    return result.response.message


async def test_the_board_groups_folds_and_opens(world: World) -> None:
    await world.begin()
    assert "Nothing is logged yet" in said(await search(world, "board"))
    await applied(world, "Acme", when="20 December")
    await applied(world, "Globex")
    await world.maya.slash(world.channel, "log offer", company="Globex")
    await applied(world, "Hooli")
    await world.maya.slash(world.channel, "log rejection", company="Hooli")

    shown = await search(world, "board")
    assert shown.ephemeral
    text = said(shown)
    assert text.index("### Offers") < text.index("**Globex** · Engineer") < text.index("### Applied")
    assert "waiting and quiet 12 days" in text
    assert "1 offer · 1 applied · 1 ended" in text
    assert "Hooli" not in text

    await world.restart()
    await world.press(now(shown), "boardpage", by=world.maya)
    assert "**Hooli** · Engineer\n-# rejected · Thu 1 January" in words_of(now(shown))
    assert labels_of(now(shown)) == ["Show open ones"]
    picked = await world.maya.select(now(shown), ["3"], custom_id="appopen:0")
    assert "Engineer at Hooli" in said(picked)


async def test_pages_of_what_is_looked_for_outlive_a_restart(world: World) -> None:
    await world.begin()
    for number in range(ON_PAGE + 1):
        await applied(world, f"Shop {number}", "Baker")
    await applied(world)

    shown = await search(world, "board", text="baker")
    assert "Page 1 of 2" in words_of(now(shown))
    await world.restart()
    await world.maya.click(now(shown), label="More")
    assert "Page 2 of 2" in words_of(now(shown))
    assert words_of(now(shown)).count("**Shop") == 1
    await world.maya.click(now(shown), label="Back")
    assert words_of(now(shown)).count("**Shop") == ON_PAGE
    assert "No company or role holds these words." in said(await search(world, "board", text="nobody", stage="offer"))


async def test_an_application_is_moved_taken_back_and_ended_where_it_stands(world: World) -> None:
    shown = await opened(world)
    assert labels_of(now(shown)) == ["Note", "Next step", "Edit", "Reject", "Withdraw", "Address"]

    await world.maya.select(now(shown), ["interviewing"], custom_id="appmove:1")
    assert "*interviewing*" in words_of(now(shown))
    assert "Noted: Interview" in words_of(now(shown))
    await world.press(now(shown), "appundo", by=world.maya)
    assert "*applied*" in words_of(now(shown))

    await world.maya.click(now(shown), label="Withdraw")
    assert "*lost (withdrew)*" in words_of(now(shown))
    assert labels_of(now(shown)) == ["Note", "Edit", "Address", "Undo"]
    ended = await world.maya.select(now(shown), ["4"], custom_id="appevent:1")
    assert "**You withdrew** · Engineer at Acme" in said(ended)
    asked = await world.maya.select(now(shown), ["offer"], custom_id="appmove:1")
    assert "Does it go on after all?" in said(asked)
    assert "*lost (withdrew)*" in words_of(now(shown))
    refused = await world.maya.select(now(shown), [], custom_id="appmove:1")
    assert "Pick one from the list." in said(refused)


async def test_notes_steps_and_words_are_written_in_forms(world: World) -> None:
    shown = await opened(world)
    form = await world.press(now(shown), "appnote", by=world.maya)
    await world.submit(form, {"words": "Met *Anna*\n# at the fair", "whom": "Anna", "when": "yesterday"}, by=world.maya)
    assert "**Wed 31 December 2025** · A note · with Anna\n> Met \\*Anna\\*\n> \\# at the fair" in words_of(now(shown))
    assert "With Anna" in words_of(now(shown))

    form = await world.press(now(shown), "appstep", by=world.maya)
    await world.submit(form, {"words": "Call her", "when": "fri"}, by=world.maya)
    assert "Next: Fri 2 January · Call her" in words_of(now(shown))
    assert "next: Fri 2 Jan" in said(await search(world, "board"))
    for at in ("fri 14:00", "mon 15:00"):
        form = await world.press(now(shown), "appstep", by=world.maya)
        filled = {one["component"]["custom_id"]: one["component"]["value"] for one in form.modal["components"]}
        await world.submit(form, {**filled, "when": at}, by=world.maya)
    assert "Next: Mon 5 January · 15:00 Call her" in words_of(now(shown))

    form = await world.press(now(shown), "appedit", by=world.maya)
    await world.submit(form, {"company": "@everyone", "link": "https://www.a.example/x?token=1"}, by=world.maya)
    assert "Engineer at @\u200beveryone" in words_of(now(shown))
    assert "a.example" in words_of(now(shown))
    assert "token" not in words_of(now(shown))

    form = await world.press(now(shown), "appplace", by=world.maya)
    await world.submit(form, {"place": "Bremen"}, by=world.maya)
    assert "Bremen" in words_of(now(shown))


async def test_a_form_that_is_refused_keeps_its_words_behind_try_again(world: World) -> None:
    shown = await opened(world)
    form = await world.press(now(shown), "appstep", by=world.maya)
    refused = await world.submit(form, {"words": "Call her", "when": "yesterday"}, by=world.maya)
    assert "has passed" in said(refused)

    again = await world.press(refused.followups[0].message, "tryagain", by=world.maya)
    filled = {one["component"]["custom_id"]: one["component"]["value"] for one in again.modal["components"]}
    assert filled == {"words": "Call her", "when": "yesterday"}


async def test_a_long_history_is_turned_and_read_whole(world: World) -> None:
    await opened(world)
    for number in range(12):
        words = f"Note {number}. " + "word " * 100
        await world.maya.slash(world.channel, "log note", company="Acme", note=words)

    shown = await search(world, "show", application="acme")
    assert "Note 11." in words_of(now(shown))
    assert "**Applied**" not in words_of(now(shown))
    read = await world.press(now(shown), "appread", by=world.maya)
    assert said(read).count("word") >= 100
    while "Earlier" in labels_of(now(shown)):
        await world.maya.click(now(shown), label="Earlier")
    assert "· Applied" in words_of(now(shown))
    assert "Newer" in labels_of(now(shown))


async def test_what_happened_is_worded_anew_or_taken_back_later(world: World) -> None:
    shown = await opened(world)
    await world.maya.slash(world.channel, "log note", company="Acme", note="Wrong")
    await world.restart()
    shown = await search(world, "show", application="#1")
    picked = await world.maya.select(now(shown), ["2"], custom_id="appevent:1")
    assert labels_of(picked.followups[0].message) == ["Add detail", "Undo"]

    await world.press(picked.followups[0].message, "unlog", by=world.maya)
    assert "Wrong" not in said(await search(world, "show", application="#1"))
    again = await world.maya.select(now(shown), ["2"], custom_id="appevent:1")
    assert "taken back already" in said(again)


async def test_of_several_at_a_company_one_is_picked(world: World) -> None:
    await opened(world)
    await applied(world, role="Baker")
    asked = await search(world, "show", application="acme")
    assert ids_of(now(asked)) == {"appopen": "appopen:0"}
    assert "Did you mean Acme?" in said(await search(world, "show", application="Acem"))
    assert "Baker at Acme" in said(await world.maya.select(now(asked), ["2"], custom_id="appopen:0"))


async def test_next_tells_what_is_due_or_something_kind(world: World) -> None:
    shown = await opened(world)
    assert "Nothing is due in the next seven days" in said(await search(world, "next"))
    form = await world.press(now(shown), "appstep", by=world.maya)
    await world.submit(form, {"words": "", "when": "today"}, by=world.maya)
    await world.maya.slash(world.channel, "log interview", company="Acme", when="mon 14:00", whom="Ben")

    text = said(await search(world, "next"))
    assert "### Interviews\n**Acme** · Engineer\n-# <t:1767618000:F> · with Ben" in text
    assert "### Today\n**Acme** · Engineer\n-# Follow up" in text


async def test_what_is_long_due_is_for_today_and_not_for_a_day_that_has_passed(world: World) -> None:
    shown = await opened(world)
    form = await world.press(now(shown), "appstep", by=world.maya)
    await world.submit(form, {"words": "Call Anna", "when": "tomorrow"}, by=world.maya)
    await world.until(9, 12)

    assert "### Today\n**Acme** · Engineer\n-# Call Anna" in said(await search(world, "next"))
    assert "· next: today" in said(await search(world, "board"))
    assert "\nNext: today · Call Anna" in said(await search(world, "show", application="#1"))


@pytest.mark.parametrize("name", ["*" * 100, "יונתן " * 16, "\N{PARTY POPPER}" * 50, "@everyone " * 10, "<@1>_" * 20])
def test_a_full_page_of_any_names_fits_into_a_message(name: str) -> None:
    standing = Standing(Stage.INTERVIEWING, 12, None, Stage.INTERVIEWING, date(2020, 1, 1), date(2021, 1, 1))
    of = Application(1, 1, name, name, standing, NOW)
    cards = tuple(Card(of._replace(id=number), Step(TODAY, name)) for number in range(ON_PAGE))
    counts = tuple((stage, 1000) for stage in Stage)
    view = _board.board(Board(Look(text=name, page=3, key="0" * 16), cards, counts, 500, TODAY))

    check_limits(view)
    assert text_of(view).count("waiting") == ON_PAGE


@pytest.mark.parametrize("piece", ["*", "word ", "יונתן ", "\n>x", "@everyone ", "\N{PARTY POPPER}"])
def test_every_page_of_a_long_history_fits_and_none_of_it_is_left_out(piece: str) -> None:
    words, name = clean((piece * 4000)[:4000]), (piece * 100)[:100]
    standing = Standing(Stage.OFFER, 9, None, Stage.OFFER, date(2020, 1, 1), date(2021, 1, 1))
    of = Application(1, 1, name, name, standing, NOW, "https://a.example/", name, name, name, name)
    noted = Event(1, 1, 1, Act.NOTE, TODAY, NOW, whom=name, words=words, energy=1)
    lines = [Line(noted._replace(id=number, words=words if number % 3 else ""), When(TODAY), 1) for number in range(90)]
    found = History(Card(of, Step(TODAY, name)), tuple(lines), TODAY)

    shown, page = list[str](), 0
    while not shown or f"apppage:1.{page}" in shown[-1]:
        view = _application.shown(found, page, Logged(noted, of, when="Sun 1 February"))
        check_limits(view)
        shown.append(str(view.to_components()))
        page += 1
    offered = [value for view in shown for value in re.findall(r"'value': '(\d+)'", view)]
    assert offered == [str(line.event.id) for line in lines]


async def test_where_nothing_is_found_it_is_said_with_a_way_back(world: World) -> None:
    await opened(world)
    for options, words in (
        ({"text": "zebra"}, "No company or role holds these words."),
        ({"stage": "offer"}, "Nothing at *offer* just now."),
        ({"stage": "wishlist"}, "Nothing on the wishlist just now."),
    ):
        shown = await search(world, "board", **options)
        assert words in said(shown)
        assert labels_of(now(shown)) == ["Show open ones"]
        await world.press(now(shown), "boardpage", by=world.maya)
        assert "**Acme** · Engineer" in words_of(now(shown))
