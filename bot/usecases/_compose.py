"""What a delivery says, made anew from the database each time it is sent or revised."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core import circle as circles
from bot.core.alert import Alert, Unreached
from bot.core.ask import StillOpen
from bot.core.circle import Note, Welcome
from bot.core.delivery import TO_FRIENDS, Delivery, Kind
from bot.core.idea import Arrival
from bot.core.rhythm import Hello, local_date
from bot.core.summary import Draft, Phase, Summary, WeekPost
from bot.store import alerts as alert_rows
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.usecases import (
    _ideas,
    _introductions,
    _joint,
    _landing,
    _prompts,
    _readers,
    _replies,
    _silence,
    _trials,
    _weeks,
)
from bot.usecases.app import App, Thing


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether what is owed is still to be sent: not answered meanwhile, not paused, not withdrawn."""
    if delivery.kind is Kind.WELCOME:
        return await circle_rows.get(app.db.reading, delivery.subject) is not None
    if delivery.kind is Kind.ALERT:
        return await _alert_lasts(app, delivery)
    if delivery.kind in (Kind.COUNCIL, Kind.INVITATION):
        return await _joint.wanted(app, delivery)
    if delivery.kind in (Kind.SILENCE, Kind.CONFIDED):
        return await _silence.wanted(app, delivery)
    if delivery.kind is Kind.PART:
        return await _readers.wanted(app, delivery)
    if delivery.kind is Kind.INTRODUCTION:
        return await _introductions.wanted(app.db.reading, delivery)
    if delivery.kind in TO_FRIENDS:
        return await _replies.wanted(app.db.reading, delivery)
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    if seeker is None or seeker.left_at:
        return False
    match delivery.kind:
        case Kind.PROMPT:
            return delivery.id in await _prompts.ready(app, [delivery])
        case Kind.DRAFT | Kind.RECALL:
            week = await summary_rows.get(app.db.reading, delivery.subject)
            resting = seeker.rests_on(local_date(app.now(), ZoneInfo(seeker.zone)))
            if week and week.phase in (Phase.POSTED, Phase.CLOSED):
                return delivery.kind is Kind.DRAFT  # to edit what is posted; where it closed before, it expires
            if week is None or week.phase is not Phase.DRAFTED or resting:
                return False
            return delivery.kind is Kind.DRAFT or await _weeks.is_written(app, app.db.reading, seeker, week)
        case Kind.POST:
            week = await summary_rows.get(app.db.reading, delivery.subject)
            return week is not None and week.phase is Phase.POSTED and week.turn == delivery.turn
        case Kind.NOTE:
            tx = app.db.reading
            carries = await circle_rows.carried_monday(tx, delivery.subject) is not None
            return carries or await circle_rows.untold(tx, seeker.id) is not None
        case Kind.IDEA | Kind.BECAME:
            return await _ideas.wanted(app, delivery)
        case Kind.STILL_OPEN:
            request = await ask_rows.get(app.db.reading, delivery.subject)
            resting = seeker.rests_on(local_date(app.now(), ZoneInfo(seeker.zone)))
            return request is not None and request.closed_at is None and not resting
        case Kind.TRIAL:
            return await _trials.wanted(app, seeker, delivery)
        case Kind.LANDING | Kind.CLOSING:
            return await _landing.wanted(app.db.reading, delivery)
        case Kind.UNREACHED:
            return seeker.tell_circle and await _alert_lasts(app, delivery)
        case _:
            return True


async def thing(app: App, delivery: Delivery) -> Thing | None:
    """What a delivery says now; None when it should not stand (any more)."""
    match delivery.kind:
        case Kind.WELCOME:
            return await _welcome(app, delivery)
        case Kind.PROMPT:
            return (await _prompts.prompts(app, [delivery])).get(delivery.id)
        case Kind.POST:
            return await _post(app, delivery)
        case Kind.COUNCIL:
            return await _joint.post(app, delivery)
        case Kind.INVITATION:
            return await _joint.invitation(app, delivery)
        case Kind.PART:
            return await _readers.portion(app, delivery)
        case Kind.NOTE:
            return await _note(app, delivery)
        case Kind.IDEA | Kind.BECAME:
            return await _arrival(app, delivery)
        case Kind.INTRODUCTION:
            return await _introductions.introduction(app.db.reading, delivery)
        case Kind.CONSENT:
            return await _replies.greeting(app.db.reading, delivery)
        case Kind.REPLY:
            return await _replies.brought(app.db.reading, delivery)
        case Kind.DRAFT | Kind.RECALL:
            return await _draft(app, delivery)
        case Kind.SILENCE:
            return await _silence.still_there(app, delivery)
        case Kind.CONFIDED:
            return await _silence.confided(app, delivery)
        case Kind.TRIAL:
            return await _trials.trial(app, delivery)
        case Kind.LANDING:
            return await _landing.brought(app, delivery)
        case Kind.CLOSING:
            return await _landing.posted(app, delivery)
        case Kind.HELLO:
            return await _hello(app, delivery)
        case Kind.ALERT:
            return await _alert(app, delivery)
        case Kind.STILL_OPEN:
            return await _still_open(app, delivery)
        case Kind.UNREACHED:
            return await _unreached(app, delivery)


