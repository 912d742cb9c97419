"""Applications that were long quiet when a file told of them: no morning asks about each, and one press closes all."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.follow_up import is_history
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker
from bot.core.search import Act, Event, Loss, told, undoing
from bot.store import follow_up as rows
from bot.store import search as search_rows
from bot.store.db import Tx
from bot.usecases import _follow_ups, search
from bot.usecases._changes import changing
from bot.usecases.app import App
from bot.usecases.follow_up import NOT_YOURS

SETTLED = "That is settled already. /search board shows where everything stands."


class Closed(NamedTuple):
    """How many ended in silence, and the first event that says so."""

    applications: int
    first: int


async def close(app: App, who: Person, history_to: int) -> Closed:
    """All that a file told of and that is quiet since ended in silence; raises NotSeeking, Gone or NotYours."""
    async with changing(app, who) as change:
        tx, seeker = change.tx, change.seeker
        await _check_own(tx, seeker, history_to)
        silent = [one for one in await rows.resting(tx, seeker.id, history_to) if await _rests(tx, seeker, one)]
        on, now = search.local(app, seeker).date(), app.now()  # one moment, by which they are known together again
        ends = [Event(0, seeker.id, one, Act.LOST, on, now, loss=Loss.GHOSTED) for one in silent]
        found = [await change.note(one) for one in ends]
        if not found:
            raise Gone(SETTLED)
    return Closed(len(found), found[0].id)


async def reopen(app: App, who: Person, first: int) -> int:
    """Take back what one press closed; how many are open again. Raises NotSeeking, Gone or NotYours."""
    async with changing(app, who) as change:
        seeker = change.seeker
        await _check_own(change.tx, seeker, first)
        closing = await _closing(change.tx, seeker, first)
        if not closing:
            raise Gone(SETTLED)
        for one in closing:
            await change.note(undoing(one, app.now()))
    return len(closing)


async def _check_own(tx: Tx, seeker: Seeker, event_id: int) -> None:
    owned(await search_rows.event(tx, event_id), lambda event: event.person_id == seeker.id, SETTLED, NOT_YOURS)


async def _rests(tx: Tx, seeker: Seeker, number: int) -> bool:
    """Whether it is open, and nothing happened since the file."""
    application = await search_rows.get(tx, number)
    if application is None or application.standing.ended:
        return False
    events = await search_rows.events_with(tx, number)
    return is_history(await _follow_ups.case_of(tx, seeker, number, application.standing, events))


async def _closing(tx: Tx, seeker: Seeker, first: int) -> list[Event]:
    """What closed applications at the same moment as the first, of all that one file told of."""
    event = await search_rows.event(tx, first)
    plan = await rows.plan_of(tx, event.application_id) if event and event.application_id else None
    if event is None or plan is None or event.act is not Act.LOST:
        return []
    numbers = await rows.resting(tx, seeker.id, plan.history_to)
    of_all = [one for number in numbers for one in told(await search_rows.events_with(tx, number))]
    return [one for one in of_all if one.act is Act.LOST and one.noted_at == event.noted_at]
