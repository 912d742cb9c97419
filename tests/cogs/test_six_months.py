"""Six months of a search through the real commands: typed, undone, looked at page by page, drawn, taken along."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.core.search import Act, Loss, told
from bot.store import archive as archives
from tests._search import APPLICATIONS, HARD, Line, lines, placed
from tests.cogs.conftest import ZONE, World, ids_of, labels_of, said, words_of
from tests.cogs.test_trail import alt_of
from tests.usecases.test_six_months import bare

NAMES = {Act.LOST: "rejection"}  # the others are called as they are
HARMFUL = r"\*\*Bold\*\*|@everyone|@here|(?<!\\)(?:<@1>|\|\||~~gone|`code|\[a\]\(b)"


async def lived(world: World) -> None:
    """Maya's six months."""
    await world.begin()
    numbers = dict[int, int]()
    for line in lines(world.now + timedelta(hours=13)):
        await world.env.advance_time((line.at - world.now).total_seconds())
        await by_command(world, line, numbers)


async def by_command(world: World, line: Line, numbers: dict[int, int]) -> None:
    """Type a line; what has no command is picked in the menu under /search show."""
    wish = placed(line, numbers)
    if wish.act is Act.ACCEPTED or wish.loss not in (None, Loss.REJECTED):
        shown: Any = await world.maya.slash(world.channel, "search show", application=wish.which)
        message = shown.response.message
        await world.maya.select(message, [wish.loss or "accepted"], custom_id=ids_of(message)["appmove"])
        assert "Noted:" in words_of(shown.response.message)
        return
    told_of = {"role": wish.role, "whom": wish.whom, "link": wish.link, "source": wish.source, "kind": wish.kind}
    options = {name: value for name, value in {**told_of, "when": wish.when, "note": wish.words}.items() if value}
    company = {"company": wish.which} if wish.which else {}
    shown: Any = await world.maya.slash(world.channel, f"log {NAMES.get(wish.act, wish.act)}", **company, **options)
    assert "Undo" in labels_of(shown.response.message), said(shown)
    if line.of is not None:
        [row] = await world.app.db.reading.all("SELECT application_id AS of FROM events ORDER BY id DESC LIMIT 1")
        numbers[line.of] = row["of"]
    if line.undone:
        await world.press(shown.response.message, "unlog", by=world.maya)
    elif line.detail:
        form = await world.press(shown.response.message, "logmore", by=world.maya)
        await world.submit(form, dict(line.detail), by=world.maya)


async def pages(world: World, **options: str) -> list[str]:
    """All pages of the board."""
    shown: Any = await world.maya.slash(world.channel, "search board", **options)
    found = [words_of(shown.response.message)]
    while "More" in labels_of(shown.response.message):
        await world.maya.click(shown.response.message, label="More")
        found.append(words_of(shown.response.message))
    return found


async def exported(world: World, form: str) -> tuple[str, bytes]:
    """The file that /search export hands over."""
    shown: Any = await world.maya.slash(world.channel, "search export", format=form)
    file = shown.response.attachments[0]
    return file.filename, world.env.backend.cdn.get(file.url) or b""


async def imported(world: World, who: Any, form: str) -> None:
    """Somebody takes in Maya's file."""
    await who.slash(world.channel, "start", zone=ZONE)
    shown: Any = await who.slash(world.channel, "search import", file=await exported(world, form))
    assert f"**{APPLICATIONS} applications**" in said(shown)
    await world.press(shown.response.message, "importdo", by=who)


async def test_half_a_year_is_typed_looked_at_drawn_and_taken_along(world: World) -> None:
    await lived(world)
    [maya] = await world.app.db.reading.all("SELECT id FROM people WHERE name = 'Maya'")
    before = await archives.whole(world.app.db.reading, maya["id"])
    assert len(before.applications) == APPLICATIONS

    ended = [*await pages(world, stage="lost"), *await pages(world, stage="accepted")]
    everything = "\n".join([*await pages(world), *ended])
    assert len(re.findall(r"^\*\*.+\*\* · ", everything, re.MULTILINE)) == APPLICATIONS
    for one in before.applications[:: APPLICATIONS // 12]:
        shown: Any = await world.maya.slash(world.channel, "search show", application=f"#{one.id}")
        everything += said(shown)
    assert not re.search(HARMFUL, everything)
    drawn: Any = await world.maya.slash(world.channel, "search funnel")
    assert f"Of {APPLICATIONS} applications" in alt_of(drawn.response.message)
    assert not [name for name in HARD if len(name) > 4 and name in said(drawn) + alt_of(drawn.response.message)]

    await imported(world, world.aisha, "json")
    await imported(world, world.jonas, "csv")
    whole = {
        row["name"]: await archives.whole(world.app.db.reading, row["id"])
        for row in await world.app.db.reading.all("SELECT id, name FROM people")
    }
    assert bare(whole["Aisha"], whole["Aisha"].events) == bare(before, before.events)
    assert bare(whole["Jonas"], told(whole["Jonas"].events)) == bare(before, told(before.events))
    assert whole["Maya"] == before
