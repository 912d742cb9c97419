"""Past weeks: which there are, and what one of them was."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import past as rules
from bot.core.past import Past
from bot.core.people import Person, Seeker
from bot.core.rhythm import local_date, monday_of
from bot.core.summary import Draft, Phase
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import summary as rows
from bot.store.db import Tx
from bot.usecases import _weeks, summary
from bot.usecases.app import App
from bot.usecases.people import seeking


class Shown(NamedTuple):
    """A week as its seeker sees it, and what stands of it in the channel."""

    draft: Draft
    posts: summary.Posts


async def choices(app: App, who: Person, typed: str) -> list[tuple[str, str]]:
    """The weeks that fit what was typed so far, as (name, value), the newest first; none for who does not seek."""
    seeker = await people_rows.seeker(app.db.reading, who)
    if seeker is None:
        return []
    today = local_date(app.now(), ZoneInfo(seeker.zone))
    found = rules.matching(await _weeks_of(app.db.reading, seeker, today), typed, today)
    return [(rules.title(past, today), past.monday.isoformat()) for past in found]


async def show(app: App, who: Person, typed: str) -> Shown:
    """The week that was picked or typed; raises NoSuchWeek."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = local_date(app.now(), ZoneInfo(seeker.zone))
        past = rules.meant(await _weeks_of(tx, seeker, today), typed, today)
        week = await rows.week(tx, seeker.id, past.monday)
    draft = await _weeks.shown(app, app.db.reading, seeker, week)
    stands = week.phase is Phase.POSTED
    return Shown(draft, await summary.posts_of(app, who, draft) if stands else [])


async def _weeks_of(tx: Tx, seeker: Seeker, today: date) -> list[Past]:
    """The weeks up to this one of which there is anything."""
    found = dict.fromkeys(await journal_rows.mondays(tx, seeker.id), Phase.OPEN)
    found |= {week.monday: week.phase for week in await rows.all_of(tx, seeker.id) if _holds(week.phase, week.words)}
    return [Past(monday, phase) for monday, phase in found.items() if monday <= monday_of(today)]


def _holds(phase: Phase, words: str) -> bool:
    return phase is not Phase.OPEN or words != ""
