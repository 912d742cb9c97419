"""Files of Cairn's own: they give the same search again, and only what is missing."""

from __future__ import annotations

from bot.core.archive import Archive
from bot.core.search import Act, Application, Event, told
from bot.papers import search_json, table
from tests.usecases._importing import BERLIN, ORA, lived, sent, taken, whole
from tests.usecases._search import applied, logged
from tests.usecases.conftest import Desk


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
