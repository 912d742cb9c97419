"""Mornings: when a seeker is written to about what can wait, on their own clock and after their quiet hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.people import Seeker
from bot.usecases.app import App


def morning(app: App, seeker: Seeker, after: datetime) -> datetime:
    """A seeker's first morning from an instant on."""
    return times.first_morning(after, app.settings.morning, seeker.quiet, ZoneInfo(seeker.zone))


def next_morning(app: App, seeker: Seeker, after: datetime) -> datetime:
    """The morning of the day after an instant."""
    zone = ZoneInfo(seeker.zone)
    return morning(app, seeker, times.instant(times.local_date(after, zone) + timedelta(days=1), time(), zone))
