"""For each kind of delivery: what it says, made anew from the database each time, and whether it is to be sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.core import circle as circles
from bot.core.ask import StillOpen
from bot.core.circle import Note, Welcome
from bot.core.delivery import Delivery, Kind
from bot.core.idea import Arrival
from bot.core.journal import Prompt
from bot.core.people import Seeker
from bot.core.rhythm import Hello
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store.db import Tx
from bot.usecases import (
    _alerts,
    _drafts,
    _follow_ups,
    _ideas,
    _interviews,
    _introductions,
    _joint,
    _landing,
    _prompts,
    _readers,
    _replies,
    _silence,
    _trials,
)
from bot.usecases.app import App, Thing

_Says = Callable[[App, Delivery], Awaitable[Thing | None]]
_Wanted = Callable[[App, Delivery], Awaitable[bool]]


class _Message(NamedTuple):
    """One kind of message: what it says, and whether it is still to be sent."""

    says: _Says
    wanted: _Wanted


async def thing(app: App, delivery: Delivery) -> Thing | None:
    """What a delivery says now; None when it should not stand (any more)."""
    return await _KINDS[delivery.kind].says(app, delivery)


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether a delivery is still to be sent: not answered meanwhile, not paused, not withdrawn."""
    return await _KINDS[delivery.kind].wanted(app, delivery)


# ------------------------------------------------------------------ first words


async def _welcome(app: App, delivery: Delivery) -> Welcome | None:
    circle = await circle_rows.get(app.db.reading, delivery.subject)
    return Welcome(delivery.id) if circle and circle.space == delivery.to else None


async def _welcome_wanted(app: App, delivery: Delivery) -> bool:
    return await circle_rows.get(app.db.reading, delivery.subject) is not None


async def _hello(app: App, delivery: Delivery) -> Hello | None:
    tx = app.db.reading
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if seeker is None:
        return None
    schedules = await rhythm_rows.schedules(tx, seeker.id)
    upcoming = sorted((s.next_at, s.ask) for s in schedules if s.next_at)
    return Hello(delivery.id, seeker.name, tuple((ask, at) for at, ask in upcoming))


# ------------------------------------------------------------------ questions


async def _prompt(app: App, delivery: Delivery) -> Prompt | None:
    return (await _prompts.prompts(app, [delivery])).get(delivery.id)


async def _prompt_wanted(app: App, _: Seeker, delivery: Delivery) -> bool:
    return delivery.id in await _prompts.ready(app, [delivery])


async def _still_open(app: App, delivery: Delivery) -> StillOpen | None:
    request = await ask_rows.get(app.db.reading, delivery.subject)
    if request is None:
        return None
    return StillOpen(delivery.id, request, sure=request.sure_at is not None and request.sure_at >= delivery.due_at)


async def _still_open_wanted(app: App, _: Seeker, delivery: Delivery) -> bool:
    request = await ask_rows.get(app.db.reading, delivery.subject)
    return request is not None and request.closed_at is None


# ------------------------------------------------------------------ what friends left


async def _note(app: App, delivery: Delivery) -> Note | None:
    monday = await note_rows.carried_monday(app.db.reading, delivery.subject)
    if monday is None:
        return None
    cheers = circles.gathered(*await note_rows.carried(app.db.reading, delivery.subject))
    return Note(delivery.id, cheers, monday, await _replies.lines(app.db.reading, note_id=delivery.subject))


async def _note_wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    carries = await note_rows.carried_monday(app.db.reading, delivery.subject) is not None
    return carries or await note_rows.untold(app.db.reading, seeker.id) is not None


async def _arrival(app: App, delivery: Delivery) -> Arrival | None:
    what = await _ideas.arrival(app, delivery)
    if what is None:
        return None
    heard = await _introductions.heard(app.db.reading, what.idea)
    lines = await _replies.lines(app.db.reading, idea_id=what.idea.id)
    return what._replace(answered=(heard, *lines) if heard else lines)


# ------------------------------------------------------------------ every kind


def _says(made: Callable[[Tx, Delivery], Awaitable[Thing | None]]) -> _Says:
    """What the database alone tells."""

    async def says(app: App, delivery: Delivery) -> Thing | None:
        return await made(app.db.reading, delivery)

    return says


def _asks(found: Callable[[Tx, Delivery], Awaitable[bool]]) -> _Wanted:
    """What the database alone decides."""

    async def wanted(app: App, delivery: Delivery) -> bool:
        return await found(app.db.reading, delivery)

    return wanted


def _here(found: Callable[[App, Seeker, Delivery], Awaitable[bool]] | None = None) -> _Wanted:
    """What is a seeker's, who has not left."""

    async def wanted(app: App, delivery: Delivery) -> bool:
        seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
        if seeker is None or seeker.left_at:
            return False
        return found is None or await found(app, seeker, delivery)

    return wanted


async def _idea_wanted(app: App, _: Seeker, delivery: Delivery) -> bool:
    return await _ideas.wanted(app, delivery)


async def _landing_wanted(app: App, _: Seeker, delivery: Delivery) -> bool:
    return await _landing.wanted(app.db.reading, delivery)


_KINDS: dict[Kind, _Message] = {
    Kind.WELCOME: _Message(_welcome, _welcome_wanted),
    Kind.HELLO: _Message(_hello, _here()),
    Kind.PROMPT: _Message(_prompt, _here(_prompt_wanted)),
    Kind.DRAFT: _Message(_drafts.draft, _here(_drafts.draft_wanted)),
    Kind.RECALL: _Message(_drafts.draft, _here(_drafts.draft_wanted)),
    Kind.POST: _Message(_drafts.post, _here(_drafts.post_wanted)),
    Kind.PART: _Message(_readers.portion, _readers.wanted),
    Kind.COUNCIL: _Message(_joint.post, _joint.wanted),
    Kind.INVITATION: _Message(_joint.invitation, _joint.wanted),
    Kind.NOTE: _Message(_note, _here(_note_wanted)),
    Kind.IDEA: _Message(_arrival, _here(_idea_wanted)),
    Kind.BECAME: _Message(_arrival, _here(_idea_wanted)),
    Kind.INTRODUCTION: _Message(_says(_introductions.introduction), _asks(_introductions.wanted)),
    Kind.CONSENT: _Message(_says(_replies.greeting), _asks(_replies.wanted)),
    Kind.REPLY: _Message(_says(_replies.brought), _asks(_replies.wanted)),
    Kind.TRIAL: _Message(_trials.trial, _here(_trials.wanted)),
    Kind.FOLLOW_UPS: _Message(_follow_ups.follow_ups, _here(_follow_ups.wanted)),
    Kind.INTERVIEW: _Message(_interviews.upcoming, _here(_interviews.wanted)),
    Kind.STILL_OPEN: _Message(_still_open, _here(_still_open_wanted)),
    Kind.SILENCE: _Message(_silence.still_there, _silence.wanted),
    Kind.CONFIDED: _Message(_silence.confided, _silence.wanted),
    Kind.LANDING: _Message(_landing.brought, _here(_landing_wanted)),
    Kind.CLOSING: _Message(_landing.posted, _here(_landing_wanted)),
    Kind.ALERT: _Message(_alerts.alert, _alerts.lasts),
    Kind.UNREACHED: _Message(_alerts.unreached, _here(_alerts.unreached_wanted)),
}
