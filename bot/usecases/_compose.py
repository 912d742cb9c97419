"""What a delivery says, made anew from the database each time it is sent or revised."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core import circle as circles
from bot.core.alert import Alert, Unreached
from bot.core.ask import StillOpen
from bot.core.circle import Note, Welcome
from bot.core.delivery import Delivery, Kind
from bot.core.idea import Arrival
from bot.core.journal import Prompt
from bot.core.rhythm import Hello
from bot.core.summary import Draft, Phase, Summary, WeekPost
from bot.store import alerts as alert_rows
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
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
    _wanted,
    _weeks,
)
from bot.usecases.app import App, Thing

_Maker = Callable[[App, Delivery], Awaitable[Thing | None]]


async def thing(app: App, delivery: Delivery) -> Thing | None:
    """What a delivery says now; None when it should not stand (any more)."""
    return await _MAKERS[delivery.kind](app, delivery)


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


async def _prompt(app: App, delivery: Delivery) -> Prompt | None:
    return (await _prompts.prompts(app, [delivery])).get(delivery.id)


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
    monday = await note_rows.carried_monday(app.db.reading, delivery.subject)
    if monday is None:
        return None
    cheers = circles.gathered(*await note_rows.carried(app.db.reading, delivery.subject))
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


async def _alert(app: App, delivery: Delivery) -> Alert | None:
    alert = await alert_rows.get(app.db.reading, delivery.subject)
    return alert and Alert(delivery.id, alert.topic, alert.detail, alert.raised_at, over=alert.ended_at is not None)


async def _unreached(app: App, delivery: Delivery) -> Unreached | None:
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    if seeker is None or not await _wanted.wanted(app, delivery):
        return None
    return Unreached(delivery.id, seeker.name)


def _read(made: Callable[[Tx, Delivery], Awaitable[Thing | None]]) -> _Maker:
    """What the database alone tells."""

    async def maker(app: App, delivery: Delivery) -> Thing | None:
        return await made(app.db.reading, delivery)

    return maker


_MAKERS: dict[Kind, _Maker] = {
    Kind.WELCOME: _welcome,
    Kind.HELLO: _hello,
    Kind.PROMPT: _prompt,
    Kind.DRAFT: _draft,
    Kind.RECALL: _draft,
    Kind.POST: _post,
    Kind.PART: _readers.portion,
    Kind.COUNCIL: _joint.post,
    Kind.INVITATION: _joint.invitation,
    Kind.NOTE: _note,
    Kind.IDEA: _arrival,
    Kind.BECAME: _arrival,
    Kind.INTRODUCTION: _read(_introductions.introduction),
    Kind.CONSENT: _read(_replies.greeting),
    Kind.REPLY: _read(_replies.brought),
    Kind.TRIAL: _trials.trial,
    Kind.STILL_OPEN: _still_open,
    Kind.SILENCE: _silence.still_there,
    Kind.CONFIDED: _silence.confided,
    Kind.LANDING: _landing.brought,
    Kind.CLOSING: _landing.posted,
    Kind.ALERT: _alert,
    Kind.UNREACHED: _unreached,
}
