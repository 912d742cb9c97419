"""Six months of a search, logged line by line: what it comes to, and that files carry all of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.core.archive import Archive, by_application
from bot.core.board import BY_HAND, Look
from bot.core.landing import Sort
from bot.core.people import Person
from bot.core.search import Act, Event, Loss, Stage, fold, told
from bot.papers import search_json, table
from bot.usecases import application, board, export, funnel, importing, landing
from bot.usecases.export import Format
from tests._search import APPLICATIONS, DAYS, LONGEST, Line, lines, typed
from tests.usecases._importing import BERLIN, ORA, sent, whole
from tests.usecases._search import kept
from tests.usecases.conftest import MAYA, PAPER, Desk

BEN = Person(PAPER, "", "ben")


@pytest.fixture
async def lived(desk: Desk) -> list[Line]:
    """Maya's six months are logged."""
    for who in (MAYA, ORA, BEN):
        await desk.begin(who)
    numbers: dict[int, int] = {}
    written = lines(desk.now + timedelta(hours=13))  # from a morning on
    for line in written:
        desk.now = line.at
        await typed(desk.app, MAYA, line, numbers)
    return written


def test_the_same_seed_tells_the_same_months_and_another_one_others(desk: Desk) -> None:
    assert lines(desk.now) == lines(desk.now)
    assert lines(desk.now) != lines(desk.now, seed=1)


async def test_the_months_are_as_life_has_them(desk: Desk, lived: list[Line]) -> None:
    archive = await whole(desk)
    acts = Counter(event.act for event in archive.events)
    assert 380 <= len(archive.events) <= 440
    assert len(archive.applications) == APPLICATIONS
    assert desk.now - lived[0].at < timedelta(days=DAYS)
    assert {Act.UNDONE, Act.AMENDED, Act.OUTREACH, Act.CONVERSATION, Act.NOTE} <= set(acts)
    assert acts[Act.ACCEPTED] == 1

    standings = [one.standing for one in archive.applications]
    unanswered = sum(one.answered_on is None for one in standings) / APPLICATIONS
    assert 0.5 < unanswered < 0.75
    assert {Loss.REJECTED, Loss.GHOSTED, Loss.DECLINED} <= {one.loss for one in standings}
    assert sum(one.furthest is Stage.INTERVIEWING for one in standings) >= 8
    assert max(len(event.words) for event in archive.events) == len(LONGEST)

    folded = {number: fold(events) for number, events in by_application(archive.events).items() if number}
    assert {one.id: one.standing for one in archive.applications} == folded


async def test_json_gives_the_same_search_and_csv_the_same_applications_and_events(
    desk: Desk, lived: list[Line]
) -> None:
    for number in [one.id for one in await kept(desk) if not one.standing.ended][:3]:
        await application.plan(desk.app, MAYA, number, {"words": "=Send *references*", "when": "in 3 days"})
    before = await whole(desk)
    await carried(desk, ORA, Format.JSON)
    await carried(desk, BEN, Format.CSV)

    by_json, by_csv = await whole(desk, 2), await whole(desk, 3)
    assert bare(by_json, by_json.events) == bare(before, before.events)
    assert bare(by_json, by_json.events)[2]
    assert bare(by_csv, told(by_csv.events))[:2] == bare(before, told(before.events))[:2]
    assert search_json.write(await whole(desk)) == search_json.write(before)
    assert table.write(before, BERLIN).count(b"\n") > 300


async def carried(desk: Desk, to: Person, form: Format) -> None:
    """Maya's search, written to a file, is imported by somebody else."""
    file = await export.export(desk.app, MAYA, export.Wish(form))
    shown = await sent(desk, file.content, file.name, to)
    assert (shown.plan.skipped, shown.plan.refused) == ((), ())
    await importing.keep(desk.app, to, shown.id)


def bare(archive: Archive, events: tuple[Event, ...] | list[Event]) -> tuple[list[object], list[object], object]:
    """A search whatever the numbers are by which it is kept."""
    names = {one.id: one.name for one in archive.applications}
    turns = {one.id: turn for turn, one in enumerate(events)}
    applications = sorted(
        (one._replace(id=0, person_id=0) for one in archive.applications), key=lambda one: (one.role, one.company)
    )
    noted = [
        (
            names.get(one.application_id or 0),
            turns.get(one.about or 0),
            one._replace(id=0, person_id=0, application_id=None, about=None),
        )
        for one in events
    ]
    by_hand = sorted((names[number], step) for number, step in archive.steps if step.sort == BY_HAND)
    return [*applications], [*noted], by_hand  # what rules say is next is said anew


async def test_board_funnel_and_landing_know_them_all(desk: Desk, lived: list[Line]) -> None:
    shown = await board.board(desk.app, MAYA, Look())
    assert sum(many for _, many in shown.counts) == APPLICATIONS
    assert (await funnel.drawn(desk.app, MAYA)).report.card.total == APPLICATIONS

    [accepted] = [one for one in (await whole(desk)).applications if one.standing.stage is Stage.ACCEPTED]
    assert (await landing.land(desk.app, MAYA, Sort.LANDED, "", None)).draft.accepted == accepted.name
