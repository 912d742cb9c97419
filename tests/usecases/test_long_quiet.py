"""Applications that were long quiet when a file told of them: asked about together, and never on mornings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.journal import Gone, NotYours
from bot.core.search import Act, Loss, Stage
from bot.store import board as board_rows
from bot.store import search as search_rows
from bot.usecases import importing, long_quiet, search
from bot.usecases.importing import Imported
from tests.usecases._follow_up import mornings, named
from tests.usecases._importing import ORA, sent
from tests.usecases._search import applied, kept, logged
from tests.usecases.conftest import MAYA, Desk
from tests.usecases.test_plans import scans, spoken

OLD = "Company,Role,Date,Status\n" + "".join(f"Old {n},Baker,{n % 28 + 1}.6.2025,Applied\n" for n in range(12))
NEW = "Acme,Cook,20.12.2025,Applied\nGlobex,Cook,2.6.2025,Rejected\nInitech,Cook,2.6.2025,Saved\n"


async def taken(desk: Desk, data: str = OLD + NEW) -> Imported:
    """Maya takes in a file."""
    return await importing.keep(desk.app, MAYA, (await sent(desk, data)).id)


async def open_ones(desk: Desk) -> list[str]:
    """The companies of which an answer is waited for."""
    return sorted(one.company for one in await kept(desk) if one.standing.stage is Stage.APPLIED)


async def test_no_morning_asks_about_what_was_long_quiet_when_it_came(desk: Desk) -> None:
    await desk.begin()
    done = await taken(desk)
    await desk.until(20, 12)

    assert (done.applications, done.quiet) == (15, 12)
    assert {company for morning in mornings(desk) for company in named(morning)} == {"Acme"}
    agenda = await board_rows.due(desk.app.db.reading, 1, date(2026, 6, 1))
    assert {card.application.company for card in agenda} == {"Acme"}


async def test_what_happens_with_one_begins_its_follow_ups_anew(desk: Desk) -> None:
    await desk.begin()
    await taken(desk)
    await logged(desk, Act.NOTE, "Old 3", words="Found the letter")
    assert await _step(desk, "Old 3") is None
    talk = await logged(desk, Act.CONVERSATION, "Old 3", "Baker")
    assert await _step(desk, "Old 3") == date(2026, 1, 8)
    await search.undo(desk.app, MAYA, talk.event.id)
    assert await _step(desk, "Old 3") is None


async def _step(desk: Desk, company: str) -> date | None:
    number = next(one.id for one in await kept(desk) if one.company == company)
    (card,) = await board_rows.cards(desk.app.db.reading, [number])
    return card.step.on if card.step else None


async def test_one_press_closes_all_that_is_still_quiet_and_one_takes_it_back(desk: Desk) -> None:
    await desk.begin()
    other = await applied(desk, "Own", "Cook", when="1.6.2025")
    done = await taken(desk)
    await logged(desk, Act.INTERVIEW, "Old 3")
    await logged(desk, Act.LOST, "Old 4", loss=Loss.GHOSTED)
    desk.now += timedelta(minutes=1)
    closed = await long_quiet.close(desk.app, MAYA, done.last)

    assert closed.applications == 10
    assert await open_ones(desk) == ["Acme", "Own"]
    assert (await search_rows.get(desk.app.db.reading, other.id)) == other
    with pytest.raises(Gone):
        await long_quiet.close(desk.app, MAYA, done.last)

    await desk.restart()
    assert await long_quiet.reopen(desk.app, MAYA, closed.first) == 10
    assert len(await open_ones(desk)) == 12
    with pytest.raises(Gone):
        await long_quiet.reopen(desk.app, MAYA, closed.first)


async def test_all_that_one_press_closed_is_open_again_though_the_clock_went_on_meanwhile(desk: Desk) -> None:
    await desk.begin()
    done = await taken(desk)
    desk.let_clock_run()
    closed = await long_quiet.close(desk.app, MAYA, done.last)

    assert await long_quiet.reopen(desk.app, MAYA, closed.first) == closed.applications == 12


async def test_what_was_closed_together_may_be_answered_late(desk: Desk) -> None:
    await desk.begin()
    done = await taken(desk)
    await long_quiet.close(desk.app, MAYA, done.last)
    answered = await logged(desk, Act.INTERVIEW, "Old 3")

    assert answered.application
    assert answered.application.standing.stage is Stage.INTERVIEWING


async def test_nobody_else_closes_or_opens_them(desk: Desk) -> None:
    await desk.begin()
    await desk.begin(ORA)
    done = await taken(desk)
    with pytest.raises(NotYours):
        await long_quiet.close(desk.app, ORA, done.last)
    closed = await long_quiet.close(desk.app, MAYA, done.last)
    with pytest.raises(NotYours):
        await long_quiet.reopen(desk.app, ORA, closed.first)
    assert await open_ones(desk) == ["Acme"]


async def test_nothing_of_it_reads_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await desk.begin()
    done = await taken(desk)
    closed = await long_quiet.close(desk.app, MAYA, done.last)
    await long_quiet.reopen(desk.app, MAYA, closed.first)

    assert await scans(desk.app.db, list(said)) == set()
