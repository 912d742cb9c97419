"""What the tests of experiments begin with: an idea of Ana's, a plan of Maya's, and what stands of either."""

from __future__ import annotations

from bot.core.delivery import Cause, Unreachable
from bot.core.experiment import Experiment, Trial
from bot.core.idea import Given, Idea, Sort
from bot.core.people import Person
from bot.usecases import experiment, idea
from tests.usecases.conftest import MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")
COFFEE = "Have a coffee with somebody who builds robots"
WISH = {"what": COFFEE, "on": "thursday", "question": "What does a day look like there?"}
CLOSED = Unreachable("direct messages are closed", cause=Cause.CLOSED)


async def given(desk: Desk, sort: Sort = Sort.IDEA) -> Idea:
    """Maya has begun, and Ana gave her an idea."""
    await desk.posted()
    post = await desk.delivery("post", turn=1)
    return await idea.give(desk.app, ANA, "Ana", post.id, sort, Given(COFFEE, "You like to ask"))


async def trying(desk: Desk, **wish: str) -> Experiment:
    """Maya plans Ana's idea, for Thursday the 8th unless a wish says otherwise."""
    return await experiment.try_idea(desk.app, MAYA, (await given(desk)).id, WISH | wish)


async def own(desk: Desk, on: str = "thursday") -> Experiment:
    """Maya plans something of her own on Sunday the 4th."""
    await desk.begin()
    await desk.until(4, 18)
    return await experiment.try_own(desk.app, MAYA, {"what": "A walk with the recruiter", "on": on})


async def now_is(desk: Desk, number: int = 1) -> Experiment:
    return await experiment.read(desk.app, MAYA, number)


async def of_ana(desk: Desk) -> Idea:
    return (await idea.mine(desk.app, ANA))[0]


def trials(desk: Desk) -> list[Trial]:
    """The questions whether something happened that stand in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Trial)]
