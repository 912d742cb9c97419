"""How many days in a row a seeker has written something, up to the end of a week."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.core.streak import streak
from bot.core.summary import Week, sunday
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _landing, _rests
from bot.usecases.app import App


async def up_to(app: App, tx: Tx, seeker: Seeker, week: Week) -> int:
    """The streak as it stood at the end of a week, or stands today within it."""
    last = min(local_date(app.now(), ZoneInfo(seeker.zone)), sunday(week.monday))
    began = await _landing.began_on(tx, seeker, sunday(week.monday))
    rests = await _rests.between(tx, seeker.id, began, last, await people_rows.pauses(tx, seeker.id))
    return streak(await journal_rows.days(tx, seeker.id, began, last), rests, last)
