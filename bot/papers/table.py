"""The search as a table: a line for each thing that happened, with what is known of its application.

What was undone is left out, and each event is as it was last amended. A cell that a spreadsheet would take for a
formula is written behind an apostrophe, which is taken off again when it is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import TypeVar

from bot.core.archive import Archive, Reading, Remark, folded
from bot.core.cells import day_of, order_of
from bot.core.search import Act, Application, Event, Loss, Stage, begun, told

_OF_APPLICATION = ("company", "role", "link", "source", "kind", "place", "reach")
_OF_EVENT = ("act", "on", "starts_at", "round", "loss", "stage", "whom", "words", "energy", "noted_at", "about")
_STANDS = ("stands", "made_at")  # where it stands now, which is not read back, and since when it is kept
COLUMNS = ("application", *_OF_APPLICATION, *_STANDS, "event", *_OF_EVENT)
_ENERGY = {1: "gave", 0: "neither", -1: "took", None: ""}
T = TypeVar("T")
_GUARDED = re.compile(r"['\s]*[=+\-@\t\r＝＋－＠]")


def write(archive: Archive, zone: tzinfo = UTC) -> bytes:
    """A search as CSV, in UTF-8 with a BOM, as spreadsheets expect it; instants are on the clocks of a zone."""
    of = {one.id: one for one in archive.applications}
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for event in told(archive.events):
        application = of.get(event.application_id or 0)
        writer.writerow(guarded(cell) for cell in (*_told_of(application, zone), *_told(event, zone)))
    return paper.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _told_of(application: Application | None, zone: tzinfo) -> list[str]:
    if application is None:
        return [""] * (1 + len(_OF_APPLICATION) + len(_STANDS))
    named = [str(getattr(application, name)) for name in _OF_APPLICATION]
    stands = application.standing.loss or application.standing.stage
    return [str(application.id), *named, stands, application.made_at.astimezone(zone).isoformat()]


def _told(event: Event, zone: tzinfo) -> list[str]:
    cells: Mapping[str, object] = {
        **event._asdict(),
        "on": event.on.isoformat(),
        "starts_at": event.starts_at.astimezone(zone).isoformat() if event.starts_at else "",
        "noted_at": event.noted_at.astimezone(zone).isoformat(),
        "energy": _ENERGY[event.energy],
        "round": event.round or "",
    }
    return [str(event.id), *("" if cells[name] is None else str(cells[name]) for name in _OF_EVENT)]


# ------------------------------------------------------------------ and back


def begins(data: bytes) -> bool:
    """Whether a file begins as `write` does; then it may be longer than those of others."""
    return data.startswith(write(Archive((), ())).rstrip())


def is_ours(header: Iterable[str]) -> bool:
    """Whether a table with this header is one that `write` made."""
    return {"application", "company", "role", "event", "act", "on"} <= set(header)


def read(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Reading:
    """The search in the lines of a table, each with the line on which it stands; a line that is none is refused."""
    applications: dict[str, Application] = {}
    events: list[Event] = []
    lines: list[tuple[int, int]] = []
    refused: list[Remark] = []
    told_of = [(line, {name: unguarded(cell) for name, cell in zip(header, row, strict=False)}) for line, row in rows]
    written = _as_written(cells["on"] for _, cells in told_of)
    for line, cells in told_of:
        cells["on"] = written(cells["on"])
        try:
            event = _event(cells, len(events) + 1)
            made_at = _read(_instant, cells["made_at"]) if cells.get("made_at") else event.noted_at
        except ValueError as error:
            refused.append(Remark(line, f"I can't read “{error}” as I wrote it."))
            continue
        key = cells["application"] or f"{cells['company']}\n{cells['role']}".strip()
        if key and key not in applications:
            applications[key] = _application(cells, len(applications) + 1, event.on, made_at)
        events.append(event._replace(application_id=applications[key].id if key else None))
        lines.append((event.id, line))
    return Reading(folded(applications.values(), events), tuple(refused), tuple(lines))


def _as_written(days: Iterable[str]) -> Callable[[str], str]:
    """Turns a day back that a spreadsheet wrote in its own way; one that can be read in two ways stays as it is."""
    order = order_of(days)

    def written(cell: str) -> str:
        on = None if order.day_first is None else day_of(cell, UTC, lambda _: None, day_first=order.day_first)
        return on.on.isoformat() if on else cell

    return written


def _application(cells: Mapping[str, str], number: int, on: date, made_at: datetime) -> Application:
    one = Application(number, 0, cells["company"], cells["role"], begun(on), made_at)
    return one._replace(**{name: cells.get(name, "") for name in _OF_APPLICATION})


def _event(cells: Mapping[str, str], number: int) -> Event:
    """The event of a line; raises ValueError with the cell that cannot be read."""
    energy = {word: value for value, word in _ENERGY.items()}
    return Event(
        id=_read(_number, cells.get("event") or str(number)),
        person_id=0,
        application_id=None,
        act=_read(Act, cells["act"]),
        on=_read(date.fromisoformat, cells["on"]),
        noted_at=_read(_instant, cells["noted_at"]) if cells.get("noted_at") else _noon(cells["on"]),
        stage=_read(Stage, cells["stage"]) if cells.get("stage") else None,
        round=_read(_small, cells.get("round") or "0"),
        loss=_read(Loss, cells["loss"]) if cells.get("loss") else None,
        starts_at=_read(_instant, cells["starts_at"]) if cells.get("starts_at") else None,
        whom=cells.get("whom", ""),
        words=cells.get("words", ""),
        energy=energy.get(cells.get("energy", "")),
        about=_read(_number, cells["about"]) if cells.get("about") else None,
    )


def _read(how: Callable[[str], T], cell: str) -> T:
    try:
        return how(cell)
    except ValueError:
        raise ValueError(cell) from None  # its cell is what is told


def _small(cell: str) -> int:
    return int(cell) if re.fullmatch("[0-9]{1,2}", cell) else int("")


def _number(cell: str) -> int:
    return int(cell) if re.fullmatch("[0-9]{1,15}", cell) else int("")


def _instant(cell: str) -> datetime:
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is None or not 1 < moment.year < 9999:  # in UTC it may be of another year
        raise ValueError
    return moment.astimezone(UTC)


def _noon(cell: str) -> datetime:
    return datetime.combine(date.fromisoformat(cell), time(12), UTC)
