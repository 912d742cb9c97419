"""The log for an employment office, as pages to print (PDF) and as a table (CSV), in the office's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from bot.core.office import Effort, Language, OfficeLog
from bot.core.text import shorten
from bot.papers._office_words import WORDS, Words
from bot.papers.table import guarded

if TYPE_CHECKING:
    from bot.papers._page import Pages

CELL_LIMIT = 300  # characters
_MOST_LINES = 34  # of a cell; the row is lower than a page
_WIDTHS = (21.0, 46.0, 50.0, 40.0, 36.0, 46.0, 38.0)
_LEFT, _TOP, _HEAD, _END, _FOOT = 10.0, 16.0, 20.0, 194.0, 202.0
_SIZE, _SMALL, _LARGE = 8.5, 8.0, 15.0
_LINE, _PAD, _GUTTER = 4.1, 1.4, 2.5


class _Row(NamedTuple):
    cells: tuple[list[str], ...]  # the lines of each

    @property
    def height(self) -> float:
        return max(map(len, self.cells)) * _LINE + 2 * _PAD


def table(log: OfficeLog) -> bytes:
    """The log as CSV, in UTF-8 with a BOM; where people write decimals with a comma, cells are parted by semicolons."""
    paper, words = io.StringIO(newline=""), WORDS[log.language]
    separator = "," if log.language is Language.ENGLISH else ";"
    writer = csv.writer(paper, quoting=csv.QUOTE_ALL, delimiter=separator)
    writer.writerow(words.columns)
    for effort in log.efforts:
        writer.writerow(guarded(cell) for cell in _cells(effort, log, words))
    return paper.getvalue().encode("utf-8-sig")


def pages(log: OfficeLog) -> bytes:
    """The log as PDF, on landscape pages of A4. Takes tenths of a second, of a long log in other scripts seconds."""
    from bot.papers._page import Pages

    words = WORDS[log.language]
    made_at = datetime.combine(log.made_on, time(12), UTC)
    paper = Pages(words.title, shorten(log.name, CELL_LIMIT), log.language, made_at)
    rows = [_row(paper, _cells(effort, log, words)) for effort in log.efforts]
    heading = _row(paper, words.columns)
    parts = list(_parted(rows, heading.height))
    for number, part in enumerate(parts, 1):
        paper.add()
        y = _begin(paper, log, words) if number == 1 else _TOP
        y = _set_heading(paper, heading, y)
        for row in part:
            y = _set(paper, row, y)
        _end(
            paper,
            words.page.format(number=number, all=len(parts)),
            words.made.format(on=log.dates.written(log.made_on)),
        )
    return paper.output()


def _cells(effort: Effort, log: OfficeLog, words: Words) -> tuple[str, ...]:
    method, result = words.method(effort.act), words.result(effort.result)
    return (
        log.dates.written(effort.on),
        effort.employer,
        effort.reach,
        effort.contact,
        f"{method} ({effort.source})" if effort.source else method,
        effort.position,
        f"{result}, {log.dates.written(effort.result_on)}" if effort.result_on else result,
    )


# ------------------------------------------------------------------ pages


def _row(paper: Pages, cells: Sequence[str]) -> _Row:
    texts = zip((shorten(cell, CELL_LIMIT) for cell in cells), _WIDTHS, strict=True)
    return _Row(tuple(paper.wrap(text, _SIZE, width - _GUTTER)[:_MOST_LINES] for text, width in texts))


def _parted(rows: Sequence[_Row], heading: float) -> Iterator[list[_Row]]:
    """The rows of each page; the first page has less room."""
    part, room = list[_Row](), _END - _TOP - _HEAD - heading
    for row in rows:
        if row.height > room and part:
            yield part
            part, room = [], _END - _TOP - heading
        part.append(row)
        room -= row.height
    yield part


def _begin(paper: Pages, log: OfficeLog, words: Words) -> float:
    """The title, whose log it is, and of which days."""
    right = sum(_WIDTHS)
    number = len(log.efforts)
    period = words.period.format(first=log.dates.written(log.first), last=log.dates.written(log.last))
    count = words.entries[0] if number == 1 else words.entries[1].format(number=number)
    paper.write(_LEFT, _TOP + 2, words.title, _LARGE, right, bold=True)
    name = paper.wrap(f"{words.name}: {shorten(log.name, CELL_LIMIT)}", 10, right)[0]
    paper.write(_LEFT, _TOP + 9, name, 10, right)
    paper.write(_LEFT, _TOP + 14.5, f"{period} · {count}", 10, right)
    return _TOP + _HEAD


def _set_heading(paper: Pages, row: _Row, y: float) -> float:
    paper.shade(_LEFT, y, sum(_WIDTHS), row.height)
    return _set(paper, row, y, bold=True)


def _set(paper: Pages, row: _Row, y: float, *, bold: bool = False) -> float:
    x = _LEFT
    for lines, width in zip(row.cells, _WIDTHS, strict=True):
        for number, line in enumerate(lines):
            baseline = y + _PAD + _LINE * number + 0.75 * _LINE
            paper.write(x + _GUTTER / 2, baseline, line, _SIZE, width - _GUTTER, bold=bold)
        x += width
    paper.rule(y + row.height, _LEFT, x)
    return y + row.height


def _end(paper: Pages, page: str, made: str) -> None:
    paper.write(_LEFT, _FOOT, made, _SMALL, 100)
    paper.write(_LEFT + sum(_WIDTHS) - paper.measure(page, _SMALL), _FOOT, page, _SMALL, 100)
