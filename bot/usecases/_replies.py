"""What is sent to friends: whether it may be, what it says, and what follows when they end messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import reply as rules
from bot.core import rhythm as times
from bot.core.consent import ENDED, Consent, Greeting
from bot.core.delivery import RETRY_AFTER, TO_FRIENDS, WAITING, Delivery, Kind, State
from bot.core.hidden import masker
from bot.core.idea import Step
from bot.core.people import Person
from bot.core.reply import Brought, Reply, Sort
from bot.store import care as care_rows
from bot.store import consent as consents
from bot.store import delivery as delivery_rows
from bot.store import hidden as hidden_rows
from bot.store import idea as idea_rows
from bot.store import people as people_rows
from bot.store import reply as rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _introductions, _readers, _trials

OF_IDEA = (Kind.IDEA, Kind.BECAME)
AN_HOUR = timedelta(hours=1)


async def wanted(tx: Tx, delivery: Delivery) -> bool:
    """Whether a greeting or reply is still to be sent: not ended, not withdrawn, its seeker still here."""
    if isinstance(delivery.to, Person):
        said = await consents.get(tx, delivery.person_id)
        if delivery.kind is Kind.CONSENT:
            return said == (Consent.GIVEN, delivery.turn)
        if said.consent in ENDED:
            return False
    reply = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, reply.seeker_id) if reply else None
    if reply is None or seeker is None or seeker.left_at:
        return False
    idea = await idea_rows.get(tx, reply.idea_id) if reply.idea_id else None
    if reply.sort is Sort.DECLINE and (idea is None or idea.step is not Step.DECLINED):
        return False  # the seeker thought better of it
    return not (reply.in_circle and reply.unnamed)


async def waits_until(tx: Tx, delivery: Delivery, now: datetime) -> datetime | None:
    """Until when something for a friend waits: for them to accept messages, or for their greeting to arrive first."""
    if delivery.kind not in TO_FRIENDS or delivery.kind is Kind.CONSENT or not isinstance(delivery.to, Person):
        return None
    said = await consents.get(tx, delivery.person_id)
    if said.consent is not Consent.GIVEN:
        return delivery.expires_at or now + AN_HOUR
    greetings = await delivery_rows.about(tx, Kind.CONSENT, delivery.person_id)
    on_its_way = any(one.turn == said.turn and one.state in WAITING for one in greetings)
    return now + RETRY_AFTER if on_its_way else None


async def greeting(tx: Tx, delivery: Delivery) -> Greeting | None:
    """What a greeting says; None where its friend is erased."""
    friend = await rows.friend(tx, delivery.person_id)
    return friend and Greeting(delivery.id, friend[1], (await consents.get(tx, delivery.person_id)).consent)


async def brought(tx: Tx, delivery: Delivery) -> Brought | None:
    """What a reply says, the seeker's hidden names masked; None where it must not stand."""
    reply = await rows.get(tx, delivery.subject)
    if reply is None or (reply.in_circle and reply.unnamed):
        return None
    names = await hidden_rows.names(tx, reply.seeker_id)
    idea = await idea_rows.get(tx, reply.idea_id) if reply.idea_id and not reply.in_circle else None
    reply = reply._replace(words=masker(*names)(reply.words))
    if reply.in_circle:  # a friend's own name may be among those that are hidden
        reply = reply._replace(friend_named=masker(names.hidden)(reply.friend_named))
    return Brought(delivery.id, reply, idea.what if idea else "")


async def end(tx: Tx, person_id: int, consent: Consent, now: datetime) -> list[str]:
    """A friend ends messages, or is found closed: nothing waits for them any more; the messages to refresh."""
    if not await consents.end(tx, person_id, consent, now):
        return []
    state = State.UNREACHABLE if consent is Consent.CLOSED else State.DROPPED
    stale = await standing_rows.mark_about(tx, (Kind.CONSENT,), person_id, now)
    for delivery_id in await consents.owed(tx, person_id):
        await delivery_rows.settle(tx, delivery_id, state, now, why="the friend accepts no messages")
    stale += await _readers.consent_changed(tx, person_id, now)
    return stale + await answers_to(tx, person_id, now)


