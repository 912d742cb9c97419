"""What waits behind a question of the log, what can be picked, and how little is read for it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from itertools import cycle, islice

import pytest

from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.search import LEADS_TO, Act, Backwards, Event, NotKnown, Stage, WhichOne
from bot.usecases import application, conversations, held, log, mention, search
from bot.usecases._changes import changing
from bot.usecases.log import Question
from bot.usecases.search import Logged, Wish
from bot.when import Unclear
from tests.usecases._search import applied, kept, logged, noted
from tests.usecases.conftest import MAYA, PAPER, Desk
from tests.usecases.test_plans import scans, spoken

ORA = Person(PAPER, "", "ora")
NOTE = Wish(Act.NOTE, "Acme", when="03/04/25", words="A long thought", whom="Anna")


async def asked(desk: Desk, wish: Wish = NOTE) -> Question:
    """Maya's line has to be asked about."""
    found = await log.log(desk.app, MAYA, wish)
    assert isinstance(found, Question)
    return found


async def test_a_line_waits_with_all_its_words_through_a_restart(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    question = await asked(desk)
    assert isinstance(question.why, Unclear)
    await desk.restart()

    found = await log.go_on(desk.app, MAYA, question.held_id, when="2025-04-03")
    assert isinstance(found, Logged)
    assert (found.event.words, found.event.whom, found.when) == ("A long thought", "Anna", "Thu 3 April 2025")


async def test_one_answer_may_lead_to_the_next_question(desk: Desk) -> None:
    await desk.begin()
    first = await applied(desk)
    await applied(desk, role="Designer")
    await logged(desk, Act.OFFER, f"#{first.id}")
    wish = Wish(Act.INTERVIEW, "Acme", when="01/02/26 14:00", round=3, moved=True)
    question = await asked(desk, wish)
    second = await log.go_on(desk.app, MAYA, question.held_id, when="2026-02-01 14:00")
    assert isinstance(second, Question)
    assert isinstance(second.why, WhichOne)
    third = await log.go_on(desk.app, MAYA, question.held_id, which=f"#{first.id}")
    assert isinstance(third, Question)
    assert isinstance(third.why, Backwards)
    assert (await log.waiting(desk.app, MAYA, question.held_id)).round == 3

    found = await log.go_on(desk.app, MAYA, question.held_id, right=True)
    assert isinstance(found, Logged)
    assert found.application
    assert (found.application.standing.stage, found.event.act) == (Stage.INTERVIEWING, Act.CORRECTED)


async def test_a_second_press_notes_nothing_twice(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    question = await asked(desk)
    await log.go_on(desk.app, MAYA, question.held_id, when="2025-04-03")
    with pytest.raises(Gone):
        await log.go_on(desk.app, MAYA, question.held_id, when="2025-04-03")

    assert len(await noted(desk)) == 2


async def test_what_waits_is_its_owners_alone_and_only_what_the_log_asked(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    question = await asked(desk)
    await desk.begin(ORA)
    with pytest.raises(NotYours):
        await log.go_on(desk.app, ORA, question.held_id, when="2025-04-03")
    form = await held.hold(desk.app, MAYA, held.FORM, "checkedin:checkin", {"done": "A walk"})
    with pytest.raises(Gone):
        await log.waiting(desk.app, MAYA, form.id)
    assert await log.waiting(desk.app, MAYA, question.held_id) == NOTE


async def test_what_no_press_can_settle_is_told_and_does_not_wait(desk: Desk) -> None:
    await desk.begin()
    with pytest.raises(NotKnown):
        await log.log(desk.app, MAYA, Wish(Act.NOTE, "Acme"))

    assert await desk.app.db.reading.all("SELECT id FROM held") == []


async def test_nobody_is_asked_again_about_a_line_that_waits(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await asked(desk)
    await conversations.met(desk.app, MAYA, "maya")
    desk.now += timedelta(hours=1)
    await conversations.catch_up(desk.app)

    assert desk.paper.count("written") == 1
    assert desk.paper.answers == {}


async def a_long_search(desk: Desk, applications: int = 250, events: int = 1000) -> None:
    """Maya's search of many applications, with events of every kind."""
    await desk.begin()
    one = await applied(desk, "Company 0")
    async with changing(desk.app, MAYA) as change:
        for number in range(1, applications):
            await change.add(one._replace(company=f"Company {number}"))
        acts = islice(cycle(LEADS_TO), events)
        for number, act in enumerate(acts):
            on = one.standing.stage_on - timedelta(days=number % 90)
            await change.note(Event(0, 1, 1 + number % applications, act, on, desk.now))


async def test_each_form_of_the_log_opens_after_one_read_at_most(desk: Desk) -> None:
    await desk.begin()
    one = await applied(desk)
    question = await asked(desk)
    said = await spoken(desk.app.db)
    openings = (
        lambda: search.form_to_amend(desk.app, MAYA, 1),
        lambda: log.waiting(desk.app, MAYA, question.held_id),
        lambda: application.form(desk.app, MAYA, one.id),
        lambda: mention.company(desk.app, MAYA, one.id),
    )
    for opening in openings:
        said.clear()
        await opening()
        assert len(said) == 1
    with pytest.raises(NotYours):
        await search.form_to_amend(desk.app, ORA, 1)


async def test_among_a_thousand_events_a_line_takes_a_few_indexed_reads(desk: Desk) -> None:
    await a_long_search(desk)
    said = await spoken(desk.app.db)
    found = await log.log(desk.app, MAYA, Wish(Act.NOTE, "Company 7", words="Hm"))
    reads = [sql for sql in said if sql.lstrip().startswith("SELECT")]
    assert isinstance(found, Logged)
    await log.companies(desk.app, MAYA, Act.NOTE, "7")
    await log.roles(desk.app, MAYA, "")
    await search.form_to_amend(desk.app, MAYA, found.event.id)
    await search.amend(desk.app, MAYA, found.event.id, {"words": "Well"})
    await search.undo(desk.app, MAYA, found.event.id)
    new = await log.log(desk.app, MAYA, Wish(Act.APPLIED, "Another", "Engineer"))
    assert isinstance(new, Logged)
    await search.undo(desk.app, MAYA, new.event.id)

    assert len(reads) <= 9
    assert await scans(desk.app.db, list(said)) == set()
    assert len(await kept(desk)) == 250


async def test_of_many_applications_a_few_are_offered(desk: Desk) -> None:
    await a_long_search(desk)

    offered = await log.companies(desk.app, MAYA, Act.NOTE, "")
    assert len(offered) == log.MOST
    assert [words for words, _ in await log.companies(desk.app, MAYA, Act.NOTE, "company 77 ")]
    assert await log.companies(desk.app, MAYA, Act.NOTE, "nothing like it") == []


def test_the_start_does_not_load_what_reads_dates() -> None:
    loaded = "import sys, bot.bootstrap, cogs.log; sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


async def test_an_application_is_picked_by_words_of_company_and_role(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, "Acme Robotics", "Designer")
    await applied(desk, "Acme Robotics", "Baker")

    for typed in ("acme des", "designer ACME", "robotics  designer"):
        assert [value for _, value in await log.companies(desk.app, MAYA, Act.NOTE, typed)] == ["#1"]
