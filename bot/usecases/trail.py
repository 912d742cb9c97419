"""The trail of a seeker's ideas: as a picture, a page at a time, and as text."""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.charts import Picture
from bot.core import rhythm as times
from bot.core import trail as rules
from bot.core.people import Person
from bot.core.trail import Path, TrailCard
from bot.store import trail as rows
from bot.usecases.app import App
from bot.usecases.people import seeking


class Drawn(NamedTuple):
    """A page of the trail, and its picture."""

    card: TrailCard
    picture: Picture


async def paths(app: App, who: Person) -> tuple[list[Path], ZoneInfo]:
    """Every way of a seeker, newest first, and the zone of its dates; raises NotSeeking."""
    seeker = await seeking(app.db.reading, who)
    zone = ZoneInfo(seeker.zone)
    return await rows.paths(app.db.reading, seeker.id, zone, times.local_date(app.now(), zone)), zone


async def drawn(app: App, who: Person, page: int = 0) -> Drawn | None:
    """A page of the trail, counted from 0, one beyond the end being the last; None without an idea yet."""
    found, zone = await paths(app, who)
    if not found:
        return None
    card = rules.card(found, page, times.local_date(app.now(), zone), zone)
    return Drawn(card, await app.studio.trail(card))
