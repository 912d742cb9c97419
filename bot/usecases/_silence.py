"""Watching for silence: who was heard, who is looked at next, and what is owed to whom has gone silent."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import care as rules
from bot.core import rhythm as times
from bot.core.care import Became, Confided, Friend, Silence, StillThere, Watch
from bot.core.consent import Consent
from bot.core.delivery import ARRIVED, Delivery, Kind, State
from bot.core.hidden import masker
from bot.core.people import Seeker
from bot.store import care as rows
from bot.store import consent as consent_rows
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import hidden as hidden_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases.app import App


async def begin(app: App, tx: Tx, seeker: Seeker, *, new: bool) -> None:
    """Somebody started, or started again: from now on their silence would be noticed."""
    if new:
        await rows.set_silent_days(tx, seeker.id, rules.SILENT_DAYS)
    await heard(app, tx, seeker, app.now())


async def heard(app: App, tx: Tx, seeker: Seeker, at: datetime) -> list[str]:
    """A seeker did something at an instant: a silence is over; the messages that are to say so."""
    watch = await rows.watch(tx, seeker.id)
    if watch is None:
        return []
    if watch.heard_at is None or watch.heard_at <= at or watch.heard_at > app.now():
        await rows.hear(tx, seeker.id, at)
        await _look_again(app, tx, seeker, watch.silent_days, at)
    stale: list[str] = []
    for silence_id in await rows.end_open(tx, seeker.id):
        stale += await standing_rows.mark_about(tx, (Kind.SILENCE,), silence_id, app.now())
    return stale


async def _look_again(app: App, tx: Tx, seeker: Seeker, days: int, after: datetime) -> None:
    zone = ZoneInfo(seeker.zone)
    at = rules.look_again(after, days, app.settings.morning, seeker.quiet, zone) if days else None
    await rows.look_at(tx, seeker.id, at)


async def look(app: App, tx: Tx, person_id: int) -> None:
    """Whether somebody has been silent for so long that they, or the friend they named, hear of it; if not, when."""
    seeker, watch = await people_rows.seeker_by_id(tx, person_id), await rows.watch(tx, person_id)
    if seeker is None or watch is None or seeker.left_at or not watch.silent_days or not watch.heard_at:
        await rows.look_at(tx, person_id, None)
        return
    answered_at = await rows.answered_at(tx, person_id)
    if answered_at and answered_at > watch.heard_at:
        await heard(app, tx, seeker, answered_at)
        return
    silence = await rows.since(tx, person_id, watch.heard_at)
    if silence is None:
        await _look_for_silence(app, tx, seeker, watch, watch.heard_at)
    else:
        await _look_for_friend(app, tx, seeker, watch, silence)


async def _look_for_silence(app: App, tx: Tx, seeker: Seeker, watch: Watch, heard_at: datetime) -> None:
    now = app.now()
    known_since = max(heard_at, await facts.instant(tx, facts.LOOK_BEFORE))  # what was said before may be lost
    unanswered = await rows.first_unanswered(tx, seeker.id, known_since)
    days = await _quiet_days(app, tx, seeker, unanswered) if unanswered else 0
    if days < watch.silent_days or _rests(app, seeker):
        await _look_again(app, tx, seeker, max(watch.silent_days - days, 1), now)
        return
    silence_id = await rows.begin(tx, seeker.id, heard_at)
    due_at = _not_before_morning(app, seeker)
    await delivery_rows.owe(tx, Kind.SILENCE, seeker.person, silence_id, due_at, person_id=seeker.id)
    await _look_again(app, tx, seeker, watch.tell_days if watch.friend else 0, now)


async def _look_for_friend(app: App, tx: Tx, seeker: Seeker, watch: Watch, silence: Silence) -> None:
    """The friend hears by itself only of a question that arrived, and stayed without an answer."""
    asked_at = await rows.asked_at(tx, silence.id)
    if not (watch.tell_days and watch.friend) or silence.became is not Became.OPEN or silence.friend_id:
        await rows.look_at(tx, seeker.id, None)
        return
    days = await _quiet_days(app, tx, seeker, asked_at) if asked_at else 0
    ready = days >= watch.tell_days and not _rests(app, seeker)
    if ready and await accepts(tx, watch.friend.id):
        await confide(app, tx, watch.friend, silence.id, _not_before_morning(app, seeker), pressed=False)
        await rows.look_at(tx, seeker.id, None)
    else:
        await _look_again(app, tx, seeker, max(watch.tell_days - days, 1), app.now())


async def confide(app: App, tx: Tx, friend: Friend, silence_id: int, due_at: datetime, *, pressed: bool) -> list[str]:
    """Owe the one message to the friend whom a seeker named; its id, and the message to the seeker says so."""
    await rows.confide(tx, silence_id, friend.id, pressed=pressed)
    key = await delivery_rows.owe(tx, Kind.CONFIDED, friend.person, silence_id, due_at, person_id=friend.id)
    await standing_rows.mark_about(tx, (Kind.SILENCE,), silence_id, app.now())
    return [key] if key else []


async def accepts(tx: Tx, friend_id: int) -> bool:
    """Whether a friend may be written to by direct message."""
    return await said(tx, friend_id) is Consent.GIVEN


async def said(tx: Tx, friend_id: int) -> Consent:
    """What a friend said to being written to."""
    return (await consent_rows.get(tx, friend_id)).consent


async def _quiet_days(app: App, tx: Tx, seeker: Seeker, since: datetime) -> int:
    zone = ZoneInfo(seeker.zone)
    first, today = times.local_date(since, zone), times.local_date(app.now(), zone)
    rested = await people_rows.rests(tx, seeker.id, first, today)
    return rules.quiet_days(first, today, await people_rows.pauses(tx, seeker.id), rested)


def _not_before_morning(app: App, seeker: Seeker) -> datetime:
    return rules.not_before_morning(app.now(), app.settings.morning, seeker.quiet, ZoneInfo(seeker.zone))


def _rests(app: App, seeker: Seeker) -> bool:
    return seeker.rests_on(times.local_date(app.now(), ZoneInfo(seeker.zone)))


# ------------------------------------------------------------------ what is said


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether a seeker is still to be asked, or the friend they named still to be told."""
    tx = app.db.reading
    silence = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, silence.person_id) if silence else None
    if silence is None or seeker is None or seeker.left_at:
        return False
    if delivery.kind is Kind.SILENCE:
        return silence.became is Became.OPEN and not _rests(app, seeker)
    watch = await rows.watch(tx, seeker.id)
    named = watch is not None and watch.friend is not None and watch.friend.id == delivery.person_id
    meant = silence.pressed or silence.became is Became.OPEN
    return named and meant and await accepts(tx, delivery.person_id)


