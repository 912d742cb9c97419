"""The search's log: what happened is noted, taken back and worded anew; where an application stands follows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
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
from bot.usecases import _applications, _entries, _follow_ups, _interviews, _masks, _origins
from bot.usecases._applications import ALONE, NOT_YOURS
from bot.usecases.app import App
from bot.usecases.people import seeking
from bot.when import When


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
    begun: bool = False  # the application began with it
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
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        if held_id:
            await held_rows.let_go(tx, (await _entries.own_held(tx, who, held_id)).id)
        known = await _applications.find(tx, seeker, wish.act, wish.which, wish.role)
        back = _back(known.standing, wish, when.on) if known else None
        application = await _told_of(tx, known, wish) if known else await _begin(tx, seeker, wish, when, app.now())
        if application and wish.origin:
            application = await _origins.keep(tx, who, application, wish.origin)
        event = await _note(tx, _event(app, seeker, wish, when, application), back, local(app, seeker).date())
        if application and (standing := await refold(app, tx, seeker, application.id)):
            application = application._replace(standing=standing)
        begun = known is None and application is not None
        of_same = await rows.events_with(tx, known.id) if known and wish.right else []
        marked = await _masks.noted(app, tx, seeker, event, *of_same, renamed=begun)
    await _masks.revise(app, seeker, marked)
    return Logged(event, application, begun, _spelled(app, seeker, event))


def local(app: App, seeker: Seeker) -> datetime:
    """Now, in a seeker's zone."""
    return app.now().astimezone(ZoneInfo(seeker.zone))


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


async def _note(tx: Tx, event: Event, back: Stage | None, today: date) -> Event:
    """Keep what happened, and that its application never came further than `back`."""
    if back is None:
        return event._replace(id=await rows.note(tx, event))
    right = event._replace(act=Act.CORRECTED, stage=back, on=today, starts_at=None, round=0)
    if event.act is not Act.INTERVIEW:
        return right._replace(id=await rows.note(tx, right))
    event = event._replace(id=await rows.note(tx, event))
    await rows.note(tx, right._replace(whom="", words="", about=event.id))
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


def dated(event: Event, seeker: Seeker) -> When:
    """When an event was, or of an interview is, on the wall of a seeker."""
    if event.starts_at is None:
        return When(event.on)
    start = event.starts_at.astimezone(ZoneInfo(seeker.zone))
    return When(start.date(), start.time())


def _spelled(app: App, seeker: Seeker, event: Event) -> str:
    return dates.in_words(dated(event, seeker), local(app, seeker).date())


async def _begin(tx: Tx, seeker: Seeker, wish: Wish, when: When, now: datetime) -> Application | None:
    company = checked_text(wish.which, "Company", rules.NAME_LIMIT)
    role = checked_text(wish.role, "Role", rules.NAME_LIMIT)
    if wish.act in ALONE and not (company and role):
        return None
    if not company or not role:
        raise rules.NoName("Which company, and which role? Both are needed to begin an application.")
    if await rows.count(tx, seeker.id) >= rules.MOST_APPLICATIONS:
        raise rules.TooManyApplications(f"{rules.MOST_APPLICATIONS:,} applications are as many as I can keep.")
    standing = Standing(Stage.WISHLIST, 0, None, Stage.WISHLIST, when.on, when.on)
    begun = _with(Application(0, seeker.id, company, role, standing, now), wish)
    return begun._replace(id=await rows.add(tx, begun))


async def _told_of(tx: Tx, known: Application, wish: Wish) -> Application:
    """A known application with what is told of it besides."""
    told = _with(known, wish)
    if told != known:
        await rows.reword(tx, told)
    return told


def _with(of: Application, wish: Wish) -> Application:
    link = links.read(checked_text(wish.link, "Link", rules.LINK_LIMIT))
    source = checked_text(wish.source, "Source", rules.NAME_LIMIT)
    kind = checked_text(wish.kind, "Kind", rules.NAME_LIMIT)
    return of._replace(link=link or of.link, source=source or of.source, kind=kind or of.kind)


