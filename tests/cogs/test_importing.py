"""/search import in the real bot: a file, what it would add, and one press."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.core.layout import Holds
from bot.core.people import Person
from bot.core.sheet import Called, Column
from bot.papers import search_json
from bot.store import archive as archives
from bot.store.db import Tx, Value
from bot.usecases import importing
from bot.usecases.importing import Imported, Shown
from cogs import _importing
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

GERMAN = "\ufeffFirma;Stelle;Datum;Stand\nMüller;Bäcker;25/11/2025;Absage\nAcme;Koch;26/11/2025;Auf Eis\n;Koch;;\n"


async def sent(world: World, data: str | bytes, name: str = "list.csv") -> Any:
    """Maya sends a file."""
    await world.begin()
    content = data.encode() if isinstance(data, str) else data
    return await world.maya.slash(world.channel, "search import", file=(name, content))


def now(result: Any) -> str:
    """What the message of an interaction says by now."""
    return words_of(result.response.message)


async def rows(world: World, table: str) -> int:
    return len(await world.app.db.reading.all(f"SELECT id FROM {table}"))


async def test_a_file_is_looked_at_and_then_taken_in_with_one_press(world: World) -> None:
    shown = await sent(world, GERMAN)
    assert shown.ephemeral
    assert "**2 applications** with 3 events would be added" in said(shown)
    assert "Bäcker at Müller: lost (rejected), Tue 25 November 2025" in said(shown)
    assert "1 line refused." in said(shown)
    assert "Line 4 refused: there is no company" in said(shown)
    assert "company from “Firma” · role from “Stelle”" in said(shown)
    assert "“Auf Eis” is not known to me, so applied" in said(shown)
    assert await rows(world, "applications") == 0

    await world.restart()
    await world.press(shown.response.message, "importdo", by=world.maya)
    assert "**2 applications with 3 events** more" in now(shown)
    assert "**Acme** · Koch" in said(await world.maya.slash(world.channel, "search board"))
    assert await rows(world, "imports") == 0


class OtherDevice(Tx):
    """Reads; right after a file was read to be imported, it is chosen elsewhere how its days are meant."""

    def __init__(self, world: World) -> None:
        super().__init__(world.app.db.reading._connection)
        self.world, self.before = world, world.app.db.reading

    async def one(self, sql: str, *values: Value) -> Any:
        row = await super().one(sql, *values)
        if "FROM imports" in sql:
            self.world.app.db.reading = self.before
            maya = Person("discord", "", str(self.world.maya.id))
            await importing.choose(self.world.app, maya, 1, importing.with_day_first(False))
        return row


async def test_a_file_read_in_another_way_on_a_second_device_is_looked_at_once_more(world: World) -> None:
    shown = await sent(world, "Company,Role,Date\nAcme,Baker,03/04/2025\n")
    await world.maya.click(shown.response.message, custom_id="importdays:1.d")
    assert "Baker at Acme: applied, Thu 3 April 2025" in now(shown)
    world.app.db.reading = OtherDevice(world)
    refused = await world.press(shown.response.message, "importdo", by=world.maya)

    assert "Look once more: nothing was imported yet" in said(refused)
    assert "Baker at Acme: applied, Tue 4 March 2025" in now(shown)
    assert (await rows(world, "applications"), await rows(world, "imports")) == (0, 1)
    await world.press(shown.response.message, "importdo", by=world.maya)
    assert await rows(world, "applications") == 1


async def test_what_was_long_quiet_is_asked_about_once_and_closed_with_one_press(world: World) -> None:
    shown = await sent(world, "Company,Role,Date\nAcme,Baker,3.6.2025\nGlobex,Cook,4.6.2025\n")
    await world.press(shown.response.message, "importdo", by=world.maya)
    assert "2 of them have been quiet for three weeks or more" in now(shown)
    await world.restart()
    await world.press(shown.response.message, "importquiet", by=world.maya)
    assert "2 applications are closed: no answer came" in now(shown)
    await world.press(shown.response.message, "importopen", by=world.maya)
    assert "2 applications are open again" in now(shown)


@pytest.mark.parametrize(("quiet", "label"), [(1, "Close it"), (2, "Close them all"), (1_200, "Close them all")])
def test_what_was_long_quiet_is_closed_by_a_button_that_says_so(quiet: int, label: str) -> None:
    view = _importing.imported(Imported(1_500, 3_000, quiet, 7))

    assert [one.label for one in view.walk_children() if isinstance(one, ui.Button)] == [label]


async def test_columns_and_stages_are_changed_a_few_at_a_time(world: World) -> None:
    shown = await sent(world, "A;B;C;D;E\nBaker;Acme;x;y;On ice\n")
    assert labels_of(shown.response.message) == ["Change columns", "Not now"]
    assert "Which columns hold the company and the role? Nothing can be imported without them." in said(shown)
    await world.press(shown.response.message, "importcolumns", by=world.maya)
    message = shown.response.message
    await world.maya.select(message, ["company"], custom_id="importholds:1.1")
    await world.press(shown.response.message, "importlook", by=world.maya)
    assert "Which column holds the role? Nothing can be imported without it." in now(shown)
    await world.press(shown.response.message, "importcolumns", by=world.maya)
    message = shown.response.message
    await world.maya.select(message, ["role"], custom_id="importholds:1.0")
    await world.maya.click(shown.response.message, label="More")
    assert "“E”: On ice" in now(shown)
    await world.maya.select(shown.response.message, ["stage"], custom_id="importholds:1.4")
    await world.press(shown.response.message, "importlook", by=world.maya)
    await world.press(shown.response.message, "importstages", by=world.maya)
    await world.maya.select(shown.response.message, ["ghosted"], custom_id="importmeans:1.0")
    assert "“On ice” is ghosted" in now(shown)
    await world.press(shown.response.message, "importlook", by=world.maya)

    assert "Baker at Acme: lost (ghosted)" in now(shown)


def test_no_menu_has_the_number_of_one_that_stood_in_its_place() -> None:
    columns = tuple(Column(f"c{n}", (), Holds.KEPT) for n in range(6))
    found = Shown(1, "list.csv", columns=columns, stages=(Called("x", 1, "applied"),))
    steps = (_importing.columns(found, 0), _importing.columns(found, 1), _importing.stages(found, 0))
    menus = [item for step in steps for item in step.walk_children() if isinstance(item, ui.Select)]

    assert len({menu.id for menu in menus} - {None}) == len(menus) == 7


async def test_a_first_row_that_may_be_no_heading_is_told(world: World) -> None:
    words = "Line 1 is read as headings"

    assert words in said(await sent(world, "Baker;Acme;x\nCook;Globex;y\n"))
    assert words not in said(await sent(world, "Baker;Acme;2025-11-03\nCook;Globex;2025-11-04\n"))
    assert words not in said(await sent(world, "Company;Role\nGlobex;Cook\n"))


async def test_what_is_skipped_is_told_by_its_number(world: World) -> None:
    once, twice = "Company,Role\n" + "Acme,Baker\n" * 2, "Company,Role\n" + "Acme,Baker\n" * 3

    assert "1 application skipped: you have it, or it comes twice." in said(await sent(world, once))
    assert "2 applications skipped: you have them, or they come twice." in said(await sent(world, twice))


async def test_of_a_file_without_lines_it_is_told_what_is_skipped(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Baker")
    archive = await archives.whole(world.app.db.reading, 1)
    shown = await sent(world, search_json.write(archive), "search.json")
    assert "Skipped: Baker at Acme: you have it already" in said(shown)


async def test_which_number_is_the_day_is_asked_and_can_be_changed(world: World) -> None:
    shown = await sent(world, "Company,Role,Date\nAcme,Baker,03/04/2025\n")
    assert labels_of(shown.response.message)[:2] == ["3 April", "4 March"]
    await world.maya.click(shown.response.message, label="4 March")
    assert "Tue 4 March 2025" in now(shown)
    await world.maya.click(shown.response.message, label="Change dates")
    assert "Thu 3 April 2025" in now(shown)


async def test_many_lines_are_told_in_a_file(world: World) -> None:
    shown = await sent(world, "Company,Role\n" + ",x\n" * 20)
    file = shown.response.attachments[0]
    data = world.env.backend.cdn.get(file.url)

    assert file.filename == "lines.txt"
    assert data
    assert data.decode().splitlines()[-1] == "Line 21 refused: there is no company"
    await world.press(shown.response.message, "importnot", by=world.maya)
    assert "nothing was imported" in now(shown)
    assert await rows(world, "imports") == 0


async def test_a_file_after_which_another_came_says_so(world: World) -> None:
    first = await sent(world, "Company,Role\nAcme,Baker\n")
    await sent(world, "Company,Role\nGlobex,Cook\n")
    pressed = await world.press(first.response.message, "importdo", by=world.maya)
    assert "another came after it" in said(pressed)
    assert await rows(world, "applications") == 0


@pytest.mark.parametrize("name", ["@everyone **B** <@1> `[a](b)`", "\u202eemcA שלום (Ltd.)", "👩‍👩‍👧" * 9])
async def test_what_stands_in_a_file_does_nothing_in_a_message(world: World, name: str) -> None:
    shown = await sent(world, f'{name},Role,Company,Status\n{name},"{name}","{name}","{name}"\n', f"{name}.csv")
    for verb in ("importcolumns", "importlook", "importstages", "importlook", "importdo"):
        await world.press(shown.response.message, verb, by=world.maya)

    requests = [one.json for one in world.env.http_requests if one.json and "Nothing is kept" in str(one.json)]
    assert requests
    assert all("@everyone" not in str(one).replace("@\u200beveryone", "") for one in requests)
    assert await rows(world, "applications") == 1


async def test_what_cannot_be_taken_is_told(world: World) -> None:
    for data, words in (
        (b"%PDF-1.7", "it is a PDF. Save the table as CSV or XLSX and send that."),
        (b"", "empty"),
        (b"a" * 2_000_001, "2 MB is the most"),
    ):
        shown = await sent(world, data)
        assert words in said(shown)
        assert ids_of(shown.response.message) == {}
    assert await rows(world, "imports") == 0
