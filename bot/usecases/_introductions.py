"""What a friend hears of a yes to their offer: when it is owed, what it says, and when it is revised."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import introduction as rules
from bot.core import rhythm as times
from bot.core.circle import UNNAMED
from bot.core.consent import ENDED
from bot.core.delivery import ARRIVED, WAITING, Delivery, Kind
from bot.core.idea import Idea, Step
from bot.core.introduction import Introduction
from bot.core.reply import KEPT_FOR
from bot.store import consent as consents
from bot.store import delivery as delivery_rows
from bot.store import idea as idea_rows
from bot.store import introduction as rows
from bot.store import people as people_rows
from bot.store import reply as reply_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx

OF_IDEA = (Kind.IDEA, Kind.BECAME)


async def owe(tx: Tx, idea: Idea, now: datetime) -> list[str]:
    """Owe the message to the friend, unless one stands or they ended messages; the delivery's id."""
    known = await reply_rows.friend(tx, idea.friend_id)
    before = await delivery_rows.about(tx, Kind.INTRODUCTION, idea.id)
    if known is None or any(one.state in (*WAITING, *ARRIVED) for one in before):
        return []
    if (await consents.get(tx, idea.friend_id)).consent in ENDED:
        return []
    key = await delivery_rows.owe(
        tx, Kind.INTRODUCTION, known[0], idea.id, now,
        person_id=idea.friend_id, turn=len(before), expires_at=now + KEPT_FOR,
    )  # fmt: skip
    return [key] if key else []


async def wanted(tx: Tx, delivery: Delivery) -> bool:
    """Whether a friend is still to hear of it: they did not end messages, and the offer is still asked for."""
    idea = await idea_rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, idea.seeker_id) if idea else None
    if idea is None or idea.step is not Step.ACCEPTED or seeker is None or seeker.left_at:
        return False
    return (await consents.get(tx, delivery.person_id)).consent not in ENDED


async def introduction(tx: Tx, delivery: Delivery) -> Introduction | None:
    """What the message says; None where the offer is erased."""
    idea = await idea_rows.get(tx, delivery.subject)
    return idea and Introduction(delivery.id, idea)


async def changed(tx: Tx, idea_id: int, now: datetime) -> list[str]:
    """An offer was changed or took a step: what its friend reads is revised, or not sent any more."""
    idea = await idea_rows.get(tx, idea_id)
    if idea is None or idea.step is not Step.ACCEPTED:
        await delivery_rows.drop_waiting(tx, Kind.INTRODUCTION, idea_id, now)
    return await standing_rows.mark_about(tx, (Kind.INTRODUCTION,), idea_id, now)


async def show_to(tx: Tx, friend_id: int, now: datetime) -> list[str]:
    """A friend accepts or ends messages: what tells seekers whether they have heard is to be revised."""
    stale: list[str] = []
    for idea_id in await rows.told_to(tx, friend_id):
        stale += await standing_rows.mark_about(tx, OF_IDEA, idea_id, now)
    return stale


async def forget(tx: Tx, person_id: int, now: datetime) -> list[str]:
    """Somebody is erased: whatever their friends read of their yes comes down, once they are."""
    stale: list[str] = []
    for idea_id in await rows.wanted_by(tx, person_id):
        await delivery_rows.drop_waiting(tx, Kind.INTRODUCTION, idea_id, now)
        stale += await standing_rows.mark_about(tx, (Kind.INTRODUCTION,), idea_id, now)
    return stale


async def heard(tx: Tx, idea: Idea) -> str:
    """Whether the friend has heard of the yes, as its seeker reads it; empty unless it waits for the friend."""
    seeker = await people_rows.seeker_by_id(tx, idea.seeker_id)
    if idea.step is not Step.ACCEPTED or seeker is None:
        return ""
    consent = (await consents.get(tx, idea.friend_id)).consent
    owed = await delivery_rows.about(tx, Kind.INTRODUCTION, idea.id)
    last = max(owed, key=lambda one: one.turn, default=None)
    until = last.expires_at if last and last.expires_at else idea.given_at
    kept_until = times.local_date(until, ZoneInfo(seeker.zone))
    return rules.heard(idea.friend or UNNAMED, last.state if last else None, consent, kept_until)