async def _welcome(app: App, delivery: Delivery) -> Welcome | None:
    circle = await circle_rows.get(app.db.reading, delivery.subject)
    return Welcome(delivery.id) if circle and circle.space == delivery.to else None


async def _hello(app: App, delivery: Delivery) -> Hello | None:
    tx = app.db.reading
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if seeker is None:
        return None
    schedules = await rhythm_rows.schedules(tx, seeker.id)
    upcoming = sorted((s.next_at, s.ask) for s in schedules if s.next_at)
    return Hello(delivery.id, seeker.name, tuple((ask, at) for at, ask in upcoming))


async def _draft(app: App, delivery: Delivery) -> Draft | None:
    week = await summary_rows.get(app.db.reading, delivery.subject)
    if week is None:
        return None
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    if seeker is None or (seeker.left_at and week.phase is not Phase.POSTED):
        return None
    return await _weeks.shown(app, app.db.reading, seeker, week, delivery.id, recall=delivery.kind is Kind.RECALL)


async def post_of(app: App, summary: Summary, delivery_id: str, part: int) -> WeekPost:
    """One message of a weekly post; the first carries the picture."""
    if part:
        return WeekPost(delivery_id, summary, part)
    picture = await app.studio.week_card(summary.card)
    return WeekPost(delivery_id, summary, part, picture.png, picture.alt)


async def _post(app: App, delivery: Delivery) -> WeekPost | None:
    week = await summary_rows.get(app.db.reading, delivery.subject)
    if week is None or week.phase is not Phase.POSTED or week.turn != delivery.turn:
        return None
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    if seeker is None:
        return None
    _, shown = await _weeks.told(app, app.db.reading, seeker, week)
    if shown.empty or delivery.part >= app.faces[delivery.to.platform].messages(shown):
        return None
    return await post_of(app, shown, delivery.id, delivery.part)


async def _note(app: App, delivery: Delivery) -> Note | None:
    monday = await circle_rows.carried_monday(app.db.reading, delivery.subject)
    if monday is None:
        return None
    cheers = circles.gathered(*await circle_rows.carried(app.db.reading, delivery.subject))
    return Note(delivery.id, cheers, monday, await _replies.lines(app.db.reading, note_id=delivery.subject))


async def _arrival(app: App, delivery: Delivery) -> Arrival | None:
    what = await _ideas.arrival(app, delivery)
    if what is None:
        return None
    heard = await _introductions.heard(app.db.reading, what.idea)
    lines = await _replies.lines(app.db.reading, idea_id=what.idea.id)
    return what._replace(answered=(heard, *lines) if heard else lines)


async def _still_open(app: App, delivery: Delivery) -> StillOpen | None:
    request = await ask_rows.get(app.db.reading, delivery.subject)
    if request is None:
        return None
    return StillOpen(delivery.id, request, sure=request.sure_at is not None and request.sure_at >= delivery.due_at)


async def _alert_lasts(app: App, delivery: Delivery) -> bool:
    alert = await alert_rows.get(app.db.reading, delivery.subject)
    return alert is not None and alert.ended_at is None


async def _alert(app: App, delivery: Delivery) -> Alert | None:
    alert = await alert_rows.get(app.db.reading, delivery.subject)
    return alert and Alert(delivery.id, alert.topic, alert.detail, alert.raised_at, over=alert.ended_at is not None)


async def _unreached(app: App, delivery: Delivery) -> Unreached | None:
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    if seeker is None or not await wanted(app, delivery):
        return None
    return Unreached(delivery.id, seeker.name)
