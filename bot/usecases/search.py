"""The search's log: what happened is noted, taken back and worded anew; where an application stands follows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import when as dates
from bot.core import link as links
from bot.core import rhythm as times
from bot.core import search as rules
from bot.core import text as texts
from bot.core.exercise import Blank, checked_text
from bot.core.journal import NotYours
from bot.core.origin import Origin
from bot.core.people import Person, Seeker
from bot.core.search import Act, Application, Backwards, Event, Loss, NothingToUndo, Stage, Standing
from bot.store import held as held_rows
from bot.store import search as rows
from bot.store.db import Tx
from bot.usecases import _applications, _entries, _origins
from bot.usecases._applications import ALONE, NOT_YOURS
from bot.usecases._changes import Change, changing
from bot.usecases.app import App
from bot.usecases.people import seeking
from bot.when import When

TAKEN_BACK = "That is taken back already."


class Wish(NamedTuple):
    """What somebody wants to log, as they typed it."""

    act: Act
    which: str = ""  # a number as "#12", or a company
    role: str = ""
    when: str = ""
    whom: str = ""
    words: str = ""
    link: str = ""
    source: str = ""
    loss: Loss | None = None
    round: int = 0  # of an interview; 0: the next
    right: bool = False  # that it moves back was asked: what went beyond did not happen, or it goes on after all
    moved: bool = False  # by hand: it is to stand there now
    kind: str = ""  # of role
    origin: str = ""  # what its application came from, as "idea.5" or "trial.7"


class Logged(NamedTuple):
    """What was noted, and where it leaves its application."""

    event: Event
    application: Application | None  # None: of none, or of one that went with the event
    gone: Application | None = None  # the one that went with the event, as it was
    begun: bool = False  # the application began with it
    linked: bool = False  # the application was in the log already, and only what it came from is new
    when: str = ""  # the event's date in full, in words
    origin: Origin | None = None  # what the application came from
    possible: tuple[Origin, ...] = ()  # what it may have come from, to be asked


class Detail(NamedTuple):
    """What *Add detail* shows of an event."""

    event: Event
    when: str


# ------------------------------------------------------------------ logging


async def log(app: App, who: Person, wish: Wish, held_id: str = "") -> Logged:
    """Note what happened, of waiting words too, which wait no longer then.

    Raises NotSeeking, NotKnown, WhichOne, Backwards, AlreadyApplied, NotYet, NoTime, NoName, BadLink, Blank, TooLong,
    BadDate.
    """
    when = await _read(app, await seeking(app.db.reading, who), wish.when, wish.act)
    async with changing(app, who) as change:
        tx, seeker = change.tx, change.seeker
        if held_id:
            await held_rows.let_go(tx, (await _entries.own_held(tx, who, held_id)).id)
        known = await _applications.applied_for(tx, seeker, wish.which, wish.role, when.on) if wish.origin else None
        found = await _link(change, who, known, wish) if known else await _keep(change, who, wish, when)
    if (of := found.application) and of.id in change.standings:
        found = found._replace(application=of._replace(standing=change.standings[of.id]))
    return found._replace(when=_spelled(app, seeker.zone, found.event))


async def _keep(change: Change, who: Person, wish: Wish, when: When) -> Logged:
    known = await _applications.find(change.tx, change.seeker, wish.act, wish.which, wish.role)
    back = _back(known.standing, wish, when.on) if known else None
    application = await _told_of(change, known, wish) if known else await _begin(change, wish, when)
    if application and wish.origin:
        application = await _origins.keep(change.tx, who, application, wish.origin)
    event = await _note(change, _event(change.app, change.seeker, wish, when, application), back, moved=wish.moved)
    return Logged(event, application, begun=known is None and application is not None)


async def _link(change: Change, who: Person, known: Application, wish: Wish) -> Logged:
    """Say of an application that is known what it came from, and note the words that were given with it."""
    application = await _origins.keep(change.tx, who, await _told_of(change, known, wish), wish.origin)
    if not texts.is_blank(wish.words):
        today = When(local(change.app, change.seeker).date())
        note = _event(change.app, change.seeker, wish._replace(act=Act.NOTE), today, application)
        return Logged(await change.note(note), application, linked=True)
    told = rules.took_place(await rows.events_with(change.tx, known.id))
    applied = [event for event in told if event.act is Act.APPLIED]
    return Logged((applied or told)[-1], application, linked=True)


def local(app: App, seeker: Seeker) -> datetime:
    """Now, in a seeker's zone."""
    return app.now().astimezone(ZoneInfo(seeker.zone))


