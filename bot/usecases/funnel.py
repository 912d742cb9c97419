"""The funnel of a search: its picture, and what can honestly be said of it."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from bot.charts import Picture
from bot.core import funnel as rules
from bot.core.funnel import BadRange, Range, Report
from bot.core.people import Person
from bot.store import search as rows
from bot.usecases.app import App
from bot.usecases.people import seeking
from bot.usecases.search import day_of


class Drawn(NamedTuple):
    """What a search tells, and its picture; None where there is no application to draw."""

    report: Report
    within: Range
    picture: Picture | None


async def drawn(app: App, who: Person, since: str = "", until: str = "") -> Drawn:
    """The whole search, or what was applied for within two dates as people write them.

    Raises NotSeeking, BadRange, BadDate or Unclear.
    """
    tx = app.db.reading
    seeker = await seeking(tx, who)
    within = Range(await day_of(app, seeker, since), await day_of(app, seeker, until))
    if within.since and within.until and within.until < within.since:
        raise BadRange("That range ends before it begins. Say the earlier day as “since” and the later one as “until”.")
    applications, felt = await rows.of_person(tx, seeker.id), await rows.felt(tx, seeker.id)
    report = await asyncio.to_thread(rules.report, applications, felt, within, seeker.name)
    picture = await app.studio.funnel(report.card) if report.card.total else None
    return Drawn(report, within, picture)
