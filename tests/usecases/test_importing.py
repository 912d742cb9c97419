"""Files taken into the search: looked at first, kept in one piece, and forgotten where nobody decides."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from sqlite3 import IntegrityError
from zoneinfo import ZoneInfo

import pytest

from bot.core.archive import Archive, BadFile
from bot.core.board import Step
from bot.core.journal import Gone, NotYours
from bot.core.layout import Holds
from bot.core.people import Person
from bot.core.search import Act, Application, Event, Loss, Stage, told
from bot.core.summary import WeekPost
from bot.papers import search_json, table
from bot.store import archive as archives
from bot.store import board as board_rows
from bot.store import follow_up as follow_up_rows
from bot.store import search as rows
from bot.usecases import importing, search, summary
from bot.usecases.importing import NothingNew, Shown
from bot.usecases.people import NotSeeking
from bot.usecases.upkeep import upkeep
from tests.usecases._search import applied, kept, logged
from tests.usecases.conftest import MAYA, PAPER, Desk, in_channel
from tests.usecases.test_plans import scans, spoken

ORA = Person(PAPER, "", "ora")
BERLIN = ZoneInfo("Europe/Berlin")
LIST = "Company,Role,Date,Status\nGlobex,Cook,3.11.2025,Rejected\nInitech,Clerk,4.11.2025,Interview\n"


async def sent(desk: Desk, data: bytes | str, name: str = "list.csv", who: Person = MAYA) -> Shown:
    """Somebody sends a file."""
    content = data.encode() if isinstance(data, str) else data

    async def fetch() -> bytes:
        return content

    return await importing.begin(desk.app, who, name, len(content), fetch)


async def taken(desk: Desk, data: bytes | str, name: str = "list.csv", who: Person = MAYA) -> None:
    """They import it at once."""
    await importing.keep(desk.app, who, (await sent(desk, data, name, who)).id)


async def waiting(desk: Desk) -> int:
    """How many files wait."""
    return len(await desk.app.db.reading.all("SELECT id FROM imports"))


async def whole(desk: Desk, person_id: int = 1) -> Archive:
    """All that a person keeps of their search."""
    return await archives.whole(desk.app.db.reading, person_id)


def bare(archive: Archive) -> tuple[object, ...]:
    """A search whatever the numbers are by which it is kept."""
    turns = {one.id: turn for turn, one in enumerate(archive.applications)}
    events = {one.id: turn for turn, one in enumerate(archive.events)}
    return (
        [one._replace(id=0, person_id=0) for one in archive.applications],
        [_bare(one, turns, events) for one in archive.events],
        [(turns[number], step) for number, step in archive.steps],
        {turns[number] for number in archive.hushed},
    )


def _bare(one: Event, turns: dict[int, int], events: dict[int, int]) -> object:
    of, about = turns.get(one.application_id or 0), events.get(one.about or 0)
    return one._replace(id=0, person_id=0, application_id=of, about=about)


async def lived(desk: Desk) -> None:
    """A search with what is undone, amended, corrected, about nobody's application, and begun anew."""
    await applied(
        desk, "Acme", "Engineer", when="1.12.2025", link="https://acme.example/7", source="a fair", kind="remote"
    )
    await logged(desk, Act.INTERVIEW, "Acme", when="8.12.2025 14:00", whom="Anna")
    offer = await logged(desk, Act.OFFER, "Acme", words="=SUM(A1) @everyone שלום 🎉 **bold**")
    await search.undo(desk.app, MAYA, offer.event.id)
    note = await logged(desk, Act.NOTE, "Acme", words="Frst")
    await search.amend(desk.app, MAYA, note.event.id, {"words": "First\n\nsecond", "energy": "-1"})
    await logged(desk, Act.LOST, "Acme", loss=Loss.GHOSTED)
    await applied(desk, "Acme", "Engineer", when="yesterday")
    await logged(desk, Act.OFFER, "Acme")
    await logged(desk, Act.APPLIED, "Acme", "Engineer", right=True)
    await logged(desk, Act.CONVERSATION, whom="-Ben, at a fair")
    globex = await applied(desk, "Globex", "Cook")
    async with desk.app.db.writing() as tx:
        await board_rows.plan(tx, globex.id, Step(date(2026, 1, 9), "Send references"))
    initech = await applied(desk, "Initech", "Clerk")
    async with desk.app.db.writing() as tx:
        await follow_up_rows.hush(tx, initech.id)


# ------------------------------------------------------------------ a table of somebody else


