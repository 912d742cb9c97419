"""XLSX workbooks: measured before they are opened, since a small file may unpack to gigabytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.core.archive import BadFile

_UNPACKED = 20_000_000  # bytes, all parts together
_PARTS = 500
_CELLS = 300_000  # of the rectangle that a sheet's cells span, all of which takes memory
_AT = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"([A-Z]{0,3})([0-9]{1,7})")
_BROKEN = "I can't read that as an XLSX file. Save it again as XLSX or CSV. Nothing was kept."

# What zipfile and zlib raise of an archive that is torn, damaged, locked, or packed in a way of its own.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

Cell = int | float | str | bool | time | date | datetime | timedelta


def read(data: bytes) -> tuple[str, list[tuple[int, tuple[str, ...]]]]:
    """The rows of the first sheet that has any, each with its number; the sheet's name where there are several.

    Raises BadFile.
    """
    try:
        return _opened(_measured(data))
    except _UNREADABLE as error:
        raise BadFile(_BROKEN) from error


def _opened(data: bytes) -> tuple[str, list[tuple[int, tuple[str, ...]]]]:
    from python_calamine import CalamineError, SheetTypeEnum, load_workbook  # takes a while to load

    try:
        with load_workbook(io.BytesIO(data)) as book:
            names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            for name in names:
                sheet = book.get_sheet_by_name(name)
                first = 1 + (sheet.start[0] if sheet.start else 0)
                rows = [(line, _texts(row)) for line, row in enumerate(sheet.to_python(), first)]
                if any(any(cells) for _, cells in rows):
                    return (name if len(names) > 1 else ""), rows
    except CalamineError as error:
        raise BadFile(_BROKEN) from error
    return "", []


def _texts(row: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(_text(cell) for cell in row)


def _text(cell: Cell) -> str:
    """A cell as somebody would type it: dates as ISO writes them, whole numbers without a point."""
    match cell:
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()


# ------------------------------------------------------------------ measured


def _measured(data: bytes) -> bytes:
    """The workbook packed anew of what was unpacked here, so that nothing in it is larger than was counted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as workbook, zipfile.ZipFile(packed, "w") as anew:
        parts = workbook.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            raise BadFile("That workbook unpacks to more than any list of applications needs. Nothing was kept.")
        for part in parts:
            content = workbook.read(part)
            if part.filename.casefold().startswith("xl/worksheets/"):
                _check_span(content)
            anew.writestr(part.filename, content)
    return packed.getvalue()


def _check_span(sheet: bytes) -> None:
    """Raises BadFile where two cells lie so far apart that the sheet between them would fill the memory."""
    far_row, far_column = 1, 1
    for place in set(_AT.findall(sheet)):
        found = _PLACE.fullmatch(place.upper())
        if found is None:
            raise BadFile(_BROKEN)
        far_row = max(far_row, int(found[2]))
        far_column = max(far_column, _number(found[1]))
    if far_row * far_column > _CELLS:
        raise BadFile(
            "That sheet has cells very far apart. Copy the part that matters to a new sheet. Nothing was kept."
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
