"""What the tests of origins begin with: an idea of Ana's that became Maya's application at Acme."""

from __future__ import annotations

from bot.core.search import Act
from bot.core.trail import stops
from bot.usecases import experiment, log, trail
from bot.usecases.search import Logged, Wish
from tests.usecases._experiment import WISH, given
from tests.usecases.conftest import MAYA, Desk

ACME = Wish(Act.APPLIED, "Acme", "Engineer")


async def noted(desk: Desk, wish: Wish = ACME) -> Logged:
    """What Maya reads after a line of the log."""
    found = await log.log(desk.app, MAYA, wish)
    assert isinstance(found, Logged)
    return found


async def learned(desk: Desk) -> None:
    """Ana's idea was tried, and Maya learned from it."""
    await experiment.try_idea(desk.app, MAYA, (await given(desk)).id, WISH)  # in Ana's own words
    await experiment.learn(desk.app, MAYA, 1, "I like it there")


async def came_of_idea(desk: Desk) -> Logged:
    """And it became an application at Acme."""
    await learned(desk)
    return await noted(desk, ACME._replace(origin="trial.1"))


async def words(desk: Desk) -> list[str]:
    """The stops of the one way that there is."""
    [path], zone = await trail.paths(desk.app, MAYA)
    return [stop.words for stop in stops(path, zone)]
