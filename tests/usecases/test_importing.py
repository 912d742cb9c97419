"""Files taken into the search: looked at first, kept in one piece, and forgotten where nobody decides."""

from __future__ import annotations

from datetime import date, timedelta
from sqlite3 import IntegrityError

import pytest

from bot.core.journal import Gone, NotYours
from bot.core.layout import Holds
from bot.core.search import Act, Loss, Stage
from bot.core.summary import WeekPost
from bot.papers import search_json
from bot.store import board as board_rows
from bot.usecases import importing, summary
from bot.usecases.importing import NothingNew
from bot.usecases.people import NotSeeking
from bot.usecases.upkeep import upkeep
from tests.usecases._importing import BERLIN, LIST, ORA, sent, taken, waiting, whole
from tests.usecases._search import applied, kept, noted
from tests.usecases.conftest import MAYA, Desk, in_channel
from tests.usecases.test_plans import scans, spoken


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
    events = await noted(desk)
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
