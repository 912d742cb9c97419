"""The board as a seeker looks at it: a page of it, and what is next."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core import board as rules
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.board import Agenda, Board, Look
from bot.core.journal import Gone
from bot.core.people import Person
from bot.store import board as rows
from bot.store import held as held_rows
from bot.store import search as search_rows
from bot.usecases import _entries, search
from bot.usecases.app import App
from bot.usecases.people import seeking

BOARD = "board"  # what waits is the text that is looked for, until it is another one
AHEAD = timedelta(days=7)
MOST = 8  # applications that are named as due


async def board(app: App, who: Person, look: Look) -> Board:
    """A page of somebody's board, one beyond the end being the last; raises NotSeeking, Gone or NotYours."""
    seeker = await seeking(app.db.reading, who)
    look = await _kept(app, who, seeker.id, look)
    found, counts = rules.arranged(await search_rows.known(app.db.reading, who), look)
    shown, page, pages = rules.page_of(found, look.page)
    cards = await rows.cards(app.db.reading, [one.id for one in shown])
    return Board(look._replace(page=page), tuple(cards), counts, pages, search.local(app, seeker).date())


async def _kept(app: App, who: Person, person_id: int, look: Look) -> Look:
    """The text that is looked for waits for the buttons of other pages, which cannot carry people's words."""
    if look.key:
        held = await _entries.own_held(app.db.reading, who, look.key)
        if held.purpose != BOARD:
            raise Gone("Those words wait for something else.")
        return look._replace(text=held.words["text"])
    if texts.is_blank(look.text):
        return look._replace(text="")
    async with app.db.writing() as tx:
        held = await held_rows.keep(tx, person_id, BOARD, BOARD, {"text": texts.clean(look.text)}, app.now())
    return look._replace(text=held.words["text"], key=held.id)


async def agenda(app: App, who: Person) -> Agenda:
    """What is due by now, and what comes within the next seven days; raises NotSeeking."""
    seeker = await seeking(app.db.reading, who)
    today, zone = search.local(app, seeker).date(), ZoneInfo(seeker.zone)
    until: datetime = times.instant(today + AHEAD, time(), zone)
    due = await rows.due(app.db.reading, seeker.id, today + AHEAD - timedelta(days=1))
    found = await rows.with_interviews(app.db.reading, seeker.id, app.now(), until)
    interviews = rules.interviews(found, app.now(), until)
    return Agenda(today, interviews, tuple(due[:MOST]), max(0, len(due) - MOST))