async def day_of(app: App, seeker: Seeker, typed: str) -> date | None:
    """A day as it was typed, None where nothing was; raises BadDate or Unclear."""
    if not typed.strip():
        return None
    return (await asyncio.to_thread(dates.read_day, typed, local(app, seeker))).on


async def _read(app: App, seeker: Seeker, typed: str, act: Act) -> When:
    """A date as it was typed; to read one the first time takes long, so it is done beside the event loop."""
    now = local(app, seeker)
    if not typed.strip():
        return When(now.date())
    if act is Act.INTERVIEW:
        return await asyncio.to_thread(dates.read, typed, now, ahead=True)
    return await asyncio.to_thread(dates.read_day, typed, now)


def _back(standing: Standing, wish: Wish, on: date) -> Stage | None:
    """The stage that it moves back to, beyond which it never came; None: it moves forward, or goes on.

    Raises Backwards where that was not asked yet, or AlreadyApplied.
    """
    try:
        rules.check_forward(standing, wish.act, on, moved=wish.moved)
    except Backwards as asked:
        if not wish.right:
            raise
        return None if asked.ended else asked.to
    rules.check_new(standing, wish.act)
    return None


async def _note(change: Change, event: Event, back: Stage | None, *, moved: bool) -> Event:
    """Keep what happened, and that its application never came further than `back`; a move back is that alone."""
    if back is None:
        return await change.note(event)
    today = local(change.app, change.seeker).date()
    right = event._replace(act=Act.CORRECTED, stage=back, on=today, starts_at=None, round=0)
    if moved or event.act is not Act.INTERVIEW:
        return await change.note(right)
    event = await change.note(event)
    await change.note(right._replace(whom="", words="", about=event.id))
    return event


def _event(app: App, seeker: Seeker, wish: Wish, when: When, of: Application | None) -> Event:
    on, starts_at = _dated(app, seeker, wish.act, when)
    whom = checked_text(wish.whom, "Whom", rules.NAME_LIMIT)
    if of is None and not texts.is_blank(wish.which):  # the company is kept with the name
        company = checked_text(wish.which, "Company", rules.NAME_LIMIT)
        whom = f"{whom} ({company})" if whom else company
    return Event(
        id=0,
        person_id=seeker.id,
        application_id=of.id if of else None,
        act=wish.act,
        on=on,
        noted_at=app.now(),
        round=wish.round,
        loss=(wish.loss or Loss.REJECTED) if wish.act is Act.LOST else None,
        starts_at=starts_at,
        whom=whom,
        words=_words(wish),
    )


def _words(wish: Wish) -> str:
    words = checked_text(wish.words, "Note", rules.WORDS_LIMIT)
    if wish.act is Act.NOTE and not words:
        raise Blank("There were no words in that that I could read. Nothing was noted.")
    return words


def _dated(app: App, seeker: Seeker, act: Act, when: When) -> tuple[date, datetime | None]:
    """The date of an event and, of an interview, when it starts; raises NotYet or NoTime."""
    today = local(app, seeker).date()
    if act is not Act.INTERVIEW:
        rules.check_done(when.on, today)
        return when.on, None
    rules.check_timed(when.on, when.at is not None, today)
    return min(when.on, today), times.instant(when.on, when.at, ZoneInfo(seeker.zone)) if when.at else None


def dated(event: Event, zone: ZoneInfo) -> When:
    """When an event was, or of an interview is, on the wall of a zone."""
    if event.starts_at is None:
        return When(event.on)
    start = event.starts_at.astimezone(zone)
    return When(start.date(), start.time())


def _spelled(app: App, zone: str, event: Event) -> str:
    here = ZoneInfo(zone)
    return dates.in_words(dated(event, here), times.local_date(app.now(), here))


async def _begin(change: Change, wish: Wish, when: When) -> Application | None:
    company = checked_text(wish.which, "Company", rules.NAME_LIMIT)
    role = checked_text(wish.role, "Role", rules.NAME_LIMIT)
    if wish.act in ALONE and not (company and role):
        return None
    if not company or not role:
        raise rules.NoName("Which company, and which role? Both are needed to begin an application.")
    if "://" in company:
        raise rules.NoName("That is a link. Put it under link, and name the company.")
    if await rows.count(change.tx, change.seeker.id) >= rules.MOST_APPLICATIONS:
        raise rules.TooManyApplications(f"{rules.MOST_APPLICATIONS:,} applications are as many as I can keep.")
    begun = Application(0, change.seeker.id, company, role, rules.begun(when.on), change.app.now())
    return await change.add(_with(begun, wish))


