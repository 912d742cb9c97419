"""Follow-ups as tests see them: what stands in Maya's direct messages, and her answers."""

from __future__ import annotations

from bot.core.follow_up import FollowUps
from bot.core.interview import Upcoming
from bot.core.search import Act, Application
from tests.usecases._search import applied
from tests.usecases.conftest import MAYA, Desk


def mornings(desk: Desk) -> list[FollowUps]:
    """The messages of mornings as they stand, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, FollowUps)]


def told(desk: Desk) -> list[Upcoming]:
    """The messages about interviews as they stand, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Upcoming)]


def named(what: FollowUps) -> list[str]:
    """The companies of a morning's message."""
    return [line.application.company for line in what.lines]


def replies(what: FollowUps) -> list[str]:
    """What became of each of its lines."""
    return [str(line.reminder.reply) for line in what.lines]


async def applied_at(desk: Desk, *companies: str) -> list[Application]:
    """Maya has begun, and applied at some companies on Thursday the first."""
    await desk.begin()
    return [await applied(desk, company) for company in companies]


async def acts(desk: Desk, application_id: int) -> list[Act]:
    """What was noted of an application."""
    rows = await desk.app.db.reading.all("SELECT act FROM events WHERE application_id = ? ORDER BY id", application_id)
    return [Act(row["act"]) for row in rows]
