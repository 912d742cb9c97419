"""One application on paper: its history, moves, notes, next step and other words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.board import BY_HAND
from bot.core.dates import BadDate
from bot.core.exercise import Blank, TooLong
from bot.core.journal import Gone, NotYours
from bot.core.link import BadLink
from bot.core.people import Person
from bot.core.search import Act, Backwards, Loss, NoName, NotKnown, Stage, WhichOne
from bot.usecases import application, search
from bot.usecases.application import Ended, History
from bot.usecases.log import Question
from bot.usecases.search import Logged
from bot.when import Unclear
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")


async def seen(desk: Desk) -> History:
    return await application.show(desk.app, MAYA, 1)


async def test_the_history_is_by_date_as_last_amended_without_what_was_undone(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20 December")
    note = await logged(desk, Act.NOTE, "Acme", words="They called", when="28 December", whom="Anna")
    wrong = await logged(desk, Act.NOTE, "Acme", words="Never so")
    await logged(desk, Act.INTERVIEW, "Acme", when="mon 14:00", whom="Ben")
    await logged(desk, Act.CONVERSATION, "Acme", when="30 December", whom="Anna")
    await search.undo(desk.app, MAYA, wrong.event.id)
    await search.amend(desk.app, MAYA, note.event.id, {"words": "They called twice"})

    found = await seen(desk)
    assert [(line.when.on.day, line.event.act, line.round) for line in found.lines] == [
        (20, Act.APPLIED, 0),
        (28, Act.NOTE, 0),
        (30, Act.CONVERSATION, 0),
        (5, Act.INTERVIEW, 1),
    ]
    assert found.lines[1].event.words == "They called twice"
    assert found.contacts == ("Ben", "Anna")


async def test_an_application_is_named_by_number_or_company(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    assert (await application.named(desk.app, MAYA, "#1")).card.application.company == "Acme"
    assert (await application.named(desk.app, MAYA, " ACME ")).card.application.id == 1
    with pytest.raises(NotKnown, match="Did you mean Acme"):
        await application.named(desk.app, MAYA, "Acem")
    with pytest.raises(Gone):
        await application.named(desk.app, MAYA, "#7")

    await applied(desk, role="Baker")
    with pytest.raises(WhichOne):
        await application.named(desk.app, MAYA, "Acme")


@pytest.mark.parametrize("to", ["withdrew", "declined", "closed", "rejected", "ghosted"])
async def test_every_way_to_end_is_a_move(desk: Desk, to: str) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.INTERVIEW, "Acme")
    moved = await application.move(desk.app, MAYA, 1, to)

    assert isinstance(moved, Logged)
    standing = (await seen(desk)).card.application.standing
    assert (standing.stage, standing.loss, standing.furthest) == (Stage.LOST, Loss(to), Stage.INTERVIEWING)
    await search.undo(desk.app, MAYA, moved.event.id)
    assert (await seen(desk)).card.application.standing.stage is Stage.INTERVIEWING


async def test_a_move_back_is_asked_and_what_ended_too(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    assert isinstance(await application.move(desk.app, MAYA, 1, "offer"), Logged)

    for back in ("interviewing", "applied"):
        asked = await application.move(desk.app, MAYA, 1, back)
        assert isinstance(asked, Question)
        assert isinstance(asked.why, Backwards)
    assert (await seen(desk)).card.application.standing.stage is Stage.OFFER

    await application.move(desk.app, MAYA, 1, "rejected")
    asked = await application.move(desk.app, MAYA, 1, "accepted")
    assert isinstance(asked, Question)
    with pytest.raises(Gone):
        await application.move(desk.app, MAYA, 1, "moon")


async def test_a_next_step_is_set_moved_and_left_to_what_is_usual(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await application.plan(desk.app, MAYA, 1, {"words": "Call *Anna*", "when": "fri 14:00"})
    step = (await seen(desk)).card.step
    assert step == (date(2026, 1, 2), "14:00 Call *Anna*", "hand")

    await application.plan(desk.app, MAYA, 1, {"words": "", "when": "in 2 weeks"})
    step = (await seen(desk)).card.step
    assert step == (date(2026, 1, 15), "", "hand")

    await application.plan(desk.app, MAYA, 1, {"words": " ", "when": " "})
    step = (await seen(desk)).card.step
    assert step is None or step.sort != BY_HAND


@pytest.mark.parametrize(
    ("words", "when", "refusal"),
    [
        ("Call", "", BadDate),
        ("Call", "yesterday", BadDate),
        ("Call", "soon", BadDate),
        ("Call", "03/04/26", Unclear),
        ("x" * 201, "tomorrow", TooLong),
    ],
)
async def test_a_step_that_cannot_be_read_changes_nothing(
    desk: Desk, words: str, when: str, refusal: type[Exception]
) -> None:
    await desk.begin()
    await applied(desk)
    await application.plan(desk.app, MAYA, 1, {"words": "Wait", "when": "today"})
    with pytest.raises(refusal):
        await application.plan(desk.app, MAYA, 1, {"words": words, "when": when})

    assert (await seen(desk)).card.step == (date(2026, 1, 1), "Wait", "hand")


async def test_nothing_is_planned_with_what_has_ended(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.LOST, "Acme")
    with pytest.raises(Ended):
        await application.plan(desk.app, MAYA, 1, {"words": "Call", "when": "tomorrow"})


async def test_an_application_is_worded_anew_and_its_history_stays(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    before = (await seen(desk)).lines
    await application.reword(desk.app, MAYA, 1, {"company": " Acme\u202e Ltd ", "role": "Baker", "link": "a.example/7"})
    await application.reword(desk.app, MAYA, 1, {"place": "Bremen", "reach": "+49 421 0"})

    found = await seen(desk)
    of = found.card.application
    assert (of.company, of.role, of.link) == ("Acme Ltd", "Baker", "https://a.example/7")
    assert (of.place, of.reach) == ("Bremen", "+49 421 0")
    assert found.lines == before


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ({"company": " \u200b"}, NoName),
        ({"role": ""}, NoName),
        ({"link": "javascript:alert(1)"}, BadLink),
        ({"kind": "x" * 101}, TooLong),
    ],
)
async def test_words_that_cannot_be_kept_change_nothing(
    desk: Desk, raw: dict[str, str], refusal: type[Exception]
) -> None:
    await desk.begin()
    await applied(desk)
    with pytest.raises(refusal):
        await application.reword(desk.app, MAYA, 1, {"source": "A friend", **raw})

    assert (await seen(desk)).card.application.source == ""


async def test_a_note_has_words_and_a_day(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="28 December")
    assert isinstance(await application.note(desk.app, MAYA, 1, {"words": "x" * 4000, "when": "30 December"}), Logged)
    with pytest.raises(Blank):
        await application.note(desk.app, MAYA, 1, {"words": " \u200b "})
    assert isinstance(await application.note(desk.app, MAYA, 1, {"words": "Hm", "when": "tomorrow"}), Question)

    assert [(line.when.on.day, len(line.event.words)) for line in (await seen(desk)).lines] == [(28, 0), (30, 4000)]


async def test_nobody_looks_at_or_changes_what_is_anothers(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(ANA)
    await applied(desk)
    raw = {"words": "Hm", "when": "tomorrow", "role": "Thief"}
    for act in (application.show, application.form):
        with pytest.raises(NotYours):
            await act(desk.app, ANA, 1)
    for change in (application.plan, application.reword, application.note):
        with pytest.raises(NotYours):
            await change(desk.app, ANA, 1, raw)
    with pytest.raises(NotYours):
        await application.move(desk.app, ANA, 1, "offer")
    with pytest.raises(Gone):
        await application.form(desk.app, ANA, 2)

    assert (await seen(desk)).card.application.role == "Engineer"
