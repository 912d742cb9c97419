"""Files that cannot be read, or are too large: told in words, and nothing is changed."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from bot.core.archive import BadFile
from bot.core.search import Act, Event
from bot.papers import search_json, table
from bot.store import search as rows
from bot.usecases import importing
from tests.usecases._importing import BERLIN, LIST, ORA, lived, sent, whole
from tests.usecases._search import applied
from tests.usecases.conftest import MAYA, Desk


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to more than is looked at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 21_000_000)
    return packed.getvalue()


async def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    tx = desk.app.db.reading
    names = [row["name"] for row in await tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: sorted((tuple(row) for row in await tx.all(f"SELECT * FROM {name}")), key=repr) for name in names}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "list.csv", "empty"),
        (b"Company,Role\n", "list.csv", "nothing below it"),
        (b'Company,Role\nAcme,"Baker\n', "list.csv", "quote"),
        (b"%PDF-1.7", "list.csv", "a PDF"),
        (bytes(range(256)) * 8, "list.csv", "no text"),
        (b"Company,Role\n" + b"Acme,Baker\n" * 2_001, "list.csv", "2,000 are as many"),
        (b"Company,Role\n" + b"Acme,Baker\n" * 200_000, "list.csv", "2 MB is the most"),
        (b"Company,Role\nAcme,Baker\n", "list.xlsx", "can't read that as an XLSX"),
        (bomb(), "list.xlsx", "unpacks to more"),
        (b"{}", "search.json", "JSON"),
        (b'{"cairn_search": ' + b"[" * 100_000, "search.json", "JSON"),
        (b'{"cairn_search": {"version": 2, "applications": [], "events": []}}', "search.json", "later version"),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(desk: Desk, data: bytes, name: str, words: str) -> None:
    await desk.begin()
    await lived(desk)
    await sent(desk, LIST)
    before = await everything(desk)
    with pytest.raises(BadFile, match=words):
        await sent(desk, data, name)
    assert await everything(desk) == before


async def test_a_large_file_is_refused_before_it_is_fetched(desk: Desk) -> None:
    await desk.begin()

    async def fetch() -> bytes:
        raise AssertionError("it is fetched")

    for name, size, words in (("list.xlsx", 2_000_001, "2 MB is"), ("list.csv", 8_000_001, "8 MB is")):
        with pytest.raises(BadFile, match=words):
            await importing.begin(desk.app, MAYA, name, size, fetch)


async def test_an_export_of_one_s_own_comes_back_however_long_it_is(desk: Desk) -> None:
    await desk.begin()
    one = await applied(desk)
    async with desk.app.db.writing() as tx:
        note = Event(0, 1, one.id, Act.NOTE, date(2026, 1, 1), desk.now, words="x" * 1_000)
        for _ in range(2_001):
            await rows.note(tx, note)
    before = await whole(desk)
    await desk.begin(ORA)
    for data, name in ((search_json.write(before), "s.json"), (table.write(before, BERLIN), "s.csv")):
        assert len(data) > 2_000_000
        assert len((await sent(desk, data, name, ORA)).plan.events) == 2_002
