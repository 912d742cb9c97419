"""A file that waits to be imported: read once when it comes, and stored until its person decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from bot import when as dates
from bot.core.archive import BadFile, Reading, Remark
from bot.core.cells import Day
from bot.core.dates import BadDate
from bot.core.layout import NO_HEADING, Holds, layout_of
from bot.core.sheet import Choices, Row, Sheet
from bot.papers import search_json, sheet, table


class Pending(NamedTuple):
    """A file that waits, as it was read."""

    name: str
    sheet: Sheet | None  # of a table of somebody else
    reading: Reading | None  # of a file of ours
    choices: Choices
    layout: str = ""


def read(data: bytes, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a file holds, and how it is to be read; raises BadFile."""
    if name.casefold().endswith(".json"):
        sheet.check_size(len(data), sheet.MOST_OF_OURS)
        return _stored(name, Reading(search_json.read(data))), {}
    found = sheet.read(data, name)
    cells = [row.cells for row in found.rows]
    layout = layout_of(cells)
    heading, rest = _heading(found, layout.heading), found.rows[layout.heading + 1 :]
    if not rest:
        raise BadFile("There is one row in that file, and nothing below it. Nothing was kept.")
    if table.is_ours(heading.cells):
        return _stored(name, table.read(heading.cells, rest)), {}
    content = {
        "name": name,
        "tab": found.tab,
        "layout": layout.name,
        "rows": [[row.line, *row.cells] for row in (heading, *rest)],
    }
    return content, written(Choices(layout.columns))


def _heading(found: Sheet, at: int) -> Row:
    """The heading of a table; one without any gets letters, as a spreadsheet gives them."""
    if at != NO_HEADING:
        return found.rows[at]
    return Row(0, tuple(f"Column {chr(65 + turn)}" if turn < 26 else "" for turn in range(len(found.rows[0].cells))))


def _stored(name: str, reading: Reading) -> dict[str, Any]:
    return {
        "name": name,
        "archive": search_json.write(reading.archive).decode(),
        "refused": reading.refused,
        "lines": reading.lines,
    }


def written(choices: Choices) -> dict[str, Any]:
    """How a table is to be read, as it is stored."""
    return {"columns": choices.columns, "day_first": choices.day_first, "stages": dict(choices.stages)}


def pending(content: Mapping[str, Any], choices: Mapping[str, Any]) -> Pending:
    """A file as it was stored."""
    if "archive" in content:
        refused = tuple(Remark(*one) for one in content["refused"])
        lines = tuple((number, line) for number, line in content["lines"])
        reading = Reading(search_json.read(content["archive"].encode()), refused, lines)
        return Pending(content["name"], None, reading, Choices(()))
    found = tuple(Row(line, tuple(cells)) for line, *cells in content["rows"])
    columns = tuple(Holds(one) for one in choices["columns"])
    read_by = Choices(columns, choices["day_first"], choices["stages"])
    return Pending(content["name"], Sheet(found, content["tab"]), None, read_by, content["layout"])


def spelled(now: datetime) -> Callable[[str], Day | None]:
    """Reads days in words as somebody types them; the same words are read once."""

    @cache
    def read(cell: str) -> Day | None:
        try:
            found = dates.read_day(cell, now)
        except BadDate:
            return None
        return Day(found.on, found.at)

    return read
