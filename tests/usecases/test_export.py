"""The search as files: whole, unmasked, of the days that are asked for, and nobody else's."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
import vobject
from pypdf import PdfReader

from bot.core.dates import BadDate
from bot.core.office import Language
from bot.core.people import Person
from bot.core.search import Act
from bot.papers import search_json
from bot.store import archive as rows
from bot.usecases import export, hidden, people, search
from bot.usecases.export import Format, NothingToExport, TooMuch, Wish
from bot.usecases.people import NotSeeking
from bot.when import Unclear
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk

ORA = Person(PAPER, "", "ora")
NOTES = "@everyone **bold** =1+1 שלום 😀 "


async def exported(desk: Desk, form: Format, **more: object) -> str:
    """What is in Maya's file."""
    content = (await export.export(desk.app, MAYA, Wish(form)._replace(**more))).content
    if form is Format.OFFICE_PDF:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8-sig")


async def searched(desk: Desk) -> None:
    """Maya applied twice, in November and December, talks, and is told no."""
    await desk.begin()
    await applied(desk, "Acme", when="3 November", words=NOTES)
    await applied(desk, "Blue", "Baker", when="5 December", source="a fair")
    await logged(desk, Act.CONVERSATION, "Blue", when="8 December", whom="Anna")
    await logged(desk, Act.LOST, "Acme", when="10 December")


async def test_the_json_holds_all_there_is_also_what_was_undone(desk: Desk) -> None:
    await searched(desk)
    last = await logged(desk, Act.OFFER, "Blue")
    await search.undo(desk.app, MAYA, last.event.id)

    file = await export.export(desk.app, MAYA, Wish(Format.JSON))
    kept = await rows.whole(desk.app.db.reading, 1)

    assert file.name == "search-2026-01-01.json"
    assert search_json.read(file.content) == kept._replace(
        applications=tuple(one._replace(person_id=0) for one in kept.applications),
        events=tuple(one._replace(person_id=0) for one in kept.events),
    )
    assert [one.act for one in kept.events][-2:] == [Act.OFFER, Act.UNDONE]


async def test_one_s_own_table_is_whole_and_unmasked(desk: Desk) -> None:
    await searched(desk)
    await hidden.hide(desk.app, MAYA, "Acme")

    found = await exported(desk, Format.CSV)

    assert '"Acme"' in found
    assert NOTES.strip() in found
    assert len(found.splitlines()) == 5


async def test_an_office_reads_of_its_days_alone_and_no_notes(desk: Desk) -> None:
    await searched(desk)

    whole = await exported(desk, Format.OFFICE_PDF)
    december = await exported(desk, Format.OFFICE_PDF, since="1 December", until="31 December")

    assert "03.11.2025 to 01.01.2026 · 3 entries" in whole
    assert "Rejected, 10.12.2025" in whole
    assert "01.12.2025 to 31.12.2025 · 2 entries" in december
    assert "Application (a fair)" in december
    assert "Acme" not in december
    assert "bold" not in whole


async def test_an_office_reads_the_name_and_the_language_that_were_chosen(desk: Desk) -> None:
    await searched(desk)

    german = await exported(desk, Format.OFFICE_CSV, language=Language.GERMAN)
    french = await exported(desk, Format.OFFICE_PDF, locale="fr", name="Maya Lindström")

    assert german.splitlines()[0].startswith('"Datum";"Arbeitgeber"')
    assert '"05.12.2025";"Blue"' in german
    assert "Nom: Maya Lindström" in french
    assert "Du 03.11.2025 au 01.01.2026" in french  # in French, and dated as where she lives


@pytest.mark.parametrize(
    ("since", "until", "error"),
    [
        ("10 December", "1 December", BadDate),
        ("someday", "", BadDate),
        ("04/05/2025", "", Unclear),
        ("1 October", "5 October", NothingToExport),
    ],
)
async def test_days_that_hold_nothing_or_cannot_be_read_are_told(
    desk: Desk, since: str, until: str, error: type[Exception]
) -> None:
    await searched(desk)

    with pytest.raises(error):
        await exported(desk, Format.OFFICE_PDF, since=since, until=until)


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON])
async def test_a_file_of_everything_is_not_parted_by_days(desk: Desk, form: Format) -> None:
    await searched(desk)

    with pytest.raises(BadDate, match="all of your search"):
        await exported(desk, form, since="1 December")


async def test_the_calendar_has_the_interview_at_its_hour_in_summer_too(desk: Desk) -> None:
    await searched(desk)
    await logged(desk, Act.INTERVIEW, "Blue", when="2 April 14:00", whom="Anna")

    file = await export.calendar(desk.app, MAYA)
    found = {one.summary.value: one for one in vobject.readOne(file.content.decode()).vevent_list}

    assert file.name == "search.ics"
    assert found["Interview 1: Baker at Blue"].dtstart.value == datetime(2026, 4, 2, 12, tzinfo=UTC)


async def test_where_there_is_nothing_it_is_a_kind_line(desk: Desk) -> None:
    await desk.begin()

    for form in Format:
        with pytest.raises(NothingToExport, match="/log applied"):
            await exported(desk, form)
    with pytest.raises(NothingToExport, match="stays free"):
        await export.calendar(desk.app, MAYA)


async def test_it_can_be_had_after_leaving_and_by_nobody_else(desk: Desk) -> None:
    await searched(desk)
    await desk.begin(ORA)
    await people.leave(desk.app, MAYA)

    assert "Acme" in await exported(desk, Format.CSV)
    with pytest.raises(NothingToExport):
        await export.export(desk.app, ORA, Wish(Format.CSV))
    with pytest.raises(NotSeeking):
        await export.calendar(desk.app, Person(PAPER, "", "jonas"))


async def test_what_is_too_large_to_send_is_packed_and_then_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await searched(desk)
    for _ in range(3):
        await logged(desk, Act.NOTE, "Blue", words="a long note " * 300)
    monkeypatch.setattr(export, "MOST", 5000)

    file = await export.export(desk.app, MAYA, Wish(Format.CSV))
    with zipfile.ZipFile(io.BytesIO(file.content)) as folder:
        assert folder.namelist() == ["search-2026-01-01.csv"]
        assert len(folder.read(folder.namelist()[0])) > 5000

    monkeypatch.setattr(export, "MOST", 100)
    with pytest.raises(TooMuch):
        await export.export(desk.app, MAYA, Wish(Format.JSON))
