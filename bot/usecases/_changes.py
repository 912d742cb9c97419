"""The one way to change a log: what follows from a change follows at its end, so that no writer can forget it.

Where each application stands is folded anew; its interviews and what is next with it follow; what stands in direct
messages and channels is marked in the same transaction and, once that is committed, revised.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from bot.core import search as rules
from bot.core.people import Person, Seeker
from bot.core.search import Act, Application, Event, Standing
from bot.store import search as rows
from bot.store.db import Tx
from bot.usecases import _follow_ups, _interviews, _masks, _pump
from bot.usecases._masks import Marked
from bot.usecases.app import App
from bot.usecases.people import seeking


class Change:
    """A change of one seeker's log within a transaction.

    `stale` are messages to refresh at once when it is done; `standings` where the applications stand then.
    """

    def __init__(self, app: App, tx: Tx, seeker: Seeker) -> None:
        self.app, self.tx, self.seeker = app, tx, seeker
        self.stale: list[str] = []
        self.standings: dict[int, Standing] = {}
        self._noted: list[Event] = []
        self._touched: dict[int, None] = {}
        self._renamed = False

    async def note(self, event: Event) -> Event:
        """Add an event, as it is given back; its number is a new one."""
        kept = event._replace(id=await rows.note(self.tx, event))
        self._noted.append(kept)
        if kept.application_id:
            self._touched[kept.application_id] = None
        return kept

    async def add(self, application: Application) -> Application:
        """Add an application, as it is given back; one of which nothing is noted goes again."""
        added = application._replace(id=await rows.add(self.tx, application))
        self._renamed = True
        self._touched[added.id] = None
        return added

    async def reword(self, before: Application, after: Application) -> None:
        """Say of an application something else."""
        self._renamed = self._renamed or before.company != after.company
        await rows.reword(self.tx, after)

    async def follow(self) -> Marked:
        """Let everything follow what was noted; what is to be revised once it is committed."""
        told = [*self._noted, *await self._meant()]
        corrected = {one.application_id for one in told if one.act is Act.CORRECTED}
        for number in self._touched:
            events = await self._refold(number)
            told += events if number in corrected else []  # others of them count, or count no longer
        return await _masks.noted(self.app, self.tx, self.seeker, told, renamed=self._renamed)

    async def _meant(self) -> list[Event]:
        """The events that are undone or worded anew, with all about them."""
        numbers = [one.about for one in self._noted if one.about and one.act in (Act.UNDONE, Act.AMENDED)]
        return [event for number in numbers for event in await rows.about(self.tx, number)]

    async def _refold(self, number: int) -> list[Event]:
        """Say anew where an application stands, and what follows; one of which nothing is left that happened goes."""
        events = await rows.events_with(self.tx, number)
        standing = rules.fold(events, ZoneInfo(self.seeker.zone))
        if standing is not None:
            self.standings[number] = standing
            await rows.stand(self.tx, number, standing)
        await _interviews.follow(self.app, self.tx, self.seeker, number, events)
        await _follow_ups.follow(self.app, self.tx, self.seeker, number, standing, events)
        if standing is None:
            self._renamed = True
            await rows.drop(self.tx, number)
        return events


@asynccontextmanager
async def changing(app: App, who: Person) -> AsyncGenerator[Change]:
    """A transaction that changes somebody's log, and all that follows from it; raises NotSeeking."""
    async with app.db.writing() as tx:
        change = Change(app, tx, await seeking(tx, who))
        yield change
        marked = await change.follow()
    await _pump.refresh_now(app, change.stale)
    await _masks.revise(app, change.seeker, marked)
