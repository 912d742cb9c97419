"""The search's log: what happened is noted, taken back and worded anew; where an application stands follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import when as dates
from bot.core import search as rules
from bot.core import text as texts
from bot.core.exercise import TooLong
from bot.core.journal import Gone, NotYours
from bot.core.people import Person, Seeker
from bot.core.search import Act, Application, Event, Loss, NothingToUndo, NotKnown, Stage, Standing, WhichOne
from bot.store import search as rows
from bot.store.db import Tx
from bot.usecases.app import App
from bot.usecases.people import seeking
from bot.when import When

GONE = "That application is no longer here. /search board shows those that are."
NOT_YOURS = "That is somebody else's search, so only they can change it."
BEGIN = (Act.WISHED, Act.APPLIED)  # what begins an application
ALONE = (Act.OUTREACH, Act.CONVERSATION)  # what may be about none


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
    right: bool = False  # that it moves back was asked: what went beyond did not happen


class Logged(NamedTuple):
    """What was noted, and where it leaves its application."""

    event: Event
    application: Application | None
    begun: bool = False  # the application began with it


# ------------------------------------------------------------------ logging


async def log(app: App, who: Person, wish: Wish) -> Logged:
    """Note what happened; raises NotSeeking, NotKnown, WhichOne, Backwards, NotYet, NoName, TooLong or BadDate."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        moment = local(app, seeker)
        when = dates.read(wish.when, moment, ahead=wish.act is Act.INTERVIEW)
        known = await find(tx, seeker, wish)
        if known:
            rules.check_forward(known.standing, wish.act, when.on) if not wish.right else None
        application = known or await _begin(tx, seeker, wish, when, app.now())
        event = _event(app, seeker, wish, when, application)
        number = await rows.note(tx, event)
        standing = await refold(tx, application.id) if application else None
    told = application and standing and application._replace(standing=standing)
    return Logged(event._replace(id=number), told or application, begun=known is None and application is not None)


def local(app: App, seeker: Seeker) -> datetime:
    """Now, in a seeker's zone."""
    return app.now().astimezone(ZoneInfo(seeker.zone))


def _event(app: App, seeker: Seeker, wish: Wish, when: When, application: Application | None) -> Event:
    today = local(app, seeker).date()
    starts_at = None
    if wish.act is Act.INTERVIEW:
        if when.at:
            starts_at = datetime.combine(when.on, when.at, ZoneInfo(seeker.zone))
        when = When(min(when.on, today), when.at)
    rules.check_done(wish.act, when.on, today)
    corrected = wish.right and wish.act in rules.LEADS_TO
    return Event(
        id=0,
        person_id=seeker.id,
        application_id=application.id if application else None,
        act=Act.CORRECTED if corrected else wish.act,
        on=today if corrected else when.on,
        noted_at=app.now(),
        stage=rules.LEADS_TO[wish.act] if corrected else None,
        round=wish.round,
        loss=(wish.loss or Loss.REJECTED) if wish.act is Act.LOST else None,
        starts_at=starts_at,
        whom=checked(wish.whom, "Whom", rules.NAME_LIMIT),
        words=checked(wish.words, "Note", rules.WORDS_LIMIT),
    )


async def _begin(tx: Tx, seeker: Seeker, wish: Wish, when: When, now: datetime) -> Application | None:
    company, role = (checked(words, name, rules.NAME_LIMIT) for words, name in _named(wish))
    if wish.act in ALONE and not role:
        return None
    if not company or not role:
        raise rules.NoName("Which company, and which role? Both are needed to begin an application.")
    if len(await rows.of_person(tx, seeker.id)) >= rules.MOST_APPLICATIONS:
        raise rules.TooManyApplications(f"{rules.MOST_APPLICATIONS:,} applications are as many as I can keep.")
    standing = Standing(Stage.WISHLIST, 0, None, Stage.WISHLIST, when.on, when.on)
    link, source = checked(wish.link, "Link", rules.LINK_LIMIT), checked(wish.source, "Source", rules.NAME_LIMIT)
    begun = Application(0, seeker.id, company, role, standing, now, link, source)
    return begun._replace(id=await rows.add(tx, begun))


