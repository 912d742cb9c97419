"""The funnel of a search: of all of it or of a range, by the day of applying, and by what was last said."""

from __future__ import annotations

import pytest

from bot.core.dates import BadDate
from bot.core.funnel import BadRange, Felt, Node
from bot.core.people import Person
from bot.core.search import Act, Loss
from bot.usecases import funnel, search
from bot.usecases.people import NotSeeking
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk
from tests.usecases.test_plans import scans, spoken


async def lived(desk: Desk) -> None:
    """Maya applied at four places: one interviewed her twice and said no, one never answered, two are open."""
    await desk.begin()
    await applied(desk, "Acme", when="1.12.2025", source="A fair")
    first = await logged(desk, Act.INTERVIEW, "Acme", when="9.12.2025")
    await search.amend(desk.app, MAYA, first.event.id, {"energy": "1"})
    await logged(desk, Act.INTERVIEW, "Acme", when="12.12.2025")
    await logged(desk, Act.LOST, "Acme", when="20.12.2025")
    await applied(desk, "Globex", when="5.12.2025")
    await logged(desk, Act.LOST, "Globex", loss=Loss.GHOSTED)
    await applied(desk, "Initech", when="30.12.2025")
    await logged(desk, Act.OUTREACH, "Umbrella", "Designer")
    await logged(desk, Act.INTERVIEW, "Umbrella", when="tomorrow 9:00")


async def test_each_application_counts_by_how_far_it_ever_came(desk: Desk) -> None:
    await lived(desk)
    found = await funnel.drawn(desk.app, MAYA)

    assert found.picture
    assert found.report.card.flows == {
        (Node.APPLIED, Node.FIRST): 2,
        (Node.FIRST, Node.SECOND): 1,
        (Node.FIRST, Node.OPEN): 1,
        (Node.SECOND, Node.REJECTED): 1,
        (Node.APPLIED, Node.GHOSTED): 1,
        (Node.APPLIED, Node.OPEN): 1,
    }
    assert (found.report.answers.days, found.report.answers.of) == ((8,), 3)
    assert found.report.energy == (Felt(Act.INTERVIEW, 1, 0, 1),)
    assert [(group.label, group.step.came) for group in found.report.sources] == [("A fair", 1), ("", 3)]


async def test_a_range_holds_what_was_applied_for_in_it(desk: Desk) -> None:
    await lived(desk)
    found = await funnel.drawn(desk.app, MAYA, "2.12.2025", "yesterday")
    none = await funnel.drawn(desk.app, MAYA, until="30.11.2025")

    assert (found.report.card.total, found.report.undated) == (2, 1)
    assert (none.report.card.total, none.picture) == (0, None)
    with pytest.raises(BadRange, match="ends before it begins"):
        await funnel.drawn(desk.app, MAYA, "yesterday", "2.12.2025")
    with pytest.raises(BadDate):
        await funnel.drawn(desk.app, MAYA, "some day")


async def test_what_is_taken_back_is_in_no_funnel(desk: Desk) -> None:
    await lived(desk)
    lost = await logged(desk, Act.LOST, "Initech")
    await search.undo(desk.app, MAYA, lost.event.id)

    assert (await funnel.drawn(desk.app, MAYA)).report.card.flows[Node.APPLIED, Node.OPEN] == 1


async def test_nobody_sees_the_funnel_of_another(desk: Desk) -> None:
    await lived(desk)
    ora = Person(PAPER, "", "ora")
    with pytest.raises(NotSeeking):
        await funnel.drawn(desk.app, ora)
    await desk.begin(ora)

    assert (await funnel.drawn(desk.app, ora)).picture is None


async def test_what_a_correction_says_did_not_happen_gave_no_energy(desk: Desk) -> None:
    await lived(desk)
    first = await logged(desk, Act.INTERVIEW, "Initech", when="31.12.2025")
    await search.amend(desk.app, MAYA, first.event.id, {"energy": "-1"})
    put_right = await logged(desk, Act.APPLIED, "#3", right=True)
    assert (await funnel.drawn(desk.app, MAYA)).report.energy == (Felt(Act.INTERVIEW, 1, 0, 1),)

    await search.undo(desk.app, MAYA, put_right.event.id)
    assert (await funnel.drawn(desk.app, MAYA)).report.energy == (Felt(Act.INTERVIEW, 1, 1, 2),)


async def test_no_funnel_reads_a_whole_table(desk: Desk) -> None:
    await lived(desk)
    said = await spoken(desk.app.db)
    await funnel.drawn(desk.app, MAYA)

    assert any("energy IS NOT NULL" in sql for sql in said)
    assert await scans(desk.app.db, said) == set()
