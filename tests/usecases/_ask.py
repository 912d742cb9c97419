"""What stands of asks in posts, drafts and Maya's direct messages, and a clock in any month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.ask import StillOpen
from bot.core.people import Person
from bot.core.summary import Draft, Portion, WeekPost
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk

AISHA, JONAS = Person(PAPER, "", "aisha"), Person(PAPER, "", "jonas")
CV, WALK, INTRO = "Read my CV", "A walk on Friday", "An introduction to somebody at a robotics start-up"


def posts(desk: Desk) -> list[WeekPost]:
    return [sheet.what for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, WeekPost)]


def asked(desk: Desk) -> list[StillOpen]:
    """The questions whether an ask is still open that stand in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, StillOpen)]


def draft_of(desk: Desk) -> Draft:
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Draft)][-1]


def told(post: WeekPost | Portion) -> list[tuple[str, bool]]:
    """What a post asks for, and whether it is settled."""
    return [(request.words, request.closed_at is not None) for request in post.summary.asks]


async def local(desk: Desk, month: int, day: int, hour: int, minute: int = 0) -> None:
    """Move the clock to a local time in 2026, hour by hour as rounds go on."""
    target = datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    assert target >= desk.now
    while target - desk.now > timedelta(hours=6):
        await desk.wait(hours=6)
    desk.now = target
    await desk.tick()


async def rows(desk: Desk) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await desk.app.db.reading.all("SELECT * FROM asks ORDER BY id")]