async def test_nothing_is_kept_before_it_is_decided(desk: Desk) -> None:
    await desk.begin()
    found = await sent(desk, LIST)

    assert [one.application.name for one in found.plan.added] == ["Cook at Globex", "Clerk at Initech"]
    assert await kept(desk) == []
    await desk.restart()
    done = await importing.keep(desk.app, MAYA, found.id)

    assert (done.applications, done.events) == (2, 4)
    stages = {one.company: (one.standing.stage, one.standing.applied_on) for one in await kept(desk)}
    assert stages == {
        "Globex": (Stage.LOST, date(2025, 11, 3)), "Initech": (Stage.INTERVIEWING, date(2025, 11, 4)),
    }  # fmt: skip
    assert await waiting(desk) == 0
    with pytest.raises(Gone, match="no longer waits"):
        await importing.keep(desk.app, MAYA, found.id)


async def test_what_is_known_or_comes_twice_is_skipped_by_line(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Acme", "Engineer", link="https://www.acme.example/7/")
    found = await sent(
        desk,
        "Company,Role,Link\nACME, engineer ,\nAcme Inc,Dev,http://acme.example/7\nAcme,Baker,\nacme,baker,\n,x,\n",
    )

    assert [(one.line, one.application.name) for one in found.plan.added] == [(4, "Baker at Acme")]
    assert [(one.line, "have it" in one.why) for one in found.plan.skipped] == [(2, True), (3, True), (5, False)]
    assert [one.line for one in found.plan.refused] == [6]


async def test_a_file_sent_again_adds_nothing(desk: Desk) -> None:
    await desk.begin()
    await taken(desk, LIST)
    with pytest.raises(NothingNew):
        await taken(desk, LIST)
    assert len(await kept(desk)) == 2


async def test_columns_stages_and_days_are_read_as_somebody_says(desk: Desk) -> None:
    await desk.begin()
    found = await sent(desk, "Wo,Was,Wann,Wie\nAcme,Baker,03/04/2025,Auf Eis\n")
    assert found.lacks == (Holds.COMPANY, Holds.ROLE)
    with pytest.raises(NothingNew):
        await importing.keep(desk.app, MAYA, found.id)
    for column, holds in enumerate((Holds.COMPANY, Holds.ROLE, Holds.APPLIED, Holds.STATUS)):
        found = await importing.choose(desk.app, MAYA, found.id, importing.holding(column, holds))
    assert found.unclear
    assert found.stages[0].stage == ""
    with pytest.raises(NothingNew):
        await importing.keep(desk.app, MAYA, found.id)
    await importing.choose(desk.app, MAYA, found.id, importing.with_day_first(False))
    await desk.restart()
    with pytest.raises(Gone, match="changed meanwhile"):
        await importing.choose(desk.app, MAYA, found.id, importing.calling(1, "ghosted"))
    await importing.choose(desk.app, MAYA, found.id, importing.calling(0, "ghosted"))
    await importing.keep(desk.app, MAYA, found.id)

    (one,) = await kept(desk)
    assert (one.name, one.standing.applied_on) == ("Baker at Acme", date(2025, 3, 4))
    assert one.standing.loss is Loss.GHOSTED


async def test_a_spreadsheet_with_days_first_semicolons_and_a_mark_loses_nothing(desk: Desk) -> None:
    await desk.begin()
    heading = "Firma;Stelle;Bewerbungsdatum;Status;Ansprechpartner/in;Link zur Anzeige;Ort;Bemerkungen;Gehalt;Gespräch"
    row = "Müller & Söhne;Bäcker;25/11/2025;Absage;Frau Öz;https://m.example/1;Köln;„Nett“; 45.000 €;02/12/2025 09:30"
    await taken(desk, f"\ufeff{heading}\r\n{row}\r\n")

    (one,) = await kept(desk)
    events = await rows.events_of(desk.app.db.reading, 1)
    assert (one.name, one.link, one.place) == ("Bäcker at Müller & Söhne", "https://m.example/1", "Köln")
    assert [(event.act, event.on) for event in events] == [
        (Act.APPLIED, date(2025, 11, 25)), (Act.INTERVIEW, date(2025, 12, 2)), (Act.LOST, date(2025, 12, 2)),
    ]  # fmt: skip
    assert (events[0].whom, events[0].words) == ("Frau Öz", "„Nett“\nGehalt: 45.000 €")
    assert events[1].starts_at
    assert events[1].starts_at.astimezone(BERLIN).hour == 9


async def test_a_table_without_a_heading_is_taken_once_its_columns_are_named(desk: Desk) -> None:
    await desk.begin()
    found = await sent(desk, "Acme;Baker;3.11.2025;Absage\nGlobex;Cook;4.11.2025;Interview\n")
    assert found.columns[0].heading == "Column A"
    for column, holds in enumerate((Holds.COMPANY, Holds.ROLE)):
        found = await importing.choose(desk.app, MAYA, found.id, importing.holding(column, holds))

    assert [(one.line, one.application.name) for one in found.plan.added] == [
        (1, "Baker at Acme"),
        (2, "Cook at Globex"),
    ]


async def test_what_is_taken_in_is_followed_up_like_what_is_logged(desk: Desk) -> None:
    await desk.begin()
    await taken(desk, "Company,Role,Date\nAcme,Baker,28.12.2025\n")
    logged_one = await applied(desk, "Globex", "Baker", when="28.12.2025")
    cards = await board_rows.cards(desk.app.db.reading, [1, logged_one.id])

    assert cards[0].step
    assert cards[0].step == cards[1].step


async def test_names_of_a_file_are_masked_in_what_stands_with_friends(desk: Desk) -> None:
    await desk.begin()
    await desk.until(4, 18)
    await summary.edit(desk.app, MAYA, 1, "A talk at Globex with Ana Lindt")
    await summary.post(desk.app, MAYA, 1)
    await taken(desk, "Company,Role,Contact\nGlobex,Cook,Ana Lindt\n")

    (post,) = in_channel(desk, WeekPost)
    assert isinstance(post, WeekPost)
    assert post.summary.words == "A talk at (a name) with (a name)"


# ------------------------------------------------------------------ a file of our own


async def test_json_gives_the_same_search_again(desk: Desk) -> None:
    await desk.begin()
    await lived(desk)
    before = await whole(desk)
    await desk.begin(ORA)
    await taken(desk, search_json.write(before), "search.json", ORA)

    assert (len(before.events), len(before.hushed)) == (13, 1)
    assert bare(await whole(desk, 2)) == bare(before)


async def test_csv_gives_the_same_applications_and_events_again(desk: Desk) -> None:
    await desk.begin()
    await lived(desk)
    before = await whole(desk)
    await desk.begin(ORA)
    await taken(desk, table.write(before, BERLIN), "search.csv", ORA)
    again = await whole(desk, 2)

    assert [_stripped(one) for one in again.applications] == [_stripped(one) for one in before.applications]
    assert _facts(again) == _facts(before)


def _stripped(one: Application) -> Application:
    return one._replace(id=0, person_id=0)


def _facts(archive: Archive) -> list[object]:
    return [one._replace(id=0, person_id=0, application_id=None, about=None) for one in told(archive.events)]


async def test_a_file_of_our_own_adds_only_what_is_missing(desk: Desk) -> None:
    await desk.begin()
    await lived(desk)
    before = await whole(desk)
    found = await sent(desk, search_json.write(before), "search.json")

    assert (found.plan.added, found.plan.loose, len(found.plan.skipped)) == ((), (), len(before.applications))


async def test_a_file_of_our_own_that_was_changed_is_told_by_line(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.OFFER, "Acme")
    text = table.write(await whole(desk), BERLIN).decode("utf-8-sig").replace("Acme", "Beta")
    lines = text.splitlines()
    found = await sent(desk, "\n".join([lines[0], lines[1].replace('"2026-01-01"', '"2027-01-01"'), lines[2]]))
    assert "still to come (line 2)" in found.plan.refused[0].why
    found = await sent(desk, "\n".join([lines[0], lines[1].replace('"applied"', '"dreamt"'), lines[2]]))
    assert [one.line for one in found.plan.refused] == [2]
    assert "“dreamt”" in found.plan.refused[0].why


async def test_what_comes_after_an_end_is_told(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Beta", "Cook", when="1.12.2025")
    await logged(desk, Act.LOST, "Beta", when="2.12.2025")
    await logged(desk, Act.INTERVIEW, "Beta", when="3.12.2025", right=True)
    text = table.write(await whole(desk), BERLIN).decode("utf-8-sig").replace("Beta", "Gamma")
    found = await sent(desk, text)

    assert [(one.line, "comes after its end" in one.why) for one in found.plan.remarks] == [(4, True)]


# ------------------------------------------------------------------ what waits


async def test_a_file_belongs_to_who_sent_it(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(ORA)
    found = await sent(desk, LIST)

    for act in (importing.keep, importing.let_go, importing.shown):
        with pytest.raises(NotYours):
            await act(desk.app, ORA, found.id)
    with pytest.raises(NotYours):
        await importing.choose(desk.app, ORA, found.id, importing.with_day_first(True))
    assert await waiting(desk) == 1


async def test_only_who_seeks_can_send_one(desk: Desk) -> None:
    with pytest.raises(NotSeeking):
        await sent(desk, LIST)


async def test_a_file_is_forgotten_when_refused_replaced_or_after_a_day(desk: Desk) -> None:
    await desk.begin()
    first, second = await sent(desk, LIST), await sent(desk, LIST)
    with pytest.raises(Gone):
        await importing.shown(desk.app, MAYA, first.id)
    await importing.let_go(desk.app, MAYA, second.id)
    assert await waiting(desk) == 0

    await sent(desk, LIST)
    desk.now += timedelta(hours=23)
    await upkeep(desk.app)
    assert await waiting(desk) == 1
    desk.now += timedelta(hours=2)
    await upkeep(desk.app)
    assert await waiting(desk) == 0


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to more than is looked at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 21_000_000)
    return packed.getvalue()


async def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    tx = desk.app.db.reading
    names = [row["name"] for row in await tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: sorted((tuple(row) for row in await tx.all(f"SELECT * FROM {name}")), key=repr) for name in names}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "list.csv", "empty"),
        (b"Company,Role\n", "list.csv", "nothing below it"),
        (b'Company,Role\nAcme,"Baker\n', "list.csv", "quote"),
        (b"%PDF-1.7", "list.csv", "a PDF"),
        (bytes(range(256)) * 8, "list.csv", "no text"),
        (b"Company,Role\n" + b"Acme,Baker\n" * 2_001, "list.csv", "2,000 are as many"),
        (b"Company,Role\nAcme,Baker\n", "list.xlsx", "can't read that as an XLSX"),
        (bomb(), "list.xlsx", "unpacks to more"),
        (b"{}", "search.json", "JSON"),
        (b'{"cairn_search": ' + b"[" * 100_000, "search.json", "JSON"),
        (b'{"cairn_search": {"version": 2, "applications": [], "events": []}}', "search.json", "later version"),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(desk: Desk, data: bytes, name: str, words: str) -> None:
    await desk.begin()
    await lived(desk)
    await sent(desk, LIST)
    before = await everything(desk)
    with pytest.raises(BadFile, match=words):
        await sent(desk, data, name)
    assert await everything(desk) == before


async def test_a_large_file_is_refused_before_it_is_fetched(desk: Desk) -> None:
    await desk.begin()

    async def fetch() -> bytes:
        raise AssertionError("it is fetched")

    for name, size, words in (("list.xlsx", 2_000_001, "2 MB is"), ("list.csv", 8_000_001, "8 MB is")):
        with pytest.raises(BadFile, match=words):
            await importing.begin(desk.app, MAYA, name, size, fetch)


async def test_a_table_of_others_is_refused_above_its_limits(desk: Desk) -> None:
    await desk.begin()
    for data, words in (
        ("Company,Role\n" + "Acme,Baker\n" * 200_000, "2 MB is the most"),
        ("Company,Role\n" + "Acme,Baker\n" * 2_001, "2,000 are as many"),
    ):
        with pytest.raises(BadFile, match=words):
            await sent(desk, data)
    assert await waiting(desk) == 0


async def test_an_export_of_one_s_own_comes_back_however_long_it_is(desk: Desk) -> None:
    await desk.begin()
    one = await applied(desk)
    async with desk.app.db.writing() as tx:
        note = Event(0, 1, one.id, Act.NOTE, date(2026, 1, 1), desk.now, words="x" * 1_000)
        for _ in range(2_001):
            await rows.note(tx, note)
    before = await whole(desk)
    await desk.begin(ORA)
    for data, name in ((search_json.write(before), "s.json"), (table.write(before, BERLIN), "s.csv")):
        assert len(data) > 2_000_000
        assert len((await sent(desk, data, name, ORA)).plan.events) == 2_002


async def test_nothing_of_it_reads_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await desk.begin()
    found = await sent(desk, LIST)
    await importing.choose(desk.app, MAYA, found.id, importing.with_day_first(True))
    await importing.keep(desk.app, MAYA, found.id)
    await importing.let_go(desk.app, MAYA, (await sent(desk, LIST)).id)
    await sent(desk, search_json.write(await whole(desk)), "search.json")
    desk.now += timedelta(days=2)
    await upkeep(desk.app)

    assert await scans(desk.app.db, list(said)) == set()


async def test_an_import_that_fails_on_the_way_leaves_nothing_behind(desk: Desk) -> None:
    await desk.begin()
    found = await sent(desk, LIST)
    async with desk.app.db.writing() as tx:
        await tx.run(
            "CREATE TRIGGER torn BEFORE INSERT ON events WHEN NEW.act = 'interview'"
            " BEGIN SELECT RAISE(ABORT, 'torn'); END"
        )
    with pytest.raises(IntegrityError, match="torn"):
        await importing.keep(desk.app, MAYA, found.id)

    assert (await kept(desk), await waiting(desk)) == ([], 1)
