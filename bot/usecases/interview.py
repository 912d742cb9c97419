"""Interviews: reminded of before, and asked about afterwards."""

from __future__ import annotations

from bot.core.journal import owned
from bot.core.people import Person
from bot.store import interview as rows
from bot.store import people as people_rows
from bot.usecases import _interviews, search
from bot.usecases._applications import NOT_YOURS
from bot.usecases._changes import changing
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered

GONE = "That interview is no longer here. /search show has what is."


async def remind(app: App) -> None:
    """Owe the messages about interviews that are due; errors are raised when all is done."""
    now, errors = app.now(), list[Exception]()
    for number in await rows.due(app.db.reading, now):
        with gathered(errors):
            async with app.db.writing() as tx:
                interview = await rows.get(tx, number)
                seeker = await people_rows.seeker_by_id(tx, interview.person_id) if interview else None
                if interview and seeker and interview.next_at and interview.next_at <= now:
                    await _interviews.owe(app, tx, seeker, interview)
    if errors:
        raise ExceptionGroup("some interviews could not be told of; they are in the next round", errors)


async def felt(app: App, who: Person, interview_id: int, energy: int) -> None:
    """How an interview was: 1 where it gave energy, -1 where it took some, 0 for neither.

    Raises NotSeeking, Gone, NotYours or NothingToUndo.
    """
    async with changing(app, who) as change:
        found = await rows.get(change.tx, interview_id)
        interview = owned(found, lambda one: one.person_id == change.seeker.id, GONE, NOT_YOURS)
        await search.reword(change, interview.event_id, {"energy": str(energy)})
        change.stale += await _interviews.mark(app, change.tx, interview.id)
