"""The search as CSV: what is told of it, harmless in a spreadsheet, and the same when it is read again."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings

from bot.core.archive import Archive
from bot.core.search import Act, fold, told
from bot.papers import sheet, table
from tests._events import FIRST, happened
from tests.papers._archives import ODD, application, archive, archives

BERLIN = ZoneInfo("Europe/Berlin")


def lines(content: bytes) -> list[dict[str, str]]:
    """The lines as a spreadsheet takes them."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read(content: bytes) -> Archive:
    """A table, read as one that somebody sends."""
    found = sheet.read(content, "search.csv").rows
    reading = table.read(found[0].cells, found[1:])
    assert not reading.refused
    return reading.archive


def facts(found: Archive) -> list[object]:
    """What is told of a search, whatever the numbers are by which it is kept."""
    events = told(found.events)
    turn = {one.id: place for place, one in enumerate(sorted(events, key=lambda one: one.id))}
    of = {one.id: one._replace(id=0) for one in found.applications}
    happened = [one._replace(id=turn[one.id], application_id=None, about=turn.get(one.about or 0)) for one in events]
    return [*happened, *((turn[one.id], of.get(one.application_id or 0)) for one in events)]


@given(archives())
@settings(max_examples=150, deadline=None)
def test_a_table_gives_the_same_applications_and_events_back(found: Archive) -> None:
    if told(found.events):
        assert facts(read(table.write(found, BERLIN))) == facts(found)


@given(archives())
@settings(max_examples=50, deadline=None)
@example(archive([application(company=words) for words in ODD], [happened(1, Act.APPLIED)._replace(words="=1")]))
def test_no_cell_is_a_formula(found: Archive) -> None:
    for line in lines(table.write(found)):
        for cell in line.values():
            assert cell.lstrip()[:1] not in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}


@pytest.mark.parametrize("cell", [*ODD, "'", "'a", "' =1", "\t=1", "", "''=1"])
def test_the_guard_of_a_cell_is_taken_off_again(cell: str) -> None:
    assert table.unguarded(table.guarded(cell)) == cell


def test_a_line_says_what_happened_and_where_its_application_stands() -> None:
    events = [
        happened(1, Act.APPLIED)._replace(words="Sent"),
        happened(2, Act.INTERVIEW)._replace(starts_at=happened(1, Act.APPLIED).noted_at),
        happened(3, Act.OUTREACH, of=None)._replace(whom="Anna"),
        happened(4, Act.UNDONE)._replace(about=2),
        happened(5, Act.AMENDED)._replace(about=1, words="Sent by post", energy=-1),
    ]
    content = table.write(archive([application()._replace(reach="+49 30 123")], events), BERLIN)
    found = lines(content)

    assert content.startswith(b"\xef\xbb\xbf")
    assert [line["act"] for line in found] == ["applied", "outreach"]
    assert (found[0]["words"], found[0]["energy"]) == ("Sent by post", "took")
    assert (found[0]["stands"], found[0]["reach"]) == ("applied", "'+49 30 123")
    assert found[0]["made_at"] == "2026-01-05T13:00:00+01:00"
    assert (found[1]["company"], found[1]["whom"]) == ("", "Anna")


@pytest.mark.parametrize(("style", "separator"), [("%d.%m.%Y", ";"), ("%d/%m/%Y", ";"), ("%m/%d/%Y", ",")])
def test_a_table_that_a_spreadsheet_saved_in_its_own_way_is_read_all_the_same(style: str, separator: str) -> None:
    events = [happened(turn, Act.NOTE)._replace(on=FIRST + timedelta(days=turn)) for turn in range(2, 20)]
    whole = archive([application()], [happened(1, Act.APPLIED), *events])
    paper = io.StringIO(newline="")
    columns: list[str] = list(table.COLUMNS)
    writer = csv.DictWriter(paper, columns, delimiter=separator)
    writer.writeheader()
    for line in lines(table.write(whole, BERLIN)):
        writer.writerow({**line, "on": date.fromisoformat(line["on"]).strftime(style)})

    assert facts(read(paper.getvalue().encode("cp1252"))) == facts(whole)


def test_a_day_that_can_be_read_in_two_ways_is_refused_in_a_table_of_ours() -> None:
    content = table.write(archive([application()], [happened(1, Act.APPLIED)]), BERLIN)
    found = sheet.read(content.replace(b'"2026-01-05"', b'"05/01/2026"'), "search.csv").rows

    assert [remark.line for remark in table.read(found[0].cells, found[1:]).refused] == [2]


def test_undone_events_leave_no_trace_in_where_it_stands() -> None:
    events = [happened(1, Act.APPLIED), happened(2, Act.OFFER), happened(3, Act.UNDONE)._replace(about=2)]

    back = read(table.write(archive([application()], events)))

    assert back.applications[0].standing == fold(events)
