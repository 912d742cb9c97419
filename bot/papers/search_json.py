"""The whole search as JSON: versioned, every event also undone ones, so that it can be put back as it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec

from bot.core.archive import Archive, BadFile, CameFrom, folded
from bot.core.board import BY_HAND, Step
from bot.core.search import Act, Application, Event, Loss, Stage, begun

VERSION = 1
_Number = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
_Small = Annotated[int, msgspec.Meta(ge=0, le=99)]
_NUMBERED = ("idea_id", "experiment_id")  # numbers of a database, which mean something else in another
_Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class _Step(msgspec.Struct, omit_defaults=True):
    on: date
    words: str = ""
    sort: str = BY_HAND


class _Application(msgspec.Struct, omit_defaults=True):
    id: _Number
    company: str
    role: str
    made_at: _Instant
    link: str = ""
    source: str = ""
    kind: str = ""
    place: str = ""
    reach: str = ""
    idea_at: _Instant | None = None
    experiment_at: _Instant | None = None
    next: _Step | None = None
    hushed: bool = False


class _Event(msgspec.Struct, omit_defaults=True):
    id: _Number
    application_id: _Number | None
    act: Act
    on: date
    noted_at: _Instant
    stage: Stage | None = None
    round: _Small = 0
    loss: Loss | None = None
    starts_at: _Instant | None = None
    whom: str = ""
    words: str = ""
    energy: Annotated[int, msgspec.Meta(ge=-1, le=1)] | None = None
    about: _Number | None = None


class _Search(msgspec.Struct):
    version: int
    applications: list[_Application]
    events: list[_Event]


class _File(msgspec.Struct):
    cairn_search: _Search


def write(archive: Archive) -> bytes:
    """A search as JSON, in UTF-8 and indented."""
    steps = {number: _Step(**step._asdict()) for number, step in archive.steps}
    came_from = dict(archive.came_from)
    applications = [
        _Application(
            **_told(one, {"person_id", "standing", *_NUMBERED}),
            **came_from.get(one.id, CameFrom())._asdict(),
            next=steps.get(one.id),
            hushed=one.id in archive.hushed,
        )
        for one in archive.applications
    ]
    events = [_Event(**_told(one, {"person_id"})) for one in archive.events]
    return msgspec.json.format(msgspec.json.encode(_File(_Search(VERSION, applications, events))), indent=1)


def read(data: bytes) -> Archive:
    """The search in a JSON file; applications of which nothing happened are left out. Raises BadFile."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_File).cairn_search
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = str(error).partition(" - at `$.cairn_search.")[2].strip("`")
        where = f" (at {place})" if place else ""
        raise BadFile(f"That is no JSON file of mine, or it was changed{where}. Nothing was kept.") from error
    if found.version != VERSION:
        raise BadFile("That file comes from a later version of me, and I can't read it. Nothing was kept.")
    try:
        return _archive(found)
    except OverflowError:
        raise BadFile("There is a time in that file that cannot be. Nothing was kept.") from None


def _archive(found: _Search) -> Archive:
    archive = folded(map(_application, found.applications), (Event(**_fields(one)) for one in found.events))
    numbers = {one.id for one in archive.applications}
    kept = [one for one in found.applications if one.id in numbers]
    return archive._replace(
        steps=tuple((one.id, Step(**msgspec.structs.asdict(one.next))) for one in kept if one.next),
        hushed=frozenset(one.id for one in kept if one.hushed),
        came_from=tuple((one.id, came_from) for one in kept if any(came_from := _came_from(one))),
    )


def _came_from(stored: _Application) -> CameFrom:
    return CameFrom(
        stored.idea_at and stored.idea_at.astimezone(UTC), stored.experiment_at and stored.experiment_at.astimezone(UTC)
    )


def _application(stored: _Application) -> Application:
    """An application whose standing is still to be told."""
    told = _fields(stored, {"next", "hushed", *CameFrom._fields})
    return Application(standing=begun(stored.made_at.date()), **told)


def _told(record: Application | Event, without: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in record._asdict().items() if name not in without}


def _fields(stored: msgspec.Struct, without: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a record, each instant in UTC."""
    found = {name: value for name, value in msgspec.structs.asdict(stored).items() if name not in without}
    at = {name: value.astimezone(UTC) for name, value in found.items() if isinstance(value, datetime)}
    return {"person_id": 0, **found, **at}
