"""Tables that people send: CSV of any encoding and separator, and XLSX, as rows of text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.core.archive import BadFile
from bot.core.sheet import Row, Sheet
from bot.papers import _workbook, table

MOST_BYTES = 2_000_000
MOST_OF_OURS = 8_000_000  # of a table that this bot wrote, which is as much as it hands out
MOST_ROWS = 2_000  # below the heading
MOST_COLUMNS = 60
_SEPARATORS = ",;\t|"
_NO_TEXT = "That is no CSV: there is no text in it that I can read. Nothing was kept."
_OTHERS = {
    b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"PK": "an archive",
    b"\xd0\xcf\x11\xe0": "an old Excel file", b"\x1f\x8b": "an archive",
    b"{\\rtf": "a text file", b"<": "a web page",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_SCRIPTS = ["cp1251", "cp1253", "cp1255", "cp1256", "shift_jis", "gb18030", "euc_kr", "big5"]
_FEW = 0.35
_NOT_WESTERN = "\ufffd|[¹³¿¯£¥][a-zà-ÿ]|[a-zà-ÿ][¹³¿¼¾Ÿ]"  # what Polish or Czech looks like when read as Western


def read(data: bytes, name: str) -> Sheet:
    """The rows of a CSV or XLSX file, by its name; raises BadFile."""
    check_size(len(data), MOST_OF_OURS if table.begins(data) else MOST_BYTES)
    if not data.strip():
        raise BadFile("That file is empty, so nothing was kept.")
    if name.casefold().endswith((".xlsx", ".xlsm")):
        tab, found = _sheet(data)
    else:
        tab, found = "", _separated(_text(data))
    rows = [row for row in found if any(row.cells)]
    if not rows:
        raise BadFile("There is nothing in that file, so nothing was kept.")
    if len(rows) > MOST_ROWS + 1 and not table.is_ours(rows[0].cells):
        raise BadFile(
            f"That file has {len(rows) - 1:,} rows, and {MOST_ROWS:,} are as many as I take at once. "
            "Send it in parts. Nothing was kept."
        )
    return Sheet(tuple(_squared(rows)), tab)


def check_size(size: int, most: int) -> None:
    """Raises BadFile where a file has more bytes than are taken."""
    if size > most:
        found = f"{size / 1_000_000:.1f} MB, and {most // 1_000_000} MB"
        raise BadFile(f"That file has {found} is the most. Nothing was kept.")


def _squared(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows without columns that are empty throughout, each as wide as the others."""
    used = sorted({at for row in rows for at, cell in enumerate(row.cells) if cell})
    if len(used) > MOST_COLUMNS:
        raise BadFile(
            f"That table has {len(used)} columns, and {MOST_COLUMNS} are as many as I can read. "
            "Leave some out, and send it again. Nothing was kept."
        )
    for row in rows:
        yield Row(row.line, tuple(row.cells[at] if at < len(row.cells) else "" for at in used))


def _sheet(data: bytes) -> tuple[str, list[Row]]:
    tab, rows = _workbook.read(data)
    return tab, [Row(line, cells) for line, cells in rows]


# ------------------------------------------------------------------ text


def _text(data: bytes) -> str:
    for start, what in _OTHERS.items():
        if data.lstrip().startswith(start):
            raise BadFile(
                f"That is no CSV: by its content it is {what}. Save the table as CSV or XLSX and send that. "
                "Nothing was kept."
            )
    text = _decoded(data)
    strange = sum(char < " " and char not in "\t\r\n\f" for char in text)
    if "\0" in text or strange * 100 > len(text):
        raise BadFile(_NO_TEXT)
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    """Text by its mark, else as UTF-8, else by what most looks like words."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if data[:200].count(0) > len(data[:200]) // 4:  # two bytes for each letter, and no mark
        return _strictly(data, "utf-16-be" if data[0] == 0 else "utf-16-le")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise BadFile(_NO_TEXT) from None


def _guessed(data: bytes) -> str:
    """Western where few letters have an accent, else Central European; where most are no ASCII, another script."""
    letters = sum(byte > 64 for byte in data)
    if sum(byte > 127 for byte in data) < letters * _FEW:
        western = data.decode("cp1252", "replace")
        return data.decode("cp1250", "replace") if re.search(_NOT_WESTERN, western) else western
    from charset_normalizer import from_bytes  # takes a while to load

    best = from_bytes(data, cp_isolation=_SCRIPTS).best()
    if best is None:
        raise BadFile("That is no CSV: there is no text in it that I can read. Save it as UTF-8, and send it again.")
    return str(best)


def _separated(text: str) -> list[Row]:
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE):  # as Excel writes it
        return [Row(row.line + 1, row.cells) for row in _split(rest, told[1])]
    return _split(text, max(_SEPARATORS, key=lambda mark: (_fits(text, mark, strict=True), _fits(text, mark))))


def _fits(text: str, mark: str, *, strict: bool = False) -> tuple[int, int]:
    """How well a separator fits: rows that are as wide as the widest, and how wide that is."""
    try:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict), 50)
        widths = [len(row) for row in rows]
    except csv.Error:
        return (0, 0)
    widest = max(widths, default=1)
    return (widths.count(widest), widest) if widest > 1 else (0, 0)


def _split(text: str, mark: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cell.strip() for cell in cells)))
            line = reader.line_num + 1
    except csv.Error:
        raise BadFile(
            f"The table breaks off: in line {line} a quote is opened that does not end where it should. "
            "Save it as CSV again, or mend that line. Nothing was kept."
        ) from None
    return rows