# ------------------------------------------------------------------ taking back, wording anew


async def undo(app: App, who: Person, event_id: int) -> Logged:
    """What was noted did not happen; raises NotSeeking, NothingToUndo or NotYours."""
    async with app.db.writing() as tx:
        seeker, event = await _own_event(tx, who, event_id)
        await rows.note(tx, _after(app, event, Act.UNDONE))
        application = await _refolded(app, tx, seeker, event.application_id)
        of_same = await rows.events_with(tx, application.id) if application else []
        marked = await _masks.noted(app, tx, seeker, event, *of_same, renamed=application is None)
    await _masks.revise(app, seeker, marked)
    return Logged(event, application, when=_spelled(app, seeker, event))


async def form_to_amend(app: App, who: Person, event_id: int) -> Detail:
    """The form behind *Add detail*; raises NotSeeking, NothingToUndo or NotYours."""
    seeker, event = await _own_event(app.db.reading, who, event_id)
    return Detail(event, _spelled(app, seeker, event))


async def amend(app: App, who: Person, event_id: int, raw: Mapping[str, str]) -> Logged:
    """Other `words`, `whom`, `energy` (1, 0 or -1) or `when` for what was noted; what `raw` does not name stays.

    Raises NotSeeking, NothingToUndo, NotYours, TooLong, NotYet, NoTime, BadDate or Unclear.
    """
    seeker, event = await _own_event(app.db.reading, who, event_id)
    when = await _read(app, seeker, raw["when"], event.act) if raw.get("when", "").strip() else None
    async with app.db.writing() as tx:
        seeker, event = await _own_event(tx, who, event_id)
        amended = _reworded(event, raw)
        if when and when != dated(event, seeker):
            on, starts_at = _dated(app, seeker, event.act, when)
            amended = amended._replace(on=on, starts_at=starts_at)
        await rows.note(tx, amended._replace(id=0, act=Act.AMENDED, noted_at=app.now(), about=event.id))
        application = await _refolded(app, tx, seeker, event.application_id)
        marked = await _masks.noted(app, tx, seeker, event, amended, renamed=False)
    await _masks.revise(app, seeker, marked)
    return Logged(amended, application, when=_spelled(app, seeker, amended))


def _reworded(event: Event, raw: Mapping[str, str]) -> Event:
    energy = raw.get("energy")
    return event._replace(
        words=checked_text(raw.get("words", event.words), "Note", rules.WORDS_LIMIT),
        whom=checked_text(raw.get("whom", event.whom), "Whom", 2 * rules.NAME_LIMIT + 3),  # with a company behind it
        energy=event.energy if energy is None else int(energy) if energy in ("1", "0", "-1") else None,
    )


async def _own_event(tx: Tx, who: Person, event_id: int) -> tuple[Seeker, Event]:
    """An event of one's own as it was last amended."""
    seeker, found = await seeking(tx, who), await rows.about(tx, event_id)
    if found and found[0].person_id != seeker.id:
        raise NotYours(NOT_YOURS)
    kept = [one for one in rules.told(found) if one.id == event_id]
    if not kept:
        raise NothingToUndo("That is taken back already.")
    return seeker, kept[0]


def _after(app: App, event: Event, act: Act) -> Event:
    return Event(0, event.person_id, event.application_id, act, event.on, app.now(), about=event.id)


async def _refolded(app: App, tx: Tx, seeker: Seeker, application_id: int | None) -> Application | None:
    if application_id is None:
        return None
    await refold(app, tx, seeker, application_id)
    return await rows.get(tx, application_id)


async def refold(app: App, tx: Tx, seeker: Seeker, application_id: int) -> Standing | None:
    """Say anew where an application stands, and what follows; one of which nothing is left that happened is gone."""
    events = await rows.events_with(tx, application_id)
    standing = rules.fold(events)
    if standing is not None:
        await rows.stand(tx, application_id, standing)
    await _interviews.follow(app, tx, seeker, application_id, events)
    await _follow_ups.follow(app, tx, seeker, application_id, standing, events)
    if standing is None:
        await rows.drop(tx, application_id)
    return standing
