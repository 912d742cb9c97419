"""One application as its seeker looks at it: its history, and what they change of it by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import when as dates
from bot.core import board as rules
from bot.core import link as links
from bot.core.board import STEP_LIMIT, Card, Step
from bot.core.dates import BadDate
from bot.core.errors import Told
from bot.core.exercise import checked_text
from bot.core.journal import Gone
from bot.core.origin import Origin
from bot.core.people import Person, Seeker
from bot.core.search import NAME_LIMIT, Act, Event, NoName, told
from bot.store import board as rows
from bot.store import origin as origin_rows
from bot.store import search as search_rows
from bot.usecases import _applications, _follow_ups, log, search
from bot.usecases import origin as origins
from bot.usecases._applications import GONE
from bot.usecases._changes import changing
from bot.usecases.app import App
from bot.usecases.log import Question
from bot.usecases.people import seeking
from bot.usecases.search import Logged, Wish
from bot.when import When

NAMES = ("company", "role", "source", "kind", "place", "reach")
LIMITS = {**dict.fromkeys(NAMES, NAME_LIMIT), "link": links.LINK_LIMIT}


class Ended(Told):
    """Nothing is planned with what has ended."""


class Line(NamedTuple):
    """One thing that happened, on its day."""

    event: Event
    when: When
    round: int  # of an interview, else 0


class History(NamedTuple):
    """An application and all that happened with it, by date."""

    card: Card
    lines: tuple[Line, ...]
    today: date
    origin: Origin | None = None

    @property
    def contacts(self) -> tuple[str, ...]:
        """Whom it was with, the latest first."""
        return tuple(dict.fromkeys(line.event.whom for line in reversed(self.lines) if line.event.whom))


# ------------------------------------------------------------------ looking


async def named(app: App, who: Person, which: str) -> History:
    """The application that is named, by "#number" or company; raises NotSeeking, NotKnown, WhichOne, Gone, NotYours."""
    seeker = await seeking(app.db.reading, who)
    found = await _applications.find(app.db.reading, seeker, Act.NOTE, which)
    assert found  # a note is always of one
    return await _history(app, seeker, found.id)


async def show(app: App, who: Person, application_id: int) -> History:
    """One's own application; raises NotSeeking, Gone or NotYours."""
    seeker = await seeking(app.db.reading, who)
    await _applications.own(app.db.reading, seeker, application_id)
    return await _history(app, seeker, application_id)


async def _history(app: App, seeker: Seeker, application_id: int) -> History:
    cards = await rows.cards(app.db.reading, [application_id])
    if not cards:
        raise Gone(GONE)
    events = told(await search_rows.events_with(app.db.reading, application_id))
    rounds = rules.rounds(events)
    zone = ZoneInfo(seeker.zone)
    lines = [Line(event, search.dated(event, zone), rounds.get(event.id, 0)) for event in events]
    lines.sort(key=lambda line: line.when.on)
    origin = await origin_rows.of_application(app.db.reading, application_id)
    return History(cards[0], tuple(lines), search.local(app, seeker).date(), origin)


async def event(app: App, who: Person, event_id: int) -> Logged:
    """One thing that happened, to be changed, and what it may have come from; raises NothingToUndo or NotYours."""
    detail = await search.form_to_amend(app, who, event_id)
    of = detail.event.application_id
    application = await search_rows.get(app.db.reading, of) if of else None
    return await origins.told(app, Logged(detail.event, application, when=detail.when))


# ------------------------------------------------------------------ what happens with it


async def move(app: App, who: Person, application_id: int, to: str) -> Logged | Question:
    """Note today that it is there now, or ask first; raises NotSeeking, Gone or NotYours."""
    if to not in rules.MOVES:
        raise Gone("I know no such stage. /search show offers those that there are.")
    way = rules.MOVES[to]
    return await log.log(app, who, Wish(way.act, f"#{application_id}", loss=way.loss, moved=True))


async def note(app: App, who: Person, application_id: int, raw: Mapping[str, str]) -> Logged | Question:
    """Note `words`, and `whom` they are of, on a day, `when`, or ask first.

    Raises NotSeeking, Gone, NotYours, Blank or TooLong.
    """
    wish = Wish(Act.NOTE, f"#{application_id}", "", raw.get("when", ""), raw.get("whom", ""), raw.get("words", ""))
    return await log.log(app, who, wish)


# ------------------------------------------------------------------ forms, each by one indexed read


async def form(app: App, who: Person, application_id: int) -> tuple[Card, date]:
    """What a form of one's own application is filled with, and today; raises Gone or NotYours."""
    zone, card = await _applications.pressed(app.db.reading, who, application_id)
    return card, app.now().astimezone(ZoneInfo(zone)).date()


async def plan(app: App, who: Person, application_id: int, raw: Mapping[str, str]) -> None:
    """What is next, `words`, on a day, `when`; without both it is what is usual at its stage.

    Raises NotSeeking, Gone, NotYours, Ended, TooLong, BadDate or Unclear.
    """
    seeker = await seeking(app.db.reading, who)
    step = await _step(app, seeker, raw)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        application = await _applications.own(tx, seeker, application_id)
        if step and application.standing.ended:
            raise Ended("It has ended, so nothing is planned with it. If it goes on after all, move it first.")
        await rows.plan(tx, application_id, step)
        await _follow_ups.arm(app, tx, seeker, application_id)


async def _step(app: App, seeker: Seeker, raw: Mapping[str, str]) -> Step | None:
    words, typed = checked_text(raw.get("words", ""), "What", STEP_LIMIT), raw.get("when", "").strip()
    if not typed:
        if words:
            raise BadDate("On which day? Write it like tomorrow, fri or 3 November.")
        return None
    now = search.local(app, seeker)
    when = await asyncio.to_thread(dates.read, typed, now, ahead=True)
    if when.on < now.date():
        raise BadDate(f"{dates.in_words(when, now.date())} has passed. Pick today, or a day to come.")
    return Step(when.on, rules.with_time(when.at, words))


async def reword(app: App, who: Person, application_id: int, raw: Mapping[str, str]) -> None:
    """Other words for company, role, link, source, kind, place or reach; what `raw` does not name stays.

    Raises NotSeeking, Gone, NotYours, NoName, BadLink or TooLong.
    """
    said = {name: checked_text(raw[name], name.capitalize(), limit) for name, limit in LIMITS.items() if name in raw}
    if "link" in said:
        said["link"] = links.read(said["link"])
    if not all(said.get(name, "x") for name in ("company", "role")):
        raise NoName("An application needs a company and a role. Nothing was changed.")
    async with changing(app, who) as change:
        application = await _applications.own(change.tx, change.seeker, application_id)
        await change.reword(application, application._replace(**said))
