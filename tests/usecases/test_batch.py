"""Questions that are made together: one that cannot be made spoils no other, and comes once it can."""

from __future__ import annotations

import pytest

from bot.core.people import Person
from bot.usecases import rounds
from tests.usecases.conftest import MAYA, PAPER, ZONE, Desk, prompts

ZONE_OF_MAYA = "UPDATE seekers SET zone = ? WHERE person_id = (SELECT id FROM people WHERE external_id = 'maya')"


async def test_a_question_that_cannot_be_made_spoils_no_other_of_its_batch(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
    for who in (ana, MAYA, ben):
        await desk.begin(who)
    desk.move(2, 17, 30)
    await rounds.plan(desk.app)
    async with desk.app.db.writing() as tx:
        await tx.run(ZONE_OF_MAYA, "Nowhere/Atall")

    await desk.tick()

    assert [len(desk.paper.at(who)) for who in (ana, MAYA, ben)] == [2, 1, 2]
    assert caplog.text.count("could not be made; it is tried again") == 1
    async with desk.app.db.writing() as tx:
        await tx.run(ZONE_OF_MAYA, ZONE)
    await desk.wait(minutes=1)
    assert len(prompts(desk)) == 1
