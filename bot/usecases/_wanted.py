"""Whether what is owed is still to be sent: not answered meanwhile, not paused, not withdrawn."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.delivery import TO_FRIENDS, Delivery, Kind
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.core.summary import Phase
from bot.store import alerts as alert_rows
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
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
from bot.usecases.app import App


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether a delivery is still to be sent."""
    tx = app.db.reading
    match delivery.kind:
        case Kind.WELCOME:
            return await circle_rows.get(tx, delivery.subject) is not None
        case Kind.ALERT:
            return await _alert_lasts(app, delivery)
        case Kind.COUNCIL | Kind.INVITATION:
            return await _joint.wanted(app, delivery)
        case Kind.SILENCE | Kind.CONFIDED:
            return await _silence.wanted(app, delivery)
        case Kind.PART:
            return await _readers.wanted(app, delivery)
        case Kind.INTRODUCTION:
            return await _introductions.wanted(tx, delivery)
        case kind if kind in TO_FRIENDS:
            return await _replies.wanted(tx, delivery)
        case _:
            seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
            return seeker is not None and not seeker.left_at and await _by_seeker(app, seeker, delivery)


async def _by_seeker(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """The same for what is a seeker's, who has not left."""
    match delivery.kind:
        case Kind.PROMPT:
            return delivery.id in await _prompts.ready(app, [delivery])
        case Kind.DRAFT | Kind.RECALL:
            return await _draft(app, seeker, delivery)
        case Kind.POST:
            week = await summary_rows.get(app.db.reading, delivery.subject)
            return week is not None and week.phase is Phase.POSTED and week.turn == delivery.turn
        case Kind.NOTE:
            carries = await note_rows.carried_monday(app.db.reading, delivery.subject) is not None
            return carries or await note_rows.untold(app.db.reading, seeker.id) is not None
        case Kind.IDEA | Kind.BECAME:
            return await _ideas.wanted(app, delivery)
        case Kind.STILL_OPEN:
            request = await ask_rows.get(app.db.reading, delivery.subject)
            return request is not None and request.closed_at is None
        case Kind.TRIAL:
            return await _trials.wanted(app, seeker, delivery)
        case Kind.LANDING | Kind.CLOSING:
            return await _landing.wanted(app.db.reading, delivery)
        case Kind.UNREACHED:
            return seeker.tell_circle and await _alert_lasts(app, delivery)
        case _:
            return True


async def _draft(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    week = await summary_rows.get(app.db.reading, delivery.subject)
    if week and week.phase in (Phase.POSTED, Phase.CLOSED):
        return delivery.kind is Kind.DRAFT  # to edit what is posted; where it closed before, it expires
    if week is None or week.phase is not Phase.DRAFTED or _rests(app, seeker):
        return False
    return delivery.kind is Kind.DRAFT or await _weeks.is_written(app, app.db.reading, seeker, week)


def _rests(app: App, seeker: Seeker) -> bool:
    return seeker.rests_on(local_date(app.now(), ZoneInfo(seeker.zone)))


async def _alert_lasts(app: App, delivery: Delivery) -> bool:
    alert = await alert_rows.get(app.db.reading, delivery.subject)
    return alert is not None and alert.ended_at is None