async def _told_of(change: Change, known: Application, wish: Wish) -> Application:
    """A known application with what is told of it besides."""
    told = _with(known, wish)
    if told != known:
        await change.reword(known, told)
    return told


def _with(of: Application, wish: Wish) -> Application:
    link = links.read(checked_text(wish.link, "Link", links.LINK_LIMIT))
    source = checked_text(wish.source, "Source", rules.NAME_LIMIT)
    kind = checked_text(wish.kind, "Kind", rules.NAME_LIMIT)
    return of._replace(link=link or of.link, source=source or of.source, kind=kind or of.kind)


# ------------------------------------------------------------------ taking back, wording anew


async def undo(app: App, who: Person, event_id: int) -> Logged:
    """What was noted did not happen; raises NotSeeking, NothingToUndo or NotYours."""
    async with changing(app, who) as change:
        event = await _own_event(change.tx, change.seeker, event_id)
        before = await rows.get(change.tx, event.application_id) if event.application_id else None
        await change.note(rules.undoing(event, app.now()))
    found = await standing_now(app, change.seeker, event)
    return found if found.application else found._replace(gone=before)


async def standing_now(app: App, seeker: Seeker, event: Event) -> Logged:
    """An event, and where it leaves its application by now."""
    of = event.application_id
    return Logged(event, await rows.get(app.db.reading, of) if of else None, when=_spelled(app, seeker.zone, event))


async def form_to_amend(app: App, who: Person, event_id: int) -> Detail:
    """The form behind *Add detail*, by one read; raises NothingToUndo or NotYours."""
    found = await rows.owned(app.db.reading, event_id)
    if found is None:
        raise NothingToUndo(TAKEN_BACK)
    owner, zone, about = found
    if owner != who:
        raise NotYours(NOT_YOURS)
    event = _kept(about, event_id)
    return Detail(event, _spelled(app, zone, event))


async def amend(app: App, who: Person, event_id: int, raw: Mapping[str, str]) -> Logged:
    """Other `words`, `whom`, `energy` (1, 0 or -1) or `when` for what was noted; what `raw` does not name stays.

    Raises NotSeeking, NothingToUndo, NotYours, TooLong, NotYet, NoTime, BadDate or Unclear.
    """
    seeker = await seeking(app.db.reading, who)
    event = await _own_event(app.db.reading, seeker, event_id)
    when = await _read(app, seeker, raw["when"], event.act) if raw.get("when", "").strip() else None
    async with changing(app, who) as change:
        amended = await reword(change, event_id, raw, when)
    return await standing_now(app, change.seeker, amended)


async def reword(change: Change, event_id: int, raw: Mapping[str, str], when: When | None = None) -> Event:
    """What `amend` does, within a change, on another date where one is given; the event as it is now.

    Raises NothingToUndo, NotYours, TooLong, NotYet or NoTime.
    """
    event = await _own_event(change.tx, change.seeker, event_id)
    amended = _reworded(event, raw)
    if when and when != dated(event, ZoneInfo(change.seeker.zone)):
        on, starts_at = _dated(change.app, change.seeker, event.act, when)
        amended = amended._replace(on=on, starts_at=starts_at)
    await change.note(amended._replace(id=0, act=Act.AMENDED, noted_at=change.app.now(), about=event.id))
    return amended


def _reworded(event: Event, raw: Mapping[str, str]) -> Event:
    energy = raw.get("energy")
    return event._replace(
        words=checked_text(raw.get("words", event.words), "Note", rules.WORDS_LIMIT),
        whom=checked_text(raw.get("whom", event.whom), "Whom", rules.WHOM_LIMIT),
        energy=event.energy if energy is None else int(energy) if energy in ("1", "0", "-1") else None,
    )


async def _own_event(tx: Tx, seeker: Seeker, event_id: int) -> Event:
    """An event of one's own as it was last amended."""
    found = await rows.about(tx, event_id)
    if found and found[0].person_id != seeker.id:
        raise NotYours(NOT_YOURS)
    return _kept(found, event_id)


def _kept(found: Sequence[Event], event_id: int) -> Event:
    """An event as it was last amended, of all about it; raises NothingToUndo."""
    kept = [one for one in rules.told(found) if one.id == event_id]
    if not kept:
        raise NothingToUndo(TAKEN_BACK)
    return kept[0]
