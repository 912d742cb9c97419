"""What a joint post says, and who of its circle is told what others in it ask for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import council as rules
from bot.core.circle import Circle
from bot.core.council import Asking, Council, Invitation, JointPost, Section
from bot.core.delivery import Delivery, Kind, State
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.core.summary import Summary, Week
from bot.store import circle as circle_rows
from bot.store import council as rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _councils, _weeks
from bot.usecases._mornings import morning
from bot.usecases.app import App


async def sections(app: App, tx: Tx, council_id: int) -> tuple[Section, ...]:
    """What a council tells, a section for each seeker who lets something out; those of one name are told apart."""
    return rules.told_apart(await _sections(app, tx, council_id))


async def _sections(app: App, tx: Tx, council_id: int) -> list[Section]:
    found: list[Section] = []
    for week in await _councils.weeks_in(tx, council_id):
        seeker = await people_rows.seeker_by_id(tx, week.person_id)
        if seeker:
            _, summary = await _weeks.told(app, tx, seeker, week)
            found += [] if summary.empty else [Section(week.id, seeker.id, summary)]
    return found


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether a joint post, or an invitation, is still to be sent."""
    tx = app.db.reading
    told = await tells(app, tx, delivery.subject)
    if delivery.kind is Kind.COUNCIL or not told:
        return bool(told)
    council = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if council is None or seeker is None or not await _may_be_invited(app, tx, seeker, council):
        return False
    return bool(_asking(told, seeker.id))


async def tells(app: App, tx: Tx, council_id: int) -> tuple[Section, ...]:
    """What a council has to tell in its circle; nothing where that is no circle any more."""
    council = await rows.get(tx, council_id)
    if council is None or await circle_rows.get(tx, council.circle_id) is None:
        return ()
    return await sections(app, tx, council.id)


async def _may_be_invited(app: App, tx: Tx, seeker: Seeker, council: Council) -> bool:
    resting = seeker.rests_on(local_date(app.now(), ZoneInfo(seeker.zone)))
    belongs = seeker.id in await rows.seekers(tx, council.circle_id)
    return belongs and not resting and seeker.invited


async def post(app: App, delivery: Delivery) -> JointPost | None:
    """What the joint post says; None where nobody tells anything in it."""
    tx = app.db.reading
    council, newest = await rows.get(tx, delivery.subject), await _councils.newest(tx, delivery.subject)
    told = await sections(app, tx, council.id) if council else ()
    if council is None or not told or (newest and newest.id != delivery.id):
        return None
    drawn = [await app.studio.week_card(section.summary.card) for section in told[: rules.PICTURES]]
    return JointPost(delivery.id, council.monday, told, tuple((card.png, card.alt) for card in drawn))


async def preview(app: App, circle: Circle, week: Week, summary: Summary) -> JointPost:
    """A seeker's own section as it will stand in a circle's joint post, beside those that are in it by now."""
    tx, own = app.db.reading, Section(week.id, week.person_id, summary)
    council = await rows.of_circle(tx, circle.id, week.monday)
    known = await _sections(app, tx, council.id) if council else []
    told = rules.told_apart(known if week.id in {one.week_id for one in known} else [*known, own])
    place = [one.week_id for one in told].index(week.id)
    card = await app.studio.week_card(told[place].summary.card) if place < rules.PICTURES else None
    return JointPost("preview", week.monday, told, ((card.png, card.alt),) if card else (), week.id)


async def invitation(app: App, delivery: Delivery) -> Invitation | None:
    """What invites a seeker; None where nobody asks for anything any more."""
    asking = _asking(await sections(app, app.db.reading, delivery.subject), delivery.person_id)
    return Invitation(delivery.id, asking) if asking else None


async def invite(app: App, tx: Tx, post: Delivery, now: datetime) -> None:
    """The joint post is out, or tells more: owe each seeker of the circle one message about what others ask for.

    It comes in their morning, and once: where it stands it is revised, where there was nothing to tell it is owed anew.
    """
    council = await rows.get(tx, post.subject)
    known = {one.person_id: one for one in await delivery_rows.about(tx, Kind.INVITATION, post.subject)}
    for person_id in await rows.seekers(tx, council.circle_id) if council else ():
        seeker = await people_rows.seeker_by_id(tx, person_id)
        if seeker and seeker.invited:
            due_at = morning(app, seeker, now)
            await _invite_one(tx, seeker, post.subject, known.get(person_id), due_at, now)


async def _invite_one(
    tx: Tx, seeker: Seeker, council_id: int, known: Delivery | None, due_at: datetime, now: datetime
) -> None:
    expires_at = due_at + rules.INVITED_FOR
    if known is None:
        await delivery_rows.owe(
            tx, Kind.INVITATION, seeker.person, council_id, due_at, person_id=seeker.id, expires_at=expires_at
        )
    elif known.may_stand:
        await standing_rows.mark(tx, known.id, now)
    elif known.state is State.DROPPED:
        await delivery_rows.owe_anew(tx, known, due_at, expires_at)


def _asking(told: tuple[Section, ...], but: int) -> tuple[Asking, ...]:
    asking = [Asking(one.summary.name, _open_asks(one)) for one in told if one.person_id != but]
    return tuple(one for one in asking if one.asks)


def _open_asks(section: Section) -> tuple[str, ...]:
    """What a seeker asks for in a section and is not settled, as friends read it."""
    return tuple(ask.words for ask in section.summary.asks if ask.closed_at is None)