def _named(wish: Wish) -> tuple[tuple[str, str], tuple[str, str]]:
    return (wish.which, "Company"), (wish.role, "Role")


def checked(typed: str, label: str, limit: int) -> str:
    """The words cleaned of what nobody can see; raises TooLong."""
    words = "" if texts.is_blank(typed) else texts.clean(typed)
    if len(words) > limit:
        raise TooLong(
            f"“{label}” has {len(words):,} characters, and {limit:,} is the most. Shorten it a little. "
            "Nothing was changed."
        )
    return words


# ------------------------------------------------------------------ which application


async def find(tx: Tx, seeker: Seeker, wish: Wish) -> Application | None:
    """The application that is meant; None where one is to begin, or none is needed.

    Raises Gone, NotYours, NotKnown or WhichOne.
    """
    if wish.which.startswith("#") and wish.which[1:].isdecimal():
        return await own(tx, seeker, int(wish.which[1:]))
    known = await rows.of_person(tx, seeker.id)
    company, role = wish.which.strip().casefold(), wish.role.strip().casefold()
    found = [one for one in known if one.company.casefold() == company and role in ("", one.role.casefold())]
    if wish.act in BEGIN and not role:
        found = [one for one in found if one.standing.stage is Stage.WISHLIST]
    found = [one for one in found if not one.standing.ended] or found
    if len(found) > 1:
        raise WhichOne(f"There are {len(found)} at {found[0].company}. Which one?", found)
    if not found and wish.act not in (*BEGIN, *ALONE):
        raise NotKnown(_unknown(wish.which, [one.company for one in known]))
    return found[0] if found else None


def _unknown(typed: str, companies: list[str]) -> str:
    near = get_close_matches(typed, companies, n=1, cutoff=0.6)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"I know of no application at “{typed[:40]}”. {hint}/log applied begins one."


async def own(tx: Tx, seeker: Seeker, application_id: int) -> Application:
    """One's own application; raises Gone or NotYours."""
    found = await rows.get(tx, application_id)
    if found is None:
        raise Gone(GONE)
    if found.person_id != seeker.id:
        raise NotYours(NOT_YOURS)
    return found


# ------------------------------------------------------------------ taking back, wording anew


async def undo(app: App, who: Person, event_id: int) -> Logged:
    """What was noted did not happen; raises NotSeeking, NothingToUndo, Gone or NotYours."""
    async with app.db.writing() as tx:
        _, event = await _own_event(tx, who, event_id)
        await rows.note(tx, _after(app, event, Act.UNDONE))
        application = await _refolded(tx, event.application_id)
    return Logged(event, application)


async def amend(app: App, who: Person, event_id: int, raw: Mapping[str, str]) -> Logged:
    """Other words for what was noted, and with whom it was; raises NotSeeking, NothingToUndo, NotYours or TooLong."""
    words, whom = checked(raw.get("words", ""), "Note", rules.WORDS_LIMIT), raw.get("whom", "")
    async with app.db.writing() as tx:
        _, event = await _own_event(tx, who, event_id)
        whom = checked(whom, "Whom", rules.NAME_LIMIT)
        amended = _after(app, event, Act.AMENDED)._replace(
            on=event.on, starts_at=event.starts_at, words=words, whom=whom, energy=event.energy
        )
        await rows.note(tx, amended)
        application = await _refolded(tx, event.application_id)
    return Logged(event._replace(words=words, whom=whom), application)


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


async def _refolded(tx: Tx, application_id: int | None) -> Application | None:
    if application_id is None:
        return None
    await refold(tx, application_id)
    return await rows.get(tx, application_id)


async def refold(tx: Tx, application_id: int) -> Standing | None:
    """Say anew where an application stands; one of which nothing is left that happened is gone."""
    standing = rules.fold(await rows.events_with(tx, application_id))
    if standing is None:
        await rows.drop(tx, application_id)
    else:
        await rows.stand(tx, application_id, standing)
    return standing
