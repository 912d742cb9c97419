"""Tables as people send them: any encoding and separator is read, and what is no table is told in words."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.archive import BadFile
from bot.papers.sheet import read

CELLS = ("Firma", "Stelle", "Notiz")
HALF_PAST_TWO = datetime.combine(date(2026, 1, 3), time(14, 30))  # a workbook knows no zones
WORDS = ("Müller & Söhne", "Bäcker; Köln", 'sagt "ja", vielleicht')


def cells(data: bytes, name: str = "list.csv") -> list[tuple[str, ...]]:
    return [row.cells for row in read(data, name).rows]


def table(separator: str = ";", end: str = "\r\n") -> str:
    quoted = [f'"{word.replace(chr(34), chr(34) * 2)}"' for word in WORDS]
    return separator.join(CELLS) + end + separator.join(quoted) + end


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_encoding_and_separator_gives_the_same_rows(encoding: str, separator: str) -> None:
    assert cells(table(separator).encode(encoding)) == [CELLS, WORDS]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Köln;Absage", "cp1252"),
        ("“Acme” – Söhne;45.000 €", "cp1252"),
        ("Łódź;Księgowa", "cp1250"),
        ("Яндекс;Разработчик", "cp1251"),
        ("日本電気;エンジニア", "shift_jis"),
    ],
)
def test_a_small_file_without_a_mark_is_read_in_its_own_script(words: str, encoding: str) -> None:
    assert cells(f"Company;Role\n{words}\n{words}\n".encode(encoding))[1] == tuple(words.split(";"))


def test_lines_are_counted_as_the_person_sees_them() -> None:
    rows = read(b'a,b\n\n"one\ntwo",x\n,,\nlast,y\n', "list.csv").rows

    assert [row.line for row in rows] == [1, 3, 6]
    assert rows[1].cells == ("one\ntwo", "x")


def test_the_line_of_excel_that_names_the_separator_is_no_heading() -> None:
    assert cells(b"sep=;\r\nCompany;Role\r\nA,B;C\r\n") == [("Company", "Role"), ("A,B", "C")]


def test_columns_without_a_single_cell_are_left_out() -> None:
    assert cells(b"Company,,Role,\nAcme,,Baker,\n") == [("Company", "Role"), ("Acme", "Baker")]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "list.csv", "empty"),
        (b" \r\n\t\n", "list.csv", "empty"),
        (b",,,\n,,,\n", "list.csv", "nothing in that file"),
        (b"%PDF-1.7 ...", "list.csv", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "list.csv", "a picture"),
        (b"PK\x03\x04....", "list.csv", "an archive"),
        (b"\xd0\xcf\x11\xe0....", "list.csv", "old Excel"),
        (bytes(range(256)) * 8, "list.csv", "no text"),
        (b"Company\x00Role\n", "list.csv", "no text"),
        (b'Company,Role\nAcme,"Baker\nGlobex,x\n', "list.csv", "in line 2 a quote"),
        (b'Company,Role\n"Acme" Inc,Baker\n', "list.csv", "in line 2 a quote"),
        (b"a" * 2_000_001, "list.csv", "2 MB is the most"),
        (b"a,b\n" + b"x,y\n" * 2001, "list.csv", "2,000 are as many as I take at once. Send it in parts"),
        (b",".join([b"x"] * 61), "list.csv", "Leave some out"),
        (b"Company,Role\nAcme,Baker\n", "list.xlsx", "can't read that as an XLSX"),
        (b"PK\x05\x06" + b"\0" * 18, "list.xlsx", "can't read that as an XLSX"),
    ],
)
def test_what_is_no_table_is_told_in_words(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(data, name)


@given(st.binary(max_size=300), st.sampled_from(["list.csv", "list.xlsx"]))
def test_anything_is_read_or_told(data: bytes, name: str) -> None:
    with suppress(BadFile):
        assert len({len(row.cells) for row in read(data, name).rows}) == 1


# ------------------------------------------------------------------ workbooks


def workbook(*rows: tuple[Any, ...], also: str = "") -> bytes:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    if also:
        book.create_sheet(also)
    book.save(packed)
    return packed.getvalue()


def packed(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"xl/worksheets/{name}.xml", content)
    return whole.getvalue()


ONE_LINE = workbook(("Company",), ("Acme",))


def test_a_workbook_is_read_as_somebody_would_type_it() -> None:
    data = workbook((), ("Company", "Day", "At", "Fit", "Remote"), ("Ä", date(2026, 1, 3), HALF_PAST_TWO, 85.0, True))
    found = read(data, "list.XLSX")

    assert [row.line for row in found.rows] == [2, 3]
    assert found.rows[1].cells == ("Ä", "2026-01-03", "2026-01-03 14:30", "85", "yes")
    assert found.tab == ""
    assert read(workbook(("Company",), ("Ä",), also="Other"), "a.xlsx").tab == "Sheet"


def test_a_workbook_that_unpacks_to_too_much_is_told_before_it_is_unpacked() -> None:
    bomb = packed(sheet1=b"0" * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(BadFile, match="unpacks to more"):
        read(bomb, "list.xlsx")
    with pytest.raises(BadFile, match="unpacks to more"):
        read(packed(**{f"s{n}": b"" for n in range(501)}), "list.xlsx")


def test_a_workbook_that_lies_about_its_size_is_not_opened() -> None:
    bomb = bytearray(packed(sheet1=b"0" * 60_000_000))
    entry = bomb.rindex(b"PK\x01\x02")
    bomb[entry + 24 : entry + 28] = struct.pack("<I", 1000)
    with pytest.raises(BadFile, match="can't read that as an XLSX"):
        read(bytes(bomb), "list.xlsx")


def test_cells_that_span_more_than_the_memory_are_not_opened() -> None:
    book, whole = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = "Company", "far"
    book.save(whole)
    with pytest.raises(BadFile, match="very far apart"):
        read(whole.getvalue(), "list.xlsx")


@given(st.integers(0), st.integers(0, 255))
def test_a_workbook_of_which_a_byte_was_changed_is_read_or_told(at: int, to: int) -> None:
    data = bytearray(ONE_LINE)
    data[at % len(data)] = to
    with suppress(BadFile):
        assert len(read(bytes(data), "list.xlsx").rows) <= 2


def test_a_locked_or_torn_workbook_is_told_in_words() -> None:
    data = workbook(("Company",), ("Acme",))
    with pytest.raises(BadFile):
        read(data[: len(data) // 2], "list.xlsx")
    with pytest.raises(BadFile):
        read(data.replace(b"xl/workbook.xml", b"xl/workbuch.xml"), "list.xlsx")