async def answers_to(tx: Tx, friend_id: int, now: datetime) -> list[str]:
    """Whatever tells seekers of what they write, or would write, to a friend is to be revised; those messages' ids."""
    stale: list[str] = []
    for silence_id in await care_rows.open_to(tx, friend_id):
        stale += await standing_rows.mark_about(tx, (Kind.SILENCE,), silence_id, now)
    for reply in await rows.to_friend(tx, friend_id):
        stale += await show_again(tx, reply, now)
    return stale + await _introductions.show_to(tx, friend_id, now)


async def settled(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """What was for a friend arrived, or never will: what tells of it is revised; a greeting lets the replies follow."""
    if delivery.kind is Kind.CONSENT:
        await consents.release(tx, delivery.person_id, now)
    elif delivery.kind is Kind.CONFIDED:
        await standing_rows.mark_about(tx, (Kind.SILENCE,), delivery.subject, now)
    elif delivery.kind is Kind.REPLY and (reply := await rows.get(tx, delivery.subject)):
        await show_again(tx, reply, now)
    elif delivery.kind is Kind.INTRODUCTION:
        await standing_rows.mark_about(tx, OF_IDEA, delivery.subject, now)


async def show_again(tx: Tx, reply: Reply, now: datetime) -> list[str]:
    """Whatever tells its seeker of a reply is to be revised; those messages' ids."""
    stale: list[str] = []
    if reply.idea_id:
        stale += await standing_rows.mark_about(tx, OF_IDEA, reply.idea_id, now)
        stale += await _trials.of_idea(tx, reply.idea_id, now)
    if reply.note_id:
        stale += await standing_rows.mark_about(tx, (Kind.NOTE,), reply.note_id, now)
    return stale


async def idea_changed(tx: Tx, idea_id: int, now: datetime) -> list[str]:
    """A friend changed an idea, or it took a step: a no that waits may be over, and a name be one to leave out."""
    idea, replies = await idea_rows.get(tx, idea_id), await rows.about_idea(tx, idea_id)
    for reply in replies:
        if reply.sort is Sort.DECLINE and (idea is None or idea.step is not Step.DECLINED):
            await delivery_rows.drop_waiting(tx, Kind.REPLY, reply.id, now)
    return await _unname(tx, replies, now)


async def note_changed(tx: Tx, note_id: int, now: datetime) -> list[str]:
    """A friend changed what a note brought: they may not want to be named any more."""
    return await _unname(tx, await rows.after_note(tx, note_id), now)


async def _unname(tx: Tx, replies: Iterable[Reply], now: datetime) -> list[str]:
    stale: list[str] = []
    for reply in replies:
        if reply.in_circle and reply.unnamed:
            stale += await standing_rows.mark_about(tx, (Kind.REPLY,), reply.id, now)
    return stale


async def withdraw(tx: Tx, seeker_id: int, now: datetime) -> list[Delivery]:
    """A seeker leaves: what they answered and is still owed is dropped; what stands, or may stand, in a channel."""
    standing: list[Delivery] = []
    for reply in await rows.of_seeker(tx, seeker_id):
        await delivery_rows.drop_waiting(tx, Kind.REPLY, reply.id, now)
        about = await delivery_rows.about(tx, Kind.REPLY, reply.id)
        standing += [one for one in about if reply.in_circle and one.may_stand]
    return standing


async def forget(tx: Tx, person_id: int, now: datetime) -> list[str]:
    """Somebody is erased: whatever stands of what they answered, or were answered, comes down; those messages' ids."""
    stale: list[str] = []
    for reply in [*await rows.of_seeker(tx, person_id), *await rows.to_friend(tx, person_id)]:
        stale += await standing_rows.mark_about(tx, (Kind.REPLY,), reply.id, now)
        stale += await show_again(tx, reply, now)
    return stale + await _introductions.forget(tx, person_id, now)


async def lines(tx: Tx, *, idea_id: int = 0, note_id: int = 0) -> tuple[str, ...]:
    """What became of each reply about an idea or after a note, as its seeker reads it."""
    found = await rows.about_idea(tx, idea_id) if idea_id else await rows.after_note(tx, note_id)
    found = [one for one in found if one.sort is Sort.THANKS or one.state is not State.DROPPED]
    seeker = await people_rows.seeker_by_id(tx, found[0].seeker_id) if found else None
    zone = ZoneInfo(seeker.zone) if seeker else None
    said = [rules.told(one, times.local_date(one.kept_until, zone)) for one in found if zone]
    return tuple(dict.fromkeys(said))
