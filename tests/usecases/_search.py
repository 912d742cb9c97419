"""The search as tests log it: what Maya typed, and where it leaves her applications."""

from __future__ import annotations

from bot.core.search import Act, Application, Event
from bot.store import archive
from bot.store import search as rows
from bot.usecases import search
from bot.usecases.search import Logged, Wish
from tests.usecases.conftest import MAYA, Desk


async def logged(desk: Desk, act: Act, which: str = "", role: str = "", **more: object) -> Logged:
    """Maya logs something."""
    return await search.log(desk.app, MAYA, Wish(act, which, role)._replace(**more))


async def applied(desk: Desk, company: str = "Acme", role: str = "Engineer", **more: object) -> Application:
    """Maya applied somewhere."""
    found = (await logged(desk, Act.APPLIED, company, role, **more)).application
    assert found
    return found


async def noted(desk: Desk) -> tuple[Event, ...]:
    """All that was ever noted in Maya's log, in order."""
    return (await archive.whole(desk.app.db.reading, 1)).events


async def kept(desk: Desk) -> list[Application]:
    """All of Maya's applications."""
    return await rows.of_person(desk.app.db.reading, 1)
