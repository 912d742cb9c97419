"""The board on paper: pages, what is looked for, and what is next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.board import BY_HAND, ON_PAGE, Agenda, Look
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.search import Act, Loss, Stage
from bot.store import held
from bot.usecases import application, board, search
from bot.usecases.people import NotSeeking
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk
from tests.usecases.test_plans import scans, spoken

ANA = Person(PAPER, "", "ana")


def by_hand(found: Agenda) -> list[tuple[date, str]]:
    """What is next of what was set by hand."""
    return [(card.step.on, card.step.words) for card in found.due if card.step and card.step.sort == BY_HAND]


async def test_the_board_shows_open_ones_and_counts_the_rest(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Acme")
    await applied(desk, "Globex", when="two weeks ago")
    await logged(desk, Act.LOST, "Globex", loss=Loss.CLOSED)
    await applied(desk, "Initech")
    await logged(desk, Act.OFFER, "Initech")

    found = await board.board(desk.app, MAYA, Look())
    assert [card.application.company for card in found.cards] == ["Initech", "Acme"]
    assert found.counts == ((Stage.OFFER, 1), (Stage.APPLIED, 1), (Stage.LOST, 1))
    assert (found.ended, found.pages) == (1, 1)

    ended = await board.board(desk.app, MAYA, Look(ended=True))
    assert [card.application.standing.loss for card in ended.cards] == [Loss.CLOSED]


async def test_what_is_looked_for_waits_for_the_buttons_of_its_pages(desk: Desk) -> None:
    await desk.begin()
    for number in range(ON_PAGE + 2):
        await applied(desk, f"Shop {number}", "Baker")
    await applied(desk, "Acme")

    first = await board.board(desk.app, MAYA, Look(text=" bäcker\u202e "))
    assert (first.cards, first.counts, first.pages) == ((), (), 1)
    first = await board.board(desk.app, MAYA, Look(text="BAKER"))
    assert (len(first.cards), first.pages) == (ON_PAGE, 2)

    await desk.restart()
    second = await board.board(desk.app, MAYA, Look(page=7, key=first.look.key))
    assert (len(second.cards), second.look.page, second.look.text) == (2, 1, "BAKER")
    await desk.wait(days=2)
    assert await held.unasked(desk.app.db.reading, 1, desk.now) == []


async def test_nobody_looks_with_the_words_of_another(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(ANA)
    await applied(desk, "Acme")
    mine = await board.board(desk.app, MAYA, Look(text="acme"))

    with pytest.raises(NotYours):
        await board.board(desk.app, ANA, Look(key=mine.look.key))
    with pytest.raises(Gone):
        await board.board(desk.app, MAYA, Look(key="none"))
    assert (await board.board(desk.app, ANA, Look())).cards == ()
    with pytest.raises(NotSeeking):
        await board.board(desk.app, Person(PAPER, "", "bo"), Look())


async def test_next_tells_interviews_and_what_is_due_within_a_week(desk: Desk) -> None:
    await desk.begin()
    for company in ("Acme", "Globex", "Initech", "Hooli"):
        await applied(desk, company)
    await logged(desk, Act.INTERVIEW, "Acme", when="mon 14:00", whom="Anna")
    await logged(desk, Act.INTERVIEW, "Globex", when="15 January 9:00")
    cancelled = await logged(desk, Act.INTERVIEW, "Globex", when="tue 9:00")
    await search.undo(desk.app, MAYA, cancelled.event.id)
    moved = await logged(desk, Act.INTERVIEW, "Hooli", when="20 January 9:00")
    await search.amend(desk.app, MAYA, moved.event.id, {"when": "tomorrow 9:00"})
    await application.plan(desk.app, MAYA, 3, {"words": "Call Ben", "when": "tomorrow"})
    await application.plan(desk.app, MAYA, 2, {"words": "Ask", "when": "9 January"})

    found = await board.agenda(desk.app, MAYA)
    assert [(one.application.company, one.whom) for one in found.interviews] == [("Hooli", ""), ("Acme", "Anna")]
    assert by_hand(found) == [(date(2026, 1, 2), "Call Ben")]

    await desk.wait(days=3)
    assert by_hand(await board.agenda(desk.app, MAYA)) == [(date(2026, 1, 2), "Call Ben"), (date(2026, 1, 9), "Ask")]


async def test_of_what_has_ended_nothing_is_next(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Acme")
    await logged(desk, Act.INTERVIEW, "Acme", when="mon 14:00")
    await application.plan(desk.app, MAYA, 1, {"words": "Call", "when": "tomorrow"})
    await logged(desk, Act.LOST, "Acme")

    found = await board.agenda(desk.app, MAYA)
    assert (found.due, found.interviews, found.more) == ((), (), 0)


async def test_many_that_are_due_are_counted(desk: Desk) -> None:
    await desk.begin()
    for number in range(board.MOST + 3):
        of = await applied(desk, f"Shop {number}")
        await application.plan(desk.app, MAYA, of.id, {"when": "today"})

    found = await board.agenda(desk.app, MAYA)
    assert (len(found.due), found.more) == (board.MOST, 3)
    assert {card.step and card.step.on - found.today for card in found.due} == {timedelta(0)}


async def test_the_board_searches_by_an_index_alone(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Acme")
    await logged(desk, Act.INTERVIEW, "Acme", when="mon 14:00")
    said = await spoken(desk.app.db)
    await board.board(desk.app, MAYA, Look(text="acme"))
    await board.agenda(desk.app, MAYA)
    await application.form(desk.app, MAYA, 1)
    await application.plan(desk.app, MAYA, 1, {"words": "Call", "when": "tomorrow"})
    await application.reword(desk.app, MAYA, 1, {"role": "Baker"})
    await application.show(desk.app, MAYA, 1)

    assert await scans(desk.app.db, said) == set()
