"""A circle that goes on in another channel: what follows once its welcome stands there, or cannot stand there.

Both are derived from the welcome's own delivery, so that they come to pass also where the process died in between.
"""

from __future__ import annotations

from datetime import datetime

from bot.core.delivery import ARRIVED, Delivery, Kind
from bot.core.people import Space
from bot.store import circle as rows
from bot.store import council as council_rows
from bot.store import delivery as delivery_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _councils, _reach, _weeks


async def follow(tx: Tx, circle_id: int, now: datetime) -> list[str]:
    """What names a channel in which a circle was before is to be revised, or taken down; those messages' ids."""
    circle = await rows.get(tx, circle_id)
    if circle is None:
        return []
    stale = await standing_rows.mark_about(tx, (Kind.WELCOME,), circle_id, now)
    for before in await _before(tx, circle_id, circle.space):
        stale += await _reach.forget_space(tx, before, now)
    for person_id in await rows.members(tx, circle_id):
        stale += await _weeks.mark_drafts_of(tx, person_id, now)
    for council in await council_rows.of_circle_waiting(tx, circle_id):
        for week in await _councils.weeks_in(tx, council.id):
            stale += await standing_rows.mark_about(tx, _weeks.OF_DRAFT, week.id, now)
    return stale


async def turn_back(tx: Tx, welcome: Delivery) -> None:
    """The new channel takes no welcome: the circle is where it was, and what waits goes there again.

    What its channel is called it hears at the next session.
    """
    circle = await rows.get(tx, welcome.subject)
    if circle is None or circle.space != welcome.to:
        return
    for before in (await _before(tx, circle.id, circle.space))[-1:]:
        await rows.move(tx, circle.id, before, circle.name)
        await delivery_rows.redirect(tx, circle.space, before)


async def _before(tx: Tx, circle_id: int, now_in: Space) -> list[Space]:
    """The channels in which a circle was welcome before, the last one at the end; none that is a circle by now."""
    found: list[Space] = []
    for welcome in await delivery_rows.about(tx, Kind.WELCOME, circle_id):
        space = welcome.to
        if isinstance(space, Space) and welcome.state in ARRIVED and space != now_in and not await rows.at(tx, space):
            found.append(space)
    return found
