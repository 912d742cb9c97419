"""The search as files to take along: a table, all of it as JSON, a log for an employment office, a calendar."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import country as countries
from bot.core import office as rules
from bot.core import text as texts
from bot.core.archive import Archive
from bot.core.dates import BadDate, between
from bot.core.errors import Told
from bot.core.office import Language, OfficeLog
from bot.core.people import Person, Seeker
from bot.core.search import NAME_LIMIT
from bot.papers import calendar as calendars
from bot.papers import office, search_json, table
from bot.store import archive as rows
from bot.usecases import search
from bot.usecases.app import App
from bot.usecases.people import sought

MOST = 8_000_000  # bytes of one file; Discord takes ten MiB
ALL_OF_IT = "This file always holds all of your search. Leave the days out, or pick one of the office's."


class NothingToExport(Told):
    """There is nothing to write into a file."""


class TooMuch(Told):
    """A file that is larger than what can be sent."""


class Format(StrEnum):
    """What a search is written as."""

    CSV = "csv"
    JSON = "json"
    OFFICE_PDF = "office pdf"
    OFFICE_CSV = "office csv"


class Wish(NamedTuple):
    """What is to be written; days are as they were typed, and these and what follows are for the office alone."""

    format: Format
    since: str = ""
    until: str = ""
    language: Language | None = None
    name: str = ""  # empty: what they go by
    locale: str = ""  # in which they read the platform, such as "de" or "en-GB"


class File(NamedTuple):
    """A file, and what is in it."""

    name: str
    content: bytes
    holds: str


async def export(app: App, who: Person, wish: Wish) -> File:
    """The whole search as a file, also after leaving; an office's log is of the days from one to another.

    Raises NotSeeking, NothingToExport, TooMuch, BadDate or Unclear.
    """
    seeker = await sought(app.db.reading, who)
    archive = await rows.whole(app.db.reading, seeker.id)
    if not archive.events:
        raise NothingToExport("Nothing is logged yet. /log applied begins, and then there is something to take along.")
    if wish.format in (Format.OFFICE_PDF, Format.OFFICE_CSV):
        return await _office(app, seeker, wish, archive)
    if wish.since or wish.until:
        raise BadDate(ALL_OF_IT)
    return await asyncio.to_thread(
        _whole, archive, wish.format, ZoneInfo(seeker.zone), search.local(app, seeker).date()
    )


async def calendar(app: App, who: Person) -> File:
    """Interviews and due dates as a calendar; raises NotSeeking or NothingToExport."""
    seeker = await sought(app.db.reading, who)
    archive = await rows.whole(app.db.reading, seeker.id)
    content = await asyncio.to_thread(calendars.write, archive, app.now())
    if not content:
        raise NothingToExport(
            "There is no interview with a time, and nothing is due: your calendar stays free. "
            "/log interview notes one, /search show sets a next step."
        )
    return _fitting(File("search.ics", content, "Interviews, at the right hour wherever you are, and due dates."))


def _whole(archive: Archive, form: Format, zone: ZoneInfo, today: date) -> File:
    name = f"search-{today.isoformat()}"
    if form is Format.JSON:
        holds = "All of it, also what was undone. /search import puts it back as it was."
        return _fitting(File(f"{name}.json", search_json.write(archive), holds))
    holds = "A line for each thing that happened. It opens in any spreadsheet, and /search import reads it."
    return _fitting(File(f"{name}.csv", table.write(archive, zone), holds))


def _fitting(file: File) -> File:
    """The file, or a large one packed; raises TooMuch."""
    if len(file.content) <= MOST:
        return file
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(file.name, file.content)
    if packed.tell() > MOST:
        raise TooMuch("That file is larger than what I can send. Your host can hand it to you from the database.")
    return File(f"{file.name}.zip", packed.getvalue(), f"{file.holds} It is large, so it is packed.")


# ------------------------------------------------------------------ for an employment office


async def _office(app: App, seeker: Seeker, wish: Wish, archive: Archive) -> File:
    zone, today = ZoneInfo(seeker.zone), search.local(app, seeker).date()
    efforts = rules.efforts(archive, zone)
    first = await search.day_of(app, seeker, wish.since) or min((one.on for one in efforts), default=today)
    last = await search.day_of(app, seeker, wish.until) or today
    if first > last:
        raise BadDate(f"{between(last, first)}: the first day comes after the last. Swap them, and try again.")
    chosen = tuple(one for one in efforts if first <= one.on <= last)
    if not chosen:
        raise NothingToExport(f"{between(first, last)}: nothing was done that an office counts. Try other days.")
    country = seeker.country or countries.of_zone(seeker.zone)
    log = OfficeLog(
        texts.shorten(texts.clean(wish.name), NAME_LIMIT) or seeker.name,
        first,
        last,
        today,
        chosen,
        wish.language or rules.language(wish.locale),
        rules.style(country, wish.locale),
    )
    return await asyncio.to_thread(_paper, log, wish.format)


def _paper(log: OfficeLog, form: Format) -> File:
    name = f"applications-{log.first.isoformat()}-to-{log.last.isoformat()}"
    holds = (
        f"{between(log.first, log.last)}, {texts.count(len(log.efforts), 'entry', 'entries')}. "
        "No notes are in it; names and addresses are. Look it through before you hand it in."
    )
    if form is Format.OFFICE_PDF:
        return _fitting(File(f"{name}.pdf", office.pages(log), holds))
    return _fitting(File(f"{name}.csv", office.table(log), holds))