async def still_there(app: App, delivery: Delivery) -> StillThere | None:
    """What asks a silent seeker how they are, or says what became of it."""
    tx = app.db.reading
    if (found := await _found(tx, delivery)) is None:
        return None
    seeker, watch, silence = found
    friend = silence.friend or (watch.friend.name if watch.friend else "")
    state = await rows.told(tx, silence.id)
    return StillThere(
        delivery.id,
        silence,
        seeker.name,
        friend,
        by_itself=watch.tell_days > 0,
        knows=state in ARRIVED,
        unreached=state is State.UNREACHABLE,
        consent=await said(tx, watch.friend.id) if watch.friend else Consent.NEVER,
    )


async def confided(app: App, delivery: Delivery) -> Confided | None:
    """What the friend reads whom a seeker lets know."""
    tx = app.db.reading
    if (found := await _found(tx, delivery)) is None:
        return None
    seeker, watch, silence = found
    read = await masked(tx, seeker.id, silence.words or watch.sentence)
    return Confided(delivery.id, seeker.name, read, silence.pressed)


async def _found(tx: Tx, delivery: Delivery) -> tuple[Seeker, Watch, Silence] | None:
    """Whose silence a message is about, what they set for it, and what became of it; None where they are erased."""
    silence = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, silence.person_id) if silence else None
    watch = await rows.watch(tx, silence.person_id) if silence else None
    return (seeker, watch, silence) if silence and seeker and watch else None


async def masked(tx: Tx, seeker_id: int, words: str) -> str:
    """A seeker's words as a friend reads them."""
    return masker(*await hidden_rows.names(tx, seeker_id))(words)
